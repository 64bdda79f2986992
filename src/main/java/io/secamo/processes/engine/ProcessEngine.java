package io.secamo.processes.engine;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.effect.Effects;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.effect.Reverter;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.engine.journal.Journal;
import io.secamo.processes.engine.journal.Timing;
import io.secamo.processes.engine.procedure.Outputs;
import io.secamo.processes.engine.procedure.ProcessType;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.StepContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Advances processes of one kind. It holds no state: everything it needs is in the request and its
 * status, so any replica can take over after any crash.
 *
 * @param <S> spec of the process kind
 */
public final class ProcessEngine<S> {
  private final Supplier<? extends ProcessType<S>> types;

  /**
   * An engine for a process kind.
   *
   * @param types gives the kind for one look at the world: asked at the beginning of each pass, and
   *     again right before an effect, so that a kind may keep what it has read
   */
  public ProcessEngine(Supplier<? extends ProcessType<S>> types) {
    this.types = types;
  }

  /** What the evidence says a request is. */
  public Subject subject(Request<S> request) {
    return types.get().subject(request);
  }

  /**
   * Takes a process as far as it can get now. Never throws for a reason outside this program.
   *
   * @param request the request as read
   * @param status its stored status, null if it has none
   * @param guard the way to the durable record and to the live request
   * @param time now
   */
  public PassResult pass(
      Request<S> request, @Nullable ProcessStatus status, Guard<S> guard, Instant time) {
    Instant now = time.truncatedTo(ChronoUnit.SECONDS);
    return new Pass<>(types, request, Journal.of(status), guard, now).run();
  }

  /**
   * Undoes what a pass made and nobody will ever record: while it was under way, another operator
   * has undone or ended the process. Without this the late change would stay for good.
   *
   * @param unrecorded the status that the pass could not store
   * @param recorded the status that is stored now; null if the request is gone
   * @param lookedAfter which effects of the stored status somebody still looks after
   * @return the external ids of what was undone
   * @throws io.secamo.processes.connector.ConnectorFailure if it could not be undone now
   */
  public List<String> undoUnrecorded(
      Request<S> request,
      ProcessStatus unrecorded,
      @Nullable ProcessStatus recorded,
      StillLookedAfter lookedAfter,
      Instant time) {
    Instant now = time.truncatedTo(ChronoUnit.SECONDS);
    Reverter reverter = types.get().reverter(request);
    Journal journal = Journal.of(unrecorded);
    journal
        .effectLog()
        .keepOnly(effect -> reverter.covers(effect) && !known(effect, recorded, lookedAfter));
    List<Effect> lost = journal.effectLog().all();
    Effects effects = Effects.unrecorded(journal.effectLog(), now);
    Outputs outputs = types.get().procedure(request).outputs("", journal.progress().steps());
    UndoContext context = new StepContext<>(request, journal, now, effects, outputs).undoContext();
    reverter.forEachVerb(
        journal.effectLog(),
        verb -> {
          if (reverter.by(verb, journal.effectLog()).anyMatch(Effect::standing)) {
            reverter.undo(verb, context);
          }
        });
    return lost.stream().map(e -> e.externalId() == null ? e.key() : e.externalId()).toList();
  }

  /**
   * Whether a status tells an end, and one of ours. What comes after such an end, as a removal that
   * another request asks for, is the operator's own doing too.
   */
  public static boolean tellsOurEnd(ProcessStatus status) {
    State state = status.state();
    return state != null
        && state.terminal()
        && endMayBeOurs(Journal.of(status), status.stands() && state != State.COMPLETED);
  }

  /**
   * Whether an end that is stored may be one of ours. What could not be recorded as a whole ended
   * without its last entries.
   *
   * @param left whether something stands though no process that ends so leaves it
   */
  static boolean endMayBeOurs(Journal journal, boolean left) {
    if (left && !Answer.gaveUp(journal.evidence().entries())) {
      return false;
    }
    return journal.evidence().mayHaveEnded()
        || journal.progress().reason().equals(Reasons.NOT_RECORDED);
  }

  /** Which effects of a stored status somebody still looks after. */
  public enum StillLookedAfter {
    /** Also for those that were announced: they will be looked for. */
    ANNOUNCED_TOO,
    /** Only for those that are recorded as made. */
    MADE_ONLY
  }

  /**
   * What is stored in place of a status that the API server does not take. An end that took
   * everything back stays an end, without what happened last; everything else stops, until a person
   * has made room.
   *
   * @param refused what was not taken
   * @param stored the status that is there; null if there is none
   */
  public static PassResult.Settled reduced(
      PassResult.Settled refused, @Nullable ProcessStatus stored, Instant time) {
    Instant now = time.truncatedTo(ChronoUnit.SECONDS);
    Journal journal = Journal.of(stored);
    State state = refused.status().state();
    boolean over = false;
    if (state != null && state.terminal() && state != State.COMPLETED) {
      over = true;
      String message = String.valueOf(refused.status().message());
      journal.effectLog().all().forEach(e -> copyOutcome(journal, e, refused.status()));
      journal.allReverted(now);
      journal.progress().ended(state, Reasons.NOT_RECORDED, message, now);
    } else {
      journal
          .progress()
          .parked("Record", Reasons.NOT_RECORDED, Interruption.NotRecorded.UNRECORDED);
    }
    ProcessStatus less = journal.status(now);
    return new PassResult.Settled(
        less, Timing.wakeUp(less, now), over && refused.mayBeDeleted(), Optional.empty());
  }

  private static void copyOutcome(Journal journal, Effect effect, ProcessStatus from) {
    if (from.effects() != null) {
      from.effects().stream()
          .filter(e -> e.key().equals(effect.key()))
          .forEach(e -> journal.effectLog().became(e.step(), e.key(), e.state(), e.externalId()));
    }
  }

  /**
   * What a process that has not ended still has to remove if it is deleted, by external id.
   *
   * @param status its last status, null if it never had one
   */
  public List<String> owed(Request<S> request, @Nullable ProcessStatus status) {
    if (status == null || status.state() == null || status.state().terminal()) {
      return List.of();
    }
    return types
        .get()
        .reverter(request)
        .leftToUndo(Journal.of(status).effectLog())
        .map(effect -> effect.externalId() == null ? effect.key() : effect.externalId())
        .toList();
  }

  /**
   * Whether somebody looks after an effect: it is recorded, or announced and will be looked for.
   * What the record says is over, or does not say at all, nobody looks for any more.
   */
  private static boolean known(
      Effect effect, @Nullable ProcessStatus recorded, StillLookedAfter lookedAfter) {
    boolean perhaps = effect.state() == EffectState.INTENDED;
    if (!perhaps && effect.state() != EffectState.DONE) {
      return true;
    }
    return recorded != null
        && recorded.effects() != null
        && recorded.effects().stream()
            .filter(r -> r.key().equals(effect.key()))
            .anyMatch(
                r ->
                    switch (r.state()) {
                      case INTENDED -> perhaps || lookedAfter == StillLookedAfter.ANNOUNCED_TOO;
                      // By its marker it is the same; a second one is seen when it is removed.
                      case DONE -> perhaps || Objects.equals(r.externalId(), effect.externalId());
                      default -> false;
                    });
  }
}
