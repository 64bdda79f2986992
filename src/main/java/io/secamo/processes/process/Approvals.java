package io.secamo.processes.process;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.ProcessStatus.RequestedBy;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.approval.ApprovalRules;
import io.secamo.processes.approval.ApprovalRules.Answer;
import io.secamo.processes.approval.Ballot;
import io.secamo.processes.approval.PlanFacts;
import io.secamo.processes.approval.RequiredGate;
import io.secamo.processes.approval.RequiredGates;
import io.secamo.processes.approval.Verdict;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.approval.Vote.Decision;
import io.secamo.processes.engine.Outcome;
import io.secamo.processes.engine.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The gate through which a plan must go, the same for every process kind: which gates the policies
 * ask for, whose votes count, and what happens when nobody votes.
 *
 * @param <S> spec of the process kind
 */
public final class Approvals<S> {
  private final Surroundings around;
  private final Function<Turn<S>, PlanFacts> facts;
  private final Function<S, Optional<Instant>> tooLate;
  private final ApprovalTexts texts;

  /**
   * The gate of a process kind.
   *
   * @param shortName short name of the kind, for commands shown to people
   * @param facts what rules may ask about, of the plan in the journal
   * @param tooLate when a request makes no sense any more
   */
  public Approvals(
      Surroundings around,
      String shortName,
      Function<Turn<S>, PlanFacts> facts,
      Function<S, Optional<Instant>> tooLate) {
    this.around = around;
    this.facts = facts;
    this.tooLate = tooLate;
    this.texts = new ApprovalTexts(shortName);
  }

  /** What stands in the way of planning: no policy, or admission policies that do not hold. */
  public Optional<Outcome> obstacle(Turn<S> turn, Protection protection) {
    turn.journal().admission(protection.problem());
    if (protection.problem().isPresent()) {
      return Optional.of(ApprovalTexts.unprotected(State.RUNNING, protection.problem().get()));
    }
    return around.rules(turn.request().namespace()).isEmpty()
        ? Optional.of(
            Outcome.attention(Reasons.NO_APPROVAL_POLICY, ApprovalTexts.noPolicy(turn.request())))
        : Optional.empty();
  }

  /** The outcome of the gate step: done only while every vote that is needed is there. */
  public Outcome judge(Turn<S> turn) {
    ProcessStatus.Plan plan = turn.journal().plan().orElseThrow();
    Protection protection = around.protection(turn.request());
    turn.journal().admission(protection.problem());
    if (protection.problem().isPresent()) {
      return ApprovalTexts.unprotected(State.AWAITING_APPROVAL, protection.problem().get());
    }
    ApprovalRules rules = around.rules(turn.request().namespace());
    if (!rules.revision().equals(plan.policy())) {
      return Outcome.jumpTo(Planning.STEP, "the approval policies have changed");
    }
    if (!protection.epoch().equals(plan.admission())) {
      return Outcome.jumpTo(Planning.STEP, "the admission policies have been changed");
    }
    boolean seen = turn.journal().requestedBy().map(RequestedBy::seen).orElse(false);
    return switch (rules.judge(facts.apply(turn), seen)) {
      case Answer.Broken broken -> Outcome.attention(Reasons.POLICY_BROKEN, broken.message());
      case Answer.NoRule none ->
          Outcome.attention(Reasons.NO_RULE_MATCHES, ApprovalTexts.noRule(turn.request()));
      case Answer.Needed needed ->
          needed.gates().standard() ? standard(turn, needed.gates()) : vote(turn, needed.gates());
    };
  }

  private static <S> Outcome standard(Turn<S> turn, RequiredGates gates) {
    String policies = "policy " + String.join(", policy ", gates.standardBy());
    turn.journal().approvedBy(policies);
    turn.journal().ballot(List.of(), List.of());
    Story.standard(turn, policies);
    return Outcome.done();
  }

