package io.secamo.processes.process;

import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.api.plan.Plan.Basis;
import io.secamo.processes.approval.Ballot;
import io.secamo.processes.approval.Inputs;
import io.secamo.processes.approval.Judge;
import io.secamo.processes.approval.Judge.Finding;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.approval.RequiredGate;
import io.secamo.processes.approval.RequiredGates;
import io.secamo.processes.approval.Verdict;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.StepContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The gate through which a plan must go, the same for every process kind: which gates the policies
 * ask for, whose votes count, and what happens when nobody votes.
 *
 * @param <S> spec of the process kind
 */
public final class Approvals<S> {
  private static final Duration DELEGATION_AGAIN = Duration.ofMinutes(1);

  /** How long what a plan says may be believed while people read it. */
  private static final Duration OLD = Duration.ofMinutes(10);

  private final Surroundings around;
  private final InputsReader<S> reader;
  private final Function<S, Optional<Instant>> tooLate;
  private final BiPredicate<StepContext<S>, Plan> stillSo;

  /**
   * The gate of a process kind.
   *
   * @param reader reads what decides
   * @param tooLate when a request makes no sense any more
   * @param stillSo looks at the outside world again: whether a plan made now would say the same
   */
  public Approvals(
      Surroundings around,
      InputsReader<S> reader,
      Function<S, Optional<Instant>> tooLate,
      BiPredicate<StepContext<S>, Plan> stillSo) {
    this.around = around;
    this.reader = reader;
    this.tooLate = tooLate;
    this.stillSo = stillSo;
  }

  /** What votes on a plan that is made now rest on. */
  public Grounds grounds(StepContext<S> context, Protection protection) {
    return new Grounds(
        around.rules(context.request().namespace()).revision(),
        protection.epoch(),
        plan -> {
          Inputs in = reader.read(context, plan, protection);
          return new Basis(in.connection(), Judge.gates(in), null);
        },
        context.journal().plan().map(Plan::basis).map(Basis::before),
        Vote.all(context.request().annotations()));
  }

  /** What stands in the way of planning: no policy, or admission policies that do not hold. */
  public Optional<Outcome> obstacle(StepContext<S> context, Protection protection) {
    context.journal().admission(protection.problem());
    if (protection.problem().isPresent()) {
      return Optional.of(ApprovalTexts.unprotected(State.RUNNING, protection.problem().get()));
    }
    return around.rules(context.request().namespace()).isEmpty()
        ? Optional.of(
            Outcome.forAdministrator(
                Reasons.NO_APPROVAL_POLICY, ApprovalTexts.noPolicy(context.request())))
        : Optional.empty();
  }

  /**
   * What becomes of a request that asks for longer than its Connection or a policy lets it: an end,
   * but not because a limit was lowered, maybe by mistake, while people voted.
   */
  private Optional<Outcome> tooLong(StepContext<S> context, Plan plan, Protection protection) {
    boolean first = context.journal().plan().isEmpty();
    return Judge.tooLong(reader.read(context, plan, protection))
        .map(
            message ->
                first
                    ? Outcome.end(State.REJECTED, Reasons.TOO_LONG, message)
                    : tooLongNow(message));
  }

  /** Records a plan for people to vote on, unless it asks for longer than it may last. */
  public Outcome recordPlan(StepContext<S> context, Plan plan, Protection protection) {
    return tooLong(context, plan, protection)
        .orElseGet(
            () -> {
              context.journal().plan(plan);
              StepEvidence.planned(context);
              return Outcome.done();
            });
  }

  private static Outcome tooLongNow(String message) {
    return Outcome.attention(
        Reasons.TOO_LONG, message + ". It goes on if the limit is raised again, or withdraw it");
  }

  /** The outcome of the gate step: done only while every vote that is needed is there. */
  public Outcome judge(StepContext<S> context) {
    Plan plan = context.journal().plan().orElseThrow();
    Protection protection = around.protection(context.request());
    context.journal().admission(protection.problem());
    if (protection.problem().isPresent()) {
      return ApprovalTexts.unprotected(State.AWAITING_APPROVAL, protection.problem().get());
    }
    return switch (found(context, plan, protection)) {
      case Finding.Unprotected no ->
          ApprovalTexts.unprotected(State.AWAITING_APPROVAL, no.problem());
      case Finding.Changed changed -> Outcome.jumpTo(Planning.STEP, changed.what());
      case Finding.Broken broken ->
          Outcome.forAdministrator(Reasons.POLICY_BROKEN, ApprovalTexts.broken(broken.message()));
      case Finding.NoRule none ->
          Outcome.forAdministrator(
              Reasons.NO_RULE_MATCHES, ApprovalTexts.noRule(context.request()));
      case Finding.TooLong no -> tooLongNow(no.message());
      case Finding.Standard standard -> standard(context, standard.policies());
      case Finding.Voted voted -> vote(context, voted);
    };
  }

  private Finding found(StepContext<S> context, Plan plan, Protection protection) {
    try {
      return Judge.judge(reader.read(context, plan, protection));
    } catch (ConnectorFailure notNow) {
      // Where the change would be made is away, or gone: a no needs nothing of that.
      return Judge.rejected(reader.votes(context, plan)).orElseThrow(() -> notNow);
    }
  }

  /**
   * Writes down what was judged again right before the effect.
   *
   * @param windows names of the change windows that are open
   */
  public void tellJudged(StepContext<S> context, List<String> windows) {
    Plan plan = context.journal().plan().orElseThrow();
    StepEvidence.judged(
        context, reader.read(context, plan, around.protection(context.request())), windows);
  }

  private static <S> Outcome standard(StepContext<S> context, List<String> by) {
    String policies = "policy " + String.join(", policy ", by);
    context.journal().approvedBy(policies);
    context.journal().ballot(List.of(), List.of());
    StepEvidence.standard(context, policies);
    return Outcome.done();
  }

