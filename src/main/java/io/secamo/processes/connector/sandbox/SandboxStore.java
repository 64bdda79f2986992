package io.secamo.processes.connector.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a sandbox keeps its state: small named entries with optimistic locking. */
public interface SandboxStore {
  /**
   * One entry.
   *
   * @param name unique in the store, a DNS name
   * @param version changes with every write
   * @param data what it holds
   */
  record Entry(String name, String version, Map<String, String> data) {}

  /** Whether it may be read and written; throws what is missing, and how to mend it. */
  void check();

  /** The entry of a name. */
  Optional<Entry> read(String name);

  /** Makes an entry; false if the name is taken. */
  boolean create(String name, String kind, Map<String, String> data);

  /** Replaces the data of an entry; false if it was written since it was read. */
  boolean replace(Entry read, Map<String, String> data);

  /** Removes an entry; gone already is fine. */
  void delete(String name);

  /** The entry of a name, if it is of that kind. */
  Optional<Entry> read(String kind, String name);

  /**
   * Shows all entries of a kind, one after the other. Keep what is needed of them: there may be as
   * many, and each as large, as somebody likes.
   */
  void each(String kind, Consumer<Entry> look);
}
