package io.secamo.processes.kubernetes.queue;

/**
 * The threads of the system that virtual threads run on. A virtual thread that loads or initializes
 * a class, or waits until another one has done so, keeps its carrier. Java makes as many carriers
 * as there are processors: on two of them, two passes that wait for a third one wait for ever,
 * because there is none left for that one to go on with.
 */
public final class Carriers {
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

  /** Passes that can have a turn at a time. */
  static final int NEEDED = Turns.AT_A_TIME + Turns.KEPT;

  private Carriers() {}

  /**
   * As many as passes that run at a time, unless Java was started with a number. Call it before the
   * first virtual thread is made: Java reads this once.
   */
  public static void asManyAsTurns() {
    if (System.getProperty(PARALLELISM) == null) {
      System.setProperty(PARALLELISM, Integer.toString(NEEDED));
    }
  }

  /**
   * Checks that it was done in time.
   *
   * @throws IllegalStateException if there are fewer; the sentence says how to start Java
   */
  static void mustSuffice() {
    int there = Integer.getInteger(PARALLELISM, Runtime.getRuntime().availableProcessors());
    if (there < NEEDED) {
      throw new IllegalStateException(
          "%d carriers of virtual threads are not enough for %d passes at a time: start Java with -D%s=%d"
              .formatted(there, NEEDED, PARALLELISM, NEEDED));
    }
  }
}
