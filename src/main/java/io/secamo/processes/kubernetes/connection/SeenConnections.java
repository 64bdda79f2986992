package io.secamo.processes.kubernetes.connection;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.kubernetes.reading.Pages;
import io.secamo.processes.kubernetes.reading.SharedReads;
import io.secamo.processes.text.Near;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The Connections of one namespace as one look sees them: each is read once. */
final class SeenConnections {
  /** As many as are compared with a name that there is not. */
  private static final int MOST_NAMES = 200;

  private static final int FORBIDDEN = 403;

  private final KubernetesClient client;
  private final SharedReads<Connection> shared;
  private final String namespace;
  private final Map<String, Connection> seen = new HashMap<>();

  /**
   * None yet.
   *
   * @param shared with whoever reads the same one at the same time
   */
  SeenConnections(KubernetesClient client, SharedReads<Connection> shared, String namespace) {
    this.client = client;
    this.shared = shared;
    this.namespace = namespace;
  }

  /** What is known of one of them as it is now. */
  ConnectionFacts facts(String name) {
    Connection connection = read(name);
    ObjectMeta meta = connection.getMetadata();
    String endpoint = connection.getSpec().endpoint();
    String longest = connection.getSpec().longest();
    return new ConnectionFacts(
        name,
        meta.getUid(),
        connection.getSpec().type().word(),
        endpoint == null ? "" : endpoint,
        meta.getLabels() == null ? Map.of() : meta.getLabels(),
        longest == null ? "" : longest,
        client.getKubernetesSerialization().asJson(connection.getSpec()));
  }

  /** Whether one of them is being deleted, alone or with its namespace. */
  boolean isGoing(String name) {
    return read(name).getMetadata().getDeletionTimestamp() != null;
  }

  /** One of them. */
  Connection read(String name) {
    Connection known = seen.get(name);
    if (known == null) {
      known = shared.read(namespace + "/" + name, () -> readConnection(name));
      seen.put(name, known);
    }
    return known;
  }

  private Connection readConnection(String name) {
    try {
      Connection connection =
          client
              .resources(Connection.class)
              .inNamespace(namespace)
              .withName(ConnectionSecrets.plain(name))
              .get();
      if (connection == null) {
        throw new ConnectorFailure.Misnamed(
            "there is no Connection "
                + name
                + "; "
                + Near.told("namespace " + namespace, name, names())
                + ". If the name is right, create it");
      }
      return connection;
    } catch (KubernetesClientException e) {
      String why =
          e.getCode() == FORBIDDEN
              ? ": the operator may not. Give it its ClusterRole back: kubectl apply --server-side"
                  + " -k manifests/"
              : "";
      throw new ConnectorFailure.Transient("Connection " + name + " could not be read" + why, e);
    }
  }

  private List<String> names() {
    return Pages.first(MOST_NAMES, client.resources(Connection.class).inNamespace(namespace))
        .stream()
        .map(connection -> connection.getMetadata().getName())
        .toList();
  }
}
