package io.secamo.processes.cli.cluster;

import static io.secamo.processes.cli.cluster.Answers.answered;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.secamo.processes.api.Groups;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import java.util.Objects;

/** Sends a request that nobody keeps: the API server judges it as if it were submitted. */
public final class Trial {
  private static final String API = Groups.PROCESSES + "/" + Groups.VERSION;

  private static final ResourceDefinitionContext REQUESTS =
      ResourceDefinitionContext.fromResourceType(FirewallChangeRequest.class);

  private final KubernetesClient client;
  private final String namespace;

  Trial(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * As the API server would store it: with what it fills in. A field that it does not know is
   * refused, and nothing is stored.
   */
  public FirewallChangeRequest of(String text) {
    GenericKubernetesResource asked = read(text);
    String meant =
        Objects.requireNonNullElse(
            asked.getMetadata() == null ? null : asked.getMetadata().getNamespace(), namespace);
    GenericKubernetesResource stored =
        answered(
            () ->
                client
                    .genericKubernetesResources(REQUESTS)
                    .inNamespace(meant)
                    .resource(asked)
                    .dryRun(true)
                    .fieldValidation(FieldValidateable.Validation.STRICT)
                    .create());
    var serialization = client.getKubernetesSerialization();
    return serialization.unmarshal(serialization.asJson(stored), FirewallChangeRequest.class);
  }

  private GenericKubernetesResource read(String text) {
    GenericKubernetesResource asked;
    try {
      asked = client.getKubernetesSerialization().unmarshal(text, GenericKubernetesResource.class);
    } catch (RuntimeException notYaml) {
      throw new Refusal(
          "it is neither YAML nor JSON of one object: one request, as kubectl takes it");
    }
    if (asked == null
        || !API.equals(asked.getApiVersion())
        || !"FirewallChangeRequest".equals(asked.getKind())) {
      throw new Refusal("it holds no FirewallChangeRequest of " + API + ": one request in a file");
    }
    return asked;
  }
}
