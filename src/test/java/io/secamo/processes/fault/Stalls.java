package io.secamo.processes.fault;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long this machine has kept a thread waiting that wanted to run at once. What is compared by
 * its time allows for that, so that a busy machine is not taken for a broken promise.
 */
final class Stalls {
  private static final long TICK_MILLIS = 50;
  private static final AtomicLong LONGEST = new AtomicLong();

  static {
    Thread.ofPlatform().daemon().name("stalls").start(Stalls::watch);
  }

  private Stalls() {}

  /** Begins to watch, if nobody has yet. */
  static void noticed() {
    // Loading the class did it.
  }

  /**
   * What two times may lie apart although the events belong together: several threads and processes
   * stand between them, and each may have waited as long.
   */
  static Duration allowance() {
    return Duration.ofNanos(LONGEST.get()).multipliedBy(4);
  }

  private static void watch() {
    while (true) {
      long began = System.nanoTime();
      Front.pause(Duration.ofMillis(TICK_MILLIS));
      long late = System.nanoTime() - began - Duration.ofMillis(TICK_MILLIS).toNanos();
      LONGEST.accumulateAndGet(late, Math::max);
    }
  }
}
