package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.Request.Wish;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people say to do about a stuck process is followed once, as far as they may say it. */
class AnswersTest {
  private static final Outcome STUCK = Outcome.attention("Stuck", "nobody knows");

  private final Rehearsal process =
      new Rehearsal()
          .step("Plan")
          .step("Open")
          .orSkipped()
          .step("Tell")
          .orSkipped()
          .makes("Apply")
          .step("Verify")
          .atTheEnd("Close");

  @Test
  void whoSaysResumeSendsTheProcessBackToThatStep() {
    stuckAt("Tell");
    process.answer("resume:Plan");

    process.pass();

    assertThat(process.story).containsExactly("Plan", "Open", "Tell");
  }

  @Test
  void whoSaysResumeSendsTheProcessBackToTheStepRightBeforeToo() {
    stuckAt("Tell");
    process.answer("resume:Open");

    process.pass();

    assertThat(process.story).containsExactly("Open", "Tell");
  }

  @Test
  void whatWasDoneIsDoneAgainWithoutCountingItsEarlierAttempts() {
    process.fails("Plan", new ConnectorFailure.Transient("away", null));
    process.pass();
    process.works("Plan");
    stuckAt("Open");
    process.fails("Plan", new ConnectorFailure.Transient("away", null));
    process.answer("resume:Plan");

    process.pass();

    assertThat(process.status.message()).isEqualTo("away (attempt 1)");
  }

  @Test
  void nobodyResumesAtAStepThatIsStillToCome() {
    stuckAt("Tell");
    process.answer("resume:Apply");

    process.pass();

    assertThat(process.story).containsExactly("Tell");
    assertThat(process.outside).isEmpty();
  }

  @Test
  void whoNamesNoStepOfTheProcessIsNotFollowed() {
    stuckAt("Tell");
    process.answer("resume:Nonsense");

    process.pass();

    assertThat(process.story).containsExactly("Tell");
  }

  @Test
  void whoIsAskedReadsWhichAnswersThereAre() {
    stuckAt("Tell");

    assertThat(process.status.answers())
        .containsExactly("resume:Plan", "resume:Open", "resume:Tell", "skip:Tell", "abandon");
  }

  @Test
  void whatMustBeDoneIsNotAmongTheAnswersThatLeaveItOut() {
    stuckAt("Plan");

    assertThat(process.status.answers()).containsExactly("resume:Plan", "abandon");
  }

  /** What is stuck here is another step: to leave out the last one changes nothing. */
  @Test
  void whatMayBeLeftOutAtTheEndIsOfferedNoSooner() {
    stuckAt("Plan");
    process.answer("skip:Close");

    process.pass();

    assertThat(process.stepState("Close")).isEmpty();
    process.works("Plan");
    stuckAt("Verify");
    assertThat(process.status.answers()).doesNotContain("skip:Close").contains("resume:Verify");
  }

  /** Nobody gives up what may only not be reachable now: but who did must not wait in vain. */
  @Test
  void whoGivesUpWhatCannotBeReachedIsTold() {
    process.does(
        "Plan",
        context -> {
          context.journal().expiresAt(context.asOf().plusSeconds(3600));
          return Outcome.done();
        });
    stuckAt("Verify");
    process.fails("undo Apply", new ConnectorFailure.Transient("the cloud is away", null));
    process.answer("abandon");

    process.pass();

    assertThat(process.status.message())
        .contains("the cloud is away", "it is given up once that can be told");
    assertThat(process.status.resolved()).isNull();
  }

