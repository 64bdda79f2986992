package io.secamo.processes.kubernetes.connection;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFactory;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.connector.TicketSystem;
import java.util.Map;
import java.util.Optional;

/** The outside systems of one namespace, by the names of its Connections. */
public final class KubernetesSystems implements Systems {
  private final NamespaceConnectors connectors;
  private final Optional<Origin> origin;

  private KubernetesSystems(
      ConnectorPool pool, String namespace, boolean undoing, Optional<Origin> origin) {
    this.connectors = new NamespaceConnectors(pool, namespace, undoing, origin);
    this.origin = origin;
  }

  /** Makes the systems of any namespace. */
  public static final class Factory {
    private final ConnectorPool pool;

    /**
     * With the connectors of each vendor. A connector is kept while its Connection and its Secret
     * do not change, so that a session is not opened for each call.
     *
     * @param needs what requests need that are not over
     * @param checks asked for a check where a process finds credentials refused
     */
    public Factory(
        KubernetesClient client,
        Map<ConnectionSpec.Type, ConnectorFactory> vendors,
        Needs needs,
        ConnectionChecks checks) {
      this.pool = new ConnectorPool(client, vendors, needs, checks);
    }

    /** The systems of a namespace, for one thread and one look: Connections are read once. */
    public KubernetesSystems in(String namespace) {
      return new KubernetesSystems(pool, namespace, false, Optional.empty());
    }
  }

  @Override
  public Systems toUndo() {
    return new KubernetesSystems(connectors.pool, connectors.namespace, true, Optional.empty());
  }

  @Override
  public Systems toUndo(Origin made) {
    return new KubernetesSystems(connectors.pool, connectors.namespace, true, Optional.of(made));
  }

  @Override
  public TicketSystem tickets(String connection) {
    return connectors
        .used(connection)
        .connector()
        .tickets()
        .map(real -> connectors.noticing(connection, TicketSystem.class, real))
        .orElseThrow(
            () ->
                new ConnectorFailure.Misnamed(
                    "Connection "
                        + connection
                        + " is not a ticket system: name one in spec.ticket.connection"));
  }

  @Override
  public FirewallProvider firewall(String connection) {
    Optional<WayBack> back = wayBack(connection);
    return back.isPresent()
        ? back.get().firewall()
        : connectors.firewall(connection, connectors.used(connection));
  }

  @Override
  public ConnectionFacts facts(String name) {
    Optional<WayBack> back = wayBack(name);
    return back.isPresent() ? back.get().facts() : connectors.known(name);
  }

  private Optional<WayBack> wayBack(String connection) {
    return origin.map(made -> new WayBack(connectors, connection, made));
  }

  /** The connector of a connection, whatever it is. */
  public Connector connector(String name) {
    return connectors.kept(name).connector();
  }

  /** Another one with each change of a Connection or its Secret; empty if these cannot be read. */
  Optional<String> version(String name) {
    return connectors.version(name);
  }
}
