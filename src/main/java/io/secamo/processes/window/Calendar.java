package io.secamo.processes.window;

import io.secamo.processes.api.orchestrator.ChangeWindowSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The change windows of a namespace. Changes may be made while no freeze is on and, if there are
 * allowances for the connection, at least one of them is on. A window that cannot be understood
 * stops the changes it is for.
 */
public final class Calendar {
  private static final Duration HORIZON = Duration.ofDays(5 * 366L);
  private static final int MOST_STEPS = 2_000;

  private final List<Named> windows;

  /** A window as it was read. */
  public record Named(String name, ChangeWindowSpec spec) {
    boolean isFor(String connection, Map<String, String> labels) {
      ChangeWindowSpec.Selector selector = spec.connections();
      if (selector == null) {
        return true;
      }
      List<String> names = selector.names() == null ? List.of() : selector.names();
      Map<String, String> wanted =
          selector.matchLabels() == null ? Map.of() : selector.matchLabels();
      return (names.isEmpty() || names.contains(connection))
          && labels.entrySet().containsAll(wanted.entrySet());
    }

    private String words() {
      return (spec.type() == ChangeWindowSpec.Type.FREEZE ? "freeze '" : "window '")
          + name
          + "' ("
          + spec.reason()
          + ")";
    }
  }

  /** Whether changes may be made at a moment. */
  public sealed interface Verdict {
    /** They may. */
    record Open() implements Verdict {}

    /**
     * They may not.
     *
     * @param why which window and its reason, for people
     * @param nextOpening empty if there is none within five years, or a window is broken
     */
    record Closed(String why, Optional<Instant> nextOpening) implements Verdict {}
  }

  /** The windows of a namespace, in any order. */
  public Calendar(List<Named> windows) {
    this.windows = List.copyOf(windows);
  }

  /** What is wrong with a window, for people; empty if it can be understood. */
  public static Optional<String> problem(ChangeWindowSpec spec) {
    try {
      Window.of(spec);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Where one window stands. */
  public record Standing(boolean inside, Optional<Instant> nextChange) {}

  /**
   * Where one window stands at a moment.
   *
   * @throws IllegalArgumentException if it cannot be understood
   */
  public static Standing standing(ChangeWindowSpec spec, Instant now) {
    Window window = Window.of(spec);
    Optional<Window.Occurrence> on = window.covering(now);
    return new Standing(
        on.isPresent(),
        on.map(Window.Occurrence::end).or(() -> window.next(now).map(Window.Occurrence::begin)));
  }

  /** Whether changes on a connection may be made at a moment. */
  public Verdict judge(String connection, Map<String, String> labels, Instant now) {
    List<Named> matching = windows.stream().filter(w -> w.isFor(connection, labels)).toList();
    List<Read> read = new ArrayList<>();
    for (Named named : matching) {
      Optional<String> problem = problem(named.spec());
      if (problem.isPresent()) {
        return new Verdict.Closed(
            named.words() + " cannot be understood: " + problem.get(), Optional.empty());
      }
      read.add(new Read(named, Window.of(named.spec())));
    }
    Optional<String> why = closed(read, now);
    return why.isEmpty()
        ? new Verdict.Open()
        : new Verdict.Closed(why.get(), nextOpening(read, now));
  }

  private record Read(Named named, Window window) {
    boolean freezes() {
      return named.spec().type() == ChangeWindowSpec.Type.FREEZE;
    }
  }

  private static Optional<String> closed(List<Read> windows, Instant now) {
    for (Read freeze : windows.stream().filter(Read::freezes).toList()) {
      Optional<Window.Occurrence> on = freeze.window().covering(now);
      if (on.isPresent()) {
        return Optional.of(
            freeze.named().words() + " until " + time(on.get().end(), freeze.window().zone()));
      }
    }
    List<Read> allowances = windows.stream().filter(w -> !w.freezes()).toList();
    boolean open =
        allowances.isEmpty()
            || allowances.stream().anyMatch(w -> w.window().covering(now).isPresent());
    return open
        ? Optional.empty()
        : Optional.of(
            "outside of "
                + String.join(", ", allowances.stream().map(w -> w.named().words()).toList()));
  }

  private static Optional<Instant> nextOpening(List<Read> windows, Instant now) {
    Instant moment = now;
    for (int step = 0; step < MOST_STEPS && moment.isBefore(now.plus(HORIZON)); step++) {
      Instant at = moment;
      if (closed(windows, at).isEmpty()) {
        return Optional.of(at);
      }
      Optional<Instant> later =
          windows.stream()
              .filter(Read::freezes)
              .flatMap(w -> w.window().covering(at).stream())
              .map(Window.Occurrence::end)
              .max(Instant::compareTo)
              .or(() -> nextAllowance(windows, at));
      if (later.isEmpty()) {
        return Optional.empty();
      }
      moment = later.get();
    }
    return Optional.empty();
  }

  private static Optional<Instant> nextAllowance(List<Read> windows, Instant moment) {
    Stream<Read> allowances = windows.stream().filter(w -> !w.freezes());
    return allowances
        .flatMap(w -> w.window().next(moment).stream())
        .map(Window.Occurrence::begin)
        .min(Instant::compareTo);
  }

  private static String time(Instant moment, ZoneId zone) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.atZone(zone).toOffsetDateTime())
        + (zone.getId().equals("UTC") ? "" : " " + zone.getId());
  }
}
