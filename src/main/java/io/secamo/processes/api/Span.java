package io.secamo.processes.api;

import java.time.Duration;
import java.util.Locale;

/** A length of time as people write it in our resources: a number and s, m, h or d. */
public final class Span {
  /** What the API server lets in. */
  public static final String PATTERN = "^[1-9][0-9]{0,5}[smhd]$";

  /** What people are told whom it does not let in. */
  public static final String MESSAGE =
      "write a number and s, m, h or d, for example 90m, 8h or 30d";

  private enum Unit {
    DAY(86_400, "day"),
    HOUR(3600, "hour"),
    MINUTE(60, "minute"),
    SECOND(1, "second");

    private final long seconds;
    private final String word;

    Unit(long seconds, String word) {
      this.seconds = seconds;
      this.word = word;
    }
  }

  private Span() {}

  /**
   * For people, in the two largest units, rounded up: {@code 90 days 5 seconds}, {@code 8 hours}.
   */
  public static String words(Duration time) {
    long seconds = time.toSeconds();
    for (Unit unit : Unit.values()) {
      long many = seconds / unit.seconds;
      if (many > 0) {
        return words(seconds, unit, many);
      }
    }
    return count(seconds, "second");
  }

  private static String words(long seconds, Unit unit, long many) {
    long rest = seconds - many * unit.seconds;
    for (Unit smaller : Unit.values()) {
      if (smaller.seconds < unit.seconds && rest >= smaller.seconds) {
        long more = Math.ceilDiv(rest, smaller.seconds);
        return more * smaller.seconds == unit.seconds
            ? count(many + 1, unit.word)
            : count(many, unit.word) + " " + count(more, smaller.word);
      }
    }
    return count(many, unit.word);
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
    if (text.matches("0+[smhd]")) {
      throw new IllegalArgumentException("'" + text + "' is too short: at least 1s");
    }
    if (!text.matches(PATTERN)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a length of time: write a number and s, m, h or d, as in 90m");
    }
    String upper = text.toUpperCase(Locale.ROOT);
    return Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
  }
}
