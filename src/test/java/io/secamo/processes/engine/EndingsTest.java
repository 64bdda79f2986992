package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.ProcessStatus.Step;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.Request.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a process goes forward, and what is told and done when it is over. */
class EndingsTest {
  private final Rehearsal process = new Rehearsal().step("Plan").makes("Apply").atTheEnd("Close");
  private final List<Optional<Outcome.End>> endings = new ArrayList<>();

  @Test
  void aProcessThatCameThroughIsCompletedAndSaysWhatItDidWhen() {
    process.pass();

    assertThat(process.status.state()).isEqualTo(State.COMPLETED);
    assertThat(process.status.message()).isEqualTo("done");
    assertThat(process.condition("Ready").reason()).isEqualTo("Completed");
    assertThat(process.status.step()).isNull();
    assertThat(process.status.startedAt()).isEqualTo(process.now);
    assertThat(process.status.finishedAt()).isEqualTo(process.now);
    assertThat(process.status.steps())
        .containsExactly(
            new Step("Plan", "Done", null, process.now, null),
            new Step("Apply", "Done", null, process.now, null));
    assertThat(process.evidence("Ended"))
        .singleElement()
        .satisfies(e -> assertThat(e.facts()).containsExactly("Completed", "Completed", "done"));
  }

  @Test
  void timesAreWholeSeconds() {
    Instant second = process.now;
    process.now = second.plusMillis(700);

    process.pass();

    assertThat(process.status.startedAt()).isEqualTo(second);
  }

  @Test
  void aStepThatIsDoneKeepsItsTimeAndItsAttempts() {
    Instant first = process.now;
    process.fails("Plan", new ConnectorFailure.Transient("away", null));
    process.pass();
    process.works("Plan");
    process.fails("Apply", new ConnectorFailure.Transient("away", null));
    process.passAfter(Duration.ofMinutes(1));
    process.works("Apply");

    process.passAfter(Duration.ofMinutes(1));

    assertThat(process.status.startedAt()).isEqualTo(first);
    assertThat(process.status.steps())
        .containsExactly(
            new Step("Plan", "Done", 1, first.plusSeconds(60), null),
            new Step("Apply", "Done", 1, first.plusSeconds(120), null));
  }

  @Test
  void aStepThatIsWaitedForSaysWhoseTurnItIsAndUntilWhen() {
    Instant late = process.now.plusSeconds(600);
    Instant soon = process.now.plusSeconds(60);
    process.comesTo(
        "Plan", new Outcome.Wait(State.SCHEDULED, "WindowClosed", "sunday", "wait", late, soon));

    PassResult.Settled settled = process.pass();

    assertThat(process.status.state()).isEqualTo(State.SCHEDULED);
    assertThat(process.status.step()).isEqualTo("Plan");
    assertThat(process.status.waitingFor()).isEqualTo("sunday");
    assertThat(process.status.message()).isEqualTo("wait");
    assertThat(process.status.deadline()).isEqualTo(late);
    assertThat(process.status.nextAttemptAt()).isEqualTo(soon);
    assertThat(process.condition("Ready").reason()).isEqualTo("WindowClosed");
    assertThat(process.stepState("Plan")).isEmpty();
    assertThat(settled.wakeAt()).contains(soon);
  }

  @Test
  void nobodyLooksAgainAfterItIsTooLateAnyway() {
    Instant late = process.now.plusSeconds(600);
    process.comesTo(
        "Plan", new Outcome.Wait(State.SCHEDULED, "WindowClosed", "sunday", "wait", late, late));

    PassResult.Settled settled = process.pass();

    assertThat(process.status.nextAttemptAt()).isNull();
    assertThat(settled.wakeAt()).contains(late);
  }

  @Test
  void whatHasNoLimitIsLookedAtAgainWhenItsStepSaysSo() {
    Instant soon = process.now.plusSeconds(60);
    process.comesTo(
        "Plan", new Outcome.Wait(State.SCHEDULED, "TargetBusy", "other", "wait", null, soon));

    assertThat(process.pass().wakeAt()).contains(soon);
  }

  @Test
  void whatIsTriedWhileItIsWaitedForIsLookedAtAtTheEarlierTime() {
    Instant soon = process.now.plusSeconds(60);
    assertThat(wakeUpOf(soon, process.now.plusSeconds(90))).contains(soon);
    assertThat(wakeUpOf(soon, process.now.plusSeconds(30))).contains(process.now.plusSeconds(30));
    assertThat(wakeUpOf(null, process.now.plusSeconds(30))).contains(process.now.plusSeconds(30));
    assertThat(process.status.message()).isEqualTo("vote; the ticket does not say so yet");
  }

