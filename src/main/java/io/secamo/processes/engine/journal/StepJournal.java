package io.secamo.processes.engine.journal;

import io.secamo.processes.api.BreakGlass;
import io.secamo.processes.api.ProcessStatus.Gate;
import io.secamo.processes.api.ProcessStatus.InForce;
import io.secamo.processes.api.ProcessStatus.RequestedBy;
import io.secamo.processes.api.ProcessStatus.Ticket;
import io.secamo.processes.api.ProcessStatus.Vote;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.effect.EffectLog;
import io.secamo.processes.evidence.Chain;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a step may read of a process, and the facts that it may write. Where the process stands is
 * not among them: a step says that with its {@link Outcome}.
 */
public interface StepJournal {
  /** The ticket, once opened. */
  Optional<Ticket> ticket();

  /** Records the ticket. */
  void ticket(Ticket opened);

  /** The plan, once made. */
  Optional<Plan> plan();

  /** Records a plan. What was for another one is forgotten; what no vote names is renewed. */
  void plan(Plan made);

  /** The gates of the plan, once asked for. */
  List<Gate> gates();

  /** The votes counted so far. */
  List<Vote> votes();

  /** Records how far the gates are and which votes were counted. */
  void ballot(List<Gate> judged, List<Vote> counted);

  /** Who approved without a vote, if policies did. */
  Optional<String> approvedBy();

  /** Records whether policies approve without a vote. */
  void approvedBy(@Nullable String policies);

  /** The emergency that let the change go ahead, if there is one. */
  Optional<BreakGlass> breakGlass();

  /** Records an emergency, or how far its review is. */
  void breakGlass(BreakGlass emergency);

  /** Adds to the evidence what happened; a second telling of the same is left out. */
  void recordEvidence(Chain.Happening happening, Instant at);

  /** What happened so far. */
  Chain evidence();

  /** Records whether the admission policies hold; a problem stops votes and effects. */
  void admission(Optional<String> problem);

  /** Whether it is stored already how the process ends: others count on it no longer. */
  boolean endDecided();

  /** When the change is or was live. */
  Optional<InForce> inForce();

  /** Records when what is being changed has to be removed again, at the latest. */
  void expiresAt(@Nullable Instant due);

  /** When what was changed has to be removed; empty if nothing has to. */
  Optional<Instant> expiresAt();

  /**
   * Records from when and until when the change is live, and returns its end. The first call
   * decides.
   */
  Optional<Instant> recordInForce(Instant since, Optional<Instant> until);

  /** Its effects outside. */
  EffectLog effectLog();

  /** Records that all that was live is gone. */
  void allReverted(Instant now);

  /** How the process is ending, while the closing step runs. */
  Optional<Outcome.End> ending();

  /** The requester and how we know. */
  Optional<RequestedBy> requestedBy();
}
