package io.secamo.processes.kubernetes.connection;

import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.Connector;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The connectors that were made last, one for each Connection. They stay for a while when their
 * Connection goes, because what was made by them may have to be put back; but only the last few of
 * a namespace, for each holds sockets and sessions.
 */
final class KeptConnectors {
  /** Of Connections that are gone, in one namespace. */
  static final int MOST_GONE = 16;

  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private final AtomicLong made = new AtomicLong();

  /**
   * A connector that was made.
   *
   * @param version of its Connection and Secret
   * @param facts of its Connection
   * @param created when its Connection was created, as the API server writes it
   * @param number which one it is since the start
   */
  record Kept(
      String version, Connector connector, ConnectionFacts facts, String created, long number) {}

  Optional<Kept> find(String namespace, String name) {
    return Optional.ofNullable(kept.get(namespace + "/" + name));
  }

  /**
   * Keeps one instead of that which was made before it.
   *
   * @param there the names of the Connections that the namespace has; asked now and then; empty if
   *     that cannot be told
   */
  void keep(
      String namespace,
      String version,
      Connector connector,
      ConnectionFacts facts,
      String created,
      Supplier<Optional<Set<String>>> there) {
    long number = made.incrementAndGet();
    kept.put(namespace + "/" + facts.name(), new Kept(version, connector, facts, created, number));
    String prefix = namespace + "/";
    long here = kept.keySet().stream().filter(key -> key.startsWith(prefix)).count();
    if (here > MOST_GONE && number % MOST_GONE == 0) {
      there.get().ifPresent(names -> forget(prefix, names));
    }
  }

  private void forget(String prefix, Set<String> there) {
    kept.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .filter(entry -> !there.contains(entry.getKey().substring(prefix.length())))
        .sorted(Comparator.comparingLong(entry -> -entry.getValue().number()))
        .skip(MOST_GONE)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(kept::remove);
  }

  /** How many are kept. */
  int size() {
    return kept.size();
  }
}
