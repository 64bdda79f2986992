package io.secamo.processes.connector.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The header Retry-After of RFC 9110, section 10.2.3: seconds or an HTTP date. */
final class RetryAfter {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration UNSAID = Duration.ofSeconds(30);

  private RetryAfter() {}

  /** How long to wait, one second to one hour; half a minute if the header is missing or odd. */
  static Duration of(@Nullable String header, Instant now) {
    Duration asked = header == null ? UNSAID : read(header.strip(), now);
    if (asked.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }

  private static Duration read(String text, Instant now) {
    if (text.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    if (text.matches("\\d+")) {
      return LONGEST;
    }
    try {
      return Duration.between(
          now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException odd) {
      return UNSAID;
    }
  }
}
