package io.secamo.processes.systems;

import java.time.Duration;

/**
 * How long a test waits for what must come. A busy machine is no fault, so this is long; what comes
 * is never judged by how soon it came. {@code -Dtests.patience=SECONDS} waits for less.
 */
public final class Patience {
  /** The limit of every wait. */
  public static final Duration LIMIT =
      Duration.ofSeconds(Integer.getInteger("tests.patience", 300));

  private Patience() {}
}
