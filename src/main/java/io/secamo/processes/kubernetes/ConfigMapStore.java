package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.sandbox.SandboxStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps the state of sandboxes in ConfigMaps of their namespace, where kubectl shows it. */
public final class ConfigMapStore implements SandboxStore {
  /** Label of everything a sandbox holds; its value says what it is. */
  public static final String LABEL = "orchestrator.secamo.io/sandbox";

  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final String namespace;

  /** A store in a namespace. */
  public ConfigMapStore(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
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
    return unlessConflict(() -> client.resource(made).create());
  }

  @Override
  public boolean replace(Entry read, Map<String, String> data) {
    ConfigMap now = client.configMaps().inNamespace(namespace).withName(read.name()).get();
    if (now == null) {
      return false;
    }
    now.getMetadata().setResourceVersion(read.version());
    now.setData(data);
    return unlessConflict(() -> client.resource(now).update());
  }

  @Override
  public void delete(String name) {
    ask(() -> client.configMaps().inNamespace(namespace).withName(name).delete());
  }

  @Override
  public List<Entry> list(String kind) {
    return ask(
        () ->
            client
                .configMaps()
                .inNamespace(namespace)
                .withLabel(LABEL, kind)
                .list()
                .getItems()
                .stream()
                .map(ConfigMapStore::entry)
                .toList());
  }

  private boolean unlessConflict(Supplier<ConfigMap> write) {
    return ask(
        () -> {
          try {
            return write.get() != null;
          } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT) {
              return false;
            }
            throw e;
          }
        });
  }

  private <T> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (KubernetesClientException e) {
      if (e.getCode() == 403) {
        throw new ConnectorFailure.Unauthorized(
            "the operator may not keep a sandbox in namespace "
                + namespace
                + ": bind ClusterRole processes-sandbox to its ServiceAccount there");
      }
      throw new ConnectorFailure.Transient("the sandbox could not be reached", e);
    }
  }

  private static Entry entry(ConfigMap map) {
    Map<String, String> data = map.getData() == null ? Map.of() : Map.copyOf(map.getData());
    return new Entry(map.getMetadata().getName(), map.getMetadata().getResourceVersion(), data);
  }
}
