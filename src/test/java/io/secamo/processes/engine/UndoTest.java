package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.journal.Timing;
import io.secamo.processes.engine.procedure.Request.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a process made is taken back when it is not wanted any more, in order and visibly. */
class UndoTest {
  private static final Outcome.End REMOVED =
      new Outcome.End(State.REMOVED, Reasons.REMOVED, "removed by request web-end of rita");

  private static final Outcome STUCK = Outcome.attention("Stuck", "nobody knows");

  private final Rehearsal process = new Rehearsal().makes("First").makes("Second").step("Last");

  @Test
  void aWithdrawnRequestUndoesItsEffectsFromTheLastToTheFirst() {
    stuckAfterBothWereMade();
    process.wish = Wish.WITHDRAW;

    process.pass();

    assertThat(process.story).containsExactly("undo Second", "undo First");
    assertThat(process.outside).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.WITHDRAWN);
    assertThat(process.status.message())
        .isEqualTo("withdrawn by its people; 2 changes removed, observed gone");
    assertThat(process.condition("Ready").reason()).isEqualTo("Withdrawn");
  }

  @Test
  void aRequestThatIsDeletedMayGoOnceItsEffectsAreUndone() {
    stuckAfterBothWereMade();
    process.wish = Wish.DELETE;

    assertThat(process.pass().mayBeDeleted()).isTrue();

    assertThat(process.outside).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.WITHDRAWN);
    assertThat(process.status.message())
        .isEqualTo("the request was deleted; 2 changes removed, observed gone");
    assertThat(process.condition("Ready").reason()).isEqualTo("Withdrawn");
  }

  @Test
  void aRequestThatIsDeletedDoesNotGoWhileAnEffectCannotBeUndone() {
    stuckAfterBothWereMade();
    process.wish = Wish.DELETE;
    process.fails("undo First", new ConnectorFailure.Transient("the cloud is away", null));

    assertThat(process.pass().mayBeDeleted()).isFalse();

    assertThat(process.outside).containsExactly("First");
  }

  @Test
  void aRequestThatIsOnlyWithdrawnStaysForItsReaders() {
    stuckAfterBothWereMade();
    process.wish = Wish.WITHDRAW;

    assertThat(process.pass().mayBeDeleted()).isFalse();
  }

  @Test
  void whatWasNotMadeIsNotUndone() {
    process.comesTo("First", STUCK);
    process.pass();
    process.story.clear();
    process.wish = Wish.WITHDRAW;

    process.pass();

    assertThat(process.story).containsExactly("undo First");
  }

  @Test
  void aChangeThatFailedItsVerificationIsUndone() {
    process.comesTo("Last", Outcome.end(State.ROLLED_BACK, "VerificationFailed", "not there"));

    process.pass();

    assertThat(process.outside).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.ROLLED_BACK);
  }

  @Test
  void aChangeThatIsDoneStays() {
    process.pass();

    assertThat(process.status.state()).isEqualTo(State.COMPLETED);
    assertThat(process.outside).containsExactly("First", "Second");
    assertThat(process.story).containsExactly("First", "Second", "Last");
  }

  @Test
  void whatCannotBeRemovedNowIsSeenAsBeingRemovedAndTriedAgain() {
    stuckAfterBothWereMade();
    process.wish = Wish.WITHDRAW;
    process.fails("undo First", new ConnectorFailure.Transient("the cloud is away", null));

    process.pass();

    assertThat(process.status.state()).isEqualTo(State.REVERTING);
    assertThat(process.status.message())
        .isEqualTo(
            "should have been removed at 2027-01-04T09:00:00Z and may still be live: the cloud is"
                + " away (attempt 1)");
    assertThat(process.stepState("First")).contains("Retrying");
    assertThat(process.outside).containsExactly("First");

    process.works("undo First");
    process.story.clear();
    process.passAfter(Duration.ofMinutes(1));

    assertThat(process.story).as("what is gone is left alone").containsExactly("undo First");
    assertThat(process.status.state()).isEqualTo(State.WITHDRAWN);
  }

  /** Nobody may be looking, and what stands is live as long as it stands. */
  @Test
  void aRemovalThatIsRefusedIsTriedAgainByItselfSoonAtFirstAndThenEachMinute() {
    stuckAfterBothWereMade();
    process.wish = Wish.WITHDRAW;
    process.fails("undo Second", new ConnectorFailure.Refused("the cloud says no"));

    Instant first = process.now;
    while (process.now.isBefore(first.plusSeconds(180))) {
      assertThat(process.pass().wakeAt()).contains(process.now.plusSeconds(10));
      process.now = process.now.plusSeconds(10);
    }
    assertThat(process.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(process.pass().wakeAt()).contains(process.now.plusSeconds(60));
    process.works("undo Second");
    process.passAfter(Duration.ofMinutes(1));
    assertThat(process.outside).isEmpty();
  }

  /** Each sign-in that fails may lock a user out, who then cannot remove it either. */
  @Test
  void aRemovalForWhichNobodyIsLetInIsTriedEachMinuteOnly() {
    stuckAfterBothWereMade();
    process.wish = Wish.WITHDRAW;
    process.fails("undo Second", new ConnectorFailure.Unauthorized("wrong password"));
    assertThat(process.pass().wakeAt()).contains(process.now.plusSeconds(60));
  }

  @Test
  void aRemovalThatFailsIsTriedAgainSoonAndNeverLaterThanAMinuteAfterwards() {
    stuckAfterBothWereMade();
    process.wish = Wish.WITHDRAW;
    process.fails("undo Second", new ConnectorFailure.Transient("the cloud is away", null));

    assertThat(process.pass().wakeAt()).contains(process.now.plus(Timing.backoff(1, "uid")));

    process.fails("undo Second", new ConnectorFailure.Transient("the cloud is away", null));
    process.now = process.now.plus(Duration.ofMinutes(9));
    assertThat(process.pass().wakeAt()).contains(process.now.plus(Timing.backoff(2, "uid")));
  }

  /** A cloud that asked once to be left alone for an hour kept an access open for a minute more. */
  @Test
  void aRemovalIsTriedAfterTenSecondsAlsoWhereTheSystemAsksForAnHourAsTheDocumentsSay()
      throws IOException {
    assertThat(Files.readString(Path.of("docs/how-to/connect.md")).replaceAll("\\s+", " "))
        .contains("a removal is tried after ten seconds, and after three minutes each minute");
    stuckAfterBothWereMade();
    process.wish = Wish.WITHDRAW;
    process.fails("undo Second", new ConnectorFailure.Throttled("slow", Duration.ofHours(1)));
    assertThat(process.pass().wakeAt()).contains(process.now.plusSeconds(10));

    process.passAfter(Duration.ofSeconds(10));
    assertThat(process.status.nextAttemptAt()).isEqualTo(process.now.plusSeconds(10));
    process.passAfter(Duration.ofMinutes(3));
    assertThat(process.status.nextAttemptAt()).isEqualTo(process.now.plusSeconds(60));
  }

  /** What it did before is not begun anew, only because its removal took two tries. */
  @Test
  void anEndThatWasDecidedIsTheEndAlsoIfTheRemovalFailsAtFirst() {
    process.comesTo("Last", Outcome.end(State.ROLLED_BACK, "VerificationFailed", "not there"));
    process.fails("undo First", new ConnectorFailure.Transient("the cloud is away", null));
    process.pass();
    assertThat(process.outside).containsExactly("First");
    process.works("undo First");
    process.works("Last");
    process.story.clear();

    process.passAfter(Duration.ofMinutes(1));

    assertThat(process.story).containsExactly("undo First");
    assertThat(process.outside).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(process.status.message()).startsWith("not there");
    assertThat(process.evidence("Ended")).hasSize(1);
  }

  @Test
  void whoTookARequestBackIsInItsRecordAndItsMessage() {
    stuckAfterBothWereMade();
    process.wish = Wish.WITHDRAW;
    process.annotations.put(Annotations.WITHDRAWN_BY, "ann");

    process.pass();

    assertThat(process.status.message()).startsWith("withdrawn by ann");
    assertThat(process.evidence("Withdrawn"))
        .singleElement()
        .satisfies(e -> assertThat(e.by()).isEqualTo("ann"));
  }

  /** Whoever looks at the durable record during a removal sees that it is being removed. */
  @Test
  void whileSomethingIsRemovedItsPeopleAreToldSo() {
    stuckAfterBothWereMade();
    process.wish = Wish.WITHDRAW;
    process.undoes("undo Second", UndoContext::checkpoint);

    assertThat(process.pass().defect()).isEmpty();
    ProcessStatus meanwhile = process.recorded.get(process.recorded.size() - 1);
    assertThat(meanwhile.state()).isEqualTo(State.REVERTING);
    assertThat(meanwhile.message()).isEqualTo("removing what was changed");
    assertThat(process.status.state()).isEqualTo(State.WITHDRAWN);
  }

  @Test
  void aRequestThatMadeNothingIsNeverSeenAsBeingRemoved() {
    Rehearsal idle = new Rehearsal().step("First").atTheEnd("Close");
    idle.comesTo("First", STUCK);
    idle.pass();
    idle.wish = Wish.WITHDRAW;
    idle.fails("Close", new ConnectorFailure.Transient("the desk is away", null));

    idle.pass();

    assertThat(idle.status.state()).isEqualTo(State.RUNNING);
  }

  /** A ticket, for example: it tells the story and stays. */
  @Test
  void whatHasNoWayBackIsNotSeenAsBeingRemoved() {
    Rehearsal told = new Rehearsal().step("OpenTicket").atTheEnd("Close");
    told.does(
        "OpenTicket",
        context -> {
          context.journal().effectLog().became("OpenTicket", "key", EffectState.DONE, "4711");
          return STUCK;
        });
    told.pass();
    told.wish = Wish.WITHDRAW;
    told.fails("Close", new ConnectorFailure.Transient("the desk is away", null));

    told.pass();

    assertThat(told.status.state()).isEqualTo(State.RUNNING);
  }

  /** It may have been somebody else's all the time, so that nothing is recorded as ours. */
  @Test
  void whatWasInForceIsSeenAsBeingRemovedUntilItsEndIsTold() {
    Rehearsal shared = new Rehearsal().step("Adopt").atTheEnd("Close");
    shared.until(shared.now.plusSeconds(60));
    shared.pass();
    assertThat(shared.status.state()).isEqualTo(State.IN_FORCE);
    shared.fails("Close", new ConnectorFailure.Transient("the desk is away", null));

    shared.passAfter(Duration.ofSeconds(60));

    assertThat(shared.status.state()).isEqualTo(State.REVERTING);
  }

  @Test
  void aRemovalIsRecordedWithWhatBecameOfEachEffect() {
    stuckAfterBothWereMade();
    process.wish = Wish.WITHDRAW;

    process.pass();

    assertThat(process.evidence("Reverted"))
        .extracting(e -> String.join(", ", e.facts()))
        .containsExactly("removed Second", "removed First");
  }

  @Test
  void aChangeThatIsOverSaysFromWhenToWhenItWasLive() {
    Rehearsal brief = new Rehearsal().makes("First");
    Instant begin = brief.now;
    brief.until(begin.plusSeconds(60));
    brief.pass();
    assertThat(brief.status.inForce().revertedAt()).isNull();

    brief.passAfter(Duration.ofSeconds(90));

    assertThat(brief.status.state()).isEqualTo(State.EXPIRED);
    assertThat(brief.status.inForce().since()).isEqualTo(begin);
    assertThat(brief.status.inForce().until()).isEqualTo(begin.plusSeconds(60));
    assertThat(brief.status.inForce().revertedAt()).isEqualTo(begin.plusSeconds(90));
    assertThat(brief.status.expiresAt()).isEqualTo(begin.plusSeconds(60));
  }

  @Test
  void whatOneOfTwoVerbsMadeIsStillLiveAndTheChangeSaysSo() {
    Rehearsal brief = new Rehearsal().makes("First").makes("Second");
    Instant begin = brief.now;
    brief.until(begin.plusSeconds(60));
    brief.pass();
    brief.fails("undo First", new ConnectorFailure.Refused("the cloud says no"));

    brief.passAfter(Duration.ofSeconds(60));
    assertThat(brief.outside).containsExactly("First");
    assertThat(brief.status.inForce().revertedAt()).isNull();
    brief.works("undo First");
    brief.passAfter(Duration.ofSeconds(60));

    assertThat(brief.outside).isEmpty();
    assertThat(brief.status.inForce().revertedAt()).isEqualTo(begin.plusSeconds(120));
  }

  @Test
  void whatIsSeenGoneOnlyLaterIsNotLiveAnyMoreEither() {
    Rehearsal brief = new Rehearsal().makes("First");
    Instant begin = brief.now;
    brief.until(begin.plusSeconds(60));
    brief.pass();
    brief.fails("look after First", new ConnectorFailure.Transient("the cloud is away", null));
    brief.passAfter(Duration.ofSeconds(60));
    assertThat(brief.outside).isEmpty();
    brief.works("look after First");

    brief.passAfter(Duration.ofSeconds(60));

    assertThat(brief.status.state()).isEqualTo(State.EXPIRED);
    assertThat(brief.status.inForce().revertedAt()).isEqualTo(begin.plusSeconds(120));
  }

  @Test
  void aLastingChangeIsUndoneWithItsRequestWhereTheRequestSaysSo() {
    process.undoneOnDelete = true;
    process.pass();
    process.wish = Wish.DELETE;

    assertThat(process.pass().mayBeDeleted()).isTrue();

    assertThat(process.outside).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.COMPLETED);
    assertThat(process.status.message())
        .as("a finalizer of somebody else keeps it, and people go on reading it")
        .isEqualTo("done; then the request was deleted: 2 changes removed, observed gone");
  }

  @Test
  void aLastingChangeOutlivesItsRequestWhereTheRequestSaysNothing() {
    process.pass();
    process.wish = Wish.DELETE;

    assertThat(process.pass().mayBeDeleted()).isTrue();

    assertThat(process.outside).containsExactly("First", "Second");
  }

  @Test
  void aCompletedChangeThatIsDeletedIsOverdueUntilItsRemovalWorks() {
    process.undoneOnDelete = true;
    process.pass();
    process.wish = Wish.DELETE;
    process.fails("undo Second", new ConnectorFailure.Transient("the cloud is away", null));

    assertThat(process.pass().mayBeDeleted()).isFalse();

    assertThat(process.status.state()).isEqualTo(State.REVERTING);
    assertThat(process.status.end()).contains(process.now);
    assertThat(process.status.message()).startsWith("should have been removed at ");
    assertThat(process.condition("InForce").status()).isEqualTo("Unknown");
    assertThat(process.outside).as("it keeps nothing else alive").containsExactly("Second");
    process.works("undo Second");
    assertThat(process.passAfter(Duration.ofHours(1)).mayBeDeleted()).isTrue();
    assertThat(process.outside).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.WITHDRAWN);
  }

  /** As decommissioning is asked for and approved in a request of its own. */
  @Test
  void aLastingChangeIsUndoneWhenAnotherRequestHasItRemoved() {
    process.pass();
    process.endedByAnother = Optional.of(REMOVED);

    assertThat(process.pass().wakeAt()).as("it goes on at once").contains(process.now);
    assertThat(process.outside).as("first others see that it ends").hasSize(2);
    assertThat(process.status.state()).isEqualTo(State.REVERTING);
    assertThat(process.status.finishedAt()).isNull();
    process.endedByAnother = Optional.empty();
    assertThat(process.pass().mayBeDeleted()).as("its request stays").isFalse();

    assertThat(process.outside).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.REMOVED);
    assertThat(process.status.message())
        .isEqualTo("removed by request web-end of rita; 2 changes removed, observed gone");
    assertThat(process.status.evidence()).last().extracting("what").isEqualTo("Ended");
  }

  @Test
  void whatIsToBeRemovedIsNotRemovedUntilItIs() {
    process.pass();
    process.endedByAnother = Optional.of(REMOVED);
    process.pass();
    process.fails("undo Second", new ConnectorFailure.Transient("the cloud is away", null));
    process.pass();
    assertThat(process.status.state()).isEqualTo(State.REVERTING);
    process.works("undo Second");

    process.passAfter(Duration.ofMinutes(1));

    assertThat(process.status.state()).isEqualTo(State.REMOVED);
    assertThat(process.outside).isEmpty();
  }

  @Test
  void aRemovalEndsAlsoIfTheLookAfterItFailedAndNothingIsLeftToUndo() {
    process.pass();
    process.endedByAnother = Optional.of(REMOVED);
    process.pass();
    process.endedByAnother = Optional.empty();
    process.fails("look after First", new ConnectorFailure.Transient("the cloud is away", null));
    process.pass();
    assertThat(process.outside).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.REVERTING);
    process.works("look after First");

    process.passAfter(Duration.ofMinutes(1));

    assertThat(process.outside).as("it is not made again").isEmpty();
    assertThat(process.status.state()).isEqualTo(State.REMOVED);
  }

  @Test
  void whatIsNotLastingIsRemovedByNobodyElse() {
    process.wish = Wish.WITHDRAW;
    process.pass();
    process.endedByAnother = Optional.of(REMOVED);

    process.pass();

    assertThat(process.status.state()).isEqualTo(State.WITHDRAWN);
  }

  @Test
  void whatIsOverIsNeitherUndoneNorReleasedAsLongAsItsRequestIsThere() {
    process.undoneOnDelete = true;
    process.pass();
    process.story.clear();

    PassResult.Settled again = process.passAfter(Duration.ofDays(1));

    assertThat(again.mayBeDeleted()).isFalse();
    assertThat(process.story).isEmpty();
    assertThat(process.outside).containsExactly("First", "Second");
  }

  /** Whoever gave it up said that what was made may stay. */
  @Test
  void whatWasGivenUpIsNotUndoneWhenItsRequestIsDeleted() {
    process.undoneOnDelete = true;
    stuckAfterBothWereMade();
    process.answer("abandon");
    process.pass();
    process.wish = Wish.DELETE;

    assertThat(process.pass().mayBeDeleted()).isTrue();

    assertThat(process.outside).containsExactly("First", "Second");
  }

  private void stuckAfterBothWereMade() {
    process.comesTo("Last", STUCK);
    process.pass();
    assertThat(process.outside).containsExactly("First", "Second");
    process.story.clear();
  }
}
