package io.secamo.processes.effect;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The only way from a step to a change in an outside system. It keeps the order that makes a crash
 * harmless: announce durably where that is needed, look at the live request again, act, record.
 */
public final class Effects {
  /** How long a look at the live request is good for. */
  private static final Duration OUT_OF_DATE = Duration.ofSeconds(5);

  /** As much as the status holds. */
  private static final int LONGEST_ID = 512;

  private final String step;
  private final Optional<String> declared;
  private final EffectLog log;
  private final Instant passTime;
  private final Checks checks;

  /**
   * For one step of one pass.
   *
   * @param declared the verb by which the procedure says that the step changes something
   * @param log where they are recorded
   */
  public Effects(
      String step, Optional<String> declared, EffectLog log, Instant now, Checks checks) {
    this.step = step;
    this.declared = declared;
    this.log = log;
    this.passTime = now;
    this.checks = checks;
  }

  /** For a look at a step that must change nothing. */
  public static Effects forbidden(String step, EffectLog log, Instant now) {
    return new Effects(step, Optional.empty(), log, now, new NoneAllowed(step, now, false));
  }

  /** For undoing what no status tells of: nothing is made, and what is undone is stored nowhere. */
  public static Effects unrecorded(EffectLog log, Instant now) {
    return new Effects("", Optional.empty(), log, now, new NoneAllowed("", now, true));
  }

  /**
   * Lets nothing be made.
   *
   * @param checkpoints whether what is undone meanwhile may ask for a checkpoint, of which nothing
   *     comes then
   */
  private record NoneAllowed(String step, Instant now, boolean checkpoints) implements Checks {
    @Override
    public void checkpoint() {
      if (!checkpoints) {
        requireStillWanted();
      }
    }

    @Override
    public void requireStillWanted() {
      throw new IllegalStateException("step " + step + " changes nothing");
    }
  }

  /** The time as it is now: what a slow call shows is so when it answers, and not before. */
  public Instant now() {
    return checks.now();
  }

  /**
   * Looks at the live request and its preconditions as before an effect, where another request
   * makes it.
   */
  public void requireStillWanted() {
    checks.requireStillWanted();
  }

  /** Makes durable what has been recorded so far, where many changes take long. */
  public void checkpoint() {
    checks.checkpoint();
  }

  /** What the engine does around an effect. */
  public interface Checks {
    /** Makes the journal durable, or ends the pass. */
    void checkpoint();

    /** Looks at the live request; ends the pass if the effect is not wanted any more. */
    void requireStillWanted();

    /** The time, asked anew. */
    Instant now();
  }

  /** Creates something, or adopts what an earlier attempt under the same key created. */
  public <R> R once(Creation<R> creation) {
    creation.place().ifPresent(there -> requireDeclared(creation.what()));
    R made = creation.find().get().orElseGet(() -> create(creation));
    log.made(step, creation.what(), creation.id().apply(made), creation.place().orElse(null));
    return made;
  }

  /**
   * What an earlier attempt created, for whoever will not create it any more. Empty only if it can
   * not show up any more: until then the pass ends here.
   */
  public <R> Optional<R> recoverLost(Creation<R> creation) {
    Optional<R> made = creation.find().get();
    if (made.isEmpty()) {
      waitUntilSettled(creation);
    }
    return made;
  }

  private <R> R create(Creation<R> creation) {
    waitUntilSettled(creation);
    if (!creation.searchLag().isZero()) {
      // Not at the time of the pass: others count from here how long the call may be on its way.
      intend(creation);
      checks.checkpoint();
    }
    checks.requireStillWanted();
    try {
      return creation.create().get();
    } catch (ConnectorFailure.Unknown mayHaveHappened) {
      intend(creation);
      throw mayHaveHappened;
    } catch (ConnectorFailure didNotHappen) {
      log.noteNotMade(creation.what().key().value());
      throw didNotHappen;
    }
  }

  private void intend(Creation<?> creation) {
    log.intend(step, creation.what(), checks.now(), creation.place().orElse(null));
  }

  /** By what the procedure says the engine knows what is live, and what a person may hold. */
  private void requireDeclared(Intended what) {
    if (!declared.equals(Optional.of(what.verb()))) {
      throw new IllegalStateException(
          "step "
              + step
              + " does "
              + what.verb()
              + ", and declares "
              + declared.orElse("no change"));
    }
  }

