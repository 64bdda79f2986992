package io.secamo.processes.kubernetes.connection;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.effect.Place;
import io.secamo.processes.kubernetes.connection.InTurn.Way;
import io.secamo.processes.kubernetes.connection.KeptConnectors.Kept;
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

  private final KubernetesSystems systems;
  private final KubernetesSystems.Factory factory;
  private final String namespace;
  private final String name;
  private final Systems.Origin origin;

  WayBack(
      KubernetesSystems systems,
      KubernetesSystems.Factory factory,
      String namespace,
      String name,
      Systems.Origin origin) {
    this.systems = systems;
    this.factory = factory;
    this.namespace = namespace;
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
    List<Kept> asItIs = others.isEmpty() ? List.of(systems.used(name)) : asItIs();
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
      ConnectionFacts now = systems.known(name);
      return leadsThere(now) ? now : then.orElse(now);
    } catch (ConnectorFailure.Refused | ConnectorFailure.Transient unread) {
      return then.orElseThrow(() -> unread);
    }
  }

  private boolean leadsThere(ConnectionFacts facts) {
    return Place.leadsToTheSame(facts.identity(), origin.connection());
  }

  private List<Kept> made() {
    return factory.makers.of(namespace, name, origin);
  }

  private List<Kept> others() {
    return factory.makers.ofOthers(namespace, name, origin);
  }

  private List<Way> ways(List<Kept> own) {
    return own.stream()
        .map(
            by ->
                new Way(
                    systems.firewall(name, by),
                    () -> factory.makers.outdated(namespace, name, by.connector())))
        .toList();
  }

  private List<Way> lent(List<Kept> others) {
    if (!others.isEmpty()) {
      LOG.info("{}/{}: put back with what changed something there for others", namespace, name);
    }
    return others.stream()
        .flatMap(
            kept ->
                kept.connector().firewall().stream()
                    .map(real -> new Lent(real, () -> factory.makers.turnedDown(kept))))
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
      if (!systems.connections.isGoing(name)) {
        return Optional.empty();
      }
    } catch (ConnectorFailure.Refused | ConnectorFailure.Transient unread) {
      LOG.debug("{}/{} is gone, or cannot be read", namespace, name);
    }
    return factory.leaving.find(namespace);
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
      if (leadsThere(systems.connections.facts(name))) {
        Kept now = systems.current(name);
        if (made.stream().noneMatch(maker -> maker.connector().equals(now.connector()))) {
          ways.add(now);
        }
      }
    } catch (ConnectorFailure.Refused
        | ConnectorFailure.Unauthorized
        | ConnectorFailure.Transient unusable) {
      factory.checks.recheck(namespace, name);
      LOG.warn("{}: what is to be put back is put back as before", unusable.getMessage());
    }
    return ways;
  }

  /** None if it does not lead there, for others do. */
  private List<Kept> asItIs() {
    try {
      return leadsThere(systems.known(name)) ? List.of(systems.used(name)) : List.of();
    } catch (ConnectorFailure.Refused
        | ConnectorFailure.Unauthorized
        | ConnectorFailure.Transient unusable) {
      return List.of();
    }
  }
}
