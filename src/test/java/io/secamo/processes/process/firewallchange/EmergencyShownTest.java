package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.BreakGlass;
import io.secamo.processes.api.ProcessStatus.Gate;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.approval.Delegation;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An emergency shows who went ahead, who has to look at it and until when. */
class EmergencyShownTest {
  private static final Instant BEGIN = Instant.parse("2027-01-04T09:00:00Z");
  private static final Instant END = BEGIN.plus(Duration.ofHours(8));
  private final Stage stage = new Stage();

  @BeforeEach
  void aPolicyThatAllowsEmergencies() {
    stage.policy(
        1,
        new ApprovalPolicySpec(
            List.of(Stage.rule("every-change", null, timed("security"))),
            null,
            null,
            new ApprovalPolicySpec.BreakGlass(2, "8h")));
  }

  @Test
  void whoWentAheadForWhatIsShownUntilOthersHaveLookedAtIt() {
    Change change = emergency();
    assertThat(change.status.breakGlass()).isEqualTo(shown(null));
    assertThat(change.status.deadline()).isEqualTo(END);
    assertThat(change.status.message())
        .isEqualTo(
            "live without approval: oscar went ahead for INC-4711; approve it afterwards before"
                + " 2027-01-04T17:00:00Z, or it is removed");

    stage.vote(change, "ann", "security", true, "");
    stage.now = BEGIN.plusSeconds(3600);
    stage.vote(change, "bob", "security", true, "");

    assertThat(change.status.breakGlass()).isEqualTo(shown(BEGIN.plusSeconds(3600)));
  }

  @Test
  void theGateIsOpenForReviewersAndPassedOnceThereAreEnough() {
    Change change = emergency();
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.status.gates())
        .containsExactly(new Gate("security", "Open", 2, 1, END, null, null));
    assertThat(change.status.votes())
        .extracting(v -> v.voter() + " " + v.decision() + " " + v.digest())
        .containsExactly(
            "ann Approve " + change.status.plan().digest(),
            "oscar Override " + change.status.plan().digest());

    stage.vote(change, "bob", "security", true, "");
    assertThat(change.status.gates())
        .containsExactly(new Gate("security", "Passed", 2, 2, null, null, null));
  }

  @Test
  void anEmergencyThatStillHasToWaitShowsItsGateAsOverridden() {
    stage.busy = "team-a/other";
    Change change = emergency();

    assertThat(change.state()).isEqualTo(State.SCHEDULED);
    assertThat(change.status.gates())
        .containsExactly(new Gate("security", "Overridden", 1, 0, null, null, null));
  }

  @Test
  void theTimeForTheReviewBeginsWithTheChangeAndIsNotMovedByLookingAgain() {
    stage.busy = "team-a/other";
    Change change = emergency();
    stage.pass(Duration.ofHours(1));
    stage.busy = null;
    stage.pass(Duration.ofHours(1));
    stage.pass(Duration.ofHours(1));

    assertThat(change.status.waitingFor()).isEqualTo("review at security (0 of 2)");
    assertThat(change.status.breakGlass().reviewUntil()).isEqualTo(END.plus(Duration.ofHours(2)));
  }

  @Test
  void anOverrideOfAGateThatIsNotAskedForDoesNotCount() {
    Change change = stage.submitted("web", new Wanted().build());
    change.annotate(
        "override.processes.secamo.io/coffee.1",
        "oscar " + change.status.plan().digest() + " INC-4711 it burns");
    stage.work();

    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(change.status.breakGlass()).isNull();
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void whoReviewsTwiceIsOnePerson() {
    Change change = emergency();
    for (String key : List.of("1", "2")) {
      change.annotate(
          "approve.processes.secamo.io/security." + key, "ann " + change.status.plan().digest());
    }
    stage.work();

    assertThat(change.status.waitingFor()).isEqualTo("review at security (1 of 2)");
  }

  /** Also when the override itself is gone by then. */
  @Test
  void whoStandsForThePersonThatWentAheadIsNoReviewer() {
    stage.delegations.add(new Delegation("security", "oscar", List.of(), "dora", END));
    Change change = emergency();
    change.annotate("override.processes.secamo.io/security.1", "taken away");
    change.annotate(
        "approve.processes.secamo.io/security.deputy1", "dora " + change.status.plan().digest());
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.status.waitingFor()).isEqualTo("review at security (1 of 2)");
  }

  @Test
  void aReviewIsInTimeUntilTheLastSecond() {
    Change change = emergency();
    stage.pass(Duration.ofHours(8).minusSeconds(1));
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);

    stage.pass(Duration.ofSeconds(1));
    assertThat(change.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(change.status.message())
        .isEqualTo(
            "the emergency was not reviewed by 2 people before 2027-01-04T17:00:00Z; removed,"
                + " observed gone");
  }

  @Test
  void whoeverRejectsAnEmergencyIsNamed() {
    Change change = emergency();
    stage.vote(change, "ann", "security", false, "no such incident");

    assertThat(change.status.message())
        .isEqualTo("rejected by ann at gate security: no such incident; removed, observed gone");
    assertThat(facts(change)).contains("Reject at gate security", "said: no such incident");
  }

  @Test
  void whileVotesAreNoProofTheReviewSaysSo() {
    Change change = emergency();
    stage.protection = new Protection(Optional.of("votes is missing"), "e1");
    stage.work();
    assertThat(condition(change)).isEqualTo("False");

    stage.protection = new Protection(Optional.empty(), "e2");
    stage.work();
    assertThat(condition(change)).isEqualTo("True");
    assertThat(change.status.message())
        .isEqualTo(
            "the admission policies have been changed since its plan was made, so it cannot be"
                + " reviewed any more; live without approval: oscar went ahead for INC-4711; at"
                + " 2027-01-04T17:00:00Z it is removed");
    assertThat(change.status.waitingFor()).isEqualTo("expiry");
  }

  @Test
  void theTicketOfAnEmergencyIsToldAtOnceThatTheChangeIsLive() {
    Change change = emergency();
    assertThat(stage.tickets().get(0).get("comments"))
        .containsOnlyOnce("Applied and verified.")
        .contains("/applied]");
    stage.vote(change, "ann", "security", true, "");
    stage.vote(change, "bob", "security", true, "");

    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.tickets().get(0).get("comments"))
        .containsOnlyOnce("Applied and verified.")
        .contains("\nEnded as Completed: ");
  }

  private Change emergency() {
    Change change = stage.submitted("web", new Wanted().build());
    change.annotate(
        "override.processes.secamo.io/security.1",
        "oscar " + change.status.plan().digest() + " INC-4711 it burns");
    stage.work();
    return change;
  }

  private static ApprovalPolicySpec.Gate timed(String name) {
    return new ApprovalPolicySpec.Gate(
        name, 1, "72h", new ApprovalPolicySpec.Escalation("1m", "lead"), null);
  }

  private static List<String> facts(Change change) {
    return change.status.evidence().stream()
        .filter(e -> e.what().equals("Vote"))
        .flatMap(e -> e.facts().stream())
        .toList();
  }

  private static String condition(Change change) {
    return change.status.conditions().stream()
        .filter(c -> c.type().equals("AdmissionProtected"))
        .findFirst()
        .orElseThrow()
        .status();
  }

  private static BreakGlass shown(@Nullable Instant reviewedAt) {
    return new BreakGlass(
        "INC-4711",
        "oscar",
        "security",
        2,
        END,
        reviewedAt,
        List.of(new BreakGlass.Overridden("security", "oscar", "INC-4711")));
  }
}
