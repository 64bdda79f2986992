package io.secamo.processes.kubernetes.connection;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFactory;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.Systems.Origin;
import io.secamo.processes.effect.Place;
import io.secamo.processes.kubernetes.connection.KeptConnectors.Kept;
import io.secamo.processes.kubernetes.connection.SecretAnswer.Credentials;
import io.secamo.processes.kubernetes.connection.forwarding.Remembered;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connectors of one namespace, made from its Connections and Secrets as they are now, or as
 * they were last where something has to be put back. For one thread and one look: Connections are
 * read once.
 */
final class NamespaceConnectors {
  private static final Logger LOG = LoggerFactory.getLogger(NamespaceConnectors.class);

  final ConnectorPool pool;
  final String namespace;
  final SeenConnections connections;
  private final boolean undoing;
  private final Optional<Origin> origin;

  /**
   * None is made yet.
   *
   * @param undoing whether what was made is put back with them, and nothing new is made
   * @param origin where it was made, if that is known
   */
  NamespaceConnectors(
      ConnectorPool pool, String namespace, boolean undoing, Optional<Origin> origin) {
    this.pool = pool;
    this.namespace = namespace;
    this.undoing = undoing;
    this.origin = origin;
    this.connections = new SeenConnections(pool.client, pool.connections, namespace);
  }

  /** As it is now, or as it was when it has to be. */
  Kept used(String connection) {
    try {
      return kept(connection);
    } catch (ConnectorFailure.Unauthorized unreadable) {
      pool.checks.recheck(namespace, connection);
      throw unreadable;
    }
  }

  /** As it is now, or as it was when it has to be; nobody is told that it is not let in. */
  Kept kept(String name) {
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
    Kept kept = pool.kept.find(namespace, name).orElse(null);
    Optional<ObjectMeta> leaving = pool.leaving.find(namespace);
    if (leaving.isEmpty() && undoing && kept != null && leadsThereStill(kept)) {
      pool.checks.recheck(namespace, name);
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
          version(connection, pool.secrets.credentials(namespace, name, connection.getSpec())));
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
    Credentials credentials = pool.secrets.credentials(namespace, name, spec);
    String version = version(connection, credentials);
    Optional<Kept> kept = pool.kept.find(namespace, name);
    if (kept.isPresent() && kept.get().version().equals(version)) {
      return kept.get();
    }
    ConnectorFactory vendor = pool.vendors.get(spec.type());
    if (vendor == null) {
      throw new ConnectorFailure.Refused("this operator has no connector for type " + spec.type());
    }
    Connector made =
        vendor.connect(new ConnectionSettings(namespace, name, spec, credentials.entries()));
    String created = connection.getMetadata().getCreationTimestamp();
    Kept now = new Kept(version, made, connections.facts(name), created);
    pool.kept.keep(namespace, now);
    return now;
  }

  /** What is known of a Connection: as it is now, or as it was last. */
  ConnectionFacts known(String name) {
    try {
      return connections.facts(name);
    } catch (ConnectorFailure.Refused gone) {
      return pool.kept
          .find(namespace, name)
          .filter(kept -> undoing)
          .map(last -> last.facts().asItWas())
          .orElseThrow(() -> gone);
    }
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
                    : new Remembered(real, account -> pool.makers.made(namespace, by, account)))
        .orElseThrow(
            () ->
                new ConnectorFailure.Misnamed(
                    "Connection "
                        + connection
                        + " is not a firewall: name one in spec.connection"));
  }

  /** Its calls tell if its credentials are turned down. */
  <T> T noticing(String connection, Class<T> port, T real) {
    return pool.checks.noticing(namespace, connection, port, real);
  }

  private boolean leadsToOrigin(ConnectionFacts facts) {
    return origin
        .filter(made -> !Place.leadsToTheSame(facts.identity(), made.connection()))
        .isEmpty();
  }
}
