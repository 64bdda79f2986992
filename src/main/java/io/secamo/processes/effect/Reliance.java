package io.secamo.processes.effect;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a process relies on outside, so that others must not take it away. Only what it has seen
 * there itself counts: verified, or made so lately that it is about to be.
 */
public final class Reliance {
  /** Longer than a system takes to show what was made. */
  private static final Duration ABOUT_TO_BE_VERIFIED = Duration.ofMinutes(1);

  private final ProcessStatus status;
  private final Instant now;

  private Reliance(ProcessStatus status, Instant now) {
    this.status = status;
    this.now = now;
  }

  /** Of a process with this status. */
  public static Reliance of(ProcessStatus status, Instant now) {
    return new Reliance(status, now);
  }

  /** The ids of the things at this place on which it relies. */
  public Set<String> at(Place place) {
    return countsForOthers()
        ? effects().stream()
            .filter(e -> e.state() == EffectState.DONE && seen(e) && at(e, place))
            .map(Effect::externalId)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet())
        : Set.of();
  }

  /** Whether it announced a change under this key a moment ago, and what came of it is not told. */
  public boolean announced(Place place, String key) {
    return countsForOthers()
        && effects().stream()
            .anyMatch(
                e ->
                    e.state() == EffectState.INTENDED
                        && e.key().equals(key)
                        && fresh(e)
                        && at(e, place));
  }

  /**
   * Whether it is about to undo the thing with this id. What it has failed to undo, and tries again
   * some time, may be there for long.
   *
   * @param wanted whether its people still want it
   */
  public boolean goes(Place place, String externalId, boolean wanted) {
    return unfinished()
        && !(wanted && countsForOthers())
        && status.state() != State.NEEDS_ATTENTION
        && status.nextAttemptAt() == null
        && effects().stream().anyMatch(e -> is(e, place, externalId));
  }

  /**
   * Whether it will undo the thing with this id, or wants it for good: nobody else has left it
   * there then. Also if it has not seen it yet, or should have removed it by now.
   *
   * @param maker whether it is the one whose mark the thing has
   */
  public boolean answersFor(Place place, String externalId, boolean maker) {
    return unfinished()
        && effects().stream()
            .anyMatch(e -> is(e, place, externalId) || (maker && e.standing() && at(e, place)));
  }

  private boolean is(Effect effect, Place place, String externalId) {
    return effect.state() == EffectState.DONE
        && externalId.equals(effect.externalId())
        && at(effect, place);
  }

  private boolean at(Effect effect, Place place) {
    return Place.of(effect, Optional.ofNullable(status.plan()))
        .filter(place::sameThing)
        .isPresent();
  }

  private boolean unfinished() {
    State state = status.state();
    return state == null || !state.terminal() || state == State.COMPLETED;
  }

  private boolean countsForOthers() {
    boolean over = status.expiresAt() != null && !now.isBefore(status.expiresAt());
    // Or two emergencies that nobody reviewed would each leave the thing to the other one.
    boolean overdue = status.overdueSince(now).isPresent();
    boolean gone = status.inForce() != null && status.inForce().revertedAt() != null;
    return unfinished() && !over && !overdue && !gone && !decided();
  }

  /** Two that end at the same time would each leave the thing to the other one. */
  private boolean decided() {
    return status.endDecided().isPresent();
  }

  private boolean seen(Effect effect) {
    return status.inForce() != null || underReview() || fresh(effect);
  }

  private boolean fresh(Effect effect) {
    Instant made = effect.intendedAt();
    return made != null && now.isBefore(made.plus(ABOUT_TO_BE_VERIFIED));
  }

  /** Earlier versions did not record since when an emergency is live before it was reviewed. */
  private boolean underReview() {
    return status.breakGlass() != null
        && status.breakGlass().reviewedAt() == null
        && status.state() == State.AWAITING_APPROVAL;
  }

  private List<Effect> effects() {
    return status.effects() == null ? List.of() : status.effects();
  }
}
