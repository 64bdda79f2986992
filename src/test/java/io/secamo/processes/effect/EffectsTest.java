package io.secamo.processes.effect;

import static io.secamo.processes.api.EffectState.REFERENCED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is recorded and looked at around a change in an outside system, and in which order. */
class EffectsTest {
  private static final Instant NOW = Instant.parse("2027-01-04T09:00:00Z");
  private static final Duration SETTLE = Duration.ofSeconds(10);
  private static final IdempotencyKey ONE = IdempotencyKey.of("cluster", "uid", "Make", "one");
  private static final IdempotencyKey TWO = IdempotencyKey.of("cluster", "uid", "Make", "two");
  private static final Intended ONCE = new Intended(ONE, "make", Map.of("what", "one"));
  private static final Intended TWICE = new Intended(TWO, "make", Map.of("what", "two"));

  private static final Place HERE = new Place("connection", "account", "target");

  private final EffectLog log = new EffectLog(List.of());
  private final List<String> order = new ArrayList<>();
  private boolean wanted = true;
  private Duration passed = Duration.ZERO;

  @Test
  void whatAnOutsideSystemShowsLateIsAnnouncedAndLookedAtBeforeItIsMade() {
    effects(NOW).once(creation(SETTLE, Optional.empty(), this::made));

    assertThat(order).containsExactly("recorded [INTENDED]", "looked", "made");
    assertThat(log.all()).containsExactly(remembered(EffectState.DONE, NOW, "it"));
  }

  @Test
  void whatAnOutsideSystemItselfMakesOnlyOnceNeedsNoAnnouncement() {
    effects(NOW).once(creation(Duration.ZERO, Optional.empty(), this::made));

    assertThat(order).containsExactly("looked", "made");
    assertThat(log.all()).containsExactly(remembered(EffectState.DONE, null, "it"));
  }

  @Test
  void whatIsThereAlreadyIsAdoptedWithoutAnotherLook() {
    String adopted = effects(NOW).once(creation(SETTLE, Optional.of("the old one"), this::made));

    assertThat(adopted).isEqualTo("the old one");
    assertThat(order).isEmpty();
    assertThat(log.of(ONE)).map(Effect::externalId).contains("the old one");
  }

