package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.approval.Ballot.Holders;
import io.secamo.processes.approval.Delegation;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has to say yes, by when, and what happens otherwise: in memory and without waiting. */
class ApprovalsTest {
  private final Stage stage = new Stage();
  private final Wanted web = new Wanted();

  @BeforeEach
  void onePolicy() {
    stage.policy(1, Stage.rule("every-change", null, Stage.gate("security", 1)));
  }

  @Test
  void theWorstItemOfAPlanDecidesAndGatesAddUp() {
    stage.policy(
        1,
        Stage.rule("every-change", null, Stage.gate("security", 1)),
        Stage.rule(
            "risky",
            "plan.findings.exists(f, f.severity in ['Critical', 'High'])",
            Stage.gate("security", 2),
            Stage.gate("owner", 1)));

    Change harmless = stage.submitted("web", web.build());
    Change risky = stage.submitted("risky", web.from("0.0.0.0/0").ports("22").build());

    assertThat(harmless.status.waitingFor()).isEqualTo("security");
    assertThat(risky.status.waitingFor()).isEqualTo("owner, security (0 of 2)");
  }

  @Test
  void aStandardChangeNeedsNobodyAndSaysWhichPolicySaidSo() {
    stage.policy(7, Stage.rule("small", "plan.temporary && plan.gained.all(g, g.fromPort == 443)"));

    Change change = stage.submitted("web", web.expiringAfter("1h"));

    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    assertThat(change.status.approvedBy()).isEqualTo("policy every-change@7");
    assertThat(facts(change, "Approved")).contains("standard change, by policy every-change@7");
  }

  @Test
  void aGateOfAnotherRuleOutweighsAStandardRule() {
    stage.policy(
        1,
        Stage.rule("small", "plan.temporary"),
        Stage.rule(
            "customer", "request.spec.justification.contains('Partner')", Stage.gate("owner", 1)));

    Change change = stage.submitted("web", web.expiringAfter("1h"));

    assertThat(change.status.waitingFor()).isEqualTo("owner");
  }

