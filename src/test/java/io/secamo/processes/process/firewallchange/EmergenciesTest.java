package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.approval.ApprovalRules;
import io.secamo.processes.approval.Delegation;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Emergencies, requests that are stuck, and what remains of each: in memory and without waiting.
 */
class EmergenciesTest {
  private final Stage stage = new Stage();
  private final Wanted web = new Wanted();

  @Test
  void anEmergencyGoesAheadAndIsReviewedByTwoOthers() {
    Change change = emergency();
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(change.status.waitingFor()).isEqualTo("review at security (0 of 2)");
    assertThat(stage.cloud()).hasSize(1);
    assertThat(condition(change, "BreakGlass")).isEqualTo("True");
    assertThat(condition(change, "Approved")).isEqualTo("False");

    stage.vote(change, "ann", "security", true, "");
    stage.vote(change, "oscar", "security", true, "the overrider himself");
    assertThat(change.status.waitingFor()).isEqualTo("review at security (1 of 2)");
    assertThat(change.status.votes())
        .as("what does not count is not listed with what was counted")
        .noneMatch(vote -> vote.voter().equals("oscar") && vote.decision().equals("Approve"));
    stage.vote(change, "bob", "security", true, "");

    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(condition(change, "BreakGlass")).isEqualTo("False");
    assertThat(stage.cloud()).hasSize(1);
    assertThat(facts(change, "BreakGlass")).contains("incident INC-4711 it burns");
    assertThat(facts(change, "Reviewed")).contains("by ann, bob");
  }

  @Test
  void anEmergencyThatNobodyReviewsIsTakenBack() {
    Change change = emergency();
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(stage.cloud()).isEmpty();
    assertThat(change.status.message()).contains("not reviewed by 2 people");
  }

  @Test
  void anEmergencyThatNobodyReviewsIsTakenBackAlsoWhenTheTicketSystemIsAway() {
    stage.policy(1, breakable());
    Change change = stage.submitted("web", web.build());
    stage.faults.add(new Fault("comment", FaultKind.UNAVAILABLE, 1000));
    override(change, "oscar", "INC-4711 it burns");
    stage.pass(Duration.ofHours(8).minusSeconds(1));
    assertThat(stage.cloud()).hasSize(1);

    stage.pass(Duration.ofSeconds(1));

    assertThat(stage.cloud()).isEmpty();
    stage.faults.clear();
    stage.pass(Duration.ofMinutes(6));
    assertThat(change.state()).isEqualTo(State.ROLLED_BACK);
  }

