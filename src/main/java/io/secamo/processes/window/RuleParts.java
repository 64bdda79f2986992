package io.secamo.processes.window;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a recurrence rule as they are written (RFC 5545, 3.3.10). Each must be known, stand
 * there once and hold what it may hold: a rule comes more often without a part than with it, so one
 * that were passed over would open what nobody allowed. Every refusal says how to write it right.
 */
final class RuleParts {
  /** How an UNTIL is written. */
  static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
  private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
  private static final String DAY = "(MO|TU|WE|TH|FR|SA|SU)";
  private static final String NUMBERED_DAY = "([+-]?(0?[1-9]|[1-4][0-9]|5[0-3]))?" + DAY;
  private static final List<String> TOO_OFTEN = List.of("SECONDLY", "MINUTELY");
  private static final List<String> FREQUENCIES =
      List.of("HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY");

  /** Lists of numbers with the lowest and the highest of them. */
  private static final Map<String, Bounds> NUMBERS =
      Map.of(
          "BYSECOND", new Bounds(0, 59, false),
          "BYMINUTE", new Bounds(0, 59, false),
          "BYHOUR", new Bounds(0, 23, false),
          "BYMONTH", new Bounds(1, 12, false),
          "BYMONTHDAY", new Bounds(1, 31, true),
          "BYYEARDAY", new Bounds(1, 366, true),
          "BYWEEKNO", new Bounds(1, 53, true),
          "BYSETPOS", new Bounds(1, 366, true));

  /** What people write instead of a part, and what they mean. */
  private static final Map<String, String> MEANT =
      Map.of(
          "BYWEEKDAY", "write BYDAY=SA,SU",
          "BYDAYS", "write BYDAY=SA,SU",
          "WEEKDAY", "write BYDAY=SA,SU",
          "EXDATE", "write the beginnings to leave out in exceptDates",
          "RDATE", "write a window of its own for another time",
          "DTSTART", "write the first beginning in start",
          "DURATION", "write how long it lasts in duration",
          "TZID", "write the time zone in timeZone");

  private record Bounds(int low, int high, boolean fromTheEnd) {
    boolean allow(String text) {
      if (!text.matches(fromTheEnd ? "[+-]?[0-9]{1,3}" : "[0-9]{1,2}")) {
        return false;
      }
      int number = Integer.parseInt(text);
      int size = fromTheEnd ? Math.abs(number) : number;
      return low <= size && size <= high;
    }

    String words() {
      return low + " to " + high + (fromTheEnd ? ", or -" + high + " to -1 from the end" : "");
    }
  }

  private final ZoneId zone;
  private final Map<String, String> parts = new LinkedHashMap<>();

