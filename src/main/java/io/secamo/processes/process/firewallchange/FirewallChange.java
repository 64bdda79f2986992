package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.effect.Effects;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.effect.Undo;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.ProcessType;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.engine.procedure.Steps;
import io.secamo.processes.evidence.Chain.Happening;
import io.secamo.processes.process.Approvals;
import io.secamo.processes.process.Grounds;
import io.secamo.processes.process.InputsReader;
import io.secamo.processes.process.Planning;
import io.secamo.processes.process.Scheduling;
import io.secamo.processes.process.Surroundings;
import io.secamo.processes.process.firewallchange.removing.ApprovedRemovals;
import io.secamo.processes.process.firewallchange.requested.Facts;
import io.secamo.processes.process.firewallchange.requested.RequestedChange;
import io.secamo.processes.process.opening.FirewallOpenUndo;
import io.secamo.processes.process.opening.OpenEffect;
import io.secamo.processes.process.ticket.Ticketing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens a customer's firewall, for a while or for good: ticket, plan, votes, change, proof, end.
 */
public final class FirewallChange implements ProcessType<FirewallChangeSpec> {
  private final Surroundings around;
  private final Ticketing<FirewallChangeSpec> ticketing;
  private final TargetFirewall firewall;
  private final Named named;
  private final RemovalProcedure removal;
  private final ApprovedRemovals removals;
  private final Approvals<FirewallChangeSpec> approvals;
  private final Scheduling scheduling;

  /** A firewall change that finds its systems, policies and neighbours in the surroundings. */
  public FirewallChange(Surroundings around) {
    this.around = around;
    this.ticketing = new Ticketing<>(around, OpenEffect.KEY_STEP, new TicketTexts());
    this.firewall = new TargetFirewall(around);
    this.named = new Named(around, firewall);
    this.removals = new ApprovedRemovals(around);
    this.scheduling = new Scheduling(around);
    InputsReader<FirewallChangeSpec> reader =
        new InputsReader<>(
            around,
            (context, plan) -> Facts.of(context, plan, firewall.connection(context)),
            firewall::connection);
    this.removal = new RemovalProcedure(around, ticketing, firewall, named, scheduling, reader);
    this.approvals = new Approvals<>(around, reader, RequestedChange::tooLate, this::stillSo);
  }

  @Override
  public Steps<FirewallChangeSpec> steps(Request<FirewallChangeSpec> request) {
    return RequestedChange.of(request.spec()).removes() ? removal.steps() : openingSteps();
  }

  private Steps<FirewallChangeSpec> openingSteps() {
    return Steps.<FirewallChangeSpec>begin()
        .step("Check", this::check)
        .step("OpenTicket", ticketing::openTicket)
        .orSkipped()
        .step(Planning.STEP, this::plan)
        .precondition("Approve", approvals::judge)
        .precondition("Schedule", this::schedule)
        .step(OpenEffect.KEY_STEP, State.APPLYING, this::apply)
        .changesBy(OpenEffect.VERB)
        .step("Verify", State.VERIFYING, this::verify)
        .step("Review", this::review)
        .inForceUntil(this::expiry)
        .atTheEnd("CloseTicket", ticketing::close);
  }

  @Override
  public List<Undo> undos() {
    return List.of(new FirewallOpenUndo(around));
  }

  @Override
  public Map<String, String> undoTextsOfEarlierVersion(
      Request<FirewallChangeSpec> request, Effect effect) {
    return RequestedChange.of(request.spec())
        .undoTextsOfEarlierVersion(around.clusterId(), request.uid(), effect);
  }

  @Override
  public Subject subject(Request<FirewallChangeSpec> request) {
    return request.subject(around.clusterId());
  }

  @Override
  public Optional<Outcome.End> endedByAnother(Request<FirewallChangeSpec> request) {
    return removals.endOf(request);
  }

  @Override
  public boolean undoneOnDelete(FirewallChangeSpec spec) {
    return spec.onDelete() == FirewallChangeSpec.OnDelete.REVERT;
  }

  private Outcome check(StepContext<FirewallChangeSpec> context) {
    return RequestedChange.of(context.spec())
        .wrong(context.asOf())
        .map(text -> Outcome.end(State.REJECTED, Reasons.INVALID_REQUEST, text))
        .or(() -> named.wrong(context))
        .orElseGet(Outcome::done);
  }

  private Outcome plan(StepContext<FirewallChangeSpec> context) {
    Protection protection = around.protection(context.request());
    Optional<Outcome> obstacle = approvals.obstacle(context, protection);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    Grounds grounds = approvals.grounds(context, protection);
    GroupAssessment found = firewall.assess(context, named.seen(context));
    Optional<Outcome> nothingToDo = found.endBeforePlan(context.spec());
    if (nothingToDo.isPresent()) {
      return nothingToDo.get();
    }
    context
        .journal()
        .plan()
        .ifPresent(old -> context.journal().effectLog().fillInPlaces(TargetFirewall.APPLY, old));
    Plan plan = found.plan(context, grounds);
    return ticketing.tellPlan(context, approvals.recordPlan(context, plan, protection));
  }