  private Outcome vote(StepContext<S> context, Finding.Voted voted) {
    Plan plan = context.journal().plan().orElseThrow();
    List<Vote> votes = voted.votes();
    Verdict verdict = voted.verdict();
    if (isOld(context, plan, voted) && !stillSo.test(context, plan)) {
      return Outcome.jumpTo(
          Planning.STEP, "what the plan says was not so any more when somebody voted on it");
    }
    context.journal().approvedBy(null);
    context
        .journal()
        .ballot(
            BallotStatus.gates(verdict, plan.computedAt(), context.asOf()),
            BallotStatus.votes(context, votes, plan.digest()));
    StepEvidence.votes(context, votes);
    return switch (verdict) {
      case Verdict.Passed passed -> {
        if (passed.overrides().isEmpty()) {
          StepEvidence.approved(context, verdict);
        } else {
          Emergency.begin(context, voted.gates().breakGlass().orElseThrow(), passed.overrides());
        }
        yield Outcome.done();
      }
      case Verdict.Rejected no ->
          Outcome.end(State.REJECTED, Reasons.REJECTED, ApprovalTexts.rejected(no.by()));
      case Verdict.Open open -> undecided(context, plan, open, voted);
    };
  }

  /** Nobody looks while nobody votes, and a no needs no look. */
  private boolean isOld(StepContext<S> context, Plan plan, Finding.Voted voted) {
    return !(voted.verdict() instanceof Verdict.Rejected)
        && context.asOf().isAfter(plan.computedAt().plus(OLD))
        && BallotStatus.anyNew(context, voted.votes());
  }

  private Outcome undecided(
      StepContext<S> context, Plan plan, Verdict.Open open, Finding.Voted voted) {
    List<Vote> votes = voted.votes();
    List<RequiredGate> missing =
        open.counts().stream().filter(c -> !c.passed()).map(Verdict.GateCount::gate).toList();
    Instant asked = plan.computedAt();
    Optional<Instant> end =
        Stream.concat(
                missing.stream().flatMap(g -> g.deadline(asked).stream()),
                tooLate.apply(context.spec()).stream())
            .min(Instant::compareTo);
    if (end.isPresent() && !context.asOf().isBefore(end.get())) {
      return Outcome.end(
          State.APPROVAL_TIMED_OUT,
          Reasons.APPROVAL_TIMED_OUT,
          "nobody decided before " + end.get() + "; still missing: " + open.waitingFor());
    }
    Optional<String> nobody = nobody(context, plan, voted);
    Optional<String> deputy = deputyWithout(context, plan, votes);
    Optional<String> override = ApprovalTexts.overrideNotEnough(open, votes);
    // Whoever overrode a gate has to read that it does not count, whatever else is in the way.
    String note =
        Stream.of(
                nobody,
                override,
                nobody.or(() -> override).isPresent()
                    ? Optional.<String>empty()
                    : ApprovalTexts.onePerson(context, plan).or(() -> deputy))
            .flatMap(Optional::stream)
            .map(text -> text + ". ")
            .collect(Collectors.joining());
    return new Outcome.Wait(
        State.AWAITING_APPROVAL,
        nobody.isPresent() ? Reasons.NOBODY_MAY_APPROVE : Reasons.AWAITING_APPROVAL,
        open.waitingFor(),
        note + ApprovalTexts.waiting(plan, open),
        end.orElse(null),
        Stream.concat(
                missing.stream().flatMap(g -> g.nextChange(asked, context.asOf()).stream()),
                deputy.map(vote -> context.asOf().plus(DELEGATION_AGAIN)).stream())
            .min(Instant::compareTo)
            .orElse(null));
  }

  /** Nobody tells us of a delegation: as long as one is missing it is looked for. */
  private static Optional<String> deputyWithout(
      StepContext<?> context, Plan plan, List<Vote> counted) {
    return Vote.read(context.request().annotations(), plan.digest()).stream()
        .filter(vote -> vote.deputy() && counted.stream().noneMatch(vote::isSameAs))
        .findFirst()
        .map(
            vote ->
                "the vote of "
                    + vote.voter()
                    + " at gate "
                    + vote.gate()
                    + " waits: somebody who may vote there, and does not, has to write an"
                    + " ApprovalDelegation for them; one that is over does not count");
  }

  private Optional<String> nobody(StepContext<S> context, Plan plan, Finding.Voted voted) {
    RequiredGates gates = voted.gates();
    Ballot ballot = new Ballot(gates, voted.votes(), plan.computedAt(), context.asOf());
    String namespace = context.request().namespace();
    return around
        .holders(namespace, RequiredGates.named(gates.lines()))
        .flatMap(holders -> ballot.outOfReach(holders, context.request().askedBy()))
        .map(missing -> ApprovalTexts.nobody(namespace, missing));
  }

  /** The review of an emergency: done if there was none, or enough people have looked at it. */
  public Outcome review(StepContext<S> context) {
    if (!Emergency.underReview(context)) {
      return Outcome.done();
    }
    Plan plan = context.journal().plan().orElseThrow();
    Protection protection = around.protection(context.request());
    context.journal().admission(protection.problem());
    // The plan is live and cannot be made anew: without votes its time to be removed comes.
    Optional<String> noProof =
        protection
            .problem()
            .or(
                () ->
                    protection.epoch().equals(plan.admission())
                        ? Optional.empty()
                        : Optional.of(ApprovalTexts.NO_REVIEW));
    return Emergency.review(
        context,
        // Its Connection may be gone: who reviews or rejects it is heard all the same.
        noProof.isPresent() ? List.of() : reader.votes(context, plan),
        noProof);
  }
}
