package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.engine.ProcessEngine.StillLookedAfter;
import io.secamo.processes.engine.journal.Journal;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.Request.Wish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is owed if a request goes, and what nobody but the one who made it will ever remove. */
class LostChangesTest {
  private static final Outcome STUCK = Outcome.attention("Stuck", "nobody knows");

  private static final ProcessStatus NOTHING = Serialization.unmarshal("{}", ProcessStatus.class);
  private final Rehearsal process = new Rehearsal().makes("First").makes("Second").step("Last");
  private final List<String> takenBack = new ArrayList<>();
  private final List<Instant> times = new ArrayList<>();

  @Test
  void aRequestThatNeverHadAStatusOwesNothing() {
    assertThat(process.engine.owed(process.request(), null)).isEmpty();
    assertThat(process.engine.owed(process.request(), NOTHING)).isEmpty();
  }

  @Test
  void whatWasMadeIsOwedUntilItIsUndone() {
    stuckAfterBothWereMade();
    assertThat(process.engine.owed(process.request(), process.status))
        .containsExactly("First", "Second");
    process.wish = Wish.WITHDRAW;

    process.pass();

    assertThat(process.engine.owed(process.request(), process.status)).isEmpty();
  }

  @Test
  void whatIsWantedForGoodIsNotOwedAnyMore() {
    process.pass();

    assertThat(process.status.state()).isEqualTo(State.COMPLETED);
    assertThat(process.engine.owed(process.request(), process.status)).isEmpty();
  }

  @Test
  void whatMayHaveBeenMadeIsOwedAndWhatCannotBeTakenBackIsNot() {
    stuckAfterBothWereMade();

    ProcessStatus other =
        with(
            new Effect("k1", "First", EffectState.INTENDED, process.now, null),
            new Effect("k2", "Last", EffectState.DONE, process.now, "ticket"),
            new Effect("k3", "Second", EffectState.REFERENCED, process.now, "theirs"),
            new Effect("k4", "Second", EffectState.DONE, process.now, "ours"));

    assertThat(process.engine.owed(process.request(), other)).containsExactly("k1", "ours");
  }

  @Test
  void aChangeOfARequestThatIsGoneIsTakenBack() {
    stuckAfterBothWereMade();

    assertThat(undoUnrecorded(process.status, null)).containsExactly("First", "Second");

    assertThat(process.outside).isEmpty();
  }

  /** Its answer was lost, and nobody else will look for it. */
  @Test
  void aChangeThatMayHaveBeenMadeForARequestThatIsGoneIsTakenBack() {
    stuckAfterBothWereMade();
    Effect announced = first(EffectState.INTENDED, null);

    assertThat(undoUnrecorded(with(announced), null)).containsExactly(announced.key());

    assertThat(process.story).containsExactly("undo First");
    assertThat(process.outside).containsExactly("Second");
  }

  /**
   * We hung up, and it was made after another replica had looked for it and removed what it saw.
   */
  @Test
  void aChangeThatMayHaveBeenMadeAfterTheRecordSaysItWasUndoneIsTakenBack() {
    stuckAfterBothWereMade();
    Effect announced = first(EffectState.INTENDED, null);
    ProcessStatus recorded = with(first(EffectState.REVERTED, "another"));

    assertThat(undoUnrecorded(with(announced), recorded)).containsExactly(announced.key());

    assertThat(process.outside).containsExactly("Second");
  }

  @Test
  void aChangeThatMayHaveBeenMadeThoughTheRecordKnowsOfNoneIsTakenBack() {
    stuckAfterBothWereMade();
    Effect announced = first(EffectState.INTENDED, null);

    assertThat(undoUnrecorded(with(announced), NOTHING)).containsExactly(announced.key());
  }

  /** It cannot be told from the one that counts; a second one is seen when that is removed. */
  @Test
  void aChangeThatMayHaveBeenMadeIsLeftToTheRecordOfOneThatWas() {
    stuckAfterBothWereMade();
    ProcessStatus recorded = with(first(EffectState.DONE, "First"));

    assertThat(undoUnrecorded(with(first(EffectState.INTENDED, null)), recorded)).isEmpty();

    assertThat(process.outside).containsExactly("First", "Second");
  }

  @Test
  void aChangeThatTheRecordNeverHeardOfIsTakenBack() {
    stuckAfterBothWereMade();
    ProcessStatus recorded = with(new Effect("another", "First", EffectState.DONE, null, "First"));

    assertThat(undoUnrecorded(process.status, recorded)).containsExactly("First", "Second");
    assertThat(process.outside).isEmpty();
  }

