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
import io.secamo.processes.effect.Verb;
import io.secamo.processes.engine.ProcessType;
import io.secamo.processes.engine.Request;
import io.secamo.processes.engine.Steps;
import io.secamo.processes.engine.Turn;
import io.secamo.processes.engine.journal.Outcome;
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
import io.secamo.processes.process.opening.OpenRules;
import io.secamo.processes.process.opening.Opened;
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
  private final FirewallRemoval removal;
  private final ApprovedRemovals removals;
  private final Approvals<FirewallChangeSpec> approvals;
  private final Scheduling scheduling;

  /** A firewall change that finds its systems, policies and neighbours in the surroundings. */
  public FirewallChange(Surroundings around) {
    this.around = around;
    this.ticketing = new Ticketing<>(around, Opened.STEP, new TicketTexts());
    this.firewall = new TargetFirewall(around);
    this.named = new Named(around, firewall);
    this.removals = new ApprovedRemovals(around);
    this.scheduling = new Scheduling(around);
    this.removal = new FirewallRemoval(around, ticketing, firewall, named, scheduling);
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

  @Override
  public Steps<FirewallChangeSpec> steps(Request<FirewallChangeSpec> request) {
    return RequestedChange.of(request.spec()).removes() ? removal.steps() : opening();
  }

  private Steps<FirewallChangeSpec> opening() {
    return Steps.<FirewallChangeSpec>begin()
        .step("Check", this::check)
        .step("OpenTicket", ticketing::opened)
        .orSkipped()
        .step(Planning.STEP, this::plan)
        .gate("Approve", approvals::judge)
        .gate("Schedule", this::schedule)
        .step(Opened.STEP, State.APPLYING, this::apply)
        .does(Opened.VERB)
        .step("Verify", State.VERIFYING, this::verify)
        .step("Review", this::review)
        .inForceUntil(this::expiry)
        .atTheEnd("CloseTicket", ticketing::close);
  }

  @Override
  public List<Verb> verbs() {
    return List.of(new OpenRules(around));
  }

  @Override
  public Map<String, String> remembered(Request<FirewallChangeSpec> request, Effect effect) {
    return RequestedChange.of(request.spec()).remembered(around.clusterId(), request.uid(), effect);
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

  private Outcome check(Turn<FirewallChangeSpec> turn) {
    return RequestedChange.of(turn.spec())
        .wrong(turn.now())
        .map(text -> Outcome.end(State.REJECTED, Reasons.INVALID_REQUEST, text))
        .or(() -> named.wrong(turn))
        .orElseGet(Outcome::done);
  }

  private Outcome plan(Turn<FirewallChangeSpec> turn) {
    Protection protection = around.protection(turn.request());
    Optional<Outcome> obstacle = approvals.obstacle(turn, protection);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    Grounds grounds = approvals.grounds(turn, protection);
    DraftPlan draft = firewall.draft(turn, named.seen(turn));
    Optional<Outcome> nothingToDo = draft.nothingToDo(turn.spec());
    if (nothingToDo.isPresent()) {
      return nothingToDo.get();
    }
    turn.journal()
        .plan()
        .ifPresent(old -> turn.journal().effects().placed(TargetFirewall.APPLY, old));
    Plan plan = draft.plan(turn, grounds);
    return ticketing.tellPlan(turn, approvals.planned(turn, plan, protection));
  }

  private boolean stillSo(Turn<FirewallChangeSpec> turn, Plan plan) {
    Grounds grounds = approvals.grounds(turn, around.protection(turn.request()));
    DraftPlan now = firewall.draft(turn, firewall.see(turn));
    return now.nothingToDo(turn.spec()).isEmpty()
        && now.plan(turn, grounds).sha256().equals(plan.sha256());
  }

  /** What has begun is brought to its end, also when a window closes meanwhile. */
  private Outcome schedule(Turn<FirewallChangeSpec> turn) {
    if (firewall.begun(turn)) {
      return Outcome.done();
    }
    RequestedChange asked = RequestedChange.of(turn.spec());
    Optional<String> problem = asked.problem(turn.now());
    if (problem.isPresent()) {
      return Outcome.end(State.REJECTED, Reasons.INVALID_REQUEST, problem.get());
    }
    Outcome judged =
        scheduling.judge(
            turn,
            Optional.ofNullable(turn.spec().notBefore()),
            firewall.connection(turn),
            firewall.target(turn));
    return judged instanceof Outcome.Wait wait ? asked.atMostUntilItsEnd(wait) : judged;
  }

  private Outcome apply(Turn<FirewallChangeSpec> turn) {
    Optional<String> problem = RequestedChange.of(turn.spec()).problem(turn.now());
    if (problem.isPresent()) {
      return Outcome.end(State.REJECTED, Reasons.INVALID_REQUEST, problem.get());
    }
    DraftPlan now = firewall.draft(turn, firewall.see(turn));
    Plan approved = turn.journal().plan().orElseThrow();
    if (!now.within(approved, turn.now())) {
      return Outcome.jumpTo(
          Planning.STEP, "what the change would do is not what was approved any more");
    }
    // If it was made already, the ticket may have been closed by us just before a crash.
    boolean made = now.madeByItself(rule -> firewall.recorded(turn, rule));
    Optional<Outcome> closed = made ? Optional.empty() : ticketing.closedByOthers(turn);
    if (closed.isPresent()) {
      return closed.get();
    }
    // After this: what an earlier attempt may have made in another group is not lost sight of.
    firewall.samePlace(turn, now);
    if (!now.sameGroup(turn.request().uid(), approved)) {
      return Outcome.jumpTo(Planning.STEP, "its security group is not the one that was approved");
    }
    if (!firewall.begun(turn) && now.refused(turn.spec()).isPresent()) {
      return Outcome.jumpTo(Planning.STEP, "somebody added an equal rule after the votes");
    }
    open(turn, now);
    return Outcome.done();
  }

  private void open(Turn<FirewallChangeSpec> turn, DraftPlan now) {
    if (turn.journal().effects().standing(TargetFirewall.APPLY).isEmpty()
        || turn.journal().expiresAt().isEmpty()) {
      // From here on it may be live. Its end does not move any more, whoever tries again.
      turn.journal().expiresAt(expiry(turn).orElse(null));
    }
    approvals.tellJudged(turn, scheduling.openWindows(turn, firewall.connection(turn)));
    try {
      Effects.Announced announced = turn.effects().announce(firewall.changes(turn), now.place());
      firewall.open(turn, announced, now.place());
    } catch (ConnectorFailure | Interruption notNow) {
      nothingExpires(turn);
      throw notNow;
    }
  }

  /** An end that is told means that something is live, or may be. */
  private static void nothingExpires(Turn<FirewallChangeSpec> turn) {
    if (turn.journal().effects().standing(TargetFirewall.APPLY).isEmpty()
        && turn.journal().inForce().isEmpty()) {
      turn.journal().expiresAt(null);
    }
  }

  private Outcome verify(Turn<FirewallChangeSpec> turn) {
    Optional<String> missing = firewall.missing(turn);
    if (missing.isPresent()) {
      return Outcome.end(State.ROLLED_BACK, Reasons.VERIFICATION_FAILED, missing.get());
    }
    turn.journal()
        .tell(
            Happening.of("Verified", "every rule was read back from the firewall"), turn.moment());
    Optional<Instant> end = turn.journal().expiresAt().or(() -> expiry(turn));
    turn.journal().keepInForce(turn.moment(), end);
    boolean emergency = turn.journal().breakGlass().isPresent();
    if (!emergency && RequestedChange.of(turn.spec()).temporary()) {
      ticketing.tellApplied(turn);
    }
    return Outcome.done();
  }

  private Outcome review(Turn<FirewallChangeSpec> turn) {
    return ticketing.review(turn, approvals.review(turn));
  }

  private Optional<Instant> expiry(Turn<FirewallChangeSpec> turn) {
    return RequestedChange.of(turn.spec()).until(turn.now());
  }
}
