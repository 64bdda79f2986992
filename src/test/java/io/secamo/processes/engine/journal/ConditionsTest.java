package io.secamo.processes.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.BreakGlass;
import io.secamo.processes.api.Condition;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.ProcessStatus.Gate;
import io.secamo.processes.api.ProcessStatus.Ticket;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.effect.EffectLog;
import io.secamo.processes.effect.Intended;
import io.secamo.processes.effect.Place;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What automation reads of a process: each judgement, its reason, its words and its time. */
class ConditionsTest {
  private static final Instant NOW = Instant.parse("2027-01-04T09:00:00Z");

  private final Journal journal = Journal.of(null);

  @ParameterizedTest
  @EnumSource(names = {"RECEIVED", "RUNNING", "APPLYING", "VERIFYING", "REVERTING"})
  void whatIsUnderWayIsReconcilingAndItsReadinessUnknown(State state) {
    stands(state, "is busy");

    assertThat(condition("Ready")).contains(is("Ready", "Unknown", "Progressing", "is busy"));
    assertThat(condition("Reconciling"))
        .contains(is("Reconciling", "True", "Progressing", "is busy"));
    assertThat(condition("Stalled")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"AWAITING_APPROVAL", "SCHEDULED", "SUSPENDED"})
  void whatWaitsForPeopleOrItsTimeIsNotReadyAndNothingIsWrong(State state) {
    stands(state, "it is your turn");

    assertThat(condition("Ready")).contains(is("Ready", "False", "Because", "it is your turn"));
    assertThat(condition("Reconciling")).isEmpty();
    assertThat(condition("Stalled")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"IN_FORCE", "COMPLETED", "ALREADY_SATISFIED", "EXPIRED"})
  void whatWasDoneAsAskedIsReady(State state) {
    stands(state, "as you wished");

    assertThat(condition("Ready")).contains(is("Ready", "True", "Because", "as you wished"));
    assertThat(condition("Reconciling")).isEmpty();
    assertThat(condition("Stalled")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"REJECTED", "APPROVAL_TIMED_OUT", "WITHDRAWN", "ROLLED_BACK", "NEEDS_ATTENTION"})
  void whatGoesOnByItselfNoMoreIsStalledAndSaysWhy(State state) {
    stands(state, "ann said no");

    assertThat(condition("Ready")).contains(is("Ready", "False", "Because", "ann said no"));
    assertThat(condition("Stalled")).contains(is("Stalled", "True", "Because", "ann said no"));
    assertThat(condition("Reconciling")).isEmpty();
  }

  @Test
  void whatIsTriedAgainIsNotReadyAndReconcilesWithRetries() {
    journal.progress().retries("Make", "CheckingOutcome", "the cloud is away", NOW, true);

    assertThat(condition("Ready"))
        .contains(is("Ready", "False", "CheckingOutcome", "the cloud is away"));
    assertThat(condition("Reconciling"))
        .contains(is("Reconciling", "True", "ProgressingWithRetry", "the cloud is away"));
    assertThat(condition("Stalled")).isEmpty();
  }

  @Test
  void whereNothingElseIsSaidTheConditionNamesTheState() {
    assertThat(condition("Ready")).map(Condition::message).contains("Received");
    stands(State.VERIFYING, "");
    assertThat(condition("Ready")).map(Condition::message).contains("Verifying");
  }

  @Test
  void aPlanWithoutGatesIsNotApproved() {
    assertThat(condition("Approved")).contains(is("Approved", "False", "NotYet", "not so"));
  }

  @Test
  void aPlanIsApprovedOnceEveryGateIsPassed() {
    journal.ballot(List.of(gate("security", "Passed"), gate("owner", "Open")), List.of());
    assertThat(condition("Approved")).contains(is("Approved", "False", "NotYet", "not so"));

    journal.ballot(List.of(gate("security", "Passed"), gate("owner", "Passed")), List.of());
    assertThat(condition("Approved"))
        .contains(
            is("Approved", "True", "Approved", "every gate has been passed for the current plan"));
  }

  @Test
  void aStandardChangeIsApprovedByThePolicyThatItNames() {
    journal.approvedBy("policy small-changes@3");

    assertThat(condition("Approved"))
        .contains(
            is(
                "Approved",
                "True",
                "Approved",
                "a standard change, approved by policy small-changes@3"));
  }

  @Test
  void anEmergencyIsSaidUntilItIsReviewed() {
    assertThat(condition("BreakGlass")).as("no emergency").isEmpty();

    journal.breakGlass(new BreakGlass("INC-1", "oscar", "security", 2, NOW, null));
    assertThat(condition("BreakGlass"))
        .contains(is("BreakGlass", "True", "BreakGlass", "oscar went ahead for INC-1"));

    journal.breakGlass(new BreakGlass("INC-1", "oscar", "security", 2, NOW, NOW));
    assertThat(condition("BreakGlass"))
        .contains(is("BreakGlass", "False", "Reviewed", "oscar went ahead for INC-1"));
  }