  private void waitUntilSettled(Creation<?> creation) {
    Instant intendedAt =
        log.of(creation.what().key())
            .filter(e -> e.state() == EffectState.INTENDED)
            .map(Effect::intendedAt)
            .orElse(null);
    if (intendedAt != null && passTime.isBefore(intendedAt.plus(creation.searchLag()))) {
      throw new Interruption.MayStillShowUp(
          "an earlier attempt may still show up", intendedAt.plus(creation.searchLag()));
    }
  }

  /**
   * Announces changes that are idempotent by nature, and stores that first: whatever happens then,
   * somebody will look for them. They may be made through the returned value only, so that none is
   * made without the live look before it. What was announced before and is not known to be made is
   * announced anew: what cannot be recorded at this moment must not be made.
   *
   * @param changes each of them
   * @param place where they are made
   */
  public Announced announce(List<Intended> changes, Place place) {
    changes.forEach(this::requireDeclared);
    List<IdempotencyKey> news =
        changes.stream().map(Intended::key).filter(key -> log.of(key).isEmpty()).toList();
    List<Intended> open = changes.stream().filter(change -> mayBeOpen(change.key())).toList();
    open.forEach(change -> log.intend(step, change, checks.now(), place));
    try {
      if (!open.isEmpty()) {
        checks.checkpoint();
      }
      checks.requireStillWanted();
    } catch (Interruption notWanted) {
      news.forEach(key -> log.noteNotMade(key.value()));
      throw notWanted;
    }
    return new Announced(place, news, changes);
  }

  private boolean mayBeOpen(IdempotencyKey key) {
    return log.of(key).filter(effect -> effect.state() != EffectState.INTENDED).isEmpty();
  }

  /** An id that does not fit is looked for by its marker instead: half an id names nothing. */
  private static @Nullable String bounded(String id) {
    return id.codePointCount(0, id.length()) <= LONGEST_ID ? id : null;
  }

  /** Announced changes that may now be made. */
  public final class Announced {
    private final Place place;
    private final List<IdempotencyKey> news;
    private final Map<IdempotencyKey, Intended> changes;
    private Instant looked = checks.now();

    private Announced(Place place, List<IdempotencyKey> news, List<Intended> changes) {
      this.place = place;
      this.news = news;
      this.changes = changes.stream().collect(Collectors.toMap(Intended::key, it -> it));
    }

    /**
     * Makes one announced change and records it.
     *
     * @param ours whether what came back is ours to undo
     */
    public <R> R perform(
        IdempotencyKey key, Supplier<R> change, Function<R, String> id, Function<R, Boolean> ours) {
      Intended announced = changes.get(key);
      if (announced == null || log.of(key).isEmpty()) {
        throw new IllegalStateException("effect " + key + " was not announced");
      }
      lookAgain();
      R made = tried(announced, change);
      String known = bounded(id.apply(made));
      EffectState state =
          answeredFor(key, known) || ours.apply(made) ? EffectState.DONE : EffectState.REFERENCED;
      // Anew, not at the time of the pass: how long a list may lag counts from here.
      log.intend(step, announced, checks.now(), place);
      log.became(step, key.value(), state, known);
      return made;
    }

    /** What an earlier try took on is still ours to undo: others may have left it to us since. */
    private boolean answeredFor(IdempotencyKey key, @Nullable String id) {
      return id != null
          && log.of(key)
              .filter(effect -> effect.state() == EffectState.DONE)
              .filter(effect -> id.equals(effect.externalId()))
              .isPresent();
    }

    /** One of many changes takes its time, and the request may not be wanted any more. */
    private void lookAgain() {
      if (!checks.now().isBefore(looked.plus(OUT_OF_DATE))) {
        checks.requireStillWanted();
        looked = checks.now();
      }
    }

    /**
     * What surely did not happen leaves no trace, unless an earlier attempt may have made it; nor
     * does what was to come after it.
     */
    private <R> R tried(Intended announced, Supplier<R> change) {
      try {
        return change.get();
      } catch (ConnectorFailure.Unknown mayHaveHappened) {
        log.intend(step, announced, checks.now(), place);
        throw mayHaveHappened;
      } catch (ConnectorFailure didNotHappen) {
        news.stream()
            .filter(one -> log.of(one).filter(e -> e.state() == EffectState.INTENDED).isPresent())
            .forEach(one -> log.noteNotMade(one.value()));
        throw didNotHappen;
      }
    }
  }
}
