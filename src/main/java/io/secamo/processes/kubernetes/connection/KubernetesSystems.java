package io.secamo.processes.kubernetes.connection;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFactory;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.effect.Place;
import io.secamo.processes.kubernetes.connection.KeptConnectors.Kept;
import io.secamo.processes.kubernetes.connection.SecretAnswer.Credentials;
import io.secamo.processes.kubernetes.leaving.LeavingNamespaces;
import io.secamo.processes.kubernetes.reading.SharedReads;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outside systems of one namespace, made from its Connections and Secrets as they are now. A
 * connector is kept while neither changed, so that a session is not opened for each call.
 */
public final class KubernetesSystems implements Systems {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesSystems.class);

  private final Factory factory;
  private final String namespace;
  private final boolean undoing;
  private final Optional<Origin> origin;
  final SeenConnections connections;

  private KubernetesSystems(
      Factory factory, String namespace, boolean undoing, Optional<Origin> origin) {
    this.factory = factory;
    this.namespace = namespace;
    this.undoing = undoing;
    this.origin = origin;
    this.connections = new SeenConnections(factory.client, factory.connections, namespace);
  }

  @Override
  public Systems toUndo() {
    return new KubernetesSystems(factory, namespace, true, Optional.empty());
  }

  @Override
  public Systems toUndo(Origin made) {
    return new KubernetesSystems(factory, namespace, true, Optional.of(made));
  }

  /** Makes the systems of any namespace. */
  public static final class Factory {
    private final KubernetesClient client;
    private final Map<ConnectionSpec.Type, ConnectorFactory> vendors;
    private final KeptConnectors kept;
    final Makers makers;
    private final SharedReads<Connection> connections = new SharedReads<>();
    private final ConnectionSecrets secrets;
    final LeavingNamespaces leaving;
    final ConnectionChecks checks;

    /**
     * With the connectors of each vendor.
     *
     * @param needs what requests need that are not over
     * @param checks asked for a check where a process finds credentials refused
     */
    public Factory(
        KubernetesClient client,
        Map<ConnectionSpec.Type, ConnectorFactory> vendors,
        Needs needs,
        ConnectionChecks checks) {
      this.client = client;
      this.vendors = Map.copyOf(vendors);
      this.kept = new KeptConnectors(needs::names);
      this.makers = new Makers(needs::uses);
      this.secrets = new ConnectionSecrets(client);
      this.leaving = new LeavingNamespaces(client);
      this.checks = checks;
    }

    /** The systems of a namespace, for one thread and one look: Connections are read once. */
    public KubernetesSystems in(String namespace) {
      return new KubernetesSystems(this, namespace, false, Optional.empty());
    }
  }

  @Override
  public TicketSystem tickets(String connection) {
    return used(connection)
        .connector()
        .tickets()
        .map(real -> noticing(connection, TicketSystem.class, real))
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
    return back.isPresent() ? back.get().firewall() : firewall(connection, used(connection));
  }

  private Optional<WayBack> wayBack(String connection) {
    return origin.map(made -> new WayBack(this, factory, namespace, connection, made));
  }

  /** What it changes is put back with the same connector. */
  FirewallProvider firewall(String connection, Kept by) {
    return by.connector()
        .firewall()
        .map(real -> noticing(connection, FirewallProvider.class, real))
        .map(
            real ->
                undoing
                    ? real
                    : new Remembered(real, account -> factory.makers.made(namespace, by, account)))
        .orElseThrow(
            () ->
                new ConnectorFailure.Misnamed(
                    "Connection "
                        + connection
                        + " is not a firewall: name one in spec.connection"));
  }

  private boolean leadsToOrigin(ConnectionFacts facts) {
    return origin
        .filter(made -> !Place.leadsToTheSame(facts.identity(), made.connection()))
        .isEmpty();
  }

  private <T> T noticing(String connection, Class<T> port, T real) {
    return factory.checks.noticing(namespace, connection, port, real);
  }

  /** As it is now, or as it was when it has to be. */
  Kept used(String connection) {
    try {
      return kept(connection);
    } catch (ConnectorFailure.Unauthorized unreadable) {
      factory.checks.recheck(namespace, connection);
      throw unreadable;
    }
  }

  /** The connector of a connection, whatever it is. */
  public Connector connector(String name) {
    return kept(name).connector();
  }

  private Kept kept(String name) {
    try {
      return current(name);
    } catch (ConnectorFailure.Refused | ConnectorFailure.Unauthorized unreadable) {
      return last(name, unreadable);
    }
  }

  /**
   * The connector as it was, to put things back: Connection, Secret or the right to read it may go
   * before the request that needs them, alone or with all of the namespace. One of an earlier
   * namespace of the same name is nobody's any more.
   */
  private Kept last(String name, ConnectorFailure unreadable) {
    Kept kept = factory.kept.find(namespace, name).orElse(null);
    Optional<ObjectMeta> leaving = factory.leaving.find(namespace);
    if (leaving.isEmpty() && undoing && kept != null && leadsThereStill(kept)) {
      factory.checks.recheck(namespace, name);
      LOG.warn("{}: what is to be put back is put back as before", unreadable.getMessage());
      return kept;
    }
    ObjectMeta going = leaving.orElseThrow(() -> unreadable);
    if (kept == null
        || !leadsToOrigin(kept.facts())
        || kept.created().compareTo(going.getCreationTimestamp()) < 0) {
      throw new ConnectorFailure.Refused(
          "namespace "
              + namespace
              + " is being deleted and Connection "
              + name
              + " went first: remove by hand what status.effects lists, close the ticket, then"
              + " annotate this request with processes.secamo.io/resolve=abandon to let it go");
    }
    LOG.info("namespace {} is being deleted: Connection {} is used as it was", namespace, name);
    return kept.outOfItsNamespace();
  }

  /**
   * Whether a connector was made of what its Connection says now, if there is one. In between it
   * may have led elsewhere, where nothing of what was made is found: that is not gone.
   */
  private boolean leadsThereStill(Kept kept) {
    try {
      ConnectionFacts now = connections.facts(kept.facts().name());
      return now.identity().equals(kept.facts().identity())
          && now.type().equals(kept.facts().type());
    } catch (ConnectorFailure.Refused gone) {
      return true;
    }
  }

  /** Another one with each change of a Connection or its Secret; empty if these cannot be read. */
  Optional<String> version(String name) {
    try {
      Connection connection = connections.read(name);
      return Optional.of(
          version(connection, factory.secrets.credentials(namespace, name, connection.getSpec())));
    } catch (ConnectorFailure unreadable) {
      return Optional.empty();
    }
  }

  private static String version(Connection connection, Credentials credentials) {
    ObjectMeta meta = connection.getMetadata();
    return meta.getUid() + "/" + meta.getGeneration() + "/" + credentials.version();
  }

  /** As it is now. */
  Kept current(String name) {
    Connection connection = connections.read(name);
    ConnectionSpec spec = connection.getSpec();
    Credentials credentials = factory.secrets.credentials(namespace, name, spec);
    String version = version(connection, credentials);
    Optional<Kept> kept = factory.kept.find(namespace, name);
    if (kept.isPresent() && kept.get().version().equals(version)) {
      return kept.get();
    }
    ConnectorFactory vendor = factory.vendors.get(spec.type());
    if (vendor == null) {
      throw new ConnectorFailure.Refused("this operator has no connector for type " + spec.type());
    }
    Connector made =
        vendor.connect(new ConnectionSettings(namespace, name, spec, credentials.entries()));
    String created = connection.getMetadata().getCreationTimestamp();
    Kept now = new Kept(version, made, connections.facts(name), created);
    factory.kept.keep(namespace, now);
    return now;
  }

  @Override
  public ConnectionFacts facts(String name) {
    Optional<WayBack> back = wayBack(name);
    return back.isPresent() ? back.get().facts() : known(name);
  }

  /** What is known of a Connection: as it is now, or as it was last. */
  ConnectionFacts known(String name) {
    try {
      return connections.facts(name);
    } catch (ConnectorFailure.Refused gone) {
      return factory
          .kept
          .find(namespace, name)
          .filter(kept -> undoing)
          .map(last -> last.facts().asItWas())
          .orElseThrow(() -> gone);
    }
  }
}