  @Test
  void whetherTheAdmissionPoliciesHoldIsSaidOnceItWasJudged() {
    assertThat(condition("AdmissionProtected")).as("not judged yet").isEmpty();

    journal.admission(Optional.of("the vote policy is missing"));
    assertThat(condition("AdmissionProtected"))
        .contains(
            is(
                "AdmissionProtected",
                "False",
                "AdmissionUnprotected",
                "the vote policy is missing"));

    journal.admission(Optional.empty());
    assertThat(condition("AdmissionProtected"))
        .contains(
            is(
                "AdmissionProtected",
                "True",
                "AdmissionProtected",
                "the admission policies are in force as shipped"));
  }

  @Test
  void whatWasJudgedOfTheAdmissionPoliciesIsRememberedUntilItIsJudgedAgain() {
    assertThat(Journal.of(journal.status(NOW)).unprotected()).as("not judged yet").isNull();

    journal.admission(Optional.of("the vote policy is missing"));
    assertThat(Journal.of(journal.status(NOW)).unprotected())
        .isEqualTo("the vote policy is missing");

    journal.admission(Optional.empty());
    assertThat(Journal.of(journal.status(NOW)).unprotected()).isEmpty();
  }

  @Test
  void aChangeIsInForceFromItsProofToItsRemoval() {
    assertThat(condition("InForce")).contains(is("InForce", "False", "NotYet", "not so"));

    journal.recordInForce(NOW, Optional.of(NOW.plusSeconds(60)));
    assertThat(condition("InForce"))
        .contains(is("InForce", "True", "InForce", "the change is live and verified"));

    journal.allReverted(NOW.plusSeconds(60));
    assertThat(condition("InForce")).contains(is("InForce", "False", "NotYet", "not so"));
  }

  @Test
  void whatSomebodyElseKeepsLiveIsNotInForceByThisRequest() {
    journal.recordInForce(NOW, Optional.empty());
    stands(State.ALREADY_SATISFIED, "was open already");

    assertThat(condition("InForce")).contains(is("InForce", "False", "NotYet", "not so"));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"EXPIRED", "REMOVED", "REJECTED", "APPROVAL_TIMED_OUT", "WITHDRAWN", "ROLLED_BACK"})
  void whatIsOverIsNotCalledLiveAlsoIfNothingHadToBeRemoved(State state) {
    EffectLog effects = journal.effectLog();
    effects.became("Apply", "key", EffectState.REFERENCED, "their-rule");
    journal.recordInForce(NOW, Optional.of(NOW.plusSeconds(60)));
    journal.progress().ended(state, "Because", "its time is over", NOW);

    assertThat(condition("InForce"))
        .contains(
            is(
                "InForce",
                "False",
                "Because",
                "over for this request; what was there before it was left alone"));
  }

  @Test
  void whatWasGivenUpMayBeLiveStill() {
    Place place = new Place("connection", "account", "target");
    journal
        .effectLog()
        .intend(
            "Apply",
            new Intended(IdempotencyKey.of("c", "uid", "Apply", "it"), "make", Map.of()),
            NOW,
            place);
    journal.recordInForce(NOW, Optional.of(NOW.plusSeconds(60)));
    journal.progress().ended(State.WITHDRAWN, "Abandoned", "given up", NOW);

    assertThat(condition("InForce"))
        .map(Condition::message)
        .contains("what was begun may be live, unverified");
  }

  @Test
  void theTicketIsOpenUntilItWasSeenClosed() {
    assertThat(condition("TicketOpen")).as("no ticket").isEmpty();

    journal.ticket(new Ticket("desk", "4711", null, "Open"));
    assertThat(condition("TicketOpen")).contains(is("TicketOpen", "True", "Open", "ticket 4711"));

    journal.ticket(new Ticket("desk", "4711", null, "Closed"));
    assertThat(condition("TicketOpen"))
        .contains(is("TicketOpen", "False", "Closed", "ticket 4711"));
  }

  @Test
  void aConditionTellsSinceWhenItIsSo() {
    stands(State.COMPLETED, "done");
    Journal later = Journal.of(journal.status(NOW));
    later.ticket(new Ticket("desk", "4711", null, "Open"));
    later.progress().parked("Make", "Because", "stuck");

    List<Condition> judged = later.status(NOW.plusSeconds(60)).conditions();

    assertThat(judged)
        .filteredOn(c -> c.lastTransitionTime().equals(NOW))
        .extracting(Condition::type)
        .containsExactly("Approved", "InForce");
    assertThat(judged)
        .filteredOn(c -> c.lastTransitionTime().equals(NOW.plusSeconds(60)))
        .extracting(Condition::type)
        .containsExactly("Ready", "Stalled", "TicketOpen");
  }

  @Test
  void aConditionNamesTheGenerationThatWasJudged() {
    journal.progress().begin(7, NOW);

    assertThat(journal.status(NOW).conditions())
        .isNotEmpty()
        .allSatisfy(c -> assertThat(c.observedGeneration()).isEqualTo(7));
  }

  private void stands(State state, String message) {
    journal.progress().waits(new Outcome.Wait(state, "Because", "ann", message, null, null));
  }

  private Optional<Condition> condition(String type) {
    return journal.status(NOW).conditions().stream().filter(c -> c.type().equals(type)).findFirst();
  }

  private static Condition is(String type, String status, String reason, String message) {
    return new Condition(type, status, reason, message, NOW, null);
  }

  private static Gate gate(String name, String state) {
    return new Gate(name, state, 1, 1, null, null, null);
  }
}
