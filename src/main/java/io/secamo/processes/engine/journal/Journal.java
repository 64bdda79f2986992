package io.secamo.processes.engine.journal;

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
public final class Journal implements StepJournal {
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

  /** The status as it was stored when the pass began. */
  public ProcessStatus base() {
    return base;
  }

  /** Where the process stands. */
  public Progress progress() {
    return progress;
  }

  @Override
  public Optional<Ticket> ticket() {
    return Optional.ofNullable(ticket);
  }

  @Override
  public void ticket(Ticket opened) {
    ticket = opened;
  }

  @Override
  public Optional<Plan> plan() {
    return Optional.ofNullable(plan);
  }

  @Override
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

  @Override
  public List<Gate> gates() {
    return gates;
  }

  @Override
  public List<Vote> votes() {
    return votes;
  }

  @Override
  public void ballot(List<Gate> judged, List<Vote> counted) {
    gates = List.copyOf(judged);
    votes = List.copyOf(counted);
  }

  @Override
  public Optional<String> approvedBy() {
    return Optional.ofNullable(approvedBy);
  }

  @Override
  public void approvedBy(@Nullable String policies) {
    approvedBy = policies;
  }

  @Override
  public Optional<BreakGlass> breakGlass() {
    return Optional.ofNullable(breakGlass);
  }

  @Override
  public void breakGlass(BreakGlass emergency) {
    breakGlass = emergency;
  }

  @Override
  public void recordEvidence(Chain.Happening happening, Instant at) {
    evidence.add(happening, at, ending != null);
  }

  /** Takes back an end that is stored and that was never told: somebody else wrote it. */
  public void discardForeignEnd(Instant now) {
    if (progress.state().terminal()) {
      recordEvidence(
          Chain.Happening.of("StatusRewritten", "it said " + progress.state().word()), now);
      progress.discardForeignEnd();
    }
  }

  @Override
  public Chain evidence() {
    return evidence;
  }

  @Override
  public void admission(Optional<String> problem) {
    unprotected = problem.orElse("");
  }

  /** What is wrong with the admission policies; empty: nothing; null: not judged yet. */
  @Nullable String unprotected() {
    return unprotected;
  }

  /** The answer to NeedsAttention that was followed last, and whose. */
  public Optional<String> resolved() {
    return Optional.ofNullable(resolved);
  }

  /** Records that an answer was followed. */
  public void resolved(String answer) {
    resolved = answer;
  }

  /** Says what people can answer, if they have to. */
  public Journal asking(List<String> possible) {
    answers = possible;
    return this;
  }

  @Override
  public boolean endDecided() {
    return evidence.tells(EvidenceEntry.END_DECIDED);
  }

  /** Whether what was made was not meant to stay for good. */
  public boolean expires() {
    return expiresAt != null || (breakGlass != null && breakGlass.reviewedAt() == null);
  }

  @Override
  public Optional<InForce> inForce() {
    return Optional.ofNullable(inForce);
  }

  @Override
  public void expiresAt(@Nullable Instant due) {
    expiresAt = due;
  }

  @Override
  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(expiresAt);
  }

  @Override
  public Optional<Instant> recordInForce(Instant since, Optional<Instant> until) {
    if (inForce == null) {
      inForce = new InForce(since, until.orElse(null), null);
      expiresAt = until.orElse(null);
    }
    return Optional.ofNullable(inForce.until());
  }

  @Override
  public EffectLog effectLog() {
    return effects;
  }

  /** What became of what was undone, for people; empty if nothing was. */
  public String howUndone() {
    return effects.howUndone(expiresAt);
  }

  @Override
  public void allReverted(Instant now) {
    if (inForce != null && inForce.revertedAt() == null) {
      inForce = new InForce(inForce.since(), inForce.until(), now);
    }
  }

  /** Records how the process is ending, for its closing step. */
  public void ending(Outcome.End how) {
    ending = how;
  }

  @Override
  public Optional<Outcome.End> ending() {
    return Optional.ofNullable(ending);
  }

  /** Records the requester and how we know. */
  public void requestedBy(@Nullable RequestedBy requester) {
    requestedBy = requester;
  }

  @Override
  public Optional<RequestedBy> requestedBy() {
    return Optional.ofNullable(requestedBy);
  }

  /** The status as it has to be stored, conditions included. */
  public ProcessStatus status(Instant now) {
    List<Condition> conditions =
        Conditions.judge(this, progress, unprotected, orEmpty(base.conditions()), now);
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
        progress.steps().all(),
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
