package io.secamo.processes.api;

import java.time.Duration;
import java.util.Locale;

/** A length of time as people write it in our resources: a number and s, m, h or d. */
public final class Span {
  /** What the API server lets in. */
  public static final String PATTERN = "^[1-9][0-9]{0,5}[smhd]$";

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Span() {}

  /** For people, in the largest unit that says it exactly: {@code 90 minutes}, {@code 1 day}. */
  public static String words(Duration time) {
    long seconds = time.toSeconds();
    if (seconds == 0 || seconds % MINUTE != 0) {
      return count(seconds, "second");
    }
    if (seconds % HOUR != 0) {
      return count(seconds / MINUTE, "minute");
    }
    return seconds % DAY == 0 ? count(seconds / DAY, "day") : count(seconds / HOUR, "hour");
  }

  /** For people, in whole days, hours or minutes of which there are at least two, if there are. */
  public static String roundedUp(Duration time) {
    long seconds = time.toSeconds();
    for (long unit : new long[] {DAY, HOUR, MINUTE}) {
      if (seconds >= 2 * unit) {
        return words(Duration.ofSeconds(Math.ceilDiv(seconds, unit) * unit));
      }
    }
    return words(time);
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }

  /**
   * Reads for example {@code 90m} or {@code 30d}.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static Duration parse(String text) {
    if (!text.matches(PATTERN)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a length of time: write a number and s, m, h or d, as in 90m");
    }
    String upper = text.toUpperCase(Locale.ROOT);
    return Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
  }
}
