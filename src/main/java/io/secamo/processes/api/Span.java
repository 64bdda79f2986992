package io.secamo.processes.api;

import java.time.Duration;
import java.util.Locale;

/** A length of time as people write it in our resources: a number and s, m, h or d. */
public final class Span {
  /** What the API server lets in. */
  public static final String PATTERN = "^[1-9][0-9]{0,5}[smhd]$";

  private Span() {}

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
