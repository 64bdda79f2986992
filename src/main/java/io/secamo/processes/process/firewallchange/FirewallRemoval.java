package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.engine.Steps;
import io.secamo.processes.engine.Turn;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.process.Approvals;
import io.secamo.processes.process.Grounds;
import io.secamo.processes.process.InputsReader;
import io.secamo.processes.process.Planning;
import io.secamo.processes.process.Scheduling;
import io.secamo.processes.process.Surroundings;
import io.secamo.processes.process.firewallchange.removing.Removing;
import io.secamo.processes.process.firewallchange.requested.Facts;
import io.secamo.processes.process.firewallchange.requested.RequestedChange;
import io.secamo.processes.process.opening.Opened;
import io.secamo.processes.process.ticket.Ticketing;
import java.util.Optional;

/**
 * Has removed what an earlier request opened for good: ticket, plan, votes, removal, proof, end. It
 * makes no effect at the firewall itself: the earlier request undoes its own.
 */
final class FirewallRemoval {
  private final Surroundings around;
  private final Ticketing<FirewallChangeSpec> ticketing;
  private final TargetFirewall firewall;
  private final Named named;
  private final Scheduling scheduling;
  private final Removing removing;
  private final Approvals<FirewallChangeSpec> approvals;

  FirewallRemoval(
      Surroundings around,
      Ticketing<FirewallChangeSpec> ticketing,
      TargetFirewall firewall,
      Named named,
      Scheduling scheduling) {
    this.around = around;
    this.ticketing = ticketing;
    this.firewall = firewall;
    this.named = named;
    this.scheduling = scheduling;
    this.removing = new Removing(around);
    this.approvals =
        new Approvals<>(
            around,
            new InputsReader<>(
                around,
                (turn, plan) -> Facts.of(turn, plan, firewall.connection(turn)),
                firewall::connection),
            spec -> Optional.ofNullable(spec.expiresAt()),
            this::stillSo);
  }

  Steps<FirewallChangeSpec> steps() {
    return Steps.<FirewallChangeSpec>begin()
        .step("Check", this::check)
        .step("OpenTicket", ticketing::opened)
        .orSkipped()
        .step(Planning.STEP, this::plan)
        .gate("Approve", this::approve)
        .gate("Schedule", this::schedule)
        .step(Opened.STEP, State.APPLYING, this::apply)
        .does("firewall.close")
        .step("Verify", State.VERIFYING, removing::verify)
        .step("Review", this::review)
        .inForceUntil(turn -> Optional.empty())
        .atTheEnd("CloseTicket", ticketing::close);
  }

  private Outcome check(Turn<FirewallChangeSpec> turn) {
    return RequestedChange.of(turn.spec())
        .wrong(turn.now())
        .map(text -> Outcome.end(State.REJECTED, Reasons.INVALID_REQUEST, text))
        .or(() -> removing.obstacle(turn))
        .or(() -> named.wrong(turn))
        .orElseGet(Outcome::done);
  }

  private Outcome plan(Turn<FirewallChangeSpec> turn) {
    Protection protection = around.protection(turn.request());
    return approvals
        .obstacle(turn, protection)
        .or(() -> removing.obstacle(turn))
        .orElseGet(() -> planned(turn, protection));
  }

  private Outcome planned(Turn<FirewallChangeSpec> turn, Protection protection) {
    Plan plan = removing.plan(turn, approvals.grounds(turn, protection));
    return ticketing.tellPlan(turn, approvals.planned(turn, plan, protection));
  }

  /** Nobody is asked to vote on the removal of what is removed, or was changed, meanwhile. */
  private Outcome approve(Turn<FirewallChangeSpec> turn) {
    return removing.obstacle(turn).orElseGet(() -> approvals.judge(turn));
  }

  private boolean stillSo(Turn<FirewallChangeSpec> turn, Plan plan) {
    return removing.stillSo(turn, plan, approvals.grounds(turn, around.protection(turn.request())));
  }

  private Outcome schedule(Turn<FirewallChangeSpec> turn) {
    return scheduling.judge(
        turn,
        Optional.ofNullable(turn.spec().notBefore()),
        firewall.connection(turn),
        firewall.target(turn));
  }

  private Outcome apply(Turn<FirewallChangeSpec> turn) {
    Optional<String> wrong = RequestedChange.of(turn.spec()).problem(turn.now());
    if (wrong.isPresent()) {
      return Outcome.end(State.REJECTED, Reasons.INVALID_REQUEST, wrong.get());
    }
    // If it was removed already, the ticket may have been closed by us just before a crash.
    Optional<Outcome> closed =
        removing.begun(turn) ? Optional.empty() : ticketing.closedByOthers(turn);
    if (closed.isPresent()) {
      return closed.get();
    }
    Grounds grounds = approvals.grounds(turn, around.protection(turn.request()));
    Outcome outcome = removing.apply(turn, grounds);
    if (outcome instanceof Outcome.Wait) {
      approvals.tellJudged(turn, scheduling.openWindows(turn, firewall.connection(turn)));
    }
    return outcome;
  }

  private Outcome review(Turn<FirewallChangeSpec> turn) {
    return ticketing.review(turn, removing.reviewed(turn, approvals.review(turn)));
  }
}
