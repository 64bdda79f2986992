package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.FirewallChangeSpec;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.approval.Ballot;
import io.secamo.processes.approval.RequiredGates;
import io.secamo.processes.approval.Verdict;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.engine.Effects;
import io.secamo.processes.engine.Outcome;
import io.secamo.processes.engine.ProcessType;
import io.secamo.processes.engine.Steps;
import io.secamo.processes.engine.Turn;
import io.secamo.processes.process.Surroundings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Opens a customer's firewall, for a while or for good: ticket, plan, votes, change, proof, end.
 */
public final class FirewallChange implements ProcessType<FirewallChangeSpec> {
  private static final String PLAN = "Plan";

  private final Surroundings around;
  private final Desk desk;
  private final Wall wall;

  /** A firewall change that finds its systems, policies and neighbours in the surroundings. */
  public FirewallChange(Surroundings around) {
    this.around = around;
    this.desk = new Desk(around);
    this.wall = new Wall(around);
  }

  @Override
  public Steps<FirewallChangeSpec> steps() {
    return Steps.<FirewallChangeSpec>begin()
        .step("Check", this::check)
        .step("OpenTicket", this::openTicket)
        .step(PLAN, this::plan)
        .gate("Approve", this::approve)
        .step("Start", this::start)
        .step("Apply", State.APPLYING, this::apply)
        .undoneBy(wall::remove)
        .step("Verify", State.VERIFYING, this::verify)
        .inForceUntil(this::expiry)
        .atTheEnd("CloseTicket", desk::close);
  }

  @Override
  public boolean undoneOnDelete(FirewallChangeSpec spec) {
    return spec.onDelete() == FirewallChangeSpec.OnDelete.REVERT;
  }

  private Outcome check(Turn<FirewallChangeSpec> turn) {
    Optional<String> problem = Asked.of(turn.spec()).problem(turn.now());
    return problem
        .map(text -> Outcome.end(State.REJECTED, Reasons.INVALID_REQUEST, text))
        .orElseGet(Outcome::done);
  }

  private Outcome openTicket(Turn<FirewallChangeSpec> turn) {
    desk.open(turn);
    return Outcome.done();
  }

  private Outcome plan(Turn<FirewallChangeSpec> turn) {
    Optional<RequiredGates> gates = around.gates(turn.request().namespace());
    if (gates.isEmpty()) {
      return Outcome.attention(Reasons.NO_APPROVAL_POLICY, Texts.noPolicy(turn.request()));
    }
    Prospect prospect = wall.look(turn);
    Optional<Outcome> nothingToDo = prospect.nothingToDo(turn.spec());
    if (nothingToDo.isPresent()) {
      return nothingToDo.get();
    }
    turn.journal().plan(prospect.plan(turn, gates.get()));
    desk.tellPlan(turn);
    return Outcome.done();
  }

  private Outcome approve(Turn<FirewallChangeSpec> turn) {
    ProcessStatus.Plan plan = turn.journal().plan().orElseThrow();
    Optional<RequiredGates> gates = around.gates(turn.request().namespace());
    if (gates.isEmpty() || !gates.get().revision().equals(plan.policy())) {
      return Outcome.jumpTo(PLAN, "the approval policy has changed");
    }
    List<Vote> votes = Vote.read(turn.request().annotations(), plan.digest());
    Verdict verdict = Ballot.judge(gates.get().gates(), votes, turn.request().requestedBy());
    turn.journal().ballot(Counted.gates(verdict), Counted.votes(turn, votes, plan.digest()));
    return switch (verdict) {
      case Verdict.Passed passed -> Outcome.done();
      case Verdict.Open open -> awaitVotes(turn, plan, open);
      case Verdict.Rejected rejected ->
          Outcome.end(State.REJECTED, Reasons.REJECTED, Texts.rejected(rejected.by()));
    };
  }

  private static Outcome awaitVotes(
      Turn<FirewallChangeSpec> turn, ProcessStatus.Plan plan, Verdict.Open open) {
    Instant tooLate = turn.spec().expiresAt();
    if (tooLate != null && !turn.now().isBefore(tooLate)) {
      return Outcome.end(
          State.APPROVAL_TIMED_OUT,
          Reasons.APPROVAL_TIMED_OUT,
          "expiresAt passed before it was approved");
    }
    String message = Texts.howToVote(turn.request(), plan, open);
    return new Outcome.Wait(
        State.AWAITING_APPROVAL, Reasons.AWAITING_APPROVAL, open.waitingFor(), message, tooLate);
  }

  private Outcome start(Turn<FirewallChangeSpec> turn) {
    Instant start = turn.spec().notBefore();
    return start != null && turn.now().isBefore(start) ? Outcome.notBefore(start) : Outcome.done();
  }

  private Outcome apply(Turn<FirewallChangeSpec> turn) {
    Optional<String> problem = Asked.of(turn.spec()).problem(turn.now());
    if (problem.isPresent()) {
      return Outcome.end(State.REJECTED, Reasons.INVALID_REQUEST, problem.get());
    }
    Prospect now = wall.look(turn);
    if (!now.within(turn.journal().plan().orElseThrow())) {
      return Outcome.jumpTo(PLAN, "what the change would do is not what was approved any more");
    }
    boolean owesRemoval = Asked.of(turn.spec()).temporary();
    Effects.Announced announced = turn.effects().announce(wall.keys(turn), owesRemoval);
    wall.open(turn, announced);
    return Outcome.done();
  }

  private Outcome verify(Turn<FirewallChangeSpec> turn) {
    Optional<String> missing = wall.missing(turn);
    if (missing.isPresent()) {
      return Outcome.end(State.ROLLED_BACK, Reasons.VERIFICATION_FAILED, missing.get());
    }
    desk.tellApplied(turn);
    return Outcome.done();
  }

  private Optional<Instant> expiry(Turn<FirewallChangeSpec> turn) {
    return Asked.of(turn.spec()).until(turn.now());
  }
}
