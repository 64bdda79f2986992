package io.secamo.processes.kubernetes.sandbox;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.sandbox.SandboxStore;
import io.secamo.processes.kubernetes.queue.Turns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Keeps the state of sandboxes in ConfigMaps of their namespace, where kubectl shows it. */
public final class ConfigMapStore implements SandboxStore {
  /** Label of everything a sandbox holds; its value says what it is. */
  public static final String LABEL = "orchestrator.secamo.io/sandbox";

  /** What ClusterRole processes-sandbox grants. */
  private static final List<String> VERBS = List.of("get", "list", "create", "update", "delete");

  /** Each may bring a megabyte, and be in memory several times while it is read. */
  private static final Turns CALLS = new Turns(16, 4);

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final String namespace;

  /** A store in a namespace. */
  public ConfigMapStore(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  @Override
  public void check() {
    List<String> missing = VERBS.stream().filter(verb -> !may(verb)).toList();
    if (!missing.isEmpty()) {
      throw mayNot(String.join(", ", missing) + " ConfigMaps");
    }
  }

  private boolean may(String verb) {
    SelfSubjectAccessReview question =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withResource("configmaps")
            .withNamespace(namespace)
            .withVerb(verb)
            .endResourceAttributes()
            .endSpec()
            .build();
    return ask(
        () -> {
          SubjectAccessReviewStatus answer = client.resource(question).create().getStatus();
          return answer != null && Boolean.TRUE.equals(answer.getAllowed());
        });
  }

  private ConnectorFailure mayNot(String what) {
    return new ConnectorFailure.Unauthorized(
        "the operator may not "
            + what
            + " in namespace "
            + namespace
            + ": bind ClusterRole processes-sandbox to its ServiceAccount there");
  }

  @Override
  public Optional<Entry> read(String name) {
    return ask(
        () ->
            Optional.ofNullable(client.configMaps().inNamespace(namespace).withName(name).get())
                .map(ConfigMapStore::entry));
  }

  @Override
  public boolean create(String name, String kind, Map<String, String> data) {
    ConfigMap made =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .addToLabels(LABEL, kind)
            .endMetadata()
            .withData(data)
            .build();
    return write(() -> client.resource(made).create() != null, Set.of(CONFLICT));
  }

  @Override
  public boolean replace(Entry read, Map<String, String> data) {
    return write(
        () -> {
          ConfigMap now = client.configMaps().inNamespace(namespace).withName(read.name()).get();
          if (now == null) {
            return false;
          }
          now.getMetadata().setResourceVersion(read.version());
          now.setData(data);
          return client.resource(now).update() != null;
        },
        Set.of(CONFLICT, NOT_FOUND));
  }

  @Override
  public void delete(String name) {
    write(
        () -> client.configMaps().inNamespace(namespace).withName(name).delete() != null,
        Set.of(NOT_FOUND));
  }

  @Override
  public Optional<Entry> read(String kind, String name) {
    return ask(
        () ->
            Optional.ofNullable(client.configMaps().inNamespace(namespace).withName(name).get())
                .filter(map -> kind.equals(map.getMetadata().getLabels().get(LABEL)))
                .map(ConfigMapStore::entry));
  }

  @Override
  public void each(String kind, Consumer<Entry> look) {
    ask(
        () -> {
          new Listing(client, namespace, LABEL + "=" + kind).each(look);
          return true;
        });
  }

  /** Makes a write; false if the API server answers with one of the codes. */
  private boolean write(BooleanSupplier change, Set<Integer> refusals) {
    Turns.Turn turn = CALLS.waitInOrder(namespace);
    try {
      return change.getAsBoolean();
    } catch (KubernetesClientException e) {
      if (refusals.contains(e.getCode())) {
        return false;
      }
      // Without an answer, or with a gateway's, nobody knows whether it was done.
      boolean unanswered = e.getCode() == 0 || e.getCode() == 500 || e.getCode() == 504;
      throw unanswered
          ? new ConnectorFailure.Unknown("the sandbox's store did not answer to a write", e)
          : failure(e);
    } finally {
      turn.close();
    }
  }

  private <T> T ask(Supplier<T> question) {
    Turns.Turn turn = CALLS.waitInOrder(namespace);
    try {
      return question.get();
    } catch (KubernetesClientException e) {
      throw failure(e);
    } finally {
      turn.close();
    }
  }

  private ConnectorFailure failure(KubernetesClientException e) {
    return e.getCode() == FORBIDDEN
        ? mayNot("keep a sandbox")
        : new ConnectorFailure.Transient("the sandbox could not be reached", e);
  }

  private static Entry entry(ConfigMap map) {
    Map<String, String> data = map.getData() == null ? Map.of() : Map.copyOf(map.getData());
    return new Entry(map.getMetadata().getName(), map.getMetadata().getResourceVersion(), data);
  }
}
