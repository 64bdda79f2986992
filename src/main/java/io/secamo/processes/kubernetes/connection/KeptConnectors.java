package io.secamo.processes.kubernetes.connection;

import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.Connector;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
 * make Connections makes thousands. Those that changed something are with {@link Makers} as well.
 */
final class KeptConnectors {
  /** In one namespace, beside those that requests name; twice as many until some are let go. */
  static final int MOST = 32;

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
  record Kept(String version, Connector connector, ConnectionFacts facts, String created) {
    /** The same while its namespace is being deleted with all that is in it. */
    Kept outOfItsNamespace() {
      return new Kept(version, connector.outOfItsNamespace(), facts, created);
    }
  }

  /** Those of one namespace; who was used last is the last. */
  private static final class Namespace {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Kept> connectors = new LinkedHashMap<>(16, 0.75f, true);
    private int full = 2 * MOST;
  }

  Optional<Kept> find(String namespace, String name) {
    Namespace here = kept.get(namespace);
    if (here == null) {
      return Optional.empty();
    }
    here.lock.lock();
    try {
      return Optional.ofNullable(here.connectors.get(name));
    } finally {
      here.lock.unlock();
    }
  }

  /** Keeps one instead of that which was made before it. */
  void keep(String namespace, Kept made) {
    Namespace here = kept.computeIfAbsent(namespace, name -> new Namespace());
    here.lock.lock();
    try {
      here.connectors.put(made.facts().name(), made);
      if (here.connectors.size() > here.full) {
        needed.apply(namespace).ifPresent(names -> letGo(here, names));
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