  private boolean stillSo(StepContext<FirewallChangeSpec> context, Plan plan) {
    Grounds grounds = approvals.grounds(context, around.protection(context.request()));
    GroupAssessment found = firewall.assess(context, firewall.see(context));
    return found.endBeforePlan(context.spec()).isEmpty()
        && found.plan(context, grounds).sha256().equals(plan.sha256());
  }

  /** What has begun is brought to its end, also when a window closes meanwhile. */
  private Outcome schedule(StepContext<FirewallChangeSpec> context) {
    if (firewall.anyRecorded(context)) {
      return Outcome.done();
    }
    RequestedChange asked = RequestedChange.of(context.spec());
    Optional<String> problem = asked.problem(context.asOf());
    if (problem.isPresent()) {
      return Outcome.end(State.REJECTED, Reasons.INVALID_REQUEST, problem.get());
    }
    Outcome judged =
        scheduling.judge(
            context,
            Optional.ofNullable(context.spec().notBefore()),
            firewall.connection(context),
            firewall.lockKey(context));
    return judged instanceof Outcome.Wait wait ? asked.atMostUntilItsEnd(wait) : judged;
  }

  private Outcome apply(StepContext<FirewallChangeSpec> context) {
    Optional<String> problem = RequestedChange.of(context.spec()).problem(context.asOf());
    if (problem.isPresent()) {
      return Outcome.end(State.REJECTED, Reasons.INVALID_REQUEST, problem.get());
    }
    GroupAssessment found = firewall.assess(context, firewall.see(context));
    Plan approved = context.journal().plan().orElseThrow();
    if (!found.within(approved, context.asOf())) {
      return Outcome.jumpTo(
          Planning.STEP, "what the change would do is not what was approved any more");
    }
    // If it was made already, the ticket may have been closed by us just before a crash.
    boolean made = found.madeByItself(rule -> firewall.recorded(context, rule));
    Optional<Outcome> closed = made ? Optional.empty() : ticketing.closedByOthers(context);
    if (closed.isPresent()) {
      return closed.get();
    }
    // After this: what an earlier attempt may have made in another group is not lost sight of.
    firewall.requireSamePlace(context, found);
    if (!found.sameGroup(context.request().uid(), approved)) {
      return Outcome.jumpTo(Planning.STEP, "its security group is not the one that was approved");
    }
    if (!firewall.anyRecorded(context) && found.equalRuleOfOthers(context.spec()).isPresent()) {
      return Outcome.jumpTo(Planning.STEP, "somebody added an equal rule after the votes");
    }
    open(context, found);
    return Outcome.done();
  }

  private void open(StepContext<FirewallChangeSpec> context, GroupAssessment found) {
    if (context.journal().effectLog().mayBeThere(TargetFirewall.APPLY).isEmpty()
        || context.journal().expiresAt().isEmpty()) {
      // From here on it may be live. When it expires does not move any more, however often it is
      // tried again.
      context.journal().expiresAt(expiry(context).orElse(null));
    }
    approvals.tellJudged(context, scheduling.openWindows(context, firewall.connection(context)));
    try {
      Effects.Announced announced =
          context.effects().announce(firewall.changes(context), found.place());
      firewall.open(context, announced, found.place());
    } catch (ConnectorFailure | Interruption notNow) {
      nothingExpires(context);
      throw notNow;
    }
  }

  /**
   * {@code expiresAt} tells people that something is live, or may be. If nothing was announced it
   * must go again.
   */
  private static void nothingExpires(StepContext<FirewallChangeSpec> context) {
    if (context.journal().effectLog().mayBeThere(TargetFirewall.APPLY).isEmpty()
        && context.journal().inForce().isEmpty()) {
      context.journal().expiresAt(null);
    }
  }

  private Outcome verify(StepContext<FirewallChangeSpec> context) {
    Optional<String> missing = firewall.missing(context);
    if (missing.isPresent()) {
      return Outcome.end(State.ROLLED_BACK, Reasons.VERIFICATION_FAILED, missing.get());
    }
    context
        .journal()
        .recordEvidence(
            Happening.of("Verified", "every rule was read back from the firewall"), context.now());
    Optional<Instant> end = context.journal().expiresAt().or(() -> expiry(context));
    context.journal().recordInForce(context.now(), end);
    boolean emergency = context.journal().breakGlass().isPresent();
    if (!emergency && RequestedChange.of(context.spec()).temporary()) {
      ticketing.tellApplied(context);
    }
    return Outcome.done();
  }

  private Outcome review(StepContext<FirewallChangeSpec> context) {
    return ticketing.review(context, approvals.review(context));
  }

  private Optional<Instant> expiry(StepContext<FirewallChangeSpec> context) {
    return RequestedChange.of(context.spec()).until(context.asOf());
  }
}
