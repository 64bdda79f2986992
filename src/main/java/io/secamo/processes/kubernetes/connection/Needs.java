package io.secamo.processes.kubernetes.connection;

import io.secamo.processes.connector.Systems;
import java.util.Optional;
import java.util.Set;

/** What requests that are not over need of Connections; all of it is kept while nobody knows. */
@FunctionalInterface
public interface Needs {
  /** Names of the Connections that requests of a namespace name; empty if nobody knows now. */
  Optional<Set<String>> names(String namespace);

  /** What requests have changed and not put back yet; empty if nobody knows now. */
  default Optional<Set<Use>> uses() {
    return Optional.empty();
  }

  /**
   * A change that is to be put back.
   *
   * @param namespace of the request
   * @param connection that it names
   * @param origin where it was made
   */
  record Use(String namespace, String connection, Systems.Origin origin) {}
}
