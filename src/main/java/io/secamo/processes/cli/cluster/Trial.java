package io.secamo.processes.cli.cluster;

import static io.secamo.processes.cli.cluster.Answers.answered;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.secamo.processes.api.Groups;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Sends a request that nobody keeps: the API server judges it as if it were submitted. */
public final class Trial {
  private static final String API = Groups.PROCESSES + "/" + Groups.VERSION;

  private static final ResourceDefinitionContext REQUESTS =
      ResourceDefinitionContext.fromResourceType(FirewallChangeRequest.class);

  /** What separates documents in YAML. */
  private static final Pattern DOCUMENT = Pattern.compile("(?m)^---(?=\\s|$)");

  /** A line that is neither blank nor a comment. */
  private static final Pattern HOLDS = Pattern.compile("(?m)^\\s*[^\\s#]");

  private final KubernetesClient client;
  private final String namespace;
  private final boolean chosen;

  /**
   * For the requests of one person.
   *
   * @param chosen whether the namespace was named on the command line: the file names no other one
   */
  Trial(KubernetesClient client, String namespace, boolean chosen) {
    this.chosen = chosen;
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * As the API server would store it: with what it fills in. A field that it does not know is
   * refused, and nothing is stored.
   *
   * @param from where the text is from, for people
   */
  public FirewallChangeRequest of(String text, String from) {
    GenericKubernetesResource asked = read(text, from);
    String meant =
        Objects.requireNonNullElse(
            asked.getMetadata() == null ? null : asked.getMetadata().getNamespace(), namespace);
    if (chosen && !meant.equals(namespace)) {
      throw Refusal.misuse(
          "-n " + namespace + ", but " + from + " is for namespace " + meant + ": leave -n out");
    }
    GenericKubernetesResource stored = answered(() -> sent(asked, meant));
    var serialization = client.getKubernetesSerialization();
    return serialization.unmarshal(serialization.asJson(stored), FirewallChangeRequest.class);
  }

  private GenericKubernetesResource sent(GenericKubernetesResource asked, String where) {
    try {
      return client
          .genericKubernetesResources(REQUESTS)
          .inNamespace(where)
          .resource(asked)
          .dryRun(true)
          .fieldValidation(FieldValidateable.Validation.STRICT)
          .create();
    } catch (KubernetesClientException e) {
      if (e.getStatus() != null && "AlreadyExists".equals(e.getStatus().getReason())) {
        throw new Refusal(
            "there is a request "
                + asked.getMetadata().getName()
                + " in namespace "
                + where
                + " already: give the one in the file another name");
      }
      throw e;
    }
  }

  private GenericKubernetesResource read(String text, String from) {
    List<String> documents =
        DOCUMENT.splitAsStream(text).filter(part -> HOLDS.matcher(part).find()).toList();
    if (documents.size() > 1) {
      throw new Refusal(
          from + " holds " + documents.size() + " documents: plan reads one request at a time");
    }
    GenericKubernetesResource asked;
    try {
      asked =
          client
              .getKubernetesSerialization()
              .unmarshal(String.join("", documents), GenericKubernetesResource.class);
    } catch (RuntimeException notYaml) {
      throw new Refusal(
          from + " is neither YAML nor JSON of one object: one request, as kubectl takes it");
    }
    if (asked == null
        || !API.equals(asked.getApiVersion())
        || !"FirewallChangeRequest".equals(asked.getKind())) {
      throw new Refusal(
          from + " holds no FirewallChangeRequest of " + API + ": one request in a file");
    }
    return asked;
  }
}