  @Test
  void reviewsForgedWhileThePoliciesAreTakenAwayDoNotKeepAnEmergency() {
    Change change = emergency();
    stage.protection = new Protection(Optional.of("votes is missing"), "e2");
    stage.vote(change, "ann", "security", true, "forged");
    stage.vote(change, "bob", "security", true, "forged");
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(change.status.message()).startsWith("votes is missing, so no vote counts; ");
    assertThat(facts(change, "Vote")).doesNotContain("said: forged");

    stage.protection = new Protection(Optional.empty(), "e3");
    stage.work();
    assertThat(change.state()).as("the policies are back").isEqualTo(State.AWAITING_APPROVAL);
    stage.pass(Duration.ofHours(8));
    assertThat(change.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void whoHoldsAnotherGateNeitherReviewsNorEndsAnEmergency() {
    Change change = emergency();
    stage.vote(change, "ann", "coffee", true, "");
    stage.vote(change, "bob", "coffee", true, "");
    stage.vote(change, "eve", "coffee", false, "");

    assertThat(change.status.waitingFor()).isEqualTo("review at security (0 of 2)");
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void whoHoldsAnEmergencyDoesNotEscapeItsReview() {
    Change change = emergency();
    change.wish(Wish.SUSPEND);
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void whatIsLiveForAWhileIsRemovedWhenItIsGivenUp() {
    Change change = stage.submitted("web", web.expiringAfter("8h"));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    change.annotate(Annotations.RESOLVED_BY, "duty");
    change.annotate(Annotations.RESOLVE, "abandon");
    stage.work();

    assertThat(change.state()).isEqualTo(State.WITHDRAWN);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void whatCannotBeRecordedAnyMoreIsNotDone() {
    Change change = stage.submitted("web", web.build());
    for (int generation = 2; generation < 120; generation++) {
      stage.policy(generation, Stage.rule("every-change", null, Stage.gate("security", 1)));
      stage.work();
    }
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message()).contains("no more can be recorded");
    assertThat(stage.cloud()).isEmpty();
    change.wish(Wish.WITHDRAW);
    stage.work();
    assertThat(change.state()).isEqualTo(State.WITHDRAWN);
    assertThat(facts(change, "Ended")).contains("Withdrawn");
  }

  @Test
  void anEmergencyThatAReviewerRejectsIsTakenBack() {
    Change change = emergency();
    stage.vote(change, "ann", "security", false, "no such incident");

    assertThat(change.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(stage.cloud()).isEmpty();
  }

  /** Whoever said no has said it, also if the cloud is away just then and their right goes. */
  @Test
  void aReviewersNoStaysOneThoughItCannotBeFollowedNow() {
    stage.delegations.add(
        new Delegation("security", "ann", List.of(), "dan", stage.now.plus(Duration.ofDays(1))));
    Change change = emergency();
    stage.faults.add(new Fault("remove", FaultKind.UNAVAILABLE, 1));
    change.annotate(
        "reject.processes.secamo.io/security.deputy-1", "dan " + change.status.plan().digest());
    stage.work();
    assertThat(stage.cloud()).hasSize(1);

    stage.delegations.clear();
    stage.vote(change, "ann", "security", true, "");
    stage.vote(change, "bob", "security", true, "");
    stage.pass(Duration.ofMinutes(10));

    assertThat(change.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void anOverrideOpensItsOwnGateAndNoOther() {
    Change change = twoGates();
    override(change, "owner", "oscar", "INC-4711 it burns");

    assertThat(stage.cloud()).isEmpty();
    assertThat(change.status.waitingFor()).isEqualTo("security");
    assertThat(change.status.message()).startsWith("the override opens gate owner and no other. ");

    stage.vote(change, "ann", "security", true, "");
    assertThat(stage.cloud()).hasSize(1);
    assertThat(change.status.waitingFor()).isEqualTo("review at owner (0 of 2)");
  }

  @Test
  void whoOverridesOneGateFillsNoOther() {
    Change change = twoGates();
    override(change, "owner", "oscar", "INC-4711 it burns");
    stage.vote(change, "oscar", "security", true, "and this one too");

    assertThat(stage.cloud()).isEmpty();
    assertThat(change.status.waitingFor()).isEqualTo("security");
  }

  @Test
  void anOverrideCountsAlsoWhereOneWhoOverrodeAnotherGateHadApproved() {
    Change change = twoGates();
    stage.vote(change, "oscar", "security", true, "");
    override(change, "security", "olga", "INC-4712 here too");
    override(change, "owner", "oscar", "INC-4711 it burns");

    assertThat(stage.cloud()).hasSize(1);
    assertThat(change.status.waitingFor()).isEqualTo("review at owner (0 of 2), security (0 of 2)");
  }

  @Test
  void anEmergencyThatWaitsForItsTimeIsReviewedFromWhenItIsMade() {
    stage.policy(1, breakable());
    Change change = stage.submitted("web", web.notBefore(stage.now.plus(Duration.ofHours(12))));
    override(change, "oscar", "INC-4711 it burns");
    assertThat(change.state()).isEqualTo(State.SCHEDULED);

    stage.pass(Duration.ofHours(12));
    assertThat(stage.cloud()).hasSize(1);
    stage.pass(Duration.ofHours(8).minusSeconds(1));
    assertThat(stage.cloud()).hasSize(1);
    stage.pass(Duration.ofSeconds(1));
    assertThat(change.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void everyGateThatWasOverriddenIsReviewedByOthersThanThoseWhoOverrode() {
    Change change = twoGates();
    override(change, "owner", "oscar", "INC-4711 it burns");
    override(change, "security", "olga", "INC-4712 here too");
    assertThat(stage.cloud()).hasSize(1);
    assertThat(change.status.waitingFor()).isEqualTo("review at owner (0 of 2), security (0 of 2)");
    assertThat(change.status.message())
        .contains("oscar went ahead for INC-4711, olga went ahead for INC-4712");

    stage.vote(change, "olga", "owner", true, "for oscar");
    stage.vote(change, "ann", "owner", true, "");
    stage.vote(change, "bob", "owner", true, "");
    assertThat(change.status.waitingFor()).isEqualTo("review at security (0 of 2)");
    stage.vote(change, "ann", "security", true, "");
    stage.vote(change, "bob", "security", true, "");
    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(facts(change, "BreakGlass"))
        .contains("gate owner", "gate security", "incident INC-4712 here too");
  }

  @Test
  void aRejectionAtAGateThatWasNotOverriddenTakesAnEmergencyBack() {
    Change change = twoGates();
    override(change, "owner", "oscar", "INC-4711 it burns");
    stage.vote(change, "ann", "security", true, "");
    assertThat(stage.cloud()).hasSize(1);

    stage.vote(change, "eve", "security", false, "this opens the whole network");

    assertThat(change.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void anOverrideThatIsNotNeededIsNoEmergency() {
    stage.policy(1, breakable());
    Change change = stage.submitted("web", web.build());
    change.annotate(
        "approve.processes.secamo.io/security.1", "ann " + change.status.plan().digest());
    override(change, "oscar", "INC-4711 it burns");

    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(change.status.breakGlass()).isNull();
  }

  @Test
  void whoBreaksTheGlassNamesAnIncident() {
    stage.policy(1, breakable());
    Change change = stage.submitted("web", web.build());
    override(change, "oscar", "");

    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void everyPolicyThatAsksForAGateMustAllowTheEmergency() {
    stage.policy(1, breakable());
    stage.policies.add(
        new ApprovalRules.Policy(
            "strict",
            "p2",
            1,
            new ApprovalPolicySpec(
                List.of(Stage.rule("owner-too", null, Stage.gate("owner", 1))), null, null, null)));
    Change change = stage.submitted("web", web.build());
    override(change, "oscar", "INC-4711 it burns");

    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void withoutAPolicyThatAllowsItNoEmergencyGoesAhead() {
    Change change = stage.submitted("web", web.build());
    override(change, "oscar", "INC-4711 it burns");

    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(change.status.message()).startsWith("the override does not count");
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void theRequesterAloneCannotBreakTheGlass() {
    stage.policy(1, breakable());
    Change change = stage.submitted("web", web.build());
    override(change, "requester", "INC-4711 it burns");

    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void whoMayGivesAStuckRequestUpAndThatIsRecorded() {
    stage.policies.clear();
    Change change = stage.submitted("web", web.build());
    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    change.annotate(Annotations.RESOLVED_BY, "duty");
    change.annotate(Annotations.RESOLVE, "abandon nobody wants it");
    stage.work();

    assertThat(change.state()).isEqualTo(State.WITHDRAWN);
    assertThat(change.status.message()).contains("given up by duty");
    assertThat(facts(change, "Resolved")).contains("abandon nobody wants it");
  }

  @Test
  void theApprovalCannotBeSkippedByWhoResolves() {
    stage.policies.clear();
    Change change = stage.submitted("web", web.build());
    change.annotate(Annotations.RESOLVED_BY, "duty");
    change.annotate(Annotations.RESOLVE, "skip:Plan");
    stage.work();
    change.annotate(Annotations.RESOLVE, "resume:Apply");
    stage.work();
    change.annotate(Annotations.RESOLVE, "skip:Approve");
    stage.work();

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void everyEndingLeavesAChainThatHolds() {
    Change change = emergency();
    stage.vote(change, "ann", "security", true, "");
    stage.vote(change, "bob", "security", true, "");

    assertThat(change.status.evidence())
        .extracting(EvidenceEntry::what)
        .containsExactly(
            "Submitted",
            "TicketOpened",
            "Planned",
            "Vote",
            "BreakGlass",
            "Judged",
            "Applied",
            "Verified",
            "TicketTold",
            "Vote",
            "Vote",
            "Reviewed",
            "Ended");
    assertThat(Chain.problem(new EvidenceRecordSpec(subject(), change.status.evidence())))
        .isEmpty();
    assertThat(stage.tickets().get(0).get("comments"))
        .contains("Evidence so far: " + change.status.evidence().get(12).hash());
  }

  private static Subject subject() {
    return new Subject(
        "FirewallChangeRequest", "team-a", "web", "uid-web-0123456789", "c1u5te12-0000");
  }

  private Change emergency() {
    stage.policy(1, breakable());
    Change change = stage.submitted("web", web.build());
    override(change, "oscar", "INC-4711 it burns");
    return change;
  }

  private static ApprovalPolicySpec breakable() {
    return new ApprovalPolicySpec(
        List.of(Stage.rule("every-change", null, Stage.gate("security", 1))),
        null,
        null,
        new ApprovalPolicySpec.BreakGlass(2, "8h"));
  }

  private Change twoGates() {
    stage.policy(
        1,
        new ApprovalPolicySpec(
            List.of(
                Stage.rule(
                    "every-change", null, Stage.gate("owner", 1), Stage.gate("security", 1))),
            null,
            null,
            new ApprovalPolicySpec.BreakGlass(2, "8h")));
    return stage.submitted("web", web.build());
  }

  private void override(Change change, String who, String incident) {
    override(change, "security", who, incident);
  }

  private void override(Change change, String gate, String who, String incident) {
    change.annotate(
        "override.processes.secamo.io/" + gate + ".1",
        who + " " + change.status.plan().digest() + " " + incident);
    stage.work();
  }

  private static List<String> facts(Change change, String what) {
    return change.status.evidence().stream()
        .filter(e -> e.what().equals(what))
        .flatMap(e -> e.facts().stream())
        .toList();
  }

  private static String condition(Change change, String type) {
    return change.status.conditions().stream()
        .filter(c -> c.type().equals(type))
        .findFirst()
        .orElseThrow()
        .status();
  }
}
