package io.secamo.processes.engine.journal;

import io.secamo.processes.api.BreakGlass;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.ProcessStatus.InForce;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.effect.Reverter;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a process has to be looked at again by itself, and when its time is over. Computed from what
 * is stored, on every way out of a pass: a timer that lives in memory only is how a removal gets
 * lost.
 */
public final class Timing {
  private static final Duration BASE = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration OVERDUE = Duration.ofMinutes(1);

  /** What has to be removed is tried again also if it was refused: nobody may be looking. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** Sooner at first: what was in its way is often over in a moment, and the access is open. */
  private static final Duration SHORT_PAUSE = Duration.ofSeconds(10);

  private static final Duration AT_FIRST = Duration.ofMinutes(3);

  private Timing() {}

  /** The earliest stored time, or empty if only an event can move the process. */
  public static Optional<Instant> wakeUp(ProcessStatus status, Instant now) {
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

  /**
   * The end of a process whose change has to go now, whatever it was about to do: its own time is
   * over, or that of a review, whichever was first. Also of one that may have been made only, of
   * one that was there before, and of one that was undone already: an end that has begun goes on.
   */
  public static Optional<Outcome.End> dueEnd(Reverter reverter, Journal journal, Instant now) {
    if (reverter.covered(journal.effectLog()).findAny().isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> own = journal.expiresAt().filter(end -> !now.isBefore(end));
    Optional<BreakGlass> review =
        journal.breakGlass().filter(it -> it.reviewedAt() == null && over(it.reviewUntil(), now));
    if (review.isPresent() && (own.isEmpty() || !before(own.get(), review.get()))) {
      BreakGlass it = review.get();
      String text = it.notReviewed(Objects.requireNonNull(it.reviewUntil()));
      return Optional.of(new Outcome.End(State.ROLLED_BACK, Reasons.NOT_REVIEWED, text));
    }
    boolean unreviewed = journal.breakGlass().filter(it -> it.reviewedAt() == null).isPresent();
    String text = "its time is over" + (unreviewed ? ", and the emergency was not reviewed" : "");
    return own.map(end -> new Outcome.End(State.EXPIRED, Reasons.EXPIRED, text));
  }

  /** Whether its own time is over, or that of a review. */
  public static boolean isOver(StepJournal journal, Instant now) {
    Optional<BreakGlass> open = journal.breakGlass().filter(it -> it.reviewedAt() == null);
    return journal.expiresAt().filter(end -> !now.isBefore(end)).isPresent()
        || open.filter(it -> over(it.reviewUntil(), now)).isPresent();
  }

  private static boolean before(Instant own, BreakGlass review) {
    return review.reviewUntil() != null && own.isBefore(review.reviewUntil());
  }

  private static boolean over(@Nullable Instant end, Instant now) {
    return end != null && !now.isBefore(end);
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
  public static Duration backoff(int attempts, String uid) {
    long doubled = BASE.toSeconds() << Math.min(attempts, 10);
    long capped = Math.min(doubled, LONGEST.toSeconds());
    double shift = 0.8 + 0.4 * new Random(uid.hashCode() * 31L + attempts).nextDouble();
    return Duration.ofSeconds(Math.max(1, Math.round(capped * shift)));
  }

  /**
   * How long after a failure something is undone again at the latest. Who was not let in does not
   * come sooner: each sign-in that fails may lock a user out. Who was asked to wait does, at first:
   * whoever makes enough calls has the system ask.
   *
   * @param since when it was decided that it goes; empty if only now
   */
  public static Duration pause(ConnectorFailure failure, Optional<Instant> since, Instant now) {
    boolean soon =
        switch (failure) {
          case ConnectorFailure.Unauthorized u -> false;
          case ConnectorFailure.Throttled t -> true;
          case ConnectorFailure.Refused r -> true;
          case ConnectorFailure.Transient t -> true;
          case ConnectorFailure.Unknown u -> true;
        };
    boolean atFirst = since.filter(first -> now.isBefore(first.plus(AT_FIRST))).isPresent();
    return soon && atFirst ? SHORT_PAUSE : PAUSE;
  }
}
