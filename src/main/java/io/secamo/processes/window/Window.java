package io.secamo.processes.window;

import io.secamo.processes.api.Span;
import io.secamo.processes.api.orchestrator.ChangeWindowSpec;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.Part;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.jspecify.annotations.Nullable;

/**
 * One window and its occurrences. Beginnings are counted on the clock on the wall and turned into
 * moments one by one: a beginning that a time change skips comes as much later as the clock jumps,
 * one that comes twice counts the first time (RFC 5545, 3.3.5). How long it lasts is elapsed time.
 */
final class Window {
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int MOST_IN_AN_HOUR = 60;

  private final LocalDateTime start;
  private final ZoneId zone;
  private final Duration length;
  private final @Nullable String rule;
  private final Set<LocalDateTime> left;

  private Window(
      LocalDateTime start,
      ZoneId zone,
      Duration length,
      @Nullable String rule,
      Set<LocalDateTime> left) {
    this.start = start;
    this.zone = zone;
    this.length = length;
    this.rule = rule;
    this.left = left;
  }

  /** From its beginning, included, to its end, excluded. */
  record Occurrence(Instant begin, Instant end) {
    boolean covers(Instant moment) {
      return !moment.isBefore(begin) && moment.isBefore(end);
    }
  }

  /**
   * Reads a window.
   *
   * @throws IllegalArgumentException with a sentence that names the field
   */
  static Window of(ChangeWindowSpec spec) {
    ZoneId zone = zone(spec.timeZone() == null ? "UTC" : spec.timeZone());
    LocalDateTime start = local("start", spec.start());
    Duration length = Span.parse(spec.duration());
    if (length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("duration is longer than a year: write several windows");
    }
    Set<LocalDateTime> left = new HashSet<>();
    List<String> except = spec.exceptDates() == null ? List.of() : spec.exceptDates();
    except.forEach(date -> left.add(local("exceptDates", date)));
    String rule =
        spec.recurrence() == null || spec.recurrence().isBlank() ? null : spec.recurrence();
    Window window = new Window(start, zone, length, rule, left);
    window.tryOut();
    return window;
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "timeZone '" + name + "' is not known: write an IANA name, as in Europe/Berlin", e);
    }
  }

  private static LocalDateTime local(String field, String text) {
    try {
      return LocalDateTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          field + " '" + text + "' is not a time: write for example 2026-12-01T20:00:00", e);
    }
  }

  private void tryOut() {
    if (rule == null) {
      return;
    }
    try {
      RecurrenceRule parsed = new RecurrenceRule(rule);
      Freq freq = parsed.getFreq();
      if (freq == Freq.SECONDLY || freq == Freq.MINUTELY) {
        throw new IllegalArgumentException("recurrence: FREQ is HOURLY or longer, not " + freq);
      }
      if (choices(parsed, Part.BYMINUTE) * choices(parsed, Part.BYSECOND) > MOST_IN_AN_HOUR) {
        throw new IllegalArgumentException(
            "recurrence: BYMINUTE and BYSECOND give more than 60 beginnings in an hour");
      }
      next(moment(start).minusSeconds(1));
    } catch (InvalidRecurrenceRuleException e) {
      throw new IllegalArgumentException(
          "recurrence '" + rule + "' is not an RFC 5545 rule: " + e.getMessage(), e);
    }
  }

  private static int choices(RecurrenceRule rule, Part part) {
    return rule.hasPart(part) ? rule.getByPart(part).size() : 1;
  }

  /** The occurrence that covers a moment. */
  Optional<Occurrence> covering(Instant moment) {
    return search(moment, occurrence -> occurrence.covers(moment));
  }

  /** The first occurrence that begins after a moment. */
  Optional<Occurrence> next(Instant moment) {
    return search(moment, occurrence -> occurrence.begin().isAfter(moment));
  }

  private interface Wanted {
    boolean test(Occurrence occurrence);
  }

  /** Walks along the occurrences around a moment, never further than the first one after it. */
  private Optional<Occurrence> search(Instant moment, Wanted wanted) {
    if (rule == null) {
      return Optional.of(occurrence(start)).filter(wanted::test);
    }
    RecurrenceRuleIterator walk = iterator();
    walk.fastForward(
        LocalDateTime.ofInstant(moment.minus(length).minus(Duration.ofDays(2)), zone)
            .toInstant(ZoneOffset.UTC)
            .toEpochMilli());
    while (walk.hasNext()) {
      LocalDateTime begin =
          LocalDateTime.ofEpochSecond(walk.nextMillis() / 1000, 0, ZoneOffset.UTC);
      if (!left.contains(begin)) {
        Occurrence occurrence = occurrence(begin);
        if (wanted.test(occurrence)) {
          return Optional.of(occurrence);
        }
        if (occurrence.begin().isAfter(moment)) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private RecurrenceRuleIterator iterator() {
    try {
      RecurrenceRule parsed = new RecurrenceRule(String.valueOf(rule));
      DateTime until = parsed.getUntil();
      if (until != null && !until.isFloating()) {
        // An end in UTC, as RFC 5545 has it: the same moment on the clock on the wall.
        LocalDateTime there =
            LocalDateTime.ofInstant(Instant.ofEpochMilli(until.getTimestamp()), zone);
        parsed.setUntil(new DateTime(DateTime.UTC, there.toInstant(ZoneOffset.UTC).toEpochMilli()));
      } else if (until != null) {
        parsed.setUntil(new DateTime(DateTime.UTC, until.getTimestamp()));
      }
      return parsed.iterator(start.toInstant(ZoneOffset.UTC).toEpochMilli(), DateTime.UTC);
    } catch (InvalidRecurrenceRuleException e) {
      throw new IllegalArgumentException("recurrence '" + rule + "': " + e.getMessage(), e);
    }
  }

  private Occurrence occurrence(LocalDateTime begin) {
    Instant moment = moment(begin);
    return new Occurrence(moment, moment.plus(length));
  }

  private Instant moment(LocalDateTime local) {
    return ZonedDateTime.of(local, zone).toInstant();
  }

  ZoneId zone() {
    return zone;
  }
}
