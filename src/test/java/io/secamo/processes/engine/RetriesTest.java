package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.ProcessStatus.Step;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.engine.journal.Journal;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.journal.Timing;
import io.secamo.processes.engine.procedure.Request.Wish;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each kind of failure makes of a process: who acts next, when, and what people read. */
class RetriesTest {
  private final Rehearsal process = new Rehearsal().step("Plan").atTheEnd("Close");

  @Test
  void whatIsAwayIsTriedAgainAndEveryAttemptIsCounted() {
    process.fails("Plan", new ConnectorFailure.Transient("the cloud is away", null));
    process.pass();
    assertThat(process.status.message()).isEqualTo("the cloud is away (attempt 1)");

    PassResult.Settled settled = process.pass();

    assertThat(process.status.state()).isEqualTo(State.RUNNING);
    assertThat(process.status.message()).isEqualTo("the cloud is away (attempt 2)");
    assertThat(process.condition("Ready").reason()).isEqualTo("ProgressingWithRetry");
    assertThat(process.status.steps()).containsExactly(new Step("Plan", "Retrying", 2, null, null));
    assertThat(settled.wakeAt()).contains(process.now.plus(Timing.backoff(2, "uid")));
    assertThat(settled.defect()).isEmpty();
  }

  @Test
  void whatAsksForAPauseGetsItAndASecondMoreWithoutAnAttemptBeingCounted() {
    process.fails("Plan", new ConnectorFailure.Transient("the cloud is away", null));
    process.pass();
    process.fails("Plan", new ConnectorFailure.Throttled("slow down", Duration.ofSeconds(90)));

    PassResult.Settled settled = process.pass();

    assertThat(process.status.message()).isEqualTo("slow down");
    assertThat(process.condition("Ready").reason()).isEqualTo("ProgressingWithRetry");
    assertThat(process.status.steps()).containsExactly(new Step("Plan", "Retrying", 1, null, null));
    assertThat(settled.wakeAt()).contains(process.now.plusSeconds(91));
  }

  @Test
  void aLostAnswerIsLookedIntoSoon() {
    process.fails("Plan", new ConnectorFailure.Unknown("the answer was lost", null));

    PassResult.Settled settled = process.pass();

    assertThat(process.status.message()).isEqualTo("the answer was lost (attempt 1)");
    assertThat(process.condition("Ready").reason()).isEqualTo("CheckingOutcome");
    assertThat(process.status.steps()).containsExactly(new Step("Plan", "Retrying", 1, null, null));
    assertThat(settled.wakeAt()).contains(process.now.plus(Timing.backoff(1, "uid")));
  }

