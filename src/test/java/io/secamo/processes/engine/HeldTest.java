package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.evidence.Chain.Happening;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds a process: its people, a record that is full, a requester that nobody proved. */
class HeldTest {
  private static final Outcome VOTE =
      new Outcome.Wait(State.AWAITING_APPROVAL, "AwaitingApproval", "ann", "vote", null, null);

  private final Rehearsal process =
      new Rehearsal().step("Plan").makes("First").step("Look").makes("Second").step("Review");

  @Test
  void whoHoldsARequestThatMadeNothingStopsIt() {
    process.wish = Wish.SUSPEND;

    PassResult.Settled settled = process.pass();

    assertThat(process.story).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.SUSPENDED);
    assertThat(process.status.waitingFor()).isEqualTo("requester");
    assertThat(process.status.message()).isEqualTo("suspended; set spec.suspend to false to go on");
    assertThat(process.condition("Ready").reason()).isEqualTo("Suspended");
    assertThat(settled.wakeAt()).as("only its people can go on").isEmpty();
  }

  /** As after a crash between an effect and its record: nobody has seen yet what came of it. */
  @Test
  void whoHoldsWhatWasBegunIsToldThatItMayBeLive() {
    process.status =
        Serialization.unmarshal(
            """
            state: Applying
            step: First
            effects: [{key: k, step: First, state: Intended, connection: c, account: a}]
            """,
            ProcessStatus.class);
    process.wish = Wish.SUSPEND;

    process.pass();

    assertThat(process.status.state()).isEqualTo(State.SUSPENDED);
    assertThat(process.status.message())
        .endsWith(". 1 effect of it may be live: withdraw it to have that removed");
    assertThat(process.condition("InForce").status()).isEqualTo("Unknown");
    assertThat(process.condition("InForce").reason()).isEqualTo("NotVerified");
  }

  /** It stays suspended, and who decides about that is another one. */
  @Test
  void whoHoldsWhatIsSuspendedAlreadyIsToldAndWhoLetsItGoAsWell() {
    process.wish = Wish.SUSPEND;
    process.annotations.put(Annotations.SUSPEND_BY, "requester");
    process.pass();
    process.annotations.put(Annotations.SUSPEND_BY, "ann");
    process.annotations.put(Annotations.HELD, "true");
    process.pass();
    process.pass();

    assertThat(process.evidence("Suspended"))
        .extracting(EvidenceEntry::by)
        .containsExactly("requester", "ann");
  }

  /** Who reads it knows whom to ask, and that the requester alone cannot let it go on. */
  @Test
  void whatIsHeldSaysByWhomAndWhoLetsItGoOn() {
    process.wish = Wish.SUSPEND;
    process.annotations.put(Annotations.SUSPEND_BY, "ann");
    process.annotations.put(Annotations.HELD, "true");

    process.pass();

    assertThat(process.status.message())
        .isEqualTo("held by ann; who has the verb hold sets spec.suspend to false to go on");
    assertThat(process.status.waitingFor()).as("whose turn it is").isEqualTo("ann");
    assertThat(process.evidence("Suspended"))
        .singleElement()
        .satisfies(
            e ->
                assertThat(e.facts())
                    .containsExactly("generation 7", "only who may hold it lets it go on"));
  }

  @Test
  void whoLetsASuspendedRequestGoOnIsInItsRecord() {
    process.wish = Wish.SUSPEND;
    process.pass();
    process.wish = Wish.PROCEED;
    process.annotations.put(Annotations.SUSPEND_BY, "ann");

    process.pass();

    assertThat(process.evidence("Resumed"))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.by()).isEqualTo("ann");
              assertThat(e.facts()).containsExactly("generation 7");
            });
  }

  @Test
  void whatWasNeverSuspendedIsNotToldToGoOn() {
    process.pass();

    assertThat(process.evidence("Resumed")).isEmpty();
  }

  @Test
  void aRequestThatIsNotHeldAnyMoreGoesOnWhereItWas() {
    process.comesTo("Look", VOTE);
    process.pass();
    process.works("Look");
    process.wish = Wish.SUSPEND;
    process.pass();
    process.story.clear();
    process.wish = Wish.PROCEED;

    process.pass();

    assertThat(process.story).containsExactly("Look", "Second", "Review");
  }

  @Test
  void whatIsStillToBeMadeIsHeldThoughSomethingWasMadeBefore() {
    process.comesTo("Look", VOTE);
    process.pass();
    process.story.clear();
    process.wish = Wish.SUSPEND;

    process.pass();

    assertThat(process.story).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.SUSPENDED);
  }

  @Test
  void theStepThatMakesSomethingIsHeldAsWell() {
    process.fails("Second", new ConnectorFailure.Transient("the cloud is away", null));
    process.pass();
    assertThat(process.status.step()).isEqualTo("Second");
    process.story.clear();
    process.wish = Wish.SUSPEND;

    process.pass();

    assertThat(process.story).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.SUSPENDED);
  }

  @Test
  void whatWasMadeIsReviewedAlsoWhileItIsHeld() {
    process.comesTo("Review", VOTE);
    process.pass();
    process.works("Review");
    process.wish = Wish.SUSPEND;

    process.pass();

    assertThat(process.status.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void whatMakesNothingAtAllIsHeldAnywhere() {
    Rehearsal idle = new Rehearsal().step("Plan").step("Look");
    idle.comesTo("Look", VOTE);
    idle.pass();
    idle.wish = Wish.SUSPEND;

    idle.pass();

    assertThat(idle.status.state()).isEqualTo(State.SUSPENDED);
  }

  @Test
  void whatIsLiveForAWhileIsRemovedInTimeAlsoWhileItIsHeld() {
    Rehearsal brief = new Rehearsal();
    brief.until(brief.now.plusSeconds(60)).makes("Never");
    brief.pass();
    brief.wish = Wish.SUSPEND;

    PassResult.Settled held = brief.pass();

    assertThat(brief.status.state()).isEqualTo(State.IN_FORCE);
    assertThat(brief.status.message())
        .as("who suspended it believes no more that it is closed")
        .endsWith("; suspended: what is live stays until its end, only new changes are held");
    assertThat(brief.evidence("Suspended")).hasSize(1);

    brief.wish = Wish.PROCEED;
    brief.pass();
    brief.pass();
    assertThat(brief.evidence("Resumed")).hasSize(1);
    assertThat(held.wakeAt()).contains(brief.now.plusSeconds(60));
    brief.passAfter(Duration.ofSeconds(60));
    assertThat(brief.status.state()).isEqualTo(State.EXPIRED);
  }

  /** It is live, and still nothing is made anew until its people let it go on. */
  @Test
  void whatIsLiveAndSentBackToWhatItMakesIsHeldThereAndStillRemovedInTime() {
    Rehearsal live = new Rehearsal().makes("Apply").step("Verify");
    Instant end = live.now.plusSeconds(60);
    live.does(
        "Verify",
        context -> {
          context.journal().recordInForce(context.asOf(), Optional.of(end));
          return Outcome.attention("Stuck", "nobody knows");
        });
    live.pass();
    live.story.clear();
    live.wish = Wish.SUSPEND;
    live.answer("resume:Apply");

    PassResult.Settled held = live.pass();

    assertThat(live.story).isEmpty();
    assertThat(live.status.state()).isEqualTo(State.SUSPENDED);
    assertThat(held.wakeAt()).contains(end);
  }

  /** What is made without being recorded is never removed. */
  @Test
  void whatTheServerDoesNotTakeIsNotMadeUntilSomebodyHasMadeRoom() {
    process.justBeforeItIsRecorded =
        () -> {
          throw new Interruption.NotRecorded("the object is too large");
        };

    process.pass();

    assertThat(process.outside).isEmpty();
    assertThat(process.status.effects()).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(process.status.message()).startsWith("how it stands cannot be recorded");
    assertThat(process.condition("Stalled").reason()).isEqualTo("NotRecorded");
    assertThat(process.stepState("First")).contains("Failed");

    process.justBeforeItIsRecorded = () -> {};
    process.pass();
    assertThat(process.status.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void whatNobodyIsKnownToHaveAskedForIsNotDone() {
    process.requestedBy = "";

    process.pass();

    assertThat(process.story).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(process.status.message()).startsWith("nobody is recorded as requester");
    assertThat(process.condition("Ready").reason()).isEqualTo("NoRequester");
    assertThat(process.stepState("Admission")).contains("Failed");
  }

  @Test
  void whatCannotBeRecordedAnyMoreIsNotDone() {
    process.comesTo("Plan", VOTE);
    fillTheRecord();
    process.story.clear();
    process.works("Plan");

    process.pass();

    assertThat(process.story).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(process.condition("Ready").reason()).isEqualTo("EvidenceFull");
    assertThat(process.stepState("Evidence")).contains("Failed");
  }

  /** Or what is live would never be removed. */
  @Test
  void whatStandsIsBroughtToItsEndThoughTheRecordIsFull() {
    process.comesTo("Review", VOTE);
    process.pass();
    fillTheRecord();
    process.comesTo("Review", Outcome.end(State.ROLLED_BACK, "NotReviewed", "nobody came"));

    process.pass();

    assertThat(process.status.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(process.outside).isEmpty();
    assertThat(process.evidence("Ended")).hasSize(1);
  }

  private void fillTheRecord() {
    String step = process.status == null ? "Plan" : process.status.step();
    process.does(
        step,
        context -> {
          for (int i = 0; i < 100; i++) {
            context.journal().recordEvidence(Happening.of("Talk", "number " + i), context.asOf());
          }
          return VOTE;
        });
    process.pass();
  }
}
