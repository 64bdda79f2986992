package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.api.ProcessStatus.Effect;
import io.secamo.processes.api.ProcessStatus.EffectState;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is recorded and looked at around a change in an outside system, and in which order. */
class EffectsTest {
  private static final Instant NOW = Instant.parse("2027-01-04T09:00:00Z");
  private static final Duration SETTLE = Duration.ofSeconds(10);
  private static final IdempotencyKey ONE = IdempotencyKey.of("cluster", "uid", "Make", "one");
  private static final IdempotencyKey TWO = IdempotencyKey.of("cluster", "uid", "Make", "two");

  private final Journal journal = Journal.of(null);
  private final List<String> order = new ArrayList<>();
  private boolean wanted = true;

  @Test
  void whatAnOutsideSystemShowsLateIsAnnouncedAndLookedAtBeforeItIsMade() {
    effects(NOW).once(creation(SETTLE, Optional.empty(), this::made));

    assertThat(order).containsExactly("recorded [INTENDED]", "looked", "made");
    assertThat(journal.effects())
        .containsExactly(new Effect(ONE.value(), "Make", EffectState.DONE, NOW, "it"));
  }

  @Test
  void whatAnOutsideSystemItselfMakesOnlyOnceNeedsNoAnnouncement() {
    effects(NOW).once(creation(Duration.ZERO, Optional.empty(), this::made));

    assertThat(order).containsExactly("looked", "made");
    assertThat(journal.effects())
        .containsExactly(new Effect(ONE.value(), "Make", EffectState.DONE, null, "it"));
  }

  @Test
  void whatIsThereAlreadyIsAdoptedWithoutAnotherLook() {
    String adopted = effects(NOW).once(creation(SETTLE, Optional.of("the old one"), this::made));

    assertThat(adopted).isEqualTo("the old one");
    assertThat(order).isEmpty();
    assertThat(journal.effect(ONE)).map(Effect::externalId).contains("the old one");
  }

  @Test
  void whatMayHaveHappenedIsRemembered() {
    assertThatThrownBy(
            () -> effects(NOW).once(creation(Duration.ZERO, Optional.empty(), this::lost)))
        .isInstanceOf(ConnectorFailure.Unknown.class);

    assertThat(journal.effects())
        .containsExactly(new Effect(ONE.value(), "Make", EffectState.INTENDED, NOW, null));
  }

  @Test
  void whatSurelyDidNotHappenIsForgotten() {
    assertThatThrownBy(() -> effects(NOW).once(creation(SETTLE, Optional.empty(), this::refused)))
        .isInstanceOf(ConnectorFailure.Refused.class);

    assertThat(order).containsExactly("recorded [INTENDED]", "looked");
    assertThat(journal.effects()).isEmpty();
  }

  @Test
  void whatMayStillShowUpIsNeitherMadeAgainNorGivenUp() {
    journal.intend("Make", ONE, NOW);
    Effects late = effects(NOW.plusSeconds(9));

    assertThatThrownBy(() -> late.adopt(creation(SETTLE, Optional.empty(), this::made)))
        .isInstanceOfSatisfying(
            Interruption.Settling.class,
            settling -> assertThat(settling.until()).isEqualTo(NOW.plusSeconds(10)));
    assertThatThrownBy(() -> late.once(creation(SETTLE, Optional.empty(), this::made)))
        .isInstanceOf(Interruption.Settling.class);
    assertThat(order).isEmpty();
  }

  @Test
  void whatDidNotShowUpInTimeNeverWasMade() {
    journal.intend("Make", ONE, NOW);
    Effects late = effects(NOW.plusSeconds(10));

    assertThat(late.adopt(creation(SETTLE, Optional.empty(), this::made))).isEmpty();
    assertThat(late.adopt(creation(SETTLE, Optional.of("it"), this::made))).contains("it");
  }

  /** It was seen once, so it is not late: somebody has removed it. */
  @Test
  void whatWasThereAndIsGoneIsNotWaitedFor() {
    effects(NOW).once(creation(SETTLE, Optional.empty(), this::made));

    assertThat(effects(NOW).adopt(creation(SETTLE, Optional.empty(), this::made))).isEmpty();
  }

