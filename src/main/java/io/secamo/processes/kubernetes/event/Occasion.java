package io.secamo.processes.kubernetes.event;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.engine.ProcessEngine;
import io.secamo.processes.text.Amount;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why people are called to a process that has moved.
 *
 * @param reason CamelCase word, for automation
 * @param note what they are told
 */
record Occasion(String reason, String note) {

  /**
   * What there is to call people for between two statuses, if there is anything.
   *
   * @param late what should have been gone before then and was not is late
   */
  static Optional<Occasion> between(
      @Nullable ProcessStatus before, ProcessStatus now, Instant late) {
    if (emergency(before, now)) {
      return told("BreakGlass", "", now);
    }
    if (before != null && over(before) && !over(now) && !ProcessEngine.tellsOurEnd(before)) {
      return told(
          Reasons.STATUS_REWRITTEN,
          "it was not over, somebody else wrote that to its status; now: ",
          now);
    }
    if (now.state() == State.NEEDS_ATTENTION) {
      return told("NeedsAttention", "", now);
    }
    Optional<Instant> since = before == null ? Optional.empty() : before.overdueSince(late);
    if (over(now) && since.isPresent() && now.stands()) {
      return told("NotRemoved", "it was to be removed at " + since.get() + " and was not: ", now);
    }
    if (over(now) && since.isPresent()) {
      return told(
          "RemovedLate", "it was to be removed at " + since.get() + " and was only now: ", now);
    }
    if (unreviewed(before, now)) {
      return told(Reasons.NOT_REVIEWED, "", now);
    }
    if (now.state() == State.REJECTED) {
      return told(Reasons.REJECTED, "", now);
    }
    return votesVoid(before, now);
  }

  /** An emergency that is over, and nobody looked at it afterwards. */
  private static boolean unreviewed(@Nullable ProcessStatus before, ProcessStatus now) {
    return over(now)
        && (before == null || !over(before))
        && now.breakGlass() != null
        && now.breakGlass().reviewedAt() == null;
  }

  private static Optional<Occasion> votesVoid(@Nullable ProcessStatus before, ProcessStatus now) {
    int votes = before == null || before.votes() == null ? 0 : before.votes().size();
    return replanned(before, now) && votes > 0
        ? told(
            "VotesVoid",
            Amount.of(votes, "vote is void", "votes are void") + ", for there is another plan. ",
            now)
        : Optional.empty();
  }

  private static Optional<Occasion> told(String reason, String begin, ProcessStatus now) {
    return Optional.of(new Occasion(reason, begin + (now.message() == null ? "" : now.message())));
  }

  private static boolean over(ProcessStatus status) {
    return status.state() != null && status.state().terminal();
  }

  /** Whether a process went ahead before it was approved. */
  static boolean emergency(@Nullable ProcessStatus before, ProcessStatus now) {
    return now.breakGlass() != null && (before == null || before.breakGlass() == null);
  }

  /** Whether people are asked to vote on another plan than before. */
  static boolean replanned(@Nullable ProcessStatus before, ProcessStatus now) {
    return before != null
        && now.state() == State.AWAITING_APPROVAL
        && !Objects.equals(before.plan(), now.plan());
  }
}
