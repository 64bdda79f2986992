package io.secamo.processes.kubernetes.connection;

import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.effect.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The connectors that were used last, one for each Connection. What was made through one may have
 * to be put back when its Connection or Secret is gone: it stays as long as a request that is not
 * over names its Connection. Of all others only the last few of a namespace stay, for whoever may
 * make Connections makes thousands. With it stay those that changed something.
 */
final class KeptConnectors {
  /** In one namespace, beside those that requests name; twice as many until some are let go. */
  static final int MOST = 32;

  /** Of one Connection: as many Secrets as change something before what they changed is over. */
  static final int MOST_MAKERS = 4;

  private final Map<String, Namespace> kept = new ConcurrentHashMap<>();
  private final Function<String, Optional<Set<String>>> needed;

  /**
   * None yet.
   *
   * @param needed names of the Connections that requests of a namespace name which are not over;
   *     empty if that cannot be told now
   */
  KeptConnectors(Function<String, Optional<Set<String>>> needed) {
    this.needed = needed;
  }

  /**
   * A connector that was made.
   *
   * @param version of its Connection and Secret
   * @param facts of its Connection
   * @param created when its Connection was created, as the API server writes it
   */
  record Kept(String version, Connector connector, ConnectionFacts facts, String created) {}

  /**
   * A connector that changed something.
   *
   * @param account whose system it changed
   */
  private record Maker(Kept kept, String account) {
    boolean madeAt(Systems.Origin origin) {
      return Place.leadsToTheSame(kept.facts().identity(), origin.connection())
          && Account.same(account, origin.account());
    }
  }

  /** What is kept of one Connection. */
  private static final class Entry {
    private final Deque<Maker> makers = new ArrayDeque<>();
    private Kept last;

    private Entry(Kept last) {
      this.last = last;
    }
  }

  /** Those of one namespace; who was used last is the last. */
  private static final class Namespace {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> connectors = new LinkedHashMap<>(16, 0.75f, true);
    private int full = 2 * MOST;
  }

  Optional<Kept> find(String namespace, String name) {
    Namespace here = kept.get(namespace);
    if (here == null) {
      return Optional.empty();
    }
    here.lock.lock();
    try {
      return Optional.ofNullable(here.connectors.get(name)).map(entry -> entry.last);
    } finally {
      here.lock.unlock();
    }
  }

  /** Keeps one instead of that which was made before it. */
  void keep(String namespace, Kept made) {
    Namespace here = kept.computeIfAbsent(namespace, name -> new Namespace());
    here.lock.lock();
    try {
      here.connectors.computeIfAbsent(made.facts().name(), name -> new Entry(made)).last = made;
      if (here.connectors.size() > here.full) {
        needed.apply(namespace).ifPresent(names -> letGo(here, names));
      }
    } finally {
      here.lock.unlock();
    }
  }

  /** Remembers that a connector changed something: what makes it anew does not replace it. */
  void made(String namespace, Kept by, String account) {
    Namespace here = kept.computeIfAbsent(namespace, name -> new Namespace());
    Maker maker = new Maker(by, account);
    here.lock.lock();
    try {
      Deque<Maker> makers =
          here.connectors.computeIfAbsent(by.facts().name(), name -> new Entry(by)).makers;
      makers.remove(maker);
      makers.addFirst(maker);
      if (makers.size() > MOST_MAKERS) {
        makers.removeLast();
      }
    } finally {
      here.lock.unlock();
    }
  }

  /** Those that changed something there, the newest first. */
  List<Kept> makers(String namespace, String name, Systems.Origin origin) {
    Namespace here = kept.get(namespace);
    if (here == null) {
      return List.of();
    }
    here.lock.lock();
    try {
      Entry entry = here.connectors.get(name);
      return entry == null
          ? List.of()
          : entry.makers.stream().filter(it -> it.madeAt(origin)).map(Maker::kept).toList();
    } finally {
      here.lock.unlock();
    }
  }

  /** Nobody is let in with it any more, and with another one somebody is. */
  void outdated(String namespace, String name, Connector connector) {
    Namespace here = kept.computeIfAbsent(namespace, it -> new Namespace());
    here.lock.lock();
    try {
      Entry entry = here.connectors.get(name);
      if (entry != null) {
        entry.makers.removeIf(it -> it.kept().connector().equals(connector));
      }
    } finally {
      here.lock.unlock();
    }
  }

  /** Asks seldom what is needed: there may be many requests. */
  private static void letGo(Namespace here, Set<String> needed) {
    long idle = here.connectors.keySet().stream().filter(name -> !needed.contains(name)).count();
    Iterator<String> longest = here.connectors.keySet().iterator();
    while (idle > MOST && longest.hasNext()) {
      if (!needed.contains(longest.next())) {
        longest.remove();
        idle--;
      }
    }
    here.full = here.connectors.size() + MOST;
  }

  /** How many are kept. */
  int size() {
    return kept.values().stream().mapToInt(here -> here.connectors.size()).sum();
  }
}