  /** By what a procedure says of a step the engine knows what may be live. */
  @Test
  void whatAStepDoesNotSayThatItChangesItCannotChange() {
    Intended other = new Intended(ONE, "join", Map.of());

    assertThatThrownBy(() -> effects(NOW).announce(List.of(other), HERE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("step Make does join, and declares make");
    assertThatThrownBy(
            () ->
                effects(NOW)
                    .once(
                        new Creation<>(
                            other,
                            SETTLE,
                            Optional::<String>empty,
                            this::made,
                            made -> made,
                            Optional.of(HERE))))
        .hasMessage("step Make does join, and declares make");
    assertThat(order).isEmpty();
    assertThat(log.all()).isEmpty();
  }

  @Test
  void whatMayHaveHappenedIsRemembered() {
    assertThatThrownBy(
            () -> effects(NOW).once(creation(Duration.ZERO, Optional.empty(), this::lost)))
        .isInstanceOf(ConnectorFailure.Unknown.class);

    assertThat(log.all()).containsExactly(remembered(EffectState.INTENDED, NOW, null));
  }

  @Test
  void whatSurelyDidNotHappenIsForgotten() {
    assertThatThrownBy(() -> effects(NOW).once(creation(SETTLE, Optional.empty(), this::refused)))
        .isInstanceOf(ConnectorFailure.Refused.class);

    assertThat(order).containsExactly("recorded [INTENDED]", "looked");
    assertThat(log.all()).isEmpty();
  }

  @Test
  void whatMayStillShowUpIsNeitherMadeAgainNorGivenUp() {
    log.intend("Make", new Intended(ONE, "make", Map.of()), NOW, null);
    Effects late = effects(NOW.plusSeconds(9));

    assertThatThrownBy(() -> late.recoverLost(creation(SETTLE, Optional.empty(), this::made)))
        .isInstanceOfSatisfying(
            Interruption.MayStillShowUp.class,
            settling -> assertThat(settling.until()).isEqualTo(NOW.plusSeconds(10)));
    assertThatThrownBy(() -> late.once(creation(SETTLE, Optional.empty(), this::made)))
        .isInstanceOf(Interruption.MayStillShowUp.class);
    assertThat(order).isEmpty();
  }

  @Test
  void whatDidNotShowUpInTimeNeverWasMade() {
    log.intend("Make", new Intended(ONE, "make", Map.of()), NOW, null);
    Effects late = effects(NOW.plusSeconds(10));

    assertThat(late.recoverLost(creation(SETTLE, Optional.empty(), this::made))).isEmpty();
    assertThat(late.recoverLost(creation(SETTLE, Optional.of("it"), this::made))).contains("it");
  }

  /** It was seen once, so it is not late: somebody has removed it. */
  @Test
  void whatWasThereAndIsGoneIsNotWaitedFor() {
    effects(NOW).once(creation(SETTLE, Optional.empty(), this::made));

    assertThat(effects(NOW).recoverLost(creation(SETTLE, Optional.empty(), this::made))).isEmpty();
  }

  @Test
  void allChangesAreAnnouncedTogetherBeforeTheFirstIsMade() {
    Effects.Announced announced = effects(NOW).announce(List.of(ONCE, TWICE), HERE);
    announced.perform(ONE, this::made, id -> id, id -> true);

    assertThat(order).containsExactly("recorded [INTENDED, INTENDED]", "looked", "made");
    assertThat(log.of(ONE)).map(Effect::state).contains(EffectState.DONE);
    assertThat(log.of(TWO)).map(Effect::state).contains(EffectState.INTENDED);
  }

  @Test
  void whatWasAnnouncedBeforeIsLookedAtAgainButNotAnnouncedAgain() {
    effects(NOW).announce(List.of(ONCE), HERE).perform(ONE, this::made, id -> id, id -> true);
    order.clear();

    effects(NOW.plusSeconds(60)).announce(List.of(ONCE), HERE);

    assertThat(order).containsExactly("looked");
    assertThat(log.all()).containsExactly(done(NOW));
  }

  private static Effect done(Instant when) {
    return new Effect(
        ONE.value(),
        "Make",
        EffectState.DONE,
        when,
        "it",
        HERE.connection(),
        HERE.account(),
        HERE.target(),
        null,
        ONCE.verb(),
        ONCE.undo());
  }

  private static Effect remembered(EffectState state, @Nullable Instant when, @Nullable String id) {
    return new Effect(
        ONE.value(), "Make", state, when, id, null, null, null, null, ONCE.verb(), ONCE.undo());
  }

  /** What cannot be recorded at this moment must not be made at this moment. */
  @Test
  void whatWasAnnouncedAndIsNotKnownToBeMadeIsAnnouncedAnewBeforeItIsTriedAgain() {
    effects(NOW).announce(List.of(ONCE), HERE);
    order.clear();

    effects(NOW.plusSeconds(60)).announce(List.of(ONCE), HERE);

    assertThat(order).containsExactly("recorded [INTENDED]", "looked");
    assertThat(log.of(ONE)).map(Effect::intendedAt).contains(NOW.plusSeconds(60));
  }

  @Test
  void anIdThatDoesNotFitIsNotKeptInPart() {
    String longest = "i".repeat(512);
    effects(NOW)
        .announce(List.of(ONCE, TWICE), HERE)
        .perform(ONE, () -> "", it -> longest, it -> true);
    effects(NOW)
        .announce(List.of(TWICE), HERE)
        .perform(TWO, () -> "", it -> longest + "i", it -> true);

    assertThat(log.of(ONE)).map(Effect::externalId).contains(longest);
    assertThat(log.of(TWO)).map(Effect::state).contains(EffectState.DONE);
    assertThat(log.of(TWO)).map(Effect::externalId).isEmpty();
  }

  @Test
  void oneMoreChangeLeavesTheRecordOfTheOthersAlone() {
    effects(NOW).announce(List.of(ONCE), HERE).perform(ONE, this::made, id -> id, id -> true);
    order.clear();

    effects(NOW.plusSeconds(60)).announce(List.of(ONCE, TWICE), HERE);

    assertThat(order).containsExactly("recorded [DONE, INTENDED]", "looked");
    assertThat(log.of(TWO)).map(Effect::intendedAt).contains(NOW.plusSeconds(60));
  }

  @Test
  void whatIsNotWantedAnyMoreIsNoLongerCalledAnnounced() {
    effects(NOW).announce(List.of(ONCE), HERE).perform(ONE, this::made, id -> id, id -> true);
    wanted = false;

    assertThatThrownBy(() -> effects(NOW).announce(List.of(ONCE, TWICE), HERE))
        .isInstanceOf(Interruption.Superseded.class);

    assertThat(log.all()).extracting(Effect::key).containsExactly(ONE.value());
  }

  @Test
  void whatIsSomebodyElsesIsOnlyReferredTo() {
    effects(NOW).announce(List.of(ONCE), HERE).perform(ONE, () -> "theirs", id -> id, id -> false);

    assertThat(log.of(ONE)).map(Effect::state).contains(EffectState.REFERENCED);
    assertThat(log.mayBeThere("Make")).as("never undone by us").isEmpty();
  }

  /** Or it would never be removed: whoever left it to us does not remove it either. */
  @Test
  void whatWasMadeIsStillOursIfAnotherTryFindsItThere() {
    effects(NOW).announce(List.of(ONCE), HERE).perform(ONE, this::made, id -> id, id -> true);
    effects(NOW).announce(List.of(ONCE), HERE).perform(ONE, this::made, id -> id, id -> false);

    assertThat(log.all()).containsExactly(done(NOW));
  }

  @Test
  void whatIsSomebodyElsesDoesNotBecomeOursByAnotherTry() {
    for (int tries = 1; tries <= 2; tries++) {
      effects(NOW).announce(List.of(ONCE), HERE).perform(ONE, this::made, id -> id, id -> false);
      assertThat(log.of(ONE)).map(Effect::state).as("try %d", tries).contains(REFERENCED);
    }
  }

  @Test
  void whatSomebodyElseMadeInPlaceOfOursIsNotOurs() {
    effects(NOW).announce(List.of(ONCE), HERE).perform(ONE, this::made, id -> id, id -> true);
    effects(NOW).announce(List.of(ONCE), HERE).perform(ONE, () -> "theirs", id -> id, id -> false);

    assertThat(log.of(ONE)).map(Effect::state).contains(REFERENCED);
    assertThat(log.mayBeThere("Make")).as("never undone by us").isEmpty();
  }

  /** One of many changes takes its time, and somebody may have said no since the first. */
  @Test
  void aLookThatIsFiveSecondsOldIsTakenAgainBeforeTheNextChange() {
    Effects.Announced announced = effects(NOW).announce(List.of(ONCE, TWICE), HERE);
    order.clear();

    for (int second : new int[] {4, 5, 9, 10}) {
      passed = Duration.ofSeconds(second);
      announced.perform(ONE, () -> making(second), id -> id, id -> true);
    }
    assertThat(order)
        .containsExactly("made at 4", "looked", "made at 5", "made at 9", "looked", "made at 10");

    wanted = false;
    passed = Duration.ofSeconds(15);
    assertThatThrownBy(() -> announced.perform(TWO, () -> making(15), id -> id, id -> true))
        .isInstanceOf(Interruption.Superseded.class);
    assertThat(order).endsWith("made at 10", "looked");
  }

  private String making(int second) {
    order.add("made at " + second);
    return "it";
  }

  /** Others count from here how long the call may be on its way, and look for what it made. */
  @Test
  void aChangeWhoseAnswerWasLostMayBeOnItsWayFromThenOn() {
    Effects.Announced announced = effects(NOW).announce(List.of(ONCE), HERE);
    announced.perform(ONE, this::made, id -> id, id -> true);
    passed = Duration.ofSeconds(9);

    assertThatThrownBy(() -> announced.perform(ONE, this::lost, id -> id, id -> true))
        .isInstanceOf(ConnectorFailure.Unknown.class);

    assertThat(log.of(ONE)).map(Effect::state).contains(EffectState.INTENDED);
    assertThat(log.of(ONE)).map(Effect::intendedAt).contains(NOW.plusSeconds(9));
    assertThat(log.of(ONE)).map(Effect::account).contains(HERE.account());
  }

  @Test
  void whatWasNotAnnouncedIsNotMade() {
    Effects.Announced announced = effects(NOW).announce(List.of(ONCE), HERE);
    order.clear();

    assertThatThrownBy(() -> announced.perform(TWO, this::made, id -> id, id -> true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was not announced");
    assertThat(order).isEmpty();
  }

  @Test
  void aStepThatOnlyLooksCanMakeNothing() {
    Effects none = Effects.forbidden("Look", log, NOW);

    assertThatThrownBy(() -> none.announce(List.of(ONCE), HERE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("step Look does make, and declares no change");
    assertThatThrownBy(() -> none.once(creation(Duration.ZERO, Optional.empty(), this::made)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("step Look changes nothing");
    assertThat(order).isEmpty();
  }

  private String made() {
    order.add("made");
    return "it";
  }

  private String lost() {
    throw new ConnectorFailure.Unknown("the answer was lost", null);
  }

  @Test
  void anAnnouncementIsOfTheTimeAtWhichItIsMade() {
    Instant called = NOW.plusSeconds(9);
    effects(NOW, called).once(creation(SETTLE, Optional.empty(), this::made));

    assertThat(log.all()).extracting(Effect::intendedAt).containsExactly(called);
  }

  /** Two operators at once and a slow machine: the other one's call may still be on its way. */
  @Test
  void howLongAPassTookUntilItsCallIsNotCountedIntoTheWaitOfAnotherOne() {
    Instant called = NOW.plusSeconds(9);
    var slow = creation(SETTLE, Optional.empty(), this::lost);
    assertThatThrownBy(() -> effects(NOW, called).once(slow))
        .isInstanceOf(ConnectorFailure.Unknown.class);

    var again = creation(SETTLE, Optional.empty(), this::made);
    assertThatThrownBy(() -> effects(NOW.plusSeconds(15), NOW.plusSeconds(15)).once(again))
        .isInstanceOf(Interruption.MayStillShowUp.class);
    assertThat(effects(NOW.plusSeconds(19), NOW.plusSeconds(19)).once(again)).isEqualTo("it");
  }

  private String refused() {
    throw new ConnectorFailure.Refused("no");
  }

  /** Its request may be gone when it has to be undone, and so may the procedure that made it. */
  @Test
  void whatIsMadeRemembersWhatItsUndoingNeeds() {
    effects(NOW)
        .announce(List.of(ONCE, TWICE), HERE)
        .perform(ONE, this::made, id -> id, id -> true);

    Effect made = log.of(ONE).orElseThrow();
    assertThat(made.verb()).isEqualTo("make");
    assertThat(made.undo("what")).contains("one");
    assertThat(made.undo("else")).isEmpty();
    log.noteUndone(ONE.value(), EffectState.REVERTED, "id", NOW);
    assertThat(log.of(ONE).orElseThrow().undo("what")).contains("one");
    assertThat(log.of(TWO).orElseThrow().undo("what")).as("announced only").contains("two");
  }

  @Test
  void whatWasNotAnnouncedInThisPassIsNotMade() {
    effects(NOW).announce(List.of(ONCE, TWICE), HERE);
    Effects.Announced again = effects(NOW).announce(List.of(ONCE), HERE);
    assertThatThrownBy(() -> again.perform(TWO, this::made, id -> id, id -> true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was not announced");
  }

  private static Creation<String> creation(
      Duration settle, Optional<String> found, Supplier<String> create) {
    return new Creation<>(ONCE, settle, () -> found, create, made -> made, Optional.empty());
  }

  private Effects effects(Instant now) {
    return effects(now, now);
  }

  private Effects effects(Instant now, Instant later) {
    return new Effects(
        "Make",
        Optional.of("make"),
        log,
        now,
        new Effects.Checks() {
          @Override
          public Instant now() {
            return later.plus(passed);
          }

          @Override
          public void checkpoint() {
            order.add("recorded " + log.all().stream().map(Effect::state).toList());
          }

          @Override
          public void requireStillWanted() {
            order.add("looked");
            if (!wanted) {
              throw new Interruption.Superseded("not wanted any more");
            }
          }
        });
  }
}