  private Outcome vote(Turn<S> turn, RequiredGates gates) {
    ProcessStatus.Plan plan = turn.journal().plan().orElseThrow();
    turn.journal().approvedBy(null);
    List<Vote> votes = votes(turn, plan);
    Ballot ballot = new Ballot(gates, votes, plan.computedAt(), turn.now());
    Verdict verdict = ballot.judge();
    Optional<Vote> override = Emergency.override(gates, votes);
    turn.journal()
        .ballot(
            Counted.gates(verdict, plan.computedAt(), turn.now(), override.map(Vote::voter)),
            Counted.votes(turn, votes, plan.digest()));
    Story.votes(turn, votes);
    return switch (verdict) {
      case Verdict.Passed passed -> {
        Story.approved(turn, verdict);
        yield Outcome.done();
      }
      case Verdict.Rejected no ->
          Outcome.end(State.REJECTED, Reasons.REJECTED, ApprovalTexts.rejected(no.by()));
      case Verdict.Open open -> {
        if (override.isPresent()) {
          Emergency.begin(turn, gates.breakGlass().orElseThrow(), override.get());
          yield Outcome.done();
        }
        yield open(turn, plan, open, votes);
      }
    };
  }

  private List<Vote> votes(Turn<S> turn, ProcessStatus.Plan plan) {
    List<Vote> all = Vote.read(turn.request().annotations(), plan.digest());
    boolean deputies = all.stream().anyMatch(Vote::deputy);
    return Ballot.counting(
        all,
        deputies ? around.delegations(turn.request().namespace()) : List.of(),
        turn.request().requestedBy(),
        turn.now());
  }

  private Outcome open(Turn<S> turn, ProcessStatus.Plan plan, Verdict.Open open, List<Vote> votes) {
    List<RequiredGate> missing =
        open.counts().stream().filter(c -> !c.passed()).map(Verdict.GateCount::gate).toList();
    Instant asked = plan.computedAt();
    Optional<Instant> end =
        Stream.concat(
                missing.stream().flatMap(g -> g.deadline(asked).stream()),
                tooLate.apply(turn.spec()).stream())
            .min(Instant::compareTo);
    if (end.isPresent() && !turn.now().isBefore(end.get())) {
      return Outcome.end(
          State.APPROVAL_TIMED_OUT,
          Reasons.APPROVAL_TIMED_OUT,
          "nobody decided before " + end.get() + "; still missing: " + open.waitingFor());
    }
    Optional<String> nobody = nobody(turn, missing);
    String note = nobody.or(() -> overrideRefused(votes)).map(text -> text + ". ").orElse("");
    return new Outcome.Wait(
        State.AWAITING_APPROVAL,
        nobody.isPresent() ? Reasons.NOBODY_MAY_APPROVE : Reasons.AWAITING_APPROVAL,
        open.waitingFor(),
        note + texts.howToVote(turn.request(), plan, open),
        end.orElse(null),
        missing.stream()
            .flatMap(g -> g.nextChange(asked, turn.now()).stream())
            .min(Instant::compareTo)
            .orElse(null));
  }

  private Optional<String> nobody(Turn<S> turn, List<RequiredGate> missing) {
    return missing.stream()
        .flatMap(
            gate ->
                around
                    .nobodyMayApprove(
                        turn.request().namespace(),
                        gate.name(),
                        gate.required(),
                        turn.request().requestedBy())
                    .stream())
        .findFirst();
  }

  private static Optional<String> overrideRefused(List<Vote> votes) {
    return votes.stream().anyMatch(v -> v.decision() == Decision.OVERRIDE)
        ? Optional.of(
            "the override does not count: not every policy that asks for a gate here has"
                + " breakGlass")
        : Optional.empty();
  }

  /** Until when an emergency has to be reviewed; empty if none has to be. */
  public Optional<Instant> reviewUntil(Turn<S> turn) {
    return Emergency.underReview(turn)
        ? Optional.of(Emergency.reviewUntil(turn))
        : Optional.empty();
  }

  /** The review of an emergency: done if there was none, or enough people have looked at it. */
  public Outcome review(Turn<S> turn) {
    if (!Emergency.underReview(turn)) {
      return Outcome.done();
    }
    ProcessStatus.Plan plan = turn.journal().plan().orElseThrow();
    Protection protection = around.protection(turn.request());
    turn.journal().admission(protection.problem());
    // The plan is live and cannot be made anew: without votes its time to be removed comes.
    Optional<String> noProof =
        protection
            .problem()
            .or(
                () ->
                    protection.epoch().equals(plan.admission())
                        ? Optional.empty()
                        : Optional.of("the admission policies have been changed"));
    return Emergency.review(turn, noProof.isPresent() ? List.of() : votes(turn, plan), noProof);
  }
}
