package io.secamo.processes.window;

import io.secamo.processes.api.Span;
import io.secamo.processes.api.orchestrator.ChangeWindowSpec;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One window and its occurrences. Beginnings are counted on the clock on the wall and turned into
 * moments one by one: a beginning that a time change skips comes as much later as the clock jumps,
 * one that comes twice counts the first time (RFC 5545, 3.3.5). How long it lasts is elapsed time.
 */
final class Window {
  private static final Duration LONGEST = Duration.ofDays(366);

  /** By name only: GMT+2 is east of Greenwich to Java and west of it to POSIX. */
  private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

  private final LocalDateTime start;
  private final ZoneId zone;
  private final Duration length;
  private final Optional<Recurrence> rule;
  private final Set<LocalDateTime> left;

  private Window(
      LocalDateTime start,
      ZoneId zone,
      Duration length,
      Optional<Recurrence> rule,
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
    Set<LocalDateTime> left = new TreeSet<>();
    List<String> except = spec.exceptDates() == null ? List.of() : spec.exceptDates();
    except.forEach(date -> left.add(local("exceptDates", date)));
    Optional<Recurrence> rule =
        Optional.ofNullable(spec.recurrence())
            .filter(text -> !text.isBlank())
            .map(text -> Recurrence.of(text, start, zone));
    Window window = new Window(start, zone, length, rule, left);
    left.forEach(window::mustBegin);
    return window;
  }

  private static ZoneId zone(String name) {
    if (!ZONES.contains(name)) {
      throw new IllegalArgumentException(
          "timeZone '" + name + "' is not known: write an IANA name, as in Europe/Berlin");
    }
    return ZoneId.of(name);
  }

  private static LocalDateTime local(String field, String text) {
    try {
      return LocalDateTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          field + " '" + text + "' is not a time: write for example 2026-12-01T20:00:00", e);
    }
  }

  /**
   * Whoever leaves a beginning out relies on it: one that is misspelt would be held all the same.
   */
  private void mustBegin(LocalDateTime except) {
    Iterator<LocalDateTime> later = beginnings(except);
    Optional<LocalDateTime> next = later.hasNext() ? Optional.of(later.next()) : Optional.empty();
    if (!next.equals(Optional.of(except))) {
      throw new IllegalArgumentException(
          "exceptDates: there is no beginning at %s, %s: write a beginning, or take it out"
              .formatted(
                  Recurrence.text(except),
                  next.map(n -> "the next one is " + Recurrence.text(n))
                      .orElse("and none after it")));
    }
  }

  /** From a time on the clock on the wall, those that are left out included. */
  private Iterator<LocalDateTime> beginnings(LocalDateTime earliest) {
    return rule.map(r -> r.from(earliest))
        .orElseGet(
            () ->
                start.isBefore(earliest)
                    ? List.<LocalDateTime>of().iterator()
                    : List.of(start).iterator());
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
    Iterator<LocalDateTime> walk =
        beginnings(LocalDateTime.ofInstant(moment.minus(length).minus(Duration.ofDays(2)), zone));
    while (walk.hasNext()) {
      LocalDateTime begin = walk.next();
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
