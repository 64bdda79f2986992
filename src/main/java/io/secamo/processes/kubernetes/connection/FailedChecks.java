package io.secamo.processes.kubernetes.connection;

import io.secamo.processes.api.orchestrator.ConnectionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which checks of a Connection failed within the last minute. Requests that cannot go on ask for
 * checks, and whoever makes enough of them would have a user locked out at the outside system.
 */
final class FailedChecks {
  /** So long nothing is asked again of a Connection and Secret that are as they were. */
  static final Duration AGAIN = Duration.ofMinutes(1);

  private final ReentrantLock lock = new ReentrantLock();

  /** In the order of time. */
  private final Map<String, Failed> failed = new LinkedHashMap<>();

  /**
   * A check that failed.
   *
   * @param version of Connection and Secret
   * @param status what was found
   */
  record Failed(String version, ConnectionStatus status, Instant at) {
    Duration again(Instant now) {
      return Duration.between(now, at.plus(AGAIN));
    }
  }

  /** Keeps the last one of a Connection. */
  void add(String connection, Failed last) {
    lock.lock();
    try {
      failed.remove(connection);
      failed.put(connection, last);
      Iterator<Failed> oldest = failed.values().iterator();
      while (oldest.next().again(last.at()).isNegative()) {
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The last one of a Connection and Secret of this version, if it is not to be repeated yet. */
  Optional<Failed> find(String connection, String version, Instant now) {
    lock.lock();
    try {
      return Optional.ofNullable(failed.get(connection))
          .filter(last -> last.version().equals(version) && last.again(now).isPositive());
    } finally {
      lock.unlock();
    }
  }
}
