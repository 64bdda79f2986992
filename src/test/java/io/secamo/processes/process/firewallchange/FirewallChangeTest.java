package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Adoption;
import io.secamo.processes.api.firewall.FirewallChangeSpec.OnDelete;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The firewall change as its people see it, in memory and without waiting. */
class FirewallChangeTest {
  private static final Rule PARTNER = Rule.parse("Ingress tcp 443 from 203.0.113.0/24");
  private final Stage stage = new Stage();

  /** Otherwise its plan would not fit into the status and the request would hang for ever. */
  @Test
  void aChangeAroundTooManyOtherRulesIsRejectedWithAReason() {
    var firewall = stage.sandbox().firewall().orElseThrow();
    for (int i = 0; i < 100; i++) {
      firewall.add("web", Rule.parse("Ingress tcp 443 from 10." + 2 * i + ".7.9/32"), "foreign");
    }

    Change change = stage.submitted("web", new Wanted().from("0.0.0.0/0").build());

    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(change.status.message())
        .matches(
            "beside what is open already this opens \\d{4} separate accesses, at most 1000 .*");
  }

  /** The API server refuses it; what an earlier version let in is judged here. */
  @Test
  void aTextThatIsNotWhatItLooksLikeIsRejectedBeforeAnybodyIsTold() {
    Change change = stage.submitted("web", new Wanted().because("Order \u202e4711"));

    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(change.status.message())
        .isEqualTo(
            "spec.justification holds hidden characters: submit a new request, in one line of plain"
                + " text");
    assertThat(stage.tickets()).isEmpty();
    assertThat(stage.submitted("blank", new Wanted().because(" \u3000 ")).status.message())
        .isEqualTo("spec.justification is blank: submit a new request, in one line of plain text");
  }

  @Test
  void aTemporaryChangeIsApprovedAppliedRemovedAndItsTicketResolved() {
    Change change = stage.submitted("web", lasting().expiringAfter("8h"));
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(change.status.waitingFor()).isEqualTo("security");
    assertThat(change.status.plan().summary())
        .isEqualTo(
            "adds 1 rule to security group web: +256 public IPv4 addresses can reach tcp 443");
    assertThat(stage.cloud()).isEmpty();

    stage.vote(change, "approver", "security", true, "looks fine");
    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    assertThat(stage.cloud()).hasSize(1).allMatch(r -> r.rule().equals(PARTNER));

    stage.pass(Duration.ofHours(8));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
    assertThat(change.status.inForce().revertedAt()).isEqualTo(stage.now);
    assertThat(stage.tickets()).hasSize(1);
    assertThat(stage.tickets().get(0)).containsEntry("status", "resolved");
    assertThat(stage.tickets().get(0).get("comments"))
        .contains("approver (security): looks fine", "Ended as Expired");
  }

  @Test
  void aLastingChangeEndsAsCompletedAndStays() {
    Change change = approved(lasting().build());
    assertThat(change.state()).isEqualTo(State.COMPLETED);
    stage.pass(Duration.ofDays(400));
    assertThat(stage.cloud()).hasSize(1);
    assertThat(change.writes).as("awaiting approval, intent, completed").isEqualTo(3);
  }

  @Test
  void thePlanNamesTheAccountThatTheLookAtTheFirewallStoodFor() {
    stage.cloudSeenThrough = SignsInAtALook::new;
    Change change = stage.submitted("web", lasting().build());
    assertThat(change.status.plan().account()).isEqualTo("signed in anew");
  }

  /** A cloud whose session ends before a look, and is renewed by it. */
  private static final class SignsInAtALook extends SeenThrough {
    private Account account = new Account("signed in long ago");

    SignsInAtALook(FirewallProvider real) {
      super(real);
    }

    @Override
    public Account account() {
      return account;
    }

    @Override
    public Group observe(String securityGroup) {
      account = new Account("signed in anew");
      return super.observe(securityGroup);
    }
  }

