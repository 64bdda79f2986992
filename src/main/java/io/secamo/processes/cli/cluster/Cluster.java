package io.secamo.processes.cli.cluster;

import static io.secamo.processes.cli.cluster.Answers.answered;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.Names;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.kubernetes.access.ChosenCluster;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The cluster as the person sees it: with their credentials and no other right. */
public final class Cluster implements AutoCloseable {
  /** Not kubectl's name: a GitOps tool takes over the fields of managers that begin with it. */
  private static final String FIELD_MANAGER = "processes-cli";

  private static final PatchContext MERGE =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager(FIELD_MANAGER)
          .build();

  private final KubernetesClient client;
  private final ChosenCluster chosen;
  private final String namespace;
  private final boolean chosenNamespace;

  private Cluster(
      KubernetesClient client, ChosenCluster chosen, String namespace, boolean chosenNamespace) {
    this.chosenNamespace = chosenNamespace;
    this.client = client;
    this.chosen = chosen;
    this.namespace = namespace;
  }

  static Cluster open(
      ChosenCluster chosen, Optional<String> namespace, Optional<String> as, List<String> groups) {
    Config config = chosen.config();
    String where = namespace.orElse(Objects.requireNonNullElse(config.getNamespace(), "default"));
    if (!where.matches(Names.PATTERN)) {
      throw new Refusal("there is no namespace " + where + ": " + Names.MESSAGE);
    }
    config.setRequestRetryBackoffLimit(2);
    as.ifPresent(
        user -> {
          config.setImpersonateUsername(user);
          config.setImpersonateGroups(groups.toArray(String[]::new));
        });
    return new Cluster(chosen.client(http -> {}), chosen, where, namespace.isPresent());
  }

  /** Names become parts of addresses: another form than that of names leads elsewhere. */
  private static void named(String name) {
    if (name.isBlank()) {
      throw Refusal.misuse("the name is empty: is a variable of your script not set?");
    }
    if (!name.matches(Names.PATTERN)) {
      throw new Refusal("there is nothing of the name " + name + ": " + Names.MESSAGE);
    }
  }

  /** Where something was done, for the person who did it. */
  public String place() {
    return "in namespace "
        + namespace
        + " of cluster "
        + chosen.cluster()
        + " (context "
        + chosen.context()
        + ")";
  }

  /** Where something is about to be done: names of clusters are not unique, addresses are. */
  public String address() {
    return "Cluster "
        + chosen.cluster()
        + " at "
        + client.getMasterUrl()
        + ", context "
        + chosen.context()
        + ", namespace "
        + namespace;
  }

  /** Where requests are looked for. */
  public String namespace() {
    return namespace;
  }

  /** The request of a name, or a sentence that says that there is none. */
  public FirewallChangeRequest request(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new Refusal(
                    "there is no request "
                        + name
                        + " in namespace "
                        + namespace
                        + ": kubectl -n "
                        + namespace
                        + " get fcr shows those there. How one that was deleted ended tells",
                    List.of("kubectl process evidence " + name + " -n " + namespace)));
  }

  /** The request of a name, if there is one. */
  public Optional<FirewallChangeRequest> find(String name) {
    named(name);
    return Optional.ofNullable(
        answered(
            () ->
                client
                    .resources(FirewallChangeRequest.class)
                    .inNamespace(namespace)
                    .withName(name)
                    .get()));
  }

  /** Requests of the namespace, or of all. */
  public List<FirewallChangeRequest> requests(boolean everywhere) {
    List<FirewallChangeRequest> found =
        answered(
            () -> {
              var all = client.resources(FirewallChangeRequest.class);
              return everywhere
                  ? all.inAnyNamespace().list().getItems()
                  : all.inNamespace(namespace).list().getItems();
            });
    if (found.isEmpty() && !everywhere && namespaceIsMissing()) {
      throw new Refusal(
          "there is no namespace "
              + namespace
              + " in cluster "
              + chosen.cluster()
              + ": kubectl get namespaces shows them all");
    }
    return found;
  }

  /** The API server lists what is in a namespace that is not there: nothing. */
  private boolean namespaceIsMissing() {
    try {
      return client.namespaces().withName(namespace).get() == null;
    } catch (KubernetesClientException mayNot) {
      return false;
    }
  }

  /** The user name as which the API server knows the person. */
  public String me() {
    return answered(
        () ->
            client
                .resource(new SelfSubjectReview())
                .create()
                .getStatus()
                .getUserInfo()
                .getUsername());
  }

  /** What the person may do. */
  public Permissions permissions() {
    return new Permissions(client, this::me);
  }

  /** Writes annotations, and nothing else. */
  public void annotate(String name, Map<String, String> annotations) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode node = patch.putObject("metadata").putObject("annotations");
    annotations.forEach(node::put);
    patch(name, patch);
  }

  /** Takes a request back. */
  public void withdraw(String name) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("spec").put("withdrawn", true);
    patch.putObject("metadata").putObject("annotations").put(Annotations.WITHDRAWN_BY, me());
    patch(name, patch);
  }

  /** Stops a request before its next change; held, so that not everybody lets it go on. */
  public void suspend(String name, boolean held) {
    wish(name, true, held ? "true" : null);
  }

  /** Lets a request go on. */
  public void resume(String name) {
    wish(name, false, null);
  }

  private void wish(String name, boolean suspend, @Nullable String held) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("spec").put("suspend", suspend);
    patch
        .putObject("metadata")
        .putObject("annotations")
        .put(Annotations.SUSPEND_BY, me())
        .put(Annotations.HELD, held);
    patch(name, patch);
  }

  private void patch(String name, ObjectNode patch) {
    answered(
        () ->
            client
                .resources(FirewallChangeRequest.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(MERGE, patch.toString()));
  }

  /** The Events about a request, oldest first; none if they may not be read. */
  public List<Event> events(FirewallChangeRequest request) {
    try {
      return client
          .events()
          .v1()
          .events()
          .inNamespace(request.getMetadata().getNamespace())
          .list()
          .getItems()
          .stream()
          .filter(e -> e.getRegarding() != null)
          .filter(e -> request.getMetadata().getUid().equals(e.getRegarding().getUid()))
          .sorted(
              Comparator.comparing(e -> e.getEventTime() == null ? "" : e.getEventTime().getTime()))
          .toList();
    } catch (KubernetesClientException mayNot) {
      return List.of();
    }
  }

  /** The evidence that is kept. */
  public Records records() {
    return new Records(client, namespace);
  }

  /** What would become of a request, without submitting it. */
  public Trial trial() {
    return new Trial(client, namespace, chosenNamespace);
  }

  /** The Deployments of the operator; several while one replaces the other. */
  public List<Operator> operators() {
    return answered(() -> Operator.all(client));
  }

  /** Whether an operator holds its lease now, also one that no Deployment started. */
  public boolean operatorHoldsLease(Instant now) {
    return answered(() -> Operator.holdsLease(client, now));
  }

  /** An object as JSON or YAML. */
  public String text(Object object, boolean yaml) {
    var serialization = client.getKubernetesSerialization();
    return yaml ? serialization.asYaml(object) : serialization.asJson(object);
  }

  @Override
  public void close() {
    client.close();
  }
}