  @Test
  void aChangeIsTakenBackWhereTheRecordKnowsOfNoEffectsAtAll() {
    stuckAfterBothWereMade();

    assertThat(undoUnrecorded(process.status, NOTHING)).containsExactly("First", "Second");
  }

  @Test
  void aChangeThatIsRecordedIsLeftToItsRecord() {
    stuckAfterBothWereMade();

    assertThat(undoUnrecorded(process.status, process.status)).isEmpty();

    assertThat(process.outside).containsExactly("First", "Second");
    assertThat(process.story).isEmpty();
  }

  /** Whoever goes on from the record looks for it. */
  @Test
  void aChangeThatIsAnnouncedInTheRecordIsLeftToItsRecord() {
    stuckAfterBothWereMade();
    ProcessStatus announced = with(first(EffectState.INTENDED, null));

    assertThat(undoUnrecorded(process.status, announced)).containsExactly("Second");

    assertThat(process.outside).containsExactly("First");
    assertThat(process.story).containsExactly("undo Second");
  }

  @Test
  void aSecondOneOfWhatIsRecordedIsTakenBack() {
    stuckAfterBothWereMade();
    ProcessStatus recorded = with(first(EffectState.DONE, "the other first"));

    assertThat(undoUnrecorded(process.status, recorded)).containsExactly("First", "Second");
  }

  @Test
  void aChangeThatTheRecordSaysWasUndoneIsTakenBack() {
    stuckAfterBothWereMade();
    ProcessStatus recorded = with(first(EffectState.REVERTED, "First"));

    assertThat(undoUnrecorded(process.status, recorded)).containsExactly("First", "Second");
  }

  @Test
  void whatWasNotMadeByThisPassIsNotTakenBack() {
    stuckAfterBothWereMade();
    ProcessStatus unrecorded =
        with(
            first(EffectState.INTENDED, null),
            new Effect("k2", "Second", EffectState.REFERENCED, null, "theirs"));

    assertThat(undoUnrecorded(unrecorded, unrecorded)).isEmpty();

    assertThat(process.story).isEmpty();
    assertThat(process.outside).containsExactly("First", "Second");
  }

  @Test
  void whatHasNoWayBackIsNotTakenBack() {
    stuckAfterBothWereMade();
    ProcessStatus unrecorded = with(new Effect("k", "Last", EffectState.DONE, null, "ticket"));

    assertThat(undoUnrecorded(unrecorded, null)).isEmpty();
    assertThat(process.story).isEmpty();
  }

  @Test
  void whoTakesBackSeesOnlyWhatIsLostAndMakesNothingNew() {
    stuckAfterBothWereMade();
    process.undoes(
        "undo Second",
        context -> {
          context.effectLog().all().forEach(e -> takenBack.add(e.externalId()));
          times.add(context.passTime());
          assertThat(context.address()).isEqualTo("ns/name");
        });
    Instant second = process.now;
    process.now = second.plusMillis(700);

    undoUnrecorded(process.status, with(first(EffectState.DONE, "First")));

    assertThat(takenBack).containsExactly("Second");
    assertThat(times).containsExactly(second);
  }

  @Test
  void theEngineSaysWhatTheEvidenceCallsARequest() {
    assertThat(process.engine.subject(process.request()))
        .isEqualTo(process.subject(process.request()));
  }

  private void stuckAfterBothWereMade() {
    process.comesTo("Last", STUCK);
    process.pass();
    assertThat(process.outside).containsExactly("First", "Second");
    process.story.clear();
  }

  private List<String> undoUnrecorded(ProcessStatus unrecorded, ProcessStatus recorded) {
    return process.engine.undoUnrecorded(
        process.request(), unrecorded, recorded, StillLookedAfter.ANNOUNCED_TOO, process.now);
  }

  /** The effect of the first step as it was recorded in another way. */
  private Effect first(EffectState state, String externalId) {
    Effect made = process.status.effects().get(0);
    return new Effect(made.key(), made.step(), state, made.intendedAt(), externalId);
  }

  /** The status of the stuck process, had it these effects. */
  private ProcessStatus with(Effect... effects) {
    Journal journal = Journal.of(process.status);
    journal.effectLog().keepOnly(effect -> false);
    for (Effect effect : effects) {
      journal.effectLog().became(effect.step(), effect.key(), effect.state(), effect.externalId());
    }
    return journal.status(process.now);
  }
}