  private RuleParts(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * The parts of a rule, by their names.
   *
   * @throws IllegalArgumentException with a sentence that says how to write it right
   */
  static Map<String, String> of(String text, ZoneId zone) {
    RuleParts read = new RuleParts(zone);
    for (String part : text.toUpperCase(Locale.ROOT).split(";", -1)) {
      read.part(part);
    }
    read.frequency();
    return read.parts;
  }

  static IllegalArgumentException refused(String words) {
    return new IllegalArgumentException("recurrence: " + words);
  }

  private void part(String part) {
    if (part.isEmpty()) {
      throw refused("a part is empty: write one ; between two parts, and none at the end");
    }
    int equals = part.indexOf('=');
    if (equals < 1) {
      throw refused("'" + part + "' is no part: write NAME=VALUE, as in FREQ=WEEKLY;BYDAY=TU,TH");
    }
    String name = part.substring(0, equals);
    String value = part.substring(equals + 1);
    if (parts.putIfAbsent(name, value) != null) {
      throw refused(name + " stands there twice: write it once, with commas in a list");
    }
    check(name, value);
  }

  private void check(String name, String value) {
    Bounds bounds = NUMBERS.get(name);
    if (bounds != null) {
      numbers(name, value, bounds);
      return;
    }
    switch (name) {
      case "FREQ" -> {
        // Judged at the end, when it is sure that there is one.
      }
      case "INTERVAL", "COUNT" -> positive(name, value);
      case "BYDAY" -> days(value);
      case "WKST" -> {
        if (!DAYS.contains(value)) {
          throw refused("WKST=" + value + " is no day: write WKST=MO or WKST=SU");
        }
      }
      case "UNTIL" -> until(value);
      default -> throw refused("there is no part " + name + ": " + meant(name));
    }
  }

  private static String meant(String name) {
    String words = MEANT.get(name);
    if (words != null) {
      return words;
    }
    return name.startsWith("RRULE:")
        ? "leave out RRULE: and begin with FREQ="
        : "there are FREQ, INTERVAL, COUNT, UNTIL, WKST, BYDAY, BYMONTH, BYMONTHDAY, BYYEARDAY,"
            + " BYWEEKNO, BYHOUR, BYMINUTE, BYSECOND and BYSETPOS";
  }

  private void frequency() {
    String freq = parts.get("FREQ");
    if (freq == null) {
      throw refused("FREQ is missing: write for example FREQ=WEEKLY;BYDAY=TU,TH");
    }
    if (TOO_OFTEN.contains(freq)) {
      throw refused("FREQ is HOURLY or longer, not " + freq);
    }
    if (!FREQUENCIES.contains(freq)) {
      throw refused("FREQ=" + freq + " is unknown: write HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY");
    }
  }

  private static void positive(String name, String value) {
    if (!value.matches("[0-9]{1,10}")
        || Long.parseLong(value) < 1
        || Long.parseLong(value) > Integer.MAX_VALUE) {
      throw refused(name + "=" + value + " is not possible: write a whole number from 1 on");
    }
  }

  private static void numbers(String name, String value, Bounds bounds) {
    for (String number : value.split(",", -1)) {
      if (!bounds.allow(number)) {
        throw refused(
            "'%s' in %s=%s is not possible: write %s, with commas between"
                .formatted(number, name, value, bounds.words()));
      }
    }
  }

  private static void days(String value) {
    for (String day : value.split(",", -1)) {
      if (day.matches(DAY + "-" + DAY)) {
        throw refused("BYDAY=" + value + " is no list: write " + String.join(",", range(day)));
      }
      if (!day.matches(NUMBERED_DAY)) {
        throw refused(
            "'%s' in BYDAY=%s is no day: write MO, TU, WE, TH, FR, SA or SU, with commas between"
                .formatted(day, value));
      }
    }
  }

  private static List<String> range(String text) {
    int last = DAYS.indexOf(text.substring(3));
    List<String> days = new ArrayList<>();
    for (int day = DAYS.indexOf(text.substring(0, 2)); day % 7 != last; day++) {
      days.add(DAYS.get(day % 7));
    }
    days.add(DAYS.get(last));
    return days;
  }

  /** RFC 5545 wants a time where the beginning has one: a date alone has been read both ways. */
  private void until(String value) {
    Optional<LocalDate> date = date(value);
    if (date.isPresent()) {
      String end =
          LOCAL.format(
              date.get()
                  .atTime(LocalTime.of(23, 59, 59))
                  .atZone(zone)
                  .withZoneSameInstant(ZoneOffset.UTC));
      throw refused(
          "UNTIL=%s has no time: write UNTIL=%sZ for the end of that day in %s"
              .formatted(value, end, zone));
    }
    try {
      LOCAL.parse(value.endsWith("Z") ? value.substring(0, value.length() - 1) : value);
    } catch (DateTimeException e) {
      throw refused(
          "UNTIL=" + value + " is no time: write it in UTC, for example UNTIL=20261231T225959Z");
    }
  }

  private static Optional<LocalDate> date(String value) {
    try {
      return Optional.of(LocalDate.parse(value, DATE));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
