package io.secamo.processes.engine;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.effect.EffectLog;
import io.secamo.processes.effect.Reverter;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.engine.journal.Journal;
import io.secamo.processes.engine.procedure.StepContext;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Undoes in one pass what a process has made, and records what became of it.
 *
 * @param <S> spec of the process kind
 */
final class Undoing<S> {
  private final Supplier<Reverter> reverters;
  private final BiFunction<String, Integer, StepContext<S>> contexts;
  private final Journal journal;
  private final Supplier<Instant> clock;
  private String step = "";
  private boolean underWayOrFailed;

  /**
   * Of one pass.
   *
   * @param reverters undoes what was made; another one once a pass has looked anew
   * @param contexts gives a step of that name and place what it works with
   * @param clock tells the time of what just happened
   */
  Undoing(
      Supplier<Reverter> reverters,
      BiFunction<String, Integer, StepContext<S>> contexts,
      Journal journal,
      Supplier<Instant> clock) {
    this.reverters = reverters;
    this.contexts = contexts;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Undoes what stands, the last first.
   *
   * @throws ConnectorFailure if some of it could not be undone now; the rest is
   */
  void undo() {
    boolean live = journal.inForce().isPresent() || isLeft();
    if (live && !journal.progress().state().terminal()) {
      journal.progress().reverting("removing what was changed");
    }
    Reverter reverter = reverters.get();
    reverter.forEachVerb(journal.effectLog(), verb -> undoMadeBy(reverter, verb));
    recordAllReverted();
  }

  /**
   * Records that all is gone, if it is: of several verbs one may have been undone in an earlier
   * pass, or before a crash.
   */
  void recordAllReverted() {
    List<EffectState> became =
        reverters.get().covered(journal.effectLog()).map(Effect::state).toList();
    if (became.contains(EffectState.REVERTED) && !became.contains(EffectState.RELEASED)) {
      journal.allReverted(clock.get());
    }
  }

  private void undoMadeBy(Reverter reverter, String verb) {
    EffectLog effects = journal.effectLog();
    List<Effect> made = reverter.by(verb, effects).toList();
    String last = made.get(made.size() - 1).step();
    UndoContext context = contexts.apply(last, 0).undoContext();
    if (made.stream().anyMatch(Effect::standing)) {
      boolean failedBefore = underWayOrFailed;
      step = failedBefore ? step : last;
      underWayOrFailed = true;
      reverter.undo(verb, context);
      underWayOrFailed = failedBefore;
      journal.recordEvidence(effects.undoneEntry(verb), clock.get());
    } else if (!in(EffectState.REFERENCED, verb).isEmpty()) {
      lookAgain(reverter, verb, context);
    }
  }

  private List<Effect> in(EffectState state, String verb) {
    return reverters.get().by(verb, journal.effectLog()).filter(e -> e.state() == state).toList();
  }

  /** At what was there before, to tell what became of it: that holds up no end. */
  private static void lookAgain(Reverter reverter, String verb, UndoContext context) {
    try {
      reverter.undo(verb, context);
    } catch (ConnectorFailure notSeen) {
      // Then it is told that it was left alone, and no more.
    }
  }

  /** Whether something is left to be undone. */
  boolean isLeft() {
    return reverters.get().stands(journal.effectLog());
  }

  /** What is left, for people; empty if no id of it is known. */
  String left() {
    return EffectLog.named(reverters.get().leftToUndo(journal.effectLog()));
  }

  /** Whether the status knows of nothing that is, or was, to be undone. */
  boolean knowsOfNothing() {
    return reverters.get().covered(journal.effectLog()).findAny().isEmpty();
  }

  /** Whether it is under way, or failed in this pass. */
  boolean underWayOrFailed() {
    return underWayOrFailed;
  }

  /** The step whose effects were being undone last; of those that failed the first. Or empty. */
  String step() {
    return step;
  }
}
