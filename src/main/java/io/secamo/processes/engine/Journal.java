package io.secamo.processes.engine;

import io.secamo.processes.api.BreakGlass;
import io.secamo.processes.api.Condition;
import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.ProcessStatus.Gate;
import io.secamo.processes.api.ProcessStatus.InForce;
import io.secamo.processes.api.ProcessStatus.RequestedBy;
import io.secamo.processes.api.ProcessStatus.Ticket;
import io.secamo.processes.api.ProcessStatus.Vote;
import io.secamo.processes.api.State;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.effect.EffectLog;
import io.secamo.processes.evidence.Chain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The working copy of a process's status during one pass: what is known and was done. Steps write
 * facts to it; the engine writes where the process stands. It becomes durable when the pass ends,
 * or before an effect that must be announced.
 */
public final class Journal {
  private final ProcessStatus base;
  private final Progress progress;
  private final EffectLog effects;
  private @Nullable RequestedBy requestedBy;
  private @Nullable Ticket ticket;
  private @Nullable Plan plan;
  private List<Gate> gates;
  private List<Vote> votes;
  private @Nullable InForce inForce;
  private @Nullable Instant expiresAt;
  private @Nullable String approvedBy;
  private @Nullable BreakGlass breakGlass;
  private @Nullable String resolved;
  private List<String> answers;
  private final Chain evidence;
  private @Nullable String unprotected;
  private Outcome.@Nullable End ending;

  private Journal(ProcessStatus base) {
    this.base = base;
    this.progress = new Progress(base);
    effects = new EffectLog(orEmpty(base.effects()));
    requestedBy = base.requestedBy();
    ticket = base.ticket();
    plan = base.plan();
    gates = orEmpty(base.gates());
    votes = orEmpty(base.votes());
    inForce = base.inForce();
    expiresAt = base.expiresAt();
    approvedBy = base.approvedBy();
    breakGlass = base.breakGlass();
    resolved = base.resolved();
    answers = orEmpty(base.answers());
    evidence = new Chain(orEmpty(base.evidence()), orEmpty(base.leftOut()));
    unprotected = Conditions.unprotected(orEmpty(base.conditions()));
  }

  /** A working copy of a status; null for a request that has none yet. */
  public static Journal of(@Nullable ProcessStatus status) {
    return new Journal(status == null ? Progress.EMPTY : status);
  }

  ProcessStatus base() {
    return base;
  }

  Progress progress() {
    return progress;
  }

  /** The ticket, once opened. */
  public Optional<Ticket> ticket() {
    return Optional.ofNullable(ticket);
  }

  /** Records the ticket. */
  public void ticket(Ticket opened) {
    ticket = opened;
  }

  /** The plan, once made. */
  public Optional<Plan> plan() {
    return Optional.ofNullable(plan);
  }

  /** Records a plan. What was for another one is forgotten; what no vote names is renewed. */
  public void plan(Plan made) {
    if (plan != null && plan.sha256().equals(made.sha256())) {
      plan = made.renewing(plan);
    } else {
      gates = List.of();
      votes = List.of();
      approvedBy = null;
      // What went ahead without approval is still to be reviewed.
      breakGlass = effects.all().stream().anyMatch(Effect::toBeUndone) ? breakGlass : null;
      plan = made;
    }
  }

  /** The gates of the plan, once asked for. */
  public List<Gate> gates() {
    return gates;
  }

  /** The votes counted so far. */
  public List<Vote> votes() {
    return votes;
  }

  /** Records how far the gates are and which votes were counted. */
  public void ballot(List<Gate> judged, List<Vote> counted) {
    gates = List.copyOf(judged);
    votes = List.copyOf(counted);
  }

  /** Who approved without a vote, if policies did. */
  public Optional<String> approvedBy() {
    return Optional.ofNullable(approvedBy);
  }

  /** Records whether policies approve without a vote. */
  public void approvedBy(@Nullable String policies) {
    approvedBy = policies;
  }

  /** The emergency that let the change go ahead, if there is one. */
  public Optional<BreakGlass> breakGlass() {
    return Optional.ofNullable(breakGlass);
  }

