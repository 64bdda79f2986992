package io.secamo.processes.kubernetes.connection;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.effect.Place;
import io.secamo.processes.kubernetes.connection.KeptConnectors.Kept;
import io.secamo.processes.kubernetes.connection.forwarding.InTurn;
import io.secamo.processes.kubernetes.connection.forwarding.InTurn.Way;
import io.secamo.processes.kubernetes.connection.forwarding.Lent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How what was changed at a known place is reached to put it back: with what changed it, with its
 * Connection as it is now if that leads there, and at last with what changed something there for
 * others. Who opens something may leave it to a request whose own user could never remove it.
 */
final class WayBack {
  private static final Logger LOG = LoggerFactory.getLogger(WayBack.class);

  private final NamespaceConnectors connectors;
  private final String name;
  private final Systems.Origin origin;

  WayBack(NamespaceConnectors connectors, String name, Systems.Origin origin) {
    this.connectors = connectors;
    this.name = name;
    this.origin = origin;
  }

  /** All that lead there, in turn. */
  FirewallProvider firewall() {
    List<Kept> own = own();
    if (!own.isEmpty()) {
      return new InTurn(origin.account(), ways(own), () -> lent(others()));
    }
    List<Kept> others = others();
    List<Kept> asItIs = others.isEmpty() ? List.of(connectors.used(name)) : asItIs();
    return asItIs.isEmpty()
        ? new InTurn(origin.account(), lent(others), List::of)
        : new InTurn(origin.account(), ways(asItIs), () -> lent(others));
  }

  /** Of what leads there: what has the name by now may lead elsewhere, or be gone. */
  ConnectionFacts facts() {
    Optional<ConnectionFacts> then =
        made().stream()
            .findFirst()
            .or(() -> others().stream().findFirst())
            .map(maker -> maker.facts().asItWas());
    try {
      ConnectionFacts now = connectors.known(name);
      return leadsThere(now) ? now : then.orElse(now);
    } catch (ConnectorFailure.Refused | ConnectorFailure.Transient unread) {
      return then.orElseThrow(() -> unread);
    }
  }

  private boolean leadsThere(ConnectionFacts facts) {
    return Place.leadsToTheSame(facts.identity(), origin.connection());
  }

  private List<Kept> made() {
    return connectors.pool.makers.of(connectors.namespace, name, origin);
  }

  private List<Kept> others() {
    return connectors.pool.makers.ofOthers(connectors.namespace, name, origin);
  }

  private List<Way> ways(List<Kept> own) {
    return own.stream()
        .map(
            by ->
                new Way(
                    connectors.firewall(name, by),
                    () ->
                        connectors.pool.makers.outdated(
                            connectors.namespace, name, by.connector())))
        .toList();
  }

  private List<Way> lent(List<Kept> others) {
    if (!others.isEmpty()) {
      LOG.info(
          "{}/{}: put back with what changed something there for others",
          connectors.namespace,
          name);
    }
    return others.stream()
        .flatMap(
            kept ->
                kept.connector().firewall().stream()
                    .map(real -> new Lent(real, () -> connectors.pool.makers.turnedDown(kept))))
        .map(firewall -> new Way(firewall, () -> {}))
        .toList();
  }

  /** What changed something there, as long as this program remembers it. */
  private List<Kept> own() {
    List<Kept> made = made();
    if (made.isEmpty()) {
      return made;
    }
    Optional<ObjectMeta> leaving = leaving();
    return leaving.isPresent() ? outOf(leaving.get(), made) : withAsItIs(made);
  }

  /** Asked only where something is missing or goes: it would be one more call for each removal. */
  private Optional<ObjectMeta> leaving() {
    try {
      if (!connectors.connections.isGoing(name)) {
        return Optional.empty();
      }
    } catch (ConnectorFailure.Refused | ConnectorFailure.Transient unread) {
      LOG.debug("{}/{} is gone, or cannot be read", connectors.namespace, name);
    }
    return connectors.pool.leaving.find(connectors.namespace);
  }

  /** Of an earlier namespace of the same name nothing is anybody's any more. */
  private static List<Kept> outOf(ObjectMeta leaving, List<Kept> made) {
    return made.stream()
        .filter(maker -> maker.created().compareTo(leaving.getCreationTimestamp()) >= 0)
        .map(Kept::outOfItsNamespace)
        .toList();
  }

  private List<Kept> withAsItIs(List<Kept> made) {
    List<Kept> ways = new ArrayList<>(made);
    try {
      if (leadsThere(connectors.connections.facts(name))) {
        Kept now = connectors.current(name);
        if (made.stream().noneMatch(maker -> maker.connector().equals(now.connector()))) {
          ways.add(now);
        }
      }
    } catch (ConnectorFailure.Refused
        | ConnectorFailure.Unauthorized
        | ConnectorFailure.Transient unusable) {
      connectors.pool.checks.recheck(connectors.namespace, name);
      LOG.warn("{}: what is to be put back is put back as before", unusable.getMessage());
    }
    return ways;
  }

  /** None if it does not lead there, for others do. */
  private List<Kept> asItIs() {
    try {
      return leadsThere(connectors.known(name)) ? List.of(connectors.used(name)) : List.of();
    } catch (ConnectorFailure.Refused
        | ConnectorFailure.Unauthorized
        | ConnectorFailure.Transient unusable) {
      return List.of();
    }
  }
}
