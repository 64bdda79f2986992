package io.secamo.processes.process;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.ProcessStatus.BreakGlass;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.approval.RequiredGate;
import io.secamo.processes.approval.RequiredGates;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.approval.Vote.Decision;
import io.secamo.processes.engine.Outcome;
import io.secamo.processes.engine.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Break-glass: somebody who may override a gate goes ahead for an incident; others must look at it
 * afterwards, in time, or it is taken back.
 */
final class Emergency {
  private Emergency() {}

  /** The override that counts, if the policies allow one and its gate is asked for. */
  static Optional<Vote> override(RequiredGates gates, List<Vote> votes) {
    List<String> names = gates.gates().stream().map(RequiredGate::name).toList();
    return gates.breakGlass().isEmpty()
        ? Optional.empty()
        : votes.stream()
            .filter(v -> v.decision() == Decision.OVERRIDE && v.incident().isPresent())
            .filter(v -> names.contains(v.gate()))
            .findFirst();
  }

  /** Records the emergency; the change may go ahead. */
  static void begin(Turn<?> turn, RequiredGates.BreakGlass rule, Vote override) {
    if (turn.journal().breakGlass().isPresent()) {
      return;
    }
    String incident = override.incident().orElseThrow();
    turn.journal()
        .breakGlass(
            new BreakGlass(
                incident,
                override.voter(),
                override.gate(),
                rule.reviewers(),
                turn.now().plus(rule.within()),
                null));
    Story.overridden(turn, override);
  }

  /** Whether there was an emergency that not enough people have approved yet. */
  static boolean underReview(Turn<?> turn) {
    return turn.journal().breakGlass().filter(it -> it.reviewedAt() == null).isPresent();
  }

  /** Until when it has to be reviewed. */
  static Instant reviewUntil(Turn<?> turn) {
    return turn.journal()
        .breakGlass()
        .map(BreakGlass::reviewUntil)
        .orElseGet(() -> turn.now().plus(Duration.ofHours(8)));
  }

  /**
   * Done if enough people have approved it afterwards, at the gate that was overridden.
   *
   * @param noProof why votes are no proof, so that none is given here; empty if they are
   */
  static Outcome review(Turn<?> turn, List<Vote> all, Optional<String> noProof) {
    BreakGlass it = turn.journal().breakGlass().orElseThrow();
    List<Vote> votes = all.stream().filter(v -> v.gate().equals(it.gate())).toList();
    List<String> reviewers =
        votes.stream()
            .filter(v -> v.decision() == Decision.APPROVE && !v.voter().equals(it.by()))
            .filter(v -> !v.standsFor().orElse("").equals(it.by()))
            .map(Vote::voter)
            .distinct()
            .toList();
    Optional<Vote> no = votes.stream().filter(v -> v.decision() == Decision.REJECT).findFirst();
    ballot(turn, it, votes, reviewers.size());
    Story.votes(turn, votes);
    if (no.isPresent()) {
      return Outcome.end(State.ROLLED_BACK, Reasons.NOT_REVIEWED, ApprovalTexts.rejected(no.get()));
    }
    if (reviewers.size() >= it.reviewers()) {
      turn.journal().breakGlass(reviewed(it, turn.now()));
      Story.reviewed(turn, reviewers);
      return Outcome.done();
    }
    return waitForReview(turn, it, reviewers.size(), noProof);
  }

  private static Outcome waitForReview(
      Turn<?> turn, BreakGlass it, int reviewers, Optional<String> noProof) {
    Instant until = reviewUntil(turn);
    if (!turn.now().isBefore(until)) {
      return Outcome.end(
          State.ROLLED_BACK,
          Reasons.NOT_REVIEWED,
          "the emergency was not reviewed by "
              + it.reviewers()
              + " people before "
              + until
              + ", so the change was removed");
    }
    String turnOf = "review at " + it.gate() + " (" + reviewers + " of " + it.reviewers() + ")";
    Optional<Instant> itsOwnEnd = turn.journal().expiresAt().filter(end -> end.isBefore(until));
    return new Outcome.Wait(
        State.AWAITING_APPROVAL,
        Reasons.BREAK_GLASS,
        turnOf,
        noProof.map(why -> why + ", so no vote counts; ").orElse("")
            + "live without approval: "
            + it.by()
            + " went ahead for "
            + it.incident()
            + itsOwnEnd
                .map(end -> "; it is removed at " + end + ", reviewed or not")
                .orElse("; approve it afterwards before " + until + ", or it is removed"),
        itsOwnEnd.orElse(until),
        null);
  }

  private static BreakGlass reviewed(BreakGlass it, Instant now) {
    return new BreakGlass(it.incident(), it.by(), it.gate(), it.reviewers(), it.reviewUntil(), now);
  }

  /** The gate is open again while people review, so that they vote as they always do. */
  private static void ballot(Turn<?> turn, BreakGlass it, List<Vote> votes, int reviewers) {
    boolean enough = reviewers >= it.reviewers();
    ProcessStatus.Gate gate =
        new ProcessStatus.Gate(
            it.gate(),
            enough ? "Passed" : "Open",
            it.reviewers(),
            reviewers,
            enough ? null : it.reviewUntil(),
            null,
            null);
    String digest = turn.journal().plan().map(ProcessStatus.Plan::digest).orElse("");
    turn.journal().ballot(List.of(gate), Counted.votes(turn, votes, digest));
  }
}
