package io.secamo.processes.connector.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A store without a cluster. */
public final class InMemoryStore implements SandboxStore {
  private final Map<String, Entry> entries = new TreeMap<>();
  private final Map<String, String> kinds = new TreeMap<>();
  private long version;

  @Override
  public void check() {
    // Whoever has the memory may write to it.
  }

  @Override
  public synchronized Optional<Entry> read(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  @Override
  public synchronized boolean create(String name, String kind, Map<String, String> data) {
    kinds.putIfAbsent(name, kind);
    return entries.putIfAbsent(name, new Entry(name, Long.toString(++version), Map.copyOf(data)))
        == null;
  }

  @Override
  public synchronized boolean replace(Entry read, Map<String, String> data) {
    Entry now = entries.get(read.name());
    if (now == null || !now.version().equals(read.version())) {
      return false;
    }
    entries.put(read.name(), new Entry(read.name(), Long.toString(++version), Map.copyOf(data)));
    return true;
  }

  @Override
  public synchronized void delete(String name) {
    entries.remove(name);
    kinds.remove(name);
  }

  @Override
  public synchronized Optional<Entry> read(String kind, String name) {
    return read(name).filter(entry -> kind.equals(kinds.get(name)));
  }

  @Override
  public void each(String kind, Consumer<Entry> look) {
    list(kind).forEach(look);
  }

  /** All entries of a kind. */
  public synchronized List<Entry> list(String kind) {
    return entries.values().stream().filter(e -> kind.equals(kinds.get(e.name()))).toList();
  }
}
