package io.secamo.processes.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A gate that a plan must pass.
 *
 * @param name who may vote there is decided by the verb approve on approvalgates of this name
 * @param required how many different people must approve, at least 1
 * @param within how long they have; empty: no limit
 * @param escalation whom to ask if nobody answers
 * @param remindEvery how often to remind; empty: never
 */
public record RequiredGate(
    String name,
    int required,
    Optional<Duration> within,
    Optional<Escalation> escalation,
    Optional<Duration> remindEvery) {
  private static final String ALSO = " also ";

  /** Whose votes count as well after a time. */
  public record Escalation(Duration after, String to) {
    private Optional<Escalation> and(Escalation other) {
      Escalation later = after.compareTo(other.after) < 0 ? other : this;
      return to.equals(other.to) ? Optional.of(later) : Optional.empty();
    }
  }

  /** A gate without any times. */
  public RequiredGate(String name, int required) {
    this(name, required, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * The stricter of two demands on the same gate, in each respect. To let others vote as well is no
   * demand but leave: both have to give it, to the same people, and the later time counts.
   */
  RequiredGate and(RequiredGate other) {
    return new RequiredGate(
        name,
        Math.max(required, other.required),
        least(within, other.within, Comparator.naturalOrder()),
        escalation.flatMap(mine -> other.escalation.flatMap(mine::and)),
        least(remindEvery, other.remindEvery, Comparator.naturalOrder()));
  }

  private static <T> Optional<T> least(Optional<T> one, Optional<T> other, Comparator<T> order) {
    return Stream.of(one, other).flatMap(Optional::stream).min(order);
  }

  /** For people, as in {@code security: 2 within PT8H}. */
  String line() {
    return name
        + ": "
        + required
        + within.map(time -> " within " + time).orElse("")
        + escalation.map(e -> ", after " + e.after() + ALSO + e.to()).orElse("")
        + remindEvery.map(every -> ", reminded every " + every).orElse("");
  }

  /** The gates in such a line: its own, and the one to which it is escalated. */
  static List<String> named(String line) {
    List<String> names = new ArrayList<>(List.of(line.split(":", 2)[0]));
    int also = line.indexOf(ALSO);
    if (also >= 0) {
      names.add(line.substring(also + ALSO.length()).split(",", 2)[0]);
    }
    return names;
  }

  RequiredGate oneMore() {
    return new RequiredGate(name, required + 1, within, escalation, remindEvery);
  }

  /** When the time is over, if it was asked for at the given time. */
  public Optional<Instant> deadline(Instant asked) {
    return within.map(asked::plus);
  }

  /** Whose votes count as well by now. */
  public Optional<String> escalatedTo(Instant asked, Instant now) {
    return escalation.filter(e -> !now.isBefore(asked.plus(e.after()))).map(Escalation::to);
  }

  /** How often was reminded by now. */
  public int reminders(Instant asked, Instant now) {
    return remindEvery
        .map(every -> (int) Math.max(0, Duration.between(asked, now).dividedBy(every)))
        .orElse(0);
  }

  /** When something about the open gate changes by itself: escalation, reminder, end. */
  public Optional<Instant> nextChange(Instant asked, Instant now) {
    Optional<Instant> escalates =
        escalation.map(e -> asked.plus(e.after())).filter(at -> at.isAfter(now));
    Optional<Instant> reminds =
        remindEvery.map(every -> asked.plus(every.multipliedBy(reminders(asked, now) + 1L)));
    return Stream.of(deadline(asked), escalates, reminds)
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }
}
