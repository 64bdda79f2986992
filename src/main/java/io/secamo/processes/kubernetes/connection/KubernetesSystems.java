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
import io.secamo.processes.kubernetes.connection.ConnectionSecrets.Credentials;
import io.secamo.processes.kubernetes.connection.KeptConnectors.Kept;
import io.secamo.processes.kubernetes.leaving.LeavingNamespaces;
import io.secamo.processes.kubernetes.reading.SharedReads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
  private final SeenConnections connections;

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
    private final SharedReads<Connection> connections = new SharedReads<>();
    private final ConnectionSecrets secrets;
    private final LeavingNamespaces leaving;
    private final ConnectionChecks checks;

    /**
     * With the connectors of each vendor.
     *
     * @param needed names of the Connections that requests of a namespace name which are not over;
     *     empty if that cannot be told now
     * @param checks asked for a check where a process finds credentials refused
     */
    public Factory(
        KubernetesClient client,
        Map<ConnectionSpec.Type, ConnectorFactory> vendors,
        Function<String, Optional<Set<String>>> needed,
        ConnectionChecks checks) {
      this.client = client;
      this.vendors = Map.copyOf(vendors);
      this.kept = new KeptConnectors(needed);
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
    List<Connector> ways = ways(connection);
    return ways.size() == 1
        ? firewall(connection, ways.get(0))
        : new InTurn(
            ways.stream()
                .map(
                    by ->
                        new InTurn.Way(
                            firewall(connection, by),
                            () -> factory.kept.outdated(namespace, connection, by)))
                .toList());
  }

  /** What changed something first, unless what that needs goes with the namespace by now. */
  private List<Connector> ways(String connection) {
    List<Connector> ways = new ArrayList<>();
    makers(connection).forEach(maker -> ways.add(maker.connector()));
    if (ways.isEmpty()) {
      return List.of(used(connection));
    }
    try {
      boolean there = leadsToOrigin(connections.facts(connection));
      if (there && !ways.contains(current(connection))) {
        ways.add(current(connection));
      }
      return ways;
    } catch (ConnectorFailure.Refused
        | ConnectorFailure.Unauthorized
        | ConnectorFailure.Transient unusable) {
      if (factory.leaving.find(namespace).isPresent()) {
        return List.of(used(connection));
      }
      factory.checks.recheck(namespace, connection);
      LOG.warn("{}: what is to be put back is put back as before", unusable.getMessage());
      return ways;
    }
  }

  private List<Kept> makers(String connection) {
    return origin.map(there -> factory.kept.makers(namespace, connection, there)).orElse(List.of());
  }

  private boolean leadsToOrigin(ConnectionFacts now) {
    return origin
        .filter(there -> !Place.leadsToTheSame(now.identity(), there.connection()))
        .isEmpty();
  }

  private FirewallProvider firewall(String connection, Connector by) {
    return by.firewall()
        .map(real -> noticing(connection, FirewallProvider.class, real))
        .map(real -> undoing ? real : remembered(connection, by, real))
        .orElseThrow(
            () ->
                new ConnectorFailure.Misnamed(
                    "Connection "
                        + connection
                        + " is not a firewall: name one in spec.connection"));
  }

  /** What it changes is put back with the same connector. */
  private FirewallProvider remembered(String connection, Connector by, FirewallProvider real) {
    return factory
        .kept
        .find(namespace, connection)
        .filter(kept -> kept.connector().equals(by))
        .<FirewallProvider>map(
            kept -> new Remembered(real, account -> factory.kept.made(namespace, kept, account)))
        .orElse(real);
  }

  private <T> T noticing(String connection, Class<T> port, T real) {
    return factory.checks.noticing(namespace, connection, port, real);
  }

  private Connector used(String connection) {
    try {
      return connector(connection);
    } catch (ConnectorFailure.Unauthorized unreadable) {
      factory.checks.recheck(namespace, connection);
      throw unreadable;
    }
  }

  /** The connector of a connection, whatever it is. */
  public Connector connector(String name) {
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
  private Connector last(String name, ConnectorFailure unreadable) {
    Kept kept = factory.kept.find(namespace, name).orElse(null);
    Optional<ObjectMeta> leaving = factory.leaving.find(namespace);
    if (leaving.isEmpty() && undoing && kept != null && leadsThereStill(kept)) {
      factory.checks.recheck(namespace, name);
      LOG.warn("{}: what is to be put back is put back as before", unreadable.getMessage());
      return kept.connector();
    }
    ObjectMeta going = leaving.orElseThrow(() -> unreadable);
    if (kept == null || kept.created().compareTo(going.getCreationTimestamp()) < 0) {
      throw new ConnectorFailure.Refused(
          "namespace "
              + namespace
              + " is being deleted and Connection "
              + name
              + " went first: remove by hand what status.effects lists, close the ticket, then"
              + " annotate this request with processes.secamo.io/resolve=abandon to let it go");
    }
    LOG.info("namespace {} is being deleted: Connection {} is used as it was", namespace, name);
    return kept.connector().outOfItsNamespace();
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

  private Connector current(String name) {
    Connection connection = connections.read(name);
    ConnectionSpec spec = connection.getSpec();
    Credentials credentials = factory.secrets.credentials(namespace, name, spec);
    String version = version(connection, credentials);
    Optional<Kept> kept = factory.kept.find(namespace, name);
    if (kept.isPresent() && kept.get().version().equals(version)) {
      return kept.get().connector();
    }
    ConnectorFactory vendor = factory.vendors.get(spec.type());
    if (vendor == null) {
      throw new ConnectorFailure.Refused("this operator has no connector for type " + spec.type());
    }
    Connector made =
        vendor.connect(new ConnectionSettings(namespace, name, spec, credentials.entries()));
    String created = connection.getMetadata().getCreationTimestamp();
    factory.kept.keep(namespace, new Kept(version, made, connections.facts(name), created));
    return made;
  }

  @Override
  public ConnectionFacts facts(String name) {
    Optional<ConnectionFacts> then =
        makers(name).stream().findFirst().map(maker -> maker.facts().asItWas());
    try {
      ConnectionFacts now = connections.facts(name);
      return leadsToOrigin(now) ? now : then.orElse(now);
    } catch (ConnectorFailure.Transient unread) {
      return then.orElseThrow(() -> unread);
    } catch (ConnectorFailure.Refused gone) {
      Optional<Kept> last = factory.kept.find(namespace, name).filter(kept -> undoing);
      return then.or(() -> last.map(kept -> kept.facts().asItWas())).orElseThrow(() -> gone);
    }
  }
}
