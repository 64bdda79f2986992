package io.secamo.processes.kubernetes.connection;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
import io.secamo.processes.kubernetes.connection.ConnectionSecrets.Credentials;
import io.secamo.processes.kubernetes.connection.KeptConnectors.Kept;
import io.secamo.processes.kubernetes.leaving.LeavingNamespaces;
import io.secamo.processes.kubernetes.reading.Pages;
import io.secamo.processes.kubernetes.reading.SharedReads;
import io.secamo.processes.text.Near;
import java.util.HashMap;
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

  /** As many as are compared with a name that there is not. */
  private static final int MOST_NAMES = 200;

  private final Factory factory;
  private final String namespace;
  private final boolean undoing;
  private final Map<String, Connection> seen = new HashMap<>();

  private KubernetesSystems(Factory factory, String namespace, boolean undoing) {
    this.factory = factory;
    this.namespace = namespace;
    this.undoing = undoing;
  }

  @Override
  public Systems toUndo() {
    return new KubernetesSystems(factory, namespace, true);
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
      return new KubernetesSystems(this, namespace, false);
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
    return used(connection)
        .firewall()
        .map(real -> noticing(connection, FirewallProvider.class, real))
        .orElseThrow(
            () ->
                new ConnectorFailure.Misnamed(
                    "Connection "
                        + connection
                        + " is not a firewall: name one in spec.connection"));
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
      ConnectionFacts now = facts(kept.facts().name(), connection(kept.facts().name()));
      return now.identity().equals(kept.facts().identity())
          && now.type().equals(kept.facts().type());
    } catch (ConnectorFailure.Refused gone) {
      return true;
    }
  }

  /** Another one with each change of a Connection or its Secret; empty if these cannot be read. */
  Optional<String> version(String name) {
    try {
      Connection connection = connection(name);
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
    Connection connection = connection(name);
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
    factory.kept.keep(namespace, new Kept(version, made, facts(name, connection), created));
    return made;
  }

  @Override
  public ConnectionFacts facts(String name) {
    try {
      return facts(name, connection(name));
    } catch (ConnectorFailure.Refused gone) {
      return factory
          .kept
          .find(namespace, name)
          .filter(kept -> undoing)
          .map(last -> last.facts().asItWas())
          .orElseThrow(() -> gone);
    }
  }

  private ConnectionFacts facts(String name, Connection connection) {
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
        factory.client.getKubernetesSerialization().asJson(connection.getSpec()));
  }

  private Connection connection(String name) {
    Connection known = seen.get(name);
    if (known == null) {
      known = factory.connections.read(namespace + "/" + name, () -> readConnection(name));
      seen.put(name, known);
    }
    return known;
  }

  private Connection readConnection(String name) {
    try {
      Connection connection =
          factory
              .client
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
                + ". Create it, or name another one");
      }
      return connection;
    } catch (KubernetesClientException e) {
      throw new ConnectorFailure.Transient("Connection " + name + " could not be read", e);
    }
  }

  private List<String> names() {
    return Pages.first(
            MOST_NAMES, factory.client.resources(Connection.class).inNamespace(namespace))
        .stream()
        .map(connection -> connection.getMetadata().getName())
        .toList();
  }
}
