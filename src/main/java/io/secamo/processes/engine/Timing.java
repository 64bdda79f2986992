package io.secamo.processes.engine;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.ProcessStatus.InForce;
import io.secamo.processes.api.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a process has to be looked at again by itself. Computed from what is stored, on every way
 * out of a pass: a timer that lives in memory only is how a removal gets lost.
 */
final class Timing {
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration OVERDUE = Duration.ofMinutes(1);

  private Timing() {}

  /** The earliest stored time, or empty if only an event can move the process. */
  static Optional<Instant> wakeUp(ProcessStatus status, Instant now) {
    if (status.state() == null || status.state().terminal()) {
      return Optional.empty();
    }
    Instant retry = status.nextAttemptAt();
    return Stream.of(
            retry == null ? status.deadline() : retry,
            owedRevert(status.inForce(), now),
            endsSoon(status, now),
            status.end().filter(end -> end.isAfter(now)).orElse(null),
            lostRemoval(status, now))
        .filter(Objects::nonNull)
        .min(Instant::compareTo);
  }

  /** When people are told that it ends soon: nobody else would wake us then. */
  private static @Nullable Instant endsSoon(ProcessStatus status, Instant now) {
    InForce inForce = status.inForce();
    return inForce == null || status.state() != State.IN_FORCE
        ? null
        : inForce.endsSoonFrom().filter(from -> from.isAfter(now)).orElse(null);
  }

  /** What is overdue is looked at again also where nobody said when. */
  private static @Nullable Instant lostRemoval(ProcessStatus status, Instant now) {
    boolean lost = status.overdueSince(now).isPresent() && status.nextAttemptAt() == null;
    return lost ? now.plus(OVERDUE) : null;
  }

  /** When a removal is due; null if none is, or if it was tried in this pass and failed. */
  private static @Nullable Instant owedRevert(@Nullable InForce inForce, Instant now) {
    Instant until = inForce == null || inForce.revertedAt() != null ? null : inForce.until();
    return until == null || !until.isAfter(now) ? null : until;
  }

  /**
   * How long to wait after a number of failures: doubling from four seconds, at most five minutes,
   * shifted by up to a fifth so that many processes do not come back in the same second. The same
   * process and attempt always get the same wait.
   */
  static Duration backoff(int attempts, String uid) {
    long doubled = FIRST.toSeconds() << Math.min(attempts, 10);
    long capped = Math.min(doubled, LONGEST.toSeconds());
    double shift = 0.8 + 0.4 * new Random(uid.hashCode() * 31L + attempts).nextDouble();
    return Duration.ofSeconds(Math.max(1, Math.round(capped * shift)));
  }
}
