package io.secamo.processes.engine.procedure;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.effect.EffectLog;
import io.secamo.processes.effect.Effects;
import io.secamo.processes.effect.Place;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.engine.journal.StepJournal;
import io.secamo.processes.engine.journal.Timing;
import io.secamo.processes.engine.procedure.Request.Wish;
import java.time.Instant;
import java.util.Optional;

/**
 * What a step works with during one pass: the request, the journal, the time, and the way to
 * effects.
 *
 * @param request the request as it was last read: when the pass began, or at a look before an
 *     effect
 * @param journal what is known and was done so far; steps write to it
 * @param asOf the moment by which the step decides, to the second: when the pass began, or at a
 *     look before an effect when that began
 * @param effects the only way to change an outside system
 * @param outputs what steps give to each other
 * @param <S> spec of the process kind
 */
public record StepContext<S>(
    Request<S> request, StepJournal journal, Instant asOf, Effects effects, Outputs outputs) {
  /**
   * The time of what was just done or seen, to the second. A pass may take minutes; a step decides
   * as of one moment, and tells when things happened.
   */
  public Instant now() {
    return effects.now();
  }

  /** The spec of the request. */
  public S spec() {
    return request.spec();
  }

  /** What the effects of this process are undone with. */
  public UndoContext undoContext() {
    return new OfRequest(this);
  }

  private record OfRequest(StepContext<?> context) implements UndoContext {
    @Override
    public String namespace() {
      return context.request.namespace();
    }

    @Override
    public String uid() {
      return context.request.uid();
    }

    @Override
    public String address() {
      return context.request.address();
    }

    @Override
    public EffectLog effectLog() {
      return context.journal.effectLog();
    }

    @Override
    public Optional<Place> place(Effect effect) {
      return Place.of(effect, context.journal.plan());
    }

    @Override
    public Instant passTime() {
      return context.asOf;
    }

    @Override
    public Instant now() {
      return context.now();
    }

    @Override
    public Optional<Instant> endsSince() {
      return context.journal.evidence().since(EvidenceEntry.END_DECIDED);
    }

    /** It is in the spec, or a matter of time, or it was stored before. */
    @Override
    public boolean seenToEnd() {
      Wish wish = context.request.wish();
      return wish == Wish.WITHDRAW
          || wish == Wish.DELETE
          || context.journal.endDecided()
          || Timing.isOver(context.journal, context.asOf);
    }

    @Override
    public void checkpoint() {
      context.effects.checkpoint();
    }
  }
}