  @Test
  void allChangesAreAnnouncedTogetherBeforeTheFirstIsMade() {
    Effects.Announced announced = effects(NOW).announce(List.of(ONE, TWO));
    announced.perform(ONE, this::made, id -> id, id -> true);

    assertThat(order).containsExactly("recorded [INTENDED, INTENDED]", "looked", "made");
    assertThat(journal.effect(ONE)).map(Effect::state).contains(EffectState.DONE);
    assertThat(journal.effect(TWO)).map(Effect::state).contains(EffectState.INTENDED);
  }

  @Test
  void whatWasAnnouncedBeforeIsLookedAtAgainButNotAnnouncedAgain() {
    effects(NOW).announce(List.of(ONE)).perform(ONE, this::made, id -> id, id -> true);
    order.clear();

    effects(NOW.plusSeconds(60)).announce(List.of(ONE));

    assertThat(order).containsExactly("looked");
    assertThat(journal.effects())
        .containsExactly(new Effect(ONE.value(), "Make", EffectState.DONE, NOW, "it"));
  }

  /** Until when it may be live has to be stored before it is. */
  @Test
  void whatWasAnnouncedAndIsNotKnownToBeMadeIsAnnouncedAnewBeforeItIsTriedAgain() {
    var unused = effects(NOW).announce(List.of(ONE));
    order.clear();

    unused = effects(NOW.plusSeconds(60)).announce(List.of(ONE));

    assertThat(order).containsExactly("recorded [INTENDED]", "looked");
    assertThat(journal.effect(ONE)).map(Effect::intendedAt).contains(NOW.plusSeconds(60));
  }

  @Test
  void oneMoreChangeLeavesTheRecordOfTheOthersAlone() {
    effects(NOW).announce(List.of(ONE)).perform(ONE, this::made, id -> id, id -> true);
    order.clear();

    effects(NOW.plusSeconds(60)).announce(List.of(ONE, TWO));

    assertThat(order).containsExactly("recorded [DONE, INTENDED]", "looked");
    assertThat(journal.effect(TWO)).map(Effect::intendedAt).contains(NOW.plusSeconds(60));
  }

  @Test
  void whatIsNotWantedAnyMoreIsNoLongerCalledAnnounced() {
    effects(NOW).announce(List.of(ONE)).perform(ONE, this::made, id -> id, id -> true);
    wanted = false;

    assertThatThrownBy(() -> effects(NOW).announce(List.of(ONE, TWO)))
        .isInstanceOf(Interruption.Superseded.class);

    assertThat(journal.effects()).extracting(Effect::key).containsExactly(ONE.value());
  }

  @Test
  void whatIsSomebodyElsesIsOnlyReferredTo() {
    effects(NOW).announce(List.of(ONE)).perform(ONE, () -> "theirs", id -> id, id -> false);

    assertThat(journal.effect(ONE)).map(Effect::state).contains(EffectState.REFERENCED);
    assertThat(journal.standing("Make")).as("never undone by us").isEmpty();
  }

  @Test
  void whatWasNotAnnouncedIsNotMade() {
    Effects.Announced announced = effects(NOW).announce(List.of(ONE));
    order.clear();

    assertThatThrownBy(() -> announced.perform(TWO, this::made, id -> id, id -> true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was not announced");
    assertThat(order).isEmpty();
  }

  @Test
  void aStepThatOnlyLooksCanMakeNothing() {
    Effects none = Effects.none("Look", journal, NOW);

    assertThatThrownBy(() -> none.announce(List.of(ONE)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("step Look changes nothing");
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

    assertThat(journal.effects()).extracting(Effect::intendedAt).containsExactly(called);
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
        .isInstanceOf(Interruption.Settling.class);
    assertThat(effects(NOW.plusSeconds(19), NOW.plusSeconds(19)).once(again)).isEqualTo("it");
  }

  private String refused() {
    throw new ConnectorFailure.Refused("no");
  }

  private static Effects.Creation<String> creation(
      Duration settle, Optional<String> found, Supplier<String> create) {
    return new Effects.Creation<>(ONE, settle, () -> found, create, made -> made);
  }

  private Effects effects(Instant now) {
    return effects(now, now);
  }

  private Effects effects(Instant now, Instant later) {
    return new Effects(
        "Make",
        journal,
        now,
        new Effects.Checks() {
          @Override
          public Instant now() {
            return later;
          }

          @Override
          public void checkpoint() {
            order.add("recorded " + journal.effects().stream().map(Effect::state).toList());
          }

          @Override
          public void stillWanted() {
            order.add("looked");
            if (!wanted) {
              throw new Interruption.Superseded("not wanted any more");
            }
          }
        });
  }
}
