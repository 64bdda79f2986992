package io.secamo.processes.engine;

import java.time.Duration;
import java.util.Random;

/** How long to wait before the next attempt: doubling from two seconds, at most five minutes. */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private Backoff() {}

  /**
   * The wait after a number of failures, shifted by up to a fifth so that many processes do not
   * come back in the same second. The same process and attempt always get the same wait.
   */
  static Duration after(int attempts, String uid) {
    long doubled = FIRST.toSeconds() << Math.min(attempts, 10);
    long capped = Math.min(doubled, LONGEST.toSeconds());
    double shift = 0.8 + 0.4 * new Random(uid.hashCode() * 31L + attempts).nextDouble();
    return Duration.ofSeconds(Math.max(1, Math.round(capped * shift)));
  }
}