  @Test
  void aChangeThatMustNotBeginYetSaysWhenItDoes() {
    Instant start = Instant.parse("2027-01-05T06:00:00Z");
    process.comesTo("Plan", Outcome.notBefore(start));

    PassResult.Settled settled = process.pass();

    assertThat(process.status.state()).isEqualTo(State.SCHEDULED);
    assertThat(process.status.message())
        .isEqualTo("approved; the change begins at 2027-01-05T06:00:00Z");
    assertThat(process.status.waitingFor()).isEqualTo("start time");
    assertThat(settled.wakeAt()).contains(start);
  }

  @Test
  void whatIsStuckNamesItsStepAndTheReasonAndWaitsForPeople() {
    process.comesTo("Plan", Outcome.attention("PolicyBroken", "mend the policy"));

    PassResult.Settled settled = process.pass();

    assertThat(process.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(process.status.waitingFor()).isEqualTo("operator on duty");
    assertThat(process.status.message()).isEqualTo("mend the policy");
    assertThat(process.condition("Stalled").reason()).isEqualTo("PolicyBroken");
    assertThat(process.status.steps())
        .containsExactly(new Step("Plan", "Failed", null, null, null));
    assertThat(process.story).containsExactly("Plan");
    assertThat(settled.wakeAt()).isEmpty();
  }

  @Test
  void aStepThatEndsTheProcessEndsItThereWithItsWords() {
    process.comesTo("Plan", Outcome.end(State.REJECTED, "InvalidRequest", "no such port"));

    process.pass();

    assertThat(process.story).containsExactly("Plan", "Close");
    assertThat(process.status.state()).isEqualTo(State.REJECTED);
    assertThat(process.status.message()).isEqualTo("no such port");
    assertThat(process.condition("Stalled").reason()).isEqualTo("InvalidRequest");
    assertThat(process.evidence("Ended"))
        .singleElement()
        .satisfies(
            e ->
                assertThat(e.facts())
                    .containsExactly("Rejected", "InvalidRequest", "no such port"));
  }

  @Test
  void theClosingStepKnowsHowItEnds() {
    process.comesTo("Plan", Outcome.end(State.REJECTED, "Rejected", "ann said no"));
    listenAtTheEnd();

    process.pass();

    assertThat(endings)
        .containsExactly(Optional.of(new Outcome.End(State.REJECTED, "Rejected", "ann said no")));
  }

  @Test
  void beforeItsEndNobodyIsToldThatItEnds() {
    process.does(
        "Plan",
        context -> {
          endings.add(context.journal().ending());
          return Outcome.done();
        });

    process.pass();

    assertThat(endings).containsExactly(Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "ALREADY_SATISFIED", "EXPIRED"})
  void whatWasDoneAsAskedEndsWell(State state) {
    assertThat(new Outcome.End(state, "Because", "text").success()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"REJECTED", "APPROVAL_TIMED_OUT", "WITHDRAWN", "ROLLED_BACK"})
  void whatWasNotDoneDoesNotEndWell(State state) {
    assertThat(new Outcome.End(state, "Because", "text").success()).isFalse();
  }

  @Test
  void aProcessIsNotOverBeforeItsClosingStepIs() {
    process.fails("Close", new ConnectorFailure.Transient("the desk is away", null));

    process.pass();

    assertThat(process.status.state()).isEqualTo(State.APPLYING);
    assertThat(process.status.finishedAt()).isNull();
    assertThat(process.stepState("Close")).contains("Retrying");
    process.works("Close");
    process.passAfter(Duration.ofMinutes(1));
    assertThat(process.status.state()).isEqualTo(State.COMPLETED);
    assertThat(process.status.finishedAt()).isEqualTo(process.now);
  }

  /** It is not over yet: who takes it back at that moment is heard. */
  @Test
  void whatIsDoneAndCannotBeClosedYetCanStillBeTakenBack() {
    Rehearsal idle = new Rehearsal().step("Plan").atTheEnd("Close");
    for (Rehearsal one : List.of(process, idle)) {
      one.fails("Close", new ConnectorFailure.Transient("the desk is away", null));
      one.pass();
      one.works("Close");
      one.wish = Wish.WITHDRAW;

      one.passAfter(Duration.ofMinutes(1));

      assertThat(one.status.state()).isEqualTo(State.WITHDRAWN);
      assertThat(one.outside).isEmpty();
    }
  }

  @Test
  void theClosingStepIsStillOwedByARequestThatIsDeleted() {
    process.fails("Close", new ConnectorFailure.Transient("the desk is away", null));
    process.wish = Wish.DELETE;
    assertThat(process.pass().mayBeDeleted()).isFalse();
    process.works("Close");

    assertThat(process.pass().mayBeDeleted()).isTrue();
  }

  @Test
  void aLastingChangeIsCompletedOnceItIsVerified() {
    Rehearsal lasting = new Rehearsal().makes("Apply").until(null);

    lasting.pass();

    assertThat(lasting.status.state()).isEqualTo(State.COMPLETED);
    assertThat(lasting.status.message()).isEqualTo("applied and verified");
    assertThat(lasting.status.inForce().since()).isEqualTo(lasting.now);
    assertThat(lasting.status.expiresAt()).isNull();
    assertThat(lasting.outside).containsExactly("Apply");
  }

  @Test
  void aTemporaryChangeStaysToItsLastSecondAndNoLonger() {
    Rehearsal brief = new Rehearsal().makes("Apply");
    brief.until(brief.now.plusSeconds(60));

    assertThat(brief.pass().wakeAt()).contains(brief.now.plusSeconds(60));
    assertThat(brief.status.state()).isEqualTo(State.IN_FORCE);
    assertThat(brief.status.waitingFor()).isEqualTo("expiry");
    assertThat(brief.status.message()).isEqualTo("live and verified until 2027-01-04T09:01:00Z");
    brief.passAfter(Duration.ofSeconds(59));
    assertThat(brief.outside).containsExactly("Apply");

    brief.passAfter(Duration.ofSeconds(1));

    assertThat(brief.status.state()).isEqualTo(State.EXPIRED);
    assertThat(brief.status.message()).isEqualTo("its time is over; removed, observed gone");
    assertThat(brief.outside).isEmpty();
  }

  @Test
  void theRecordBeginsWithWhoAskedForWhat() {
    process.annotations.put("processes.secamo.io/submitted-by", "robot");

    process.pass();

    assertThat(process.evidence("Submitted"))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.by()).isEqualTo("requester");
              assertThat(e.facts())
                  .contains("uid uid", "created 2027-01-04T08:00:00Z")
                  .contains("requester known from OnBehalf", "submitted by robot");
            });
    assertThat(process.status.requestedBy().name()).isEqualTo("requester");
    assertThat(process.status.requestedBy().source()).isEqualTo("OnBehalf");
    assertThat(process.status.requestedBy().submittedBy()).isEqualTo("robot");
  }

  @Test
  void whoAskedInPersonIsKnownFromAdmission() {
    process.pass();

    assertThat(process.evidence("Submitted").get(0).facts())
        .contains("requester known from Admission")
        .noneMatch(fact -> fact.startsWith("submitted by"));
    assertThat(process.status.requestedBy().source()).isEqualTo("Admission");
    assertThat(process.status.requestedBy().submittedBy()).isNull();
  }

  /** Each of them is kept from voting: a name that nobody has must not be among them. */
  @Test
  void whoAsksIsTheRequesterAndWhoeverSubmittedItAndNobodyElse() {
    assertThat(process.request().askedBy()).containsExactly("requester");

    process.annotations.put("processes.secamo.io/submitted-by", "robot");
    assertThat(process.request().askedBy()).containsExactly("requester", "robot");

    process.requestedBy = "";
    assertThat(process.request().askedBy()).containsExactly("robot");
  }

  @Test
  void theStatusNamesTheGenerationThatWasActedUpon() {
    process.pass();

    assertThat(process.status.observedGeneration()).isEqualTo(7);
  }

  @Test
  void messagesCallARequestByItsNamespaceAndName() {
    assertThat(process.request().address()).isEqualTo("ns/name");
  }

  /** When a step is looked at again that waits until then and tries something else by then. */
  private Optional<Instant> wakeUpOf(Instant lookAgain, Instant tried) {
    process.comesTo(
        "Plan",
        new Outcome.Wait(State.AWAITING_APPROVAL, "BreakGlass", "ann", "vote", null, lookAgain)
            .trying("the ticket does not say so yet", tried));
    return process.pass().wakeAt();
  }

  private void listenAtTheEnd() {
    process.does(
        "Close",
        context -> {
          endings.add(context.journal().ending());
          return Outcome.done();
        });
  }
}
