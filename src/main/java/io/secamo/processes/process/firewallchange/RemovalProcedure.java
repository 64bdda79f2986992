package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.engine.procedure.Steps;
import io.secamo.processes.process.Approvals;
import io.secamo.processes.process.Grounds;
import io.secamo.processes.process.InputsReader;
import io.secamo.processes.process.Planning;
import io.secamo.processes.process.Scheduling;
import io.secamo.processes.process.Surroundings;
import io.secamo.processes.process.firewallchange.removing.RemovalSteps;
import io.secamo.processes.process.firewallchange.requested.RequestedChange;
import io.secamo.processes.process.opening.OpenEffect;
import io.secamo.processes.process.ticket.Ticketing;
import java.util.Optional;

/**
 * A request by which people ask that what an earlier request opened for good be removed: ticket,
 * plan, votes, removal, proof, end. The earlier request does the removing: it undoes its own
 * effects.
 */
final class RemovalProcedure {
  private final Surroundings around;
  private final Ticketing<FirewallChangeSpec> ticketing;
  private final TargetFirewall firewall;
  private final Named named;
  private final Scheduling scheduling;
  private final RemovalSteps removing;
  private final Approvals<FirewallChangeSpec> approvals;

  RemovalProcedure(
      Surroundings around,
      Ticketing<FirewallChangeSpec> ticketing,
      TargetFirewall firewall,
      Named named,
      Scheduling scheduling,
      InputsReader<FirewallChangeSpec> reader) {
    this.around = around;
    this.ticketing = ticketing;
    this.firewall = firewall;
    this.named = named;
    this.scheduling = scheduling;
    this.removing = new RemovalSteps(around);
    this.approvals = new Approvals<>(around, reader, RequestedChange::tooLate, this::stillSo);
  }

  Steps<FirewallChangeSpec> steps() {
    return Steps.<FirewallChangeSpec>begin()
        .step("Check", this::check)
        .step("OpenTicket", ticketing::openTicket)
        .orSkipped()
        .step(Planning.STEP, this::plan)
        .precondition("Approve", this::approve)
        .precondition("Schedule", this::schedule)
        .step(OpenEffect.KEY_STEP, State.APPLYING, this::apply)
        .throughAnotherRequest()
        .step("Verify", State.VERIFYING, removing::verify)
        .step("Review", this::review)
        .atTheEnd("CloseTicket", ticketing::close);
  }

  private Outcome check(StepContext<FirewallChangeSpec> context) {
    return RequestedChange.of(context.spec())
        .wrong(context.asOf())
        .map(text -> Outcome.end(State.REJECTED, Reasons.INVALID_REQUEST, text))
        .or(() -> removing.obstacle(context))
        .or(() -> named.wrong(context))
        .orElseGet(Outcome::done);
  }

  private Outcome plan(StepContext<FirewallChangeSpec> context) {
    Protection protection = around.protection(context.request());
    return approvals
        .obstacle(context, protection)
        .or(() -> removing.obstacle(context))
        .orElseGet(() -> planned(context, protection));
  }

  private Outcome planned(StepContext<FirewallChangeSpec> context, Protection protection) {
    Plan plan = removing.plan(context, approvals.grounds(context, protection));
    return ticketing.tellPlan(context, approvals.recordPlan(context, plan, protection));
  }

  /** Nobody is asked to vote on the removal of what is removed, or was changed, meanwhile. */
  private Outcome approve(StepContext<FirewallChangeSpec> context) {
    return removing.obstacle(context).orElseGet(() -> approvals.judge(context));
  }

  private boolean stillSo(StepContext<FirewallChangeSpec> context, Plan plan) {
    return removing.stillSo(
        context, plan, approvals.grounds(context, around.protection(context.request())));
  }

  private Outcome schedule(StepContext<FirewallChangeSpec> context) {
    return scheduling.judge(
        context,
        Optional.ofNullable(context.spec().notBefore()),
        firewall.connection(context),
        firewall.lockKey(context));
  }

  private Outcome apply(StepContext<FirewallChangeSpec> context) {
    Optional<String> wrong = RequestedChange.of(context.spec()).problem(context.asOf());
    if (wrong.isPresent()) {
      return Outcome.end(State.REJECTED, Reasons.INVALID_REQUEST, wrong.get());
    }
    // If it was removed already, the ticket may have been closed by us just before a crash.
    Optional<Outcome> closed =
        removing.removalDecided(context) ? Optional.empty() : ticketing.closedByOthers(context);
    if (closed.isPresent()) {
      return closed.get();
    }
    Grounds grounds = approvals.grounds(context, around.protection(context.request()));
    Outcome outcome = removing.askForRemoval(context, grounds);
    if (outcome instanceof Outcome.Wait) {
      approvals.tellJudged(context, scheduling.openWindows(context, firewall.connection(context)));
    }
    return outcome;
  }

  private Outcome review(StepContext<FirewallChangeSpec> context) {
    return ticketing.review(context, removing.endOnceReviewed(context, approvals.review(context)));
  }
}