  @Test
  void aPlanThatNoRuleMatchesIsNotApproved() {
    stage.policy(1, Stage.rule("never", "false", Stage.gate("security", 1)));

    Change change = stage.submitted("web", web.build());

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message()).contains("no rule", "matches this plan");
  }

  @Test
  void aBrokenRuleMeansNoApprovalAndNeverNoGate() {
    stage.policy(
        1,
        Stage.rule("fine", "plan.temporary"),
        Stage.rule("broken", "request.spec.nothing == 'x'", Stage.gate("security", 1)));

    Change change = stage.submitted("web", web.expiringAfter("1h"));

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message()).contains("ApprovalPolicy every-change, rule broken:");
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void labelsOfTheConnectionChooseGates() {
    stage.policy(
        1,
        Stage.rule("every-change", null, Stage.gate("security", 1)),
        Stage.rule(
            "production", "connection.labels['stage'] == 'production'", Stage.gate("owner", 1)));
    stage.connectionLabels.put("stage", "production");

    Change change = stage.submitted("web", web.build());

    assertThat(change.status.waitingFor()).isEqualTo("owner, security");
  }

  @Test
  void aRequesterNobodySawNeedsOneMoreApproval() {
    Change change = stage.submitted("web", web.build(), "system:serviceaccount:flux:kustomize");
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.status.waitingFor()).isEqualTo("security (1 of 2)");

    stage.vote(change, "bob", "security", true, "");
    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(change.status.requestedBy().source()).isEqualTo("OnBehalf");
    assertThat(change.status.requestedBy().submittedBy())
        .isEqualTo("system:serviceaccount:flux:kustomize");
  }

  @Test
  void aPolicyMayBelieveTheNameThatAMachineGives() {
    stage.policy(
        1,
        new ApprovalPolicySpec(
            List.of(Stage.rule("every-change", null, Stage.gate("security", 1))),
            ApprovalPolicySpec.OnBehalf.ACCEPT,
            null,
            null));
    Change change = stage.submitted("web", web.build(), "system:serviceaccount:flux:kustomize");
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void aGateThatTimesOutEndsTheRequest() {
    stage.policy(1, Stage.rule("every-change", null, timed("72h", null, null)));
    Change change = stage.submitted("web", web.build());
    assertThat(change.status.deadline()).isEqualTo(stage.now.plus(Duration.ofHours(72)));

    stage.pass(Duration.ofHours(72).minusSeconds(1));
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    stage.pass(Duration.ofSeconds(1));
    assertThat(change.state()).isEqualTo(State.APPROVAL_TIMED_OUT);
    stage.vote(change, "ann", "security", true, "too late");
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void anUnansweredGateIsEscalatedByItself() {
    var lead = new ApprovalPolicySpec.Escalation("24h", "lead");
    stage.policy(1, Stage.rule("every-change", null, timed("72h", lead, null)));
    Change change = stage.submitted("web", web.build());
    assertThat(change.status.nextAttemptAt()).isEqualTo(stage.now.plus(Duration.ofHours(24)));

    stage.pass(Duration.ofHours(24));
    assertThat(change.status.waitingFor()).isEqualTo("security or lead");
    assertThat(change.status.gates())
        .extracting(g -> g.name() + " " + g.state())
        .containsExactly("security Open", "lead Open");

    stage.vote(change, "boss", "lead", true, "");
    assertThat(change.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void anOpenGateRemindsAsOftenAsThePolicySays() {
    stage.policy(1, Stage.rule("every-change", null, timed(null, null, "8h")));
    Change change = stage.submitted("web", web.build());
    int writes = change.writes;

    stage.pass(Duration.ofHours(7));
    assertThat(change.writes).isEqualTo(writes);
    stage.pass(Duration.ofHours(1));
    stage.pass(Duration.ofHours(8));

    assertThat(change.status.gates().get(0).reminders()).isEqualTo(2);
    assertThat(change.writes).isEqualTo(writes + 2);
  }

  @Test
  void aPlanThatChangedVoidsVotesAndSaysWhatIsDifferent() {
    stage.policy(1, Stage.rule("every-change", null, Stage.gate("security", 2)));
    Change change = withItsTicketElsewhere();
    String old = change.status.plan().digest();
    stage.vote(change, "ann", "security", true, "");
    stage.endpoint = "https://evil.example.com";
    stage.policy(2, Stage.rule("every-change", null, Stage.gate("security", 2)));
    stage.work();

    assertThat(change.status.plan().digest()).isNotEqualTo(old);
    assertThat(change.status.plan().supersedes().digest()).isEqualTo(old);
    assertThat(change.status.plan().supersedes().votes()).isEqualTo(1);
    assertThat(change.status.plan().supersedes().differences())
        .anyMatch(d -> d.startsWith("connection was") && d.endsWith("https://evil.example.com"))
        .contains("the approval policies were changed");
    assertThat(change.status.waitingFor()).isEqualTo("security (0 of 2)");
    assertThat(change.status.message()).contains("replaces plan " + old, "whose vote is void");
  }

  /** Its cloud is the only one that moves. */
  private Change withItsTicketElsewhere() {
    stage.deskEndpoint = Optional.of("https://desk.example.com");
    return stage.submitted(
        "web", web.ticket(new FirewallChangeSpec.Ticket("desk", null, "ACME", null)));
  }

  @Test
  void aConnectionThatLeadsElsewhereVoidsTheApproval() {
    Change change = withItsTicketElsewhere();
    stage.endpoint = "https://evil.example.com";
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(stage.cloud()).isEmpty();
  }

  /** Where the change would be made is gone as well: only the votes are left to look at. */
  @Test
  void aNoThatIsNoProofIsNotBelievedAlsoIfTheConnectionIsGone() {
    Change change = stage.submitted("web", new Wanted().build());
    stage.protection = new Protection(Optional.of("the vote policy is missing"), "e1");
    stage.connectionGone = true;
    stage.vote(change, "ann", "security", false, "forged");
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(change.status.message()).contains("the vote policy is missing");
  }

  @Test
  void whileVotesAreNoProofNoneIsCounted() {
    Change change = stage.submitted("web", web.build());
    stage.protection = new Protection(Optional.of("the vote policy is missing"), "e1");
    stage.vote(change, "ann", "security", true, "");

    assertThat(stage.cloud()).isEmpty();
    assertThat(change.status.message()).startsWith("the vote policy is missing");
    assertThat(condition(change, "AdmissionProtected")).isEqualTo("False");
  }

  @Test
  void whoTakesThePoliciesAwayAndPutsThemBackHasVoidedEveryVote() {
    Change change = stage.submitted("web", web.build());
    String old = change.status.plan().digest();
    change.annotate("approve.processes.secamo.io/security.x", "ghost " + old + " forged");
    stage.protection = new Protection(Optional.empty(), "another epoch");
    stage.work();

    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(change.status.plan().digest()).isNotEqualTo(old);
    assertThat(change.status.plan().supersedes().differences())
        .containsExactly(
            "the admission policies, or the definitions of our kinds, were changed or taken away"
                + " for a while");
    assertThat(stage.cloud()).isEmpty();
  }

  /** All else in a digest can be known: whoever weakens a policy for a moment knows what comes. */
  @Test
  void aVoteThatWasThereBeforeItsPlanIsNotForIt() {
    Protection next = new Protection(Optional.empty(), "another epoch");
    Stage ahead = new Stage();
    ahead.protection = next;
    String digest = ahead.submitted("web", web.build()).status.plan().digest();

    Change change = stage.submitted("web", web.build());
    change.annotate("approve.processes.secamo.io/security.x", "ghost " + digest + " forged");
    stage.protection = next;
    stage.work();
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(stage.cloud()).isEmpty();

    String voted = change.status.plan().digest();
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).as("and those that come later count").isEqualTo(State.COMPLETED);
    assertThat(change.status.plan().digest()).isEqualTo(voted).isNotEqualTo(digest);
  }

  @Test
  void aGateThatNobodyHoldsIsSaidAtOnce() {
    stage.mayVote = Optional.of(Map.of());
    Change change = stage.submitted("web", web.build());

    assertThat(change.status.message())
        .startsWith(
            "nobody may approve at gate security in namespace team-a: grant the verb approve on"
                + " approvalgates/security. ");
    assertThat(reason(change)).isEqualTo("NobodyMayApprove");
  }

  /** It was AwaitingApproval for ever: whoever voted at one gate was missing at the other. */
  @Test
  void twoGatesThatOnlyOnePersonHoldsAreSaidAtOnce() {
    stage.policy(
        1, Stage.rule("every-change", null, Stage.gate("network", 1), Stage.gate("security", 1)));
    Holders ann = new Holders(Set.of("ann", "requester"), false);
    stage.mayVote = Optional.of(Map.of("network", ann, "security", ann));
    Change change = stage.submitted("web", web.build());

    assertThat(change.status.message())
        .startsWith(
            "only ann may approve at gates network and security in namespace team-a, one person"
                + " counts at one gate, and it takes 2: grant the verb approve on"
                + " approvalgates/network or approvalgates/security to somebody else, or set"
                + " onePersonManyGates in the policies. ");
    assertThat(reason(change)).isEqualTo("NobodyMayApprove");

    stage.mayVote =
        Optional.of(Map.of("network", ann, "security", new Holders(Set.of("bob"), false)));
    stage.work();
    assertThat(reason(change)).isEqualTo("AwaitingApproval");
  }

  @Test
  void aDeputyVotesInTheApproversPlaceWhileTheDelegationHolds() {
    stage.delegations.add(
        new Delegation("security", "ann", List.of(), "dan", stage.now.plus(Duration.ofDays(1))));
    Change change = stage.submitted("web", web.build());
    change.annotate(
        "approve.processes.secamo.io/security.deputy-1",
        "dan " + change.status.plan().digest() + " for ann");
    stage.work();

    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(change.status.votes().get(0).standsFor()).isEqualTo("ann");
    assertThat(facts(change, "Vote")).contains("in place of ann");
  }

  /** Nobody tells us when one is made. */
  @Test
  void aDeputysVoteThatCameBeforeItsDelegationIsToldAndLookedAtAgain() {
    Change change = stage.submitted("web", web.build());
    change.annotate(
        "approve.processes.secamo.io/security.deputy-1", "dan " + change.status.plan().digest());
    stage.work();
    assertThat(change.status.message())
        .startsWith("the vote of dan at gate security waits: somebody who may vote there");
    assertThat(change.status.nextAttemptAt()).isEqualTo(stage.now.plus(Duration.ofMinutes(1)));

    stage.delegations.add(
        new Delegation("security", "ann", List.of(), "dan", stage.now.plus(Duration.ofDays(1))));
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.state()).isEqualTo(State.COMPLETED);
  }

  /** Each is a call to the API server, and whoever may delegate may do so as often as they like. */
  @Test
  void ofManyDelegationsOfOneGiverOnlyTheLastOnesAreTried() {
    for (int i = 1; i <= 100; i++) {
      stage.delegations.add(
          new Delegation("security", "ann", List.of(), "dan", stage.now.plus(Duration.ofHours(i))));
    }
    stage.giverHolds = false;
    Change change = stage.submitted("web", web.build());
    stage.giversAsked = 0;
    change.annotate(
        "approve.processes.secamo.io/security.deputy-1", "dan " + change.status.plan().digest());
    stage.work();

    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(stage.giversAsked).isEqualTo(5);
  }

  @Test
  void aVoteForgedWhileThePoliciesAreTakenAwayAtTheLastMomentEndsNothing() {
    Change change = stage.submitted("web", web.build());
    stage.justBeforeAnEffect =
        () -> {
          stage.protection = new Protection(Optional.of("votes is missing"), "e2");
          change.annotate(
              "reject.processes.secamo.io/security.9",
              "bob " + change.status.plan().digest() + " forged");
        };
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(change.status.message()).contains("until then no vote counts");
    assertThat(change.status.evidence()).noneMatch(e -> "bob".equals(e.by()));
    assertThat(stage.cloud()).isEmpty();
  }

  private static ApprovalPolicySpec.Gate timed(
      String within, ApprovalPolicySpec.Escalation escalate, String remindEvery) {
    return new ApprovalPolicySpec.Gate("security", 1, within, escalate, remindEvery);
  }

  private static List<String> facts(Change change, String what) {
    return change.status.evidence().stream()
        .filter(e -> e.what().equals(what))
        .flatMap(e -> e.facts().stream())
        .toList();
  }

  private static String reason(Change change) {
    return change.status.conditions().stream()
        .filter(c -> c.type().equals("Ready"))
        .findFirst()
        .orElseThrow()
        .reason();
  }

  private static String condition(Change change, String type) {
    return change.status.conditions().stream()
        .filter(c -> c.type().equals(type))
        .findFirst()
        .orElseThrow()
        .status();
  }
}