  @Test
  void aRefusalWaitsForPeople() {
    process.fails("Plan", new ConnectorFailure.Refused("no such group"));

    PassResult.Settled settled = process.pass();

    assertThat(process.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(process.status.message()).isEqualTo("no such group");
    assertThat(process.condition("Stalled").reason()).isEqualTo("Refused");
    assertThat(process.stepState("Plan")).contains("Failed");
    assertThat(settled.wakeAt()).isEmpty();
  }

  @Test
  void credentialsThatAreRejectedWaitForPeople() {
    process.fails("Plan", new ConnectorFailure.Unauthorized("mend the Secret"));

    process.pass();

    assertThat(process.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(process.status.message()).isEqualTo("mend the Secret");
    assertThat(process.condition("Stalled").reason()).isEqualTo("CredentialsRejected");
  }

  @Test
  void whatIsParkedAfterRetriesStillSaysHowManyThereWere() {
    process.fails("Plan", new ConnectorFailure.Transient("the cloud is away", null));
    process.pass();
    process.fails("Plan", new ConnectorFailure.Refused("no such group"));

    process.pass();

    assertThat(process.status.steps()).containsExactly(new Step("Plan", "Failed", 1, null, null));
  }

  @Test
  void aDefectIsTriedAgainWithoutItsWordsBeingShown() {
    RuntimeException bug = new IllegalStateException("a bug with a secret");
    process.fails("Plan", bug);

    PassResult.Settled settled = process.pass();

    assertThat(settled.defect()).containsSame(bug);
    assertThat(process.status.state()).isEqualTo(State.RUNNING);
    assertThat(process.status.message())
        .isEqualTo("a defect of the operator in step Plan; its log has the details (attempt 1)");
    assertThat(process.condition("Ready").reason()).isEqualTo("InternalError");
    assertThat(settled.wakeAt()).contains(process.now.plus(Timing.backoff(1, "uid")));
  }

  @Test
  void aDefectIsParkedAtItsFifthTime() {
    process.fails("Plan", new IllegalStateException("a bug"));
    for (int i = 1; i <= 4; i++) {
      process.pass();
      assertThat(process.stepState("Plan")).contains("Retrying");
    }

    process.pass();

    assertThat(process.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(process.status.message())
        .isEqualTo("a defect of the operator in step Plan; its log has the details");
    assertThat(process.condition("Stalled").reason()).isEqualTo("InternalError");
  }

  @Test
  void whatGoesOnForgetsThatItWasRetried() {
    process.fails("Plan", new ConnectorFailure.Transient("the cloud is away", null));
    process.pass();
    process.comesTo("Plan", Outcome.notBefore(process.now.plusSeconds(600)));

    process.pass();

    assertThat(process.status.nextAttemptAt()).isNull();
    assertThat(process.status.conditions()).noneMatch(c -> c.type().equals("Reconciling"));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"RECEIVED", "NEEDS_ATTENTION", "SUSPENDED", "AWAITING_APPROVAL", "SCHEDULED"})
  void whatWaitedAndIsTriedAgainIsSeenRunning(State state) {
    waitIn(state);
    process.wish = Wish.WITHDRAW;
    process.fails("Close", new ConnectorFailure.Transient("the desk is away", null));

    process.pass();

    assertThat(process.status.state()).isEqualTo(State.RUNNING);
    assertThat(process.status.waitingFor()).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"APPLYING", "VERIFYING", "REVERTING", "IN_FORCE"})
  void whatWasAtWorkAndIsTriedAgainIsStillSeenAtIt(State state) {
    waitIn(state);
    process.wish = Wish.WITHDRAW;
    process.fails("Close", new ConnectorFailure.Transient("the desk is away", null));

    process.pass();

    assertThat(process.status.state()).isEqualTo(state);
  }

  @Test
  void aMessageIsCutWhereTheStatusHasNoRoomForMore() {
    process.fails("Plan", new ConnectorFailure.Refused("x".repeat(1002)));
    process.pass();
    assertThat(process.status.message()).isEqualTo("x".repeat(1000) + "…");

    process.fails("Plan", new ConnectorFailure.Refused("x".repeat(1000)));
    process.pass();

    assertThat(process.status.message()).isEqualTo("x".repeat(1000));
  }

  /** Another operator may go on from the stored status at any time. */
  @Test
  void whoTakesOverSeesTheSameRetryAndTheSameReasons() {
    process.fails("Plan", new ConnectorFailure.Unknown("the answer was lost", null));
    process.pass();

    ProcessStatus seen = Journal.of(process.status).status(process.now.plusSeconds(60));

    assertThat(seen).isEqualTo(process.status);
  }

  @Test
  void whoTakesOverSeesTheSameWaitAndTheSameReasons() {
    Instant late = process.now.plusSeconds(600);
    Instant soon = process.now.plusSeconds(60);
    process.comesTo(
        "Plan", new Outcome.Wait(State.SCHEDULED, "WindowClosed", "sunday", "wait", late, soon));
    process.pass();

    ProcessStatus seen = Journal.of(process.status).status(process.now.plusSeconds(60));

    assertThat(seen).isEqualTo(process.status);
  }

  @Test
  void whatIsOverStaysAsItWas() {
    process.comesTo("Plan", Outcome.end(State.REJECTED, "Rejected", "ann said no"));
    process.pass();
    ProcessStatus first = process.status;

    PassResult.Settled settled = process.passAfter(Duration.ofDays(1));

    assertThat(settled.status()).isEqualTo(first);
    assertThat(settled.wakeAt()).isEmpty();
  }

  private void waitIn(State state) {
    process.comesTo("Plan", new Outcome.Wait(state, "Because", "ann", "wait", null, null));
    process.pass();
    assertThat(process.status.state()).isEqualTo(state);
  }
}
