package io.secamo.processes.engine;

import io.secamo.processes.api.ProcessStatus.Effect;
import io.secamo.processes.api.ProcessStatus.EffectState;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The only way from a step to a change in an outside system. It keeps the order that makes a crash
 * harmless: announce durably where that is needed, look at the live request again, act, record.
 */
public final class Effects {
  private final String step;
  private final Journal journal;
  private final Instant now;
  private final Checks checks;

  Effects(String step, Journal journal, Instant now, Checks checks) {
    this.step = step;
    this.journal = journal;
    this.now = now;
    this.checks = checks;
  }

  /** For steps that must change nothing. */
  static Effects none(String step, Journal journal, Instant now) {
    return new Effects(
        step,
        journal,
        now,
        new Checks() {
          @Override
          public void checkpoint() {
            stillWanted();
          }

          @Override
          public void stillWanted() {
            throw new IllegalStateException("step " + step + " changes nothing");
          }

          @Override
          public Instant now() {
            return now;
          }
        });
  }

  /** What the engine does around an effect. */
  interface Checks {
    /** Makes the journal durable, or ends the pass. */
    void checkpoint();

    /** Looks at the live request; ends the pass if the effect is not wanted any more. */
    void stillWanted();

    /** The time, asked anew. */
    Instant now();
  }

  /**
   * Something to be created exactly once.
   *
   * @param key under which the outside system knows it
   * @param settle how long after its announcement find may still miss it, the time that the call
   *     takes included; zero if the outside system itself refuses a second one
   * @param find looks it up by its key
   * @param create makes it
   * @param id the outside system's id of it
   * @param <R> what it is
   */
  public record Creation<R>(
      IdempotencyKey key,
      Duration settle,
      Supplier<Optional<R>> find,
      Supplier<R> create,
      Function<R, String> id) {}

  /** Creates something, or adopts what an earlier attempt under the same key created. */
  public <R> R once(Creation<R> creation) {
    R made = creation.find().get().orElseGet(() -> create(creation));
    journal.settle(step, creation.key().value(), EffectState.DONE, creation.id().apply(made));
    return made;
  }

  /**
   * What an earlier attempt created, for whoever will not create it any more. Empty only if it can
   * not show up any more: until then the pass ends here.
   */
  public <R> Optional<R> adopt(Creation<R> creation) {
    Optional<R> made = creation.find().get();
    if (made.isEmpty()) {
      waitUntilSettled(creation);
    }
    return made;
  }

  private <R> R create(Creation<R> creation) {
    waitUntilSettled(creation);
    if (!creation.settle().isZero()) {
      // Not at the time of the pass: others count from here how long the call may be on its way.
      journal.intend(step, creation.key(), checks.now());
      checks.checkpoint();
    }
    checks.stillWanted();
    try {
      return creation.create().get();
    } catch (ConnectorFailure.Unknown mayHaveHappened) {
      journal.intend(step, creation.key(), checks.now());
      throw mayHaveHappened;
    } catch (ConnectorFailure didNotHappen) {
      notDone(creation.key());
      throw didNotHappen;
    }
  }

  private void notDone(IdempotencyKey key) {
    journal.keepOnly(effect -> !effect.key().equals(key.value()));
  }

  private void waitUntilSettled(Creation<?> creation) {
    Instant intendedAt =
        journal
            .effect(creation.key())
            .filter(e -> e.state() == EffectState.INTENDED)
            .map(Effect::intendedAt)
            .orElse(null);
    if (intendedAt != null && now.isBefore(intendedAt.plus(creation.settle()))) {
      throw new Interruption.Settling(
          "an earlier attempt may still show up", intendedAt.plus(creation.settle()));
    }
  }

  /** Makes durable what is known, before it is undone. */
  public void remember() {
    checks.checkpoint();
  }

  /**
   * Announces changes that are idempotent by nature, and stores that first: whatever happens then,
   * somebody will look for them. They may be made through the returned value only, so that none is
   * made without the live look before it. What was announced and is not known to be made is
   * announced anew, with what has changed since: until when it may be live.
   *
   * @param keys one for each change
   */
  public Announced announce(List<IdempotencyKey> keys) {
    List<IdempotencyKey> news = keys.stream().filter(key -> journal.effect(key).isEmpty()).toList();
    List<IdempotencyKey> open = keys.stream().filter(this::mayBeOpen).toList();
    open.forEach(key -> journal.intend(step, key, checks.now()));
    if (!open.isEmpty()) {
      checks.checkpoint();
    }
    try {
      checks.stillWanted();
    } catch (Interruption notWanted) {
      news.forEach(this::notDone);
      throw notWanted;
    }
    return new Announced();
  }

  private boolean mayBeOpen(IdempotencyKey key) {
    return journal.effect(key).filter(e -> e.state() != EffectState.INTENDED).isEmpty();
  }

  /** Announced changes that may now be made. */
  public final class Announced {
    private Announced() {}

    /**
     * Makes one announced change and records it.
     *
     * @param ours whether what came back is ours to undo
     */
    public <R> R perform(
        IdempotencyKey key, Supplier<R> change, Function<R, String> id, Function<R, Boolean> ours) {
      if (journal.effect(key).isEmpty()) {
        throw new IllegalStateException("effect " + key + " was not announced");
      }
      R made = change.get();
      EffectState state = ours.apply(made) ? EffectState.DONE : EffectState.REFERENCED;
      // Anew, not at the time of the pass: how long a list may lag counts from here.
      journal.intend(step, key, checks.now());
      journal.settle(step, key.value(), state, id.apply(made));
      return made;
    }
  }
}
