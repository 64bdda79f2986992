package io.secamo.processes.window;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.jspecify.annotations.Nullable;

/**
 * How a window comes back: beginnings on the clock on the wall, by a rule of RFC 5545 that is
 * understood as a whole or not at all.
 */
final class Recurrence {
  private static final int MOST_IN_AN_HOUR = 60;

  private static final int MOST_COUNTED = 10_000;

  /** Fifth Fridays there are, sixth ones not. */
  private static final int MOST_OF_A_DAY = 5;

  private final RecurrenceRule rule;
  private final LocalDateTime start;

  private Recurrence(RecurrenceRule rule, LocalDateTime start) {
    this.rule = rule;
    this.start = start;
  }

  /**
   * Reads a rule.
   *
   * @param start the first beginning, which the rule must meet: RFC 5545 (3.8.5.3) leaves open what
   *     comes of another one, and programs differ
   * @throws IllegalArgumentException with a sentence that says how to write it right
   */
  static Recurrence of(String text, LocalDateTime start, ZoneId zone) {
    Map<String, String> parts = RuleParts.of(text, zone);
    refuse(together(parts));
    refuse(days(parts));
    Recurrence read = new Recurrence(strict(text, parts.get("UNTIL"), zone), start);
    read.meetsItsStart();
    return read;
  }

  private static void refuse(Optional<String> words) {
    words.ifPresent(
        w -> {
          throw RuleParts.refused(w);
        });
  }

  /** Parts that say nothing together, or too much. */
  private static Optional<String> together(Map<String, String> parts) {
    String freq = parts.getOrDefault("FREQ", "");
    if (parts.containsKey("COUNT") && parts.containsKey("UNTIL")) {
      return Optional.of("COUNT and UNTIL both end it: write one of them");
    }
    if (parts.containsKey("COUNT") && Long.parseLong(parts.get("COUNT")) > MOST_COUNTED) {
      // Each beginning is counted from the first one on, whenever somebody asks.
      return Optional.of("COUNT is at most " + MOST_COUNTED + ": write UNTIL instead");
    }
    if (parts.containsKey("BYWEEKNO") && !freq.equals("YEARLY")) {
      return Optional.of("BYWEEKNO goes with FREQ=YEARLY only");
    }
    if (parts.containsKey("BYYEARDAY") && List.of("DAILY", "WEEKLY", "MONTHLY").contains(freq)) {
      return Optional.of("BYYEARDAY does not go with FREQ=" + freq + ": write FREQ=YEARLY");
    }
    if (parts.containsKey("BYMONTHDAY") && freq.equals("WEEKLY")) {
      return Optional.of("BYMONTHDAY does not go with FREQ=WEEKLY: write FREQ=MONTHLY");
    }
    if (parts.containsKey("BYSETPOS")
        && parts.keySet().stream().filter(name -> name.startsWith("BY")).count() == 1) {
      return Optional.of("BYSETPOS chooses from another list: write one, as in BYDAY=MO,TU");
    }
    return choices(parts, "BYMINUTE") * choices(parts, "BYSECOND") > MOST_IN_AN_HOUR
        ? Optional.of("BYMINUTE and BYSECOND give more than 60 beginnings in an hour")
        : Optional.empty();
  }

  private static int choices(Map<String, String> parts, String list) {
    return parts.containsKey(list) ? parts.get(list).split(",").length : 1;
  }

  /** Which number a day may have: the first of a month or of a year, the last one. */
  private static Optional<String> days(Map<String, String> parts) {
    String freq = parts.getOrDefault("FREQ", "");
    List<Integer> numbers =
        Stream.of(parts.getOrDefault("BYDAY", "").split(","))
            .filter(day -> day.length() > 2)
            .map(day -> Math.abs(Integer.parseInt(day.substring(0, day.length() - 2))))
            .toList();
    if (numbers.isEmpty()) {
      return Optional.empty();
    }
    if (!freq.equals("MONTHLY") && !freq.equals("YEARLY")) {
      return Optional.of(
          "a number in BYDAY goes with FREQ=MONTHLY or YEARLY only: write BYDAY=MO for every"
              + " Monday");
    }
    if (parts.containsKey("BYWEEKNO")) {
      return Optional.of("BYWEEKNO names the week: leave the numbers in BYDAY out");
    }
    boolean ofMonths = freq.equals("MONTHLY") || parts.containsKey("BYMONTH");
    return ofMonths && numbers.stream().anyMatch(n -> n > MOST_OF_A_DAY)
        ? Optional.of("a month has five of a day at most: write 1MO to 5MO, or -1MO for the last")
        : Optional.empty();
  }

  /** What is passed over in the other modes of the library is refused in this one. */
  private static RecurrenceRule strict(String text, @Nullable String until, ZoneId zone) {
    try {
      RecurrenceRule rule = new RecurrenceRule(text, RfcMode.RFC5545_STRICT);
      if (until != null) {
        rule.setUntil(new DateTime(DateTime.UTC, milliseconds(onTheWall(until, zone))));
      }
      return rule;
    } catch (InvalidRecurrenceRuleException e) {
      throw new IllegalArgumentException(
          "recurrence '" + text + "' is not an RFC 5545 rule: " + e.getMessage(), e);
    }
  }

  /** An end in UTC is a moment, one without Z is read on the clock on the wall. */
  private static LocalDateTime onTheWall(String until, ZoneId zone) {
    if (!until.endsWith("Z")) {
      return LocalDateTime.parse(until, RuleParts.LOCAL);
    }
    Instant moment =
        LocalDateTime.parse(until.substring(0, until.length() - 1), RuleParts.LOCAL)
            .toInstant(ZoneOffset.UTC);
    return LocalDateTime.ofInstant(moment, zone);
  }

  /** A time as it is written in a window. */
  static String text(LocalDateTime time) {
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
  }

  private void meetsItsStart() {
    Iterator<LocalDateTime> all = from(start);
    if (!all.hasNext()) {
      throw RuleParts.refused("UNTIL is before start: write a later one");
    }
    LocalDateTime first = all.next();
    if (!first.equals(start)) {
      throw new IllegalArgumentException(
          "start %s is no beginning by the recurrence: the first one is %s, write that"
              .formatted(text(start), text(first)));
    }
  }

  /** The beginnings from a time on, in order. */
  Iterator<LocalDateTime> from(LocalDateTime earliest) {
    try {
      RecurrenceRuleIterator walk = rule.iterator(milliseconds(start), DateTime.UTC);
      walk.fastForward(milliseconds(earliest));
      return new Walk(walk);
    } catch (IllegalArgumentException e) {
      throw never(e);
    }
  }

  private static long milliseconds(LocalDateTime local) {
    return local.toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  /** The library gives up on a rule that it finds no next beginning for. */
  private static IllegalArgumentException never(IllegalArgumentException e) {
    return new IllegalArgumentException(
        "recurrence: no day is found that fits all parts: look at BYMONTH, BYMONTHDAY and BYDAY",
        e);
  }

  private record Walk(RecurrenceRuleIterator walk) implements Iterator<LocalDateTime> {
    @Override
    public boolean hasNext() {
      return walk.hasNext();
    }

    @Override
    public LocalDateTime next() {
      try {
        return LocalDateTime.ofEpochSecond(walk.nextMillis() / 1000, 0, ZoneOffset.UTC);
      } catch (IllegalArgumentException e) {
        throw never(e);
      }
    }
  }
}
