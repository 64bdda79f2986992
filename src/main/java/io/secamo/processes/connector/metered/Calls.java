package io.secamo.processes.connector.metered;

import java.time.Duration;

/** Told of each call to an outside system. */
public interface Calls {
  /**
   * A call ended.
   *
   * @param connector kind of system, for example {@code OpenStack}
   * @param operation what was asked, for example {@code addRule}
   * @param outcome {@code ok}, {@code transient}, {@code throttled}, {@code refused}, {@code
   *     unauthorized} or {@code unknown}
   */
  void ended(String connector, String operation, String outcome, Duration took);
}