  @Test
  void whatIsStuckAndHasNoStepsCanStillBeGivenUp() {
    Rehearsal empty = new Rehearsal();
    empty.requestedBy = "";

    empty.pass();

    assertThat(empty.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(empty.status.answers()).containsExactly("abandon");
  }

  @Test
  void whereNothingIsAskedNoAnswerIsOffered() {
    stuckAt("Plan");
    assertThat(process.status.answers()).isNotEmpty();
    process.works("Plan");

    process.pass();

    assertThat(process.status.state()).isEqualTo(State.COMPLETED);
    assertThat(process.status.answers()).isEmpty();
  }

  @Test
  void everyAnswerThatIsOfferedIsFollowed() {
    for (String answer : List.of("resume:Plan", "resume:Open", "skip:Tell")) {
      Rehearsal one = new Rehearsal().step("Plan").makes("Open").step("Tell").orSkipped();
      one.atTheEnd("Close").comesTo("Tell", STUCK);
      one.pass();
      assertThat(one.status.answers()).contains(answer);
      one.works("Tell");
      one.story.clear();
      one.answer(answer);

      one.pass();

      String step = answer.substring(answer.indexOf(':') + 1);
      assertThat(one.story.contains(step)).as(answer).isEqualTo(answer.startsWith("resume"));
    }
  }

  @Test
  void anythingElseThanAnAnswerIsRecordedAndNotFollowed() {
    stuckAt("Tell");
    process.answer("Plan");

    process.pass();

    assertThat(process.story).containsExactly("Tell");
    assertThat(process.evidence("Resolved")).hasSize(1);
  }

  @Test
  void wordsAfterAnAnswerAreForItsReaders() {
    stuckAt("Tell");
    process.answer("resume:Open please, the desk is back");

    process.pass();

    assertThat(process.story).containsExactly("Open", "Tell");
    assertThat(process.evidence("Resolved"))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.by()).isEqualTo("duty");
              assertThat(e.facts()).containsExactly("resume:Open please, the desk is back");
            });
  }

  @Test
  void aStepThatMayBeLeftOutIsLeftOutForGood() {
    stuckAt("Tell");
    process.answer("skip:Tell");

    process.pass();

    assertThat(process.story).containsExactly("Apply", "Verify", "Close");
    assertThat(process.status.state()).isEqualTo(State.COMPLETED);
    assertThat(process.stepState("Tell")).contains("Skipped");
  }

  @Test
  void aStepThatWasLeftOutStaysOutWhenTheProcessGoesBack() {
    stuckAt("Tell");
    process.answer("skip:Tell");
    process.comesTo("Verify", STUCK);
    process.pass();
    process.story.clear();
    process.answer("resume:Open");

    process.pass();

    assertThat(process.story).containsExactly("Open", "Apply", "Verify");
  }

  @Test
  void aStepThatMustBeDoneCannotBeLeftOut() {
    stuckAt("Plan");
    process.answer("skip:Plan");

    process.pass();

    assertThat(process.story).containsExactly("Plan");
  }

  @Test
  void onlyTheStepThatIsStuckCanBeLeftOut() {
    stuckAt("Open");
    process.answer("skip:Tell");
    process.pass();
    process.works("Open");
    process.story.clear();

    process.pass();

    assertThat(process.story).containsExactly("Open", "Tell", "Apply", "Verify", "Close");
  }

  @Test
  void whoeverMayLeaveAStepOutDoesNotResumeIt() {
    stuckAt("Tell");
    process.answer("resume:Tell");

    process.pass();

    assertThat(process.story).containsExactly("Tell");
    assertThat(process.stepState("Tell")).contains("Failed");
  }

  @Test
  void aClosingStepThatCannotBeDoneCanBeLeftOut() {
    process.fails("Close", new ConnectorFailure.Refused("the desk says no"));
    process.pass();
    assertThat(process.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(process.stepState("Close")).contains("Failed");
    process.story.clear();
    process.answer("skip:Close");

    process.pass();

    assertThat(process.story).doesNotContain("Close");
    assertThat(process.status.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void whereNothingRunsAtTheEndNothingNamelessCanBeLeftOut() {
    Rehearsal plain = new Rehearsal().step("Plan");
    plain.comesTo("Plan", STUCK);
    plain.pass();
    plain.answer("skip:");

    plain.pass();

    assertThat(plain.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(plain.story).containsExactly("Plan", "Plan");
  }

  @Test
  void anAnswerIsFollowedOnce() {
    stuckAt("Tell");
    process.answer("resume:Open");
    process.pass();
    process.story.clear();

    process.pass();

    assertThat(process.story).containsExactly("Tell");
    assertThat(process.evidence("Resolved")).hasSize(1);
  }

  @Test
  void theNextAnswerIsFollowedToo() {
    stuckAt("Tell");
    process.answer("resume:Open");
    process.pass();
    process.story.clear();
    process.answer("resume:Open again");

    process.pass();

    assertThat(process.story).containsExactly("Open", "Tell");
    assertThat(process.evidence("Resolved")).hasSize(2);
  }

  @Test
  void anAnswerOfSomebodyElseIsAnotherAnswer() {
    stuckAt("Tell");
    process.answer("resume:Open");
    process.pass();
    process.story.clear();
    process.annotations.put(Annotations.RESOLVED_BY, "boss");

    process.pass();

    assertThat(process.story).containsExactly("Open", "Tell");
    assertThat(process.evidence("Resolved"))
        .extracting(EvidenceEntry::by)
        .containsExactly("duty", "boss");
  }

  @Test
  void aLongAnswerFitsTheStatusAndIsStillFollowedOnce() {
    stuckAt("Tell");
    process.answer("resume:Open " + "x".repeat(700));
    process.pass();
    assertThat(process.status.resolved()).hasSize(600).startsWith("duty resume:Open xxx");
    process.story.clear();

    process.pass();

    assertThat(process.story).containsExactly("Tell");
  }

  /** Nobody goes back from an end, so nobody is offered to. */
  @Test
  void whatHasEndedAndIsStuckAtItsLastStepIsNotSentBack() {
    Rehearsal ending = new Rehearsal().step("Open").step("Tell").atTheEnd("Close");
    ending.comesTo("Tell", Outcome.end(State.REJECTED, "Rejected", "no"));
    ending.fails("Close", new ConnectorFailure.Refused("the desk says no"));
    ending.pass();
    assertThat(ending.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(ending.status.answers()).containsExactly("skip:Close", "abandon");

    ending.works("Tell");
    ending.answer("resume:Open");
    ending.pass();
    assertThat(ending.status.state()).isEqualTo(State.NEEDS_ATTENTION);

    ending.answer("skip:Close");
    ending.pass();
    assertThat(ending.status.state()).isEqualTo(State.REJECTED);
  }

  @Test
  void anAnswerThatJustFitsIsKeptWhole() {
    stuckAt("Tell");
    String text = "resume:Open " + "x".repeat(283);
    process.answer(text);

    process.pass();

    assertThat(process.status.resolved()).isEqualTo("duty " + text);
  }

  @Test
  void anAnswerWithoutAProvedNameIsNotFollowed() {
    stuckAt("Tell");
    process.annotations.put(Annotations.RESOLVE, "abandon");

    process.pass();

    assertThat(process.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(process.evidence("Resolved")).isEmpty();
  }

  @Test
  void aNameWithoutAnAnswerSaysNothing() {
    stuckAt("Tell");
    process.annotations.put(Annotations.RESOLVED_BY, "duty");

    process.pass();

    assertThat(process.evidence("Resolved")).isEmpty();
    assertThat(process.status.resolved()).isNull();
  }

  @Test
  void whatIsGivenUpEndsAtOnceAndLeavesWhatWasMade() {
    stuckAt("Verify");
    process.answer("abandon we do it by hand");

    assertThat(process.pass().mayBeDeleted()).isFalse();

    String why = "given up by duty; what was changed may still be there: Apply";
    assertThat(process.status.state()).isEqualTo(State.WITHDRAWN);
    assertThat(process.status.message()).isEqualTo(why);
    assertThat(process.status.finishedAt()).isEqualTo(process.now);
    assertThat(process.condition("Stalled").reason()).isEqualTo("Abandoned");
    assertThat(process.evidence("Ended"))
        .singleElement()
        .satisfies(e -> assertThat(e.facts()).containsExactly("Withdrawn", "Abandoned", why));
    assertThat(process.outside).containsExactly("Apply");
    assertThat(process.story).isEmpty();
  }

  @Test
  void whatIsGivenUpWhileItIsDeletedMayGo() {
    stuckAt("Verify");
    process.wish = Wish.DELETE;
    process.fails("undo Apply", new ConnectorFailure.Refused("the cloud says no"));
    assertThat(process.pass().mayBeDeleted()).isFalse();
    process.answer("abandon");

    assertThat(process.pass().mayBeDeleted()).isTrue();

    assertThat(process.outside).containsExactly("Apply");
  }

  @Test
  void whatIsLiveForAWhileIsRemovedWhenItIsGivenUp() {
    Rehearsal brief = new Rehearsal().makes("Apply").atTheEnd("Close");
    brief.until(brief.now.plusSeconds(60));
    brief.pass();
    brief.answer("abandon");
    brief.story.clear();

    brief.pass();

    assertThat(brief.story).containsExactly("undo Apply", "Close");
    assertThat(brief.outside).isEmpty();
    assertThat(brief.status.state()).isEqualTo(State.WITHDRAWN);
    assertThat(brief.status.message()).isEqualTo("given up by duty; removed, observed gone");
    assertThat(brief.condition("Stalled").reason()).isEqualTo("Abandoned");
  }

  @Test
  void whatIsOverListensToNobody() {
    process.pass();
    process.answer("abandon");

    process.pass();

    assertThat(process.status.state()).isEqualTo(State.COMPLETED);
    assertThat(process.evidence("Resolved")).isEmpty();
  }

  private void stuckAt(String step) {
    process.comesTo(step, STUCK);
    process.pass();
    assertThat(process.status.step()).isEqualTo(step);
    assertThat(process.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    process.story.clear();
  }
}