  /** Records an emergency, or how far its review is. */
  public void breakGlass(BreakGlass emergency) {
    breakGlass = emergency;
  }

  /** Adds to the evidence what happened; a second telling of the same is left out. */
  public void tell(Chain.Happening happening, Instant at) {
    evidence.add(happening, at, ending != null);
  }

  /** Takes back an end that is stored and that was never told: somebody else wrote it. */
  void goOn(Instant now) {
    if (progress.state().terminal()) {
      tell(Chain.Happening.of("StatusRewritten", "it said " + progress.state().word()), now);
      progress.goOn();
    }
  }

  /** What happened so far. */
  public Chain evidence() {
    return evidence;
  }

  /** Records whether the admission policies hold; a problem stops votes and effects. */
  public void admission(Optional<String> problem) {
    unprotected = problem.orElse("");
  }

  /** What is wrong with the admission policies; empty: nothing; null: not judged yet. */
  @Nullable String unprotected() {
    return unprotected;
  }

  Optional<String> resolved() {
    return Optional.ofNullable(resolved);
  }

  void resolved(String answer) {
    resolved = answer;
  }

  /** Says what people can answer, if they have to. */
  Journal asking(List<String> possible) {
    answers = possible;
    return this;
  }

  /** Whether it is stored already how the process ends: others count on it no longer. */
  public boolean endDecided() {
    return evidence.tells(EvidenceEntry.END_DECIDED);
  }

  /** Whether what was made was not meant to stay for good. */
  boolean hasAnEnd() {
    return expiresAt != null || (breakGlass != null && breakGlass.reviewedAt() == null);
  }

  /** When the change is or was live. */
  public Optional<InForce> inForce() {
    return Optional.ofNullable(inForce);
  }

  /** Records when what is being changed has to be removed again, at the latest. */
  public void expiresAt(@Nullable Instant due) {
    expiresAt = due;
  }

  /** When what was changed has to be removed; empty if nothing has to. */
  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(expiresAt);
  }

  /** Records from when and until when the change is live. The first call decides; tells its end. */
  public Optional<Instant> keepInForce(Instant since, Optional<Instant> until) {
    if (inForce == null) {
      inForce = new InForce(since, until.orElse(null), null);
      expiresAt = until.orElse(null);
    }
    return Optional.ofNullable(inForce.until());
  }

  /** Its effects outside. */
  public EffectLog effects() {
    return effects;
  }

  /** What became of what was undone, for people; empty if nothing was. */
  String howUndone() {
    return effects.howUndone(expiresAt);
  }

  /** Records that what was live is gone. */
  public void reverted(Instant now) {
    if (inForce != null && inForce.revertedAt() == null) {
      inForce = new InForce(inForce.since(), inForce.until(), now);
    }
  }

  void ending(Outcome.End how) {
    ending = how;
  }

  /** How the process is ending, while the closing step runs. */
  public Optional<Outcome.End> ending() {
    return Optional.ofNullable(ending);
  }

  void requestedBy(@Nullable RequestedBy requester) {
    requestedBy = requester;
  }

  /** The requester and how we know. */
  public Optional<RequestedBy> requestedBy() {
    return Optional.ofNullable(requestedBy);
  }

  /** The status as it has to be stored, conditions included. */
  public ProcessStatus status(Instant now) {
    List<Condition> conditions = Conditions.judge(this, orEmpty(base.conditions()), now);
    return new ProcessStatus(
        progress.generation(),
        progress.state(),
        progress.step(),
        progress.waitingFor(),
        progress.message(),
        progress.startedAt(),
        progress.finishedAt(),
        progress.deadline(),
        expiresAt,
        progress.nextAttemptAt(),
        requestedBy,
        ticket,
        plan,
        gates,
        votes,
        progress.steps(),
        new ArrayList<>(effects.all()),
        inForce,
        conditions,
        approvedBy,
        breakGlass,
        resolved,
        progress.state() == State.NEEDS_ATTENTION ? answers : List.of(),
        evidence.entries(),
        evidence.leftOut(),
        null,
        base.format());
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
