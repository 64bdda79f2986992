package io.secamo.processes.kubernetes.connection;

import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.effect.Place;
import io.secamo.processes.kubernetes.connection.KeptConnectors.Kept;
import io.secamo.processes.kubernetes.connection.Needs.Use;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The connectors that changed something, to put it back with them: their Connections and Secrets
 * may be others by then, or gone. What another namespace does takes nobody's place here.
 */
final class Makers {
  /** Of one Connection at one place: as many Secrets as change something there meanwhile. */
  static final int MOST = 4;

  /** Of one namespace, beside those that a request needs; twice as many until some are let go. */
  static final int MOST_IDLE = 32;

  private final Map<String, Here> made = new ConcurrentHashMap<>();
  private final Supplier<Optional<Set<Use>>> uses;
  private final Set<Kept> turnedDown =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /**
   * None yet.
   *
   * @param uses what requests that are not over have changed; empty if that cannot be told now
   */
  Makers(Supplier<Optional<Set<Use>>> uses) {
    this.uses = uses;
  }

  /**
   * One that changed something.
   *
   * @param account whose system it changed
   */
  private record Maker(Kept kept, String account) {
    private String name() {
      return kept.facts().name();
    }

    private boolean madeAt(Systems.Origin origin) {
      return Place.leadsToTheSame(kept.facts().identity(), origin.connection())
          && Account.same(account, origin.account());
    }

    private boolean samePlace(Maker other) {
      return madeAt(new Systems.Origin(other.kept.facts().identity(), other.account));
    }

    private boolean sameAs(Maker other) {
      return name().equals(other.name()) && samePlace(other);
    }
  }

  /**
   * Those of one namespace.
   *
   * @param makers the newest first
   * @param full with how many it is asked next what is needed
   */
  private record Here(List<Maker> makers, int full) {
    /** With one more; of those of the same Connection at the same place the last few stay. */
    private Here with(Maker maker) {
      List<Maker> now = new ArrayList<>(List.of(maker));
      int same = 1;
      for (Maker other : makers) {
        if (!other.sameAs(maker) || (!other.equals(maker) && ++same <= MOST)) {
          now.add(other);
        }
      }
      return new Here(List.copyOf(now), full);
    }

    private Here without(Predicate<Maker> which) {
      return new Here(makers.stream().filter(which.negate()).toList(), full);
    }

    /** With what its own requests need, the last few of what others' need, and a few more. */
    private Here letGo(Set<Use> uses, String namespace) {
      List<Maker> now = new ArrayList<>();
      int idle = 0;
      for (Maker maker : makers) {
        List<Use> there = uses.stream().filter(use -> maker.madeAt(use.origin())).toList();
        boolean own =
            there.stream()
                .anyMatch(
                    use ->
                        use.namespace().equals(namespace) && use.connection().equals(maker.name()));
        boolean lent = !there.isEmpty() && now.stream().filter(maker::samePlace).count() < MOST;
        if (own || lent || ++idle <= MOST_IDLE) {
          now.add(maker);
        }
      }
      return new Here(List.copyOf(now), now.size() + MOST_IDLE);
    }
  }

  /** Remembers that a connector changed something: what makes it anew does not replace it. */
  void made(String namespace, Kept by, String account) {
    Maker maker = new Maker(by, account);
    turnedDown.remove(by);
    Here now =
        made.merge(
            namespace, new Here(List.of(maker), 2 * MOST_IDLE), (here, one) -> here.with(maker));
    if (now.makers().size() > now.full()) {
      // RequestedChange seldom, and not while others wait for it: there may be many requests.
      uses.get()
          .ifPresent(
              known -> made.computeIfPresent(namespace, (name, it) -> it.letGo(known, name)));
    }
  }

  /** Those of a Connection that changed something there, the newest first. */
  List<Kept> of(String namespace, String name, Systems.Origin origin) {
    return at(namespace, origin).filter(kept -> kept.facts().name().equals(name)).toList();
  }

  /**
   * The last few of all other Connections, in whatever namespace, that changed something there. For
   * whoever has to put back what they made and cannot do so alone; not those that were turned down.
   */
  List<Kept> ofOthers(String namespace, String name, Systems.Origin origin) {
    return made.keySet().stream()
        .flatMap(
            other ->
                at(other, origin)
                    .filter(kept -> !other.equals(namespace) || !kept.facts().name().equals(name)))
        .filter(kept -> !turnedDown.contains(kept))
        .limit(MOST)
        .toList();
  }

  private Stream<Kept> at(String namespace, Systems.Origin origin) {
    Here here = made.get(namespace);
    return here == null
        ? Stream.of()
        : here.makers().stream().filter(maker -> maker.madeAt(origin)).map(Maker::kept);
  }

  /** Nobody is let in with it any more, and with another one somebody is. */
  void outdated(String namespace, String name, Connector connector) {
    made.computeIfPresent(
        namespace,
        (it, here) ->
            here.without(
                maker -> maker.name().equals(name) && maker.kept().connector().equals(connector)));
  }

  /** It was not let in for others: each try more may lock its user out. */
  void turnedDown(Kept lent) {
    turnedDown.add(lent);
  }

  /** How many are remembered. */
  int size() {
    return made.values().stream().mapToInt(here -> here.makers().size()).sum();
  }
}