  @Test
  void nobodyApprovesTheirOwnChangeWhateverAdmissionLetIn() {
    Change change = stage.submitted("web", lasting().build());
    stage.vote(change, "requester", "security", true, "");
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aVoteForAnotherPlanDoesNotCount() {
    Change change = stage.submitted("web", lasting().build());
    change.annotate("approve.processes.secamo.io/security.1", "approver 0123456789abcdef fine");
    stage.work();
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
  }

  @Test
  void twoDifferentPeopleAreNeededWhereThePolicySaysTwo() {
    stage.policy(1, Stage.rule("every-change", null, Stage.gate("security", 2)));
    Change change = stage.submitted("web", lasting().build());
    stage.vote(change, "approver", "security", true, "");
    assertThat(change.status.waitingFor()).isEqualTo("security (1 of 2)");
    stage.vote(change, "second-approver", "security", true, "");
    assertThat(change.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void aRejectionEndsItWithTheReasonAndTellsTheTicket() {
    Change change = stage.submitted("web", lasting().build());
    stage.vote(change, "approver", "security", false, "use the VPN");
    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(change.status.message())
        .isEqualTo("rejected by approver at gate security: use the VPN");
    assertThat(stage.tickets().get(0)).containsEntry("status", "rejected");
  }

  @Test
  void withdrawalRemovesWhatIsLive() {
    Change change = approved(lasting().expiringAfter("8h"));
    change.wish(Wish.WITHDRAW);
    stage.work();
    assertThat(change.state()).isEqualTo(State.WITHDRAWN);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void deletionRemovesWhatIsTemporaryBeforeTheObjectGoes() {
    Change change = approved(lasting().expiringAfter("8h"));
    change.wish(Wish.DELETE);
    stage.work();
    assertThat(change.released).isTrue();
    assertThat(stage.cloud()).isEmpty();
    assertThat(stage.tickets().get(0)).containsEntry("status", "rejected");
  }

  @Test
  void deletionKeepsALastingChangeUnlessItSaysRevert() {
    Change kept = approved(lasting().build());
    kept.wish(Wish.DELETE);
    stage.work();
    assertThat(kept.released).isTrue();
    assertThat(stage.cloud()).hasSize(1);
    Stage other = new Stage();
    Change undone = other.submitted("web", lasting().onDelete(OnDelete.REVERT));
    other.vote(undone, "approver", "security", true, "");
    undone.wish(Wish.DELETE);
    other.work();
    assertThat(other.cloud()).isEmpty();
  }

  @Test
  void anExpiryInThePastIsRefusedWithoutATicket() {
    Change change = stage.submitted("web", lasting().expiringAt(stage.now.minusSeconds(60)));
    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(change.status.message())
        .isEqualTo(
            "expiresAt 2027-01-04T08:59:00Z is in the past: submit a new request with a later"
                + " time");
    assertThat(stage.tickets()).isEmpty();
  }

  @Test
  void nobodyVotesInTimeAndItTimesOut() {
    Change change = stage.submitted("web", lasting().expiringAt(stage.now.plusSeconds(3600)));
    stage.pass(Duration.ofHours(1));
    assertThat(change.state()).isEqualTo(State.APPROVAL_TIMED_OUT);
    assertThat(stage.tickets().get(0)).containsEntry("status", "rejected");
  }

  @Test
  void theStartTimeIsWaitedFor() {
    Change change = approved(lasting().notBefore(stage.now.plusSeconds(7200)));
    assertThat(change.state()).isEqualTo(State.SCHEDULED);
    assertThat(stage.cloud()).isEmpty();
    stage.pass(Duration.ofHours(2));
    assertThat(change.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void whatWouldOpenMoreThanWasApprovedIsAskedAgain() {
    var firewall = stage.sandbox().firewall().orElseThrow();
    String half =
        firewall.add("web", Rule.parse("Ingress tcp 443 from 203.0.113.0/25"), "by hand").id();
    Change change = stage.submitted("web", lasting().build());
    String approvedPlan = change.status.plan().digest();
    firewall.remove(half);
    stage.vote(change, "approver", "security", true, "");
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(change.status.plan().digest()).isNotEqualTo(approvedPlan);
    assertThat(change.status.votes()).isEmpty();
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aChangedPolicyAsksAgain() {
    Change change = stage.submitted("web", lasting().build());
    stage.policy(2, Stage.rule("every-change", null, Stage.gate("security", 1)));
    stage.vote(change, "approver", "security", true, "");
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aRejectionBetweenDecisionAndEffectStopsTheEffect() {
    Change change = stage.submitted("web", lasting().build());
    stage.justBeforeAnEffect =
        () ->
            change.annotate(
                "reject.processes.secamo.io/security.9",
                "second-approver " + change.status.plan().digest() + " stop");
    stage.vote(change, "approver", "security", true, "");
    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aTicketIsNotToldTheSameTwiceWhenAnAnswerWasLost() {
    Change change = stage.submitted("web", lasting().build());
    fault("comment", FaultKind.REPLY_LOST);
    stage.vote(change, "approver", "security", true, "");
    assertThat(change.state()).isNotEqualTo(State.COMPLETED);
    stage.pass(Duration.ofMinutes(6));

    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.tickets().get(0).get("comments")).containsOnlyOnce("/ended-Completed]");
  }

  @Test
  void aLostAnswerNeverOpensASecondTicketOrRule() {
    fault("create", FaultKind.REPLY_LOST);
    fault("add", FaultKind.REPLY_LOST);
    fault("remove", FaultKind.REPLY_LOST);
    Change change = stage.submitted("web", lasting().expiringAfter("8h"));
    assertThat(change.status.conditions())
        .anyMatch(c -> c.type().equals("Ready") && c.reason().equals(Reasons.CHECKING_OUTCOME));
    stage.pass(Duration.ofMinutes(6));
    stage.vote(change, "approver", "security", true, "");
    stage.pass(Duration.ofMinutes(6));
    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    assertThat(stage.cloud()).hasSize(1);
    stage.pass(Duration.ofHours(9));
    stage.pass(Duration.ofMinutes(6));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
    assertThat(stage.tickets()).hasSize(1);
  }

  @Test
  void aRuleThatWasOnlySaidToBeAddedIsNotBelieved() {
    fault("add", FaultKind.SILENTLY_DROPPED);
    Change change = approved(lasting().build());
    assertThat(change.state()).isNotEqualTo(State.COMPLETED);
    stage.pass(Duration.ofMinutes(6));
    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void aRefusalNeedsAttentionAndGoesOnOnceMended() {
    fault("observe", FaultKind.REFUSED);
    Change change = stage.submitted("web", lasting().build());
    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message()).isEqualTo("the sandbox refuses to observe");
    stage.work();
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(stage.tickets()).hasSize(1);
  }

  @Test
  void anIdleHourOfAWaitingRequestCostsNothing() {
    Change change = stage.submitted("web", lasting().expiringAfter("8h"));
    int writes = change.writes;
    int calls = stage.outsideCalls;
    for (int minute = 0; minute < 60; minute++) {
      stage.pass(Duration.ofMinutes(1));
    }
    System.out.printf(
        "FIGURE an idle hour of a waiting request: %d writes, %d outside calls%n",
        change.writes - writes, stage.outsideCalls - calls);
    assertThat(change.writes).isEqualTo(writes);
    assertThat(stage.outsideCalls).isEqualTo(calls);
    assertThat(calls).as("the count counts").isPositive();
  }

  /** People are told by an Event that it ends soon; the look that this takes is free. */
  @Test
  void anIdleHourOfALiveRequestCostsNothing() {
    Change change = approved(lasting().expiringAfter("8h"));
    int writes = change.writes;
    int calls = stage.outsideCalls;
    stage.pass(Duration.ofMinutes(7 * 60 + 11));
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    assertThat(change.writes).isEqualTo(writes);
    assertThat(stage.outsideCalls).isEqualTo(calls);
  }

  @Test
  void withoutAPolicyNothingIsApproved() {
    stage.policies.clear();
    Change change = stage.submitted("web", lasting().build());
    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.waitingFor())
        .as("who is on duty may not write policies")
        .isEqualTo(ProcessStatus.ADMINISTRATOR);
    assertThat(change.status.message())
        .isEqualTo(
            "namespace team-a has no ApprovalPolicy, so nobody could approve this: create one that"
                + " names the gates");
  }

  @Test
  void somebodyElsesEqualRuleSatisfiesTheRequestAndIsNeverRemoved() {
    stage.sandbox().firewall().orElseThrow().add("web", PARTNER, "made by hand");
    Change change = stage.submitted("web", lasting().expiringAfter("8h"));
    assertThat(change.state()).isEqualTo(State.ALREADY_SATISFIED);
    stage.pass(Duration.ofHours(9));
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void aRuleThatSomebodyAddsInTheSameMomentIsNotClaimedAndStays() {
    Change change = stage.submitted("web", lasting().expiringAfter("8h"));
    stage.justBeforeAnEffect =
        () -> stage.sandbox().firewall().orElseThrow().add("web", PARTNER, "made by hand");
    stage.vote(change, "approver", "security", true, "");
    assertThat(change.status.effects())
        .filteredOn(e -> e.step().equals("Apply"))
        .extracting(Effect::state)
        .containsExactly(EffectState.REFERENCED);
    stage.pass(Duration.ofHours(9));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void somebodyElsesEqualRuleIsAnErrorWhereAdoptionIsNever() {
    String id = stage.sandbox().firewall().orElseThrow().add("web", PARTNER, "made by hand").id();
    Change change = stage.submitted("web", lasting().adoption(Adoption.NEVER));
    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(change.status.message())
        .isEqualTo(
            "Ingress tcp 443 from 203.0.113.0/24 is there already (rule "
                + id
                + ") and spec.adoption is Never: remove it first, or submit a request with adoption"
                + " Reference");
  }

  @Test
  void aRuleThatTwoRequestsNeedStaysUntilTheLastOneEnds() {
    Change first = approved(lasting().expiringAfter("1h"));
    Change second = stage.submitted("second", lasting().expiringAfter("3h"));
    assertThat(second.status.plan().effects().get(0)).startsWith("add ");
    stage.vote(second, "approver", "security", true, "");
    stage.pass(Duration.ofHours(1));
    assertThat(first.state()).isEqualTo(State.EXPIRED);
    assertThat(first.status.effects()).anyMatch(e -> e.state() == EffectState.RELEASED);
    assertThat(stage.cloud()).hasSize(1);
    stage.pass(Duration.ofHours(2));
    assertThat(second.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void suspensionHoldsNewChangesButNotRemovals() {
    Change held = stage.submitted("held", lasting().build());
    held.wish(Wish.SUSPEND);
    stage.vote(held, "approver", "security", true, "");
    assertThat(held.state()).isEqualTo(State.SUSPENDED);
    assertThat(stage.cloud()).isEmpty();
    Change live = approved(lasting().expiringAfter("1h"));
    live.wish(Wish.SUSPEND);
    stage.pass(Duration.ofHours(1));
    assertThat(live.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void whenSomebodyElseWroteFirstNothingHappensOutside() {
    Change change = stage.submitted("web", lasting().expiringAfter("1h"));
    change.somebodyElseWrote = true;
    int[] looks = {0};
    stage.justBeforeAnEffect = () -> looks[0]++;
    stage.vote(change, "approver", "security", true, "");
    assertThat(looks[0]).as("the conflict came before the effect").isEqualTo(1);
    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void theRemovalThatIsOwedIsOnRecordBeforeTheRuleIsMade() {
    Change change = stage.submitted("web", lasting().expiringAfter("1h"));
    stage.justBeforeAnEffect =
        () ->
            assertThat(change.status.effects())
                .anyMatch(e -> e.step().equals("Apply") && e.state() == EffectState.INTENDED);
    stage.vote(change, "approver", "security", true, "");
    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    assertThat(change.writes).as("awaiting approval, intent, in force").isEqualTo(3);
  }

  private Change approved(FirewallChangeSpec spec) {
    Change change = stage.submitted("web", spec);
    stage.vote(change, "approver", "security", true, "");
    return change;
  }

  private void fault(String call, FaultKind kind) {
    stage.faults.add(new Fault(call, kind, 1));
  }

  private static Wanted lasting() {
    return new Wanted();
  }
}
