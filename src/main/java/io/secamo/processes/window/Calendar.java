package io.secamo.processes.window;

import static java.util.stream.Collectors.joining;

import io.secamo.processes.api.orchestrator.ChangeWindowSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The change windows of a namespace. Changes may be made while no freeze is on and, if there are
 * allowances for the connection, at least one of them is on. What cannot be understood never lets a
 * change through: such a freeze is on all the time, such an allowance never.
 */
public final class Calendar {
  private static final Duration HORIZON = Duration.ofDays(5 * 366L);
  private static final int MOST_STEPS = 2_000;
  private static final int MOST_TOLD = 3;

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
     * @param nextOpening empty if there is none within five years, or none before a window is
     *     mended
     * @param untilMended whether a window that cannot be understood is what has to change
     */
    record Closed(String why, Optional<Instant> nextOpening, boolean untilMended)
        implements Verdict {
      /** They may not, by windows that are understood. */
      public Closed(String why, Optional<Instant> nextOpening) {
        this(why, nextOpening, false);
      }
    }
  }

  /** The windows of a namespace, in any order. */
  public Calendar(List<Named> windows) {
    this.windows = List.copyOf(windows);
  }

  /** What is wrong with a window, for people; empty if it can be understood. */
  public static Optional<String> problem(ChangeWindowSpec spec) {
    try {
      var unused = Window.of(spec);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
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
    return standing(Window.of(spec), now);
  }

  private static Standing standing(Window window, Instant now) {
    Optional<Window.Occurrence> on = window.covering(now);
    return new Standing(
        on.isPresent(),
        on.map(Window.Occurrence::end).or(() -> window.next(now).map(Window.Occurrence::begin)));
  }

  /** The names of the allowances for a connection that are on at a moment, in order. */
  public List<String> open(String connection, Map<String, String> labels, Instant now) {
    return windows.stream()
        .filter(w -> w.isFor(connection, labels))
        .map(named -> Read.of(named, now))
        .filter(read -> !read.freezes() && read.covering(now).isPresent())
        .map(read -> read.named().name())
        .sorted()
        .toList();
  }

  /** Whether changes on a connection may be made at a moment. */
  public Verdict judge(String connection, Map<String, String> labels, Instant now) {
    List<Read> read =
        windows.stream()
            .filter(w -> w.isFor(connection, labels))
            .map(named -> Read.of(named, now))
            .toList();
    List<Read> holding = read.stream().filter(r -> r.freezes() && r.unclear()).toList();
    if (!holding.isEmpty()) {
      return new Verdict.Closed(held(holding), Optional.empty(), true);
    }
    Optional<String> why = closed(read, now);
    if (why.isEmpty()) {
      return new Verdict.Open();
    }
    boolean noneIsClear = read.stream().allMatch(r -> r.freezes() || r.unclear());
    boolean unclear = read.stream().anyMatch(Read::unclear);
    return new Verdict.Closed(why.get(), nextOpening(read, now), unclear && noneIsClear);
  }

  /** Each: whoever mends the first one only would wait for the next one. */
  private static String held(List<Read> freezes) {
    String said =
        freezes.stream()
            .limit(MOST_TOLD)
            .map(
                freeze ->
                    freeze.named().words()
                        + " cannot be understood and is on until it is mended: "
                        + freeze.problem())
            .collect(joining("; "));
    int more = freezes.size() - MOST_TOLD;
    return more > 0 ? said + "; and " + more + " more" : said;
  }

  /**
   * A window and what was understood of it.
   *
   * @param window empty if it was not
   * @param problem why not, for people
   */
  private record Read(Named named, Optional<Window> window, String problem) {
    /** Also looked up once: there are rules that no further beginning is found for. */
    static Read of(Named named, Instant now) {
      try {
        Window window = Window.of(named.spec());
        var unused = standing(window, now);
        return new Read(named, Optional.of(window), "");
      } catch (IllegalArgumentException e) {
        return new Read(named, Optional.empty(), String.valueOf(e.getMessage()));
      }
    }

    boolean freezes() {
      return named.spec().type() == ChangeWindowSpec.Type.FREEZE;
    }

    boolean unclear() {
      return window.isEmpty();
    }

    Optional<Window.Occurrence> covering(Instant moment) {
      return window.flatMap(w -> w.covering(moment));
    }

    private String words() {
      return named.words()
          + (unclear() ? ", which opens nothing until it is mended: " + problem : "");
    }
  }

  private static Optional<String> closed(List<Read> windows, Instant now) {
    for (Read freeze : windows.stream().filter(Read::freezes).toList()) {
      Optional<Window.Occurrence> on = freeze.covering(now);
      if (on.isPresent()) {
        ZoneId zone = freeze.window().map(Window::zone).orElse(ZoneOffset.UTC);
        return Optional.of(freeze.named().words() + " until " + time(on.get().end(), zone));
      }
    }
    List<Read> allowances = windows.stream().filter(w -> !w.freezes()).toList();
    boolean open =
        allowances.isEmpty() || allowances.stream().anyMatch(w -> w.covering(now).isPresent());
    return open
        ? Optional.empty()
        : Optional.of(
            "outside of "
                + String.join("; and of ", allowances.stream().map(Read::words).toList()));
  }

  /** Only told to people: nothing is opened by it. */
  private static Optional<Instant> nextOpening(List<Read> windows, Instant now) {
    try {
      return searched(windows, now);
    } catch (IllegalArgumentException noFurtherBeginning) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> searched(List<Read> windows, Instant now) {
    Instant moment = now;
    for (int step = 0; step < MOST_STEPS && moment.isBefore(now.plus(HORIZON)); step++) {
      Instant at = moment;
      if (closed(windows, at).isEmpty()) {
        return Optional.of(at);
      }
      Optional<Instant> later =
          windows.stream()
              .filter(Read::freezes)
              .flatMap(w -> w.covering(at).stream())
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
        .flatMap(w -> w.window().flatMap(one -> one.next(moment)).stream())
        .map(Window.Occurrence::begin)
        .min(Instant::compareTo);
  }

  private static String time(Instant moment, ZoneId zone) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.atZone(zone).toOffsetDateTime())
        + (zone.getId().equals("UTC") ? "" : " " + zone.getId());
  }
}
