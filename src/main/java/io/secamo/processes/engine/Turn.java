package io.secamo.processes.engine;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.effect.EffectLog;
import io.secamo.processes.effect.Effects;
import io.secamo.processes.effect.Owner;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.Request.Wish;
import io.secamo.processes.engine.journal.StepJournal;
import io.secamo.processes.engine.journal.Timing;
import java.time.Instant;
import java.util.Optional;

/**
 * What a step works with during one pass: the request, the journal, the time, and the way to
 * effects.
 *
 * @param request the request as it was when the pass began
 * @param journal what is known and was done so far; steps write to it
 * @param now time of the pass, to the second
 * @param effects the only way to change an outside system
 * @param <S> spec of the process kind
 */
public record Turn<S>(Request<S> request, StepJournal journal, Instant now, Effects effects) {
  /**
   * The time of what was just done or seen, to the second. A pass may take minutes; it decides by
   * the time at which it began, and tells when things happened.
   */
  public Instant moment() {
    return effects.moment();
  }

  /** The spec of the request. */
  public S spec() {
    return request.spec();
  }

  /** What the effects of this process are undone with. */
  public Owner owner() {
    return new OfRequest(this);
  }

  private record OfRequest(Turn<?> turn) implements Owner {
    @Override
    public String namespace() {
      return turn.request.namespace();
    }

    @Override
    public String uid() {
      return turn.request.uid();
    }

    @Override
    public String address() {
      return turn.request.address();
    }

    @Override
    public EffectLog effects() {
      return turn.journal.effects();
    }

    @Override
    public Optional<Place> place(Effect effect) {
      return Place.of(effect, turn.journal.plan());
    }

    @Override
    public Instant now() {
      return turn.now;
    }

    @Override
    public Instant moment() {
      return turn.moment();
    }

    @Override
    public Optional<Instant> endsSince() {
      return turn.journal.evidence().since(EvidenceEntry.END_DECIDED);
    }

    /** It is in the spec, or a matter of time, or it was stored before. */
    @Override
    public boolean seenToEnd() {
      Wish wish = turn.request.wish();
      return wish == Wish.WITHDRAW
          || wish == Wish.DELETE
          || turn.journal.endDecided()
          || Timing.isOver(turn.journal, turn.now);
    }

    @Override
    public void record() {
      turn.effects.record();
    }
  }
}
