package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.api.plan.Change.Does;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was opened for good is removed by another request, planned and approved as any change. */
class RemovalStepsTest {
  private static final Rule PARTNER = Rule.parse("Ingress tcp 443 from 203.0.113.0/24");
  private final Stage stage = new Stage();
  private final Change web = completed("web", new Wanted());

  private Change completed(String name, Wanted wanted) {
    Change change = stage.submitted(name, wanted.build());
    stage.vote(change, "approver", "security", true, "");
    assertThat(change.state()).isEqualTo(State.COMPLETED);
    return change;
  }

  private Change removal(String name) {
    return stage.submitted(name, new Wanted().removing("web"));
  }

  private void approve(Change change) {
    stage.vote(change, "approver", "security", true, "moved indeed");
    // The other one, and then this one once more, as each wakes the other.
    stage.work();
    stage.work();
    stage.work();
  }

  @Test
  void whatWasOpenedForGoodIsPlannedApprovedRemovedAndTold() {
    Change remove = removal("web-end");
    assertThat(remove.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(remove.status.plan().summary())
        .isEqualTo(
            "removes 1 rule from security group web that web opened; not reachable any more:"
                + " Ingress tcp 443 from 203.0.113.0/24");
    assertThat(remove.status.plan().effects())
        .containsExactly("remove Ingress tcp 443 from 203.0.113.0/24 on web");
    assertThat(remove.status.plan().removes().lost())
        .containsExactly("Ingress tcp 443 from 203.0.113.0/24");
    assertThat(stage.cloud()).as("before anybody approved it").hasSize(1);

    approve(remove);

    assertThat(stage.cloud()).isEmpty();
    assertThat(web.state()).isEqualTo(State.REMOVED);
    assertThat(web.status.message())
        .isEqualTo(
            "request web-end of requester asked for its removal, plan "
                + remove.status.plan().digest()
                + "; removed, observed gone");
    assertThat(web.status.evidence()).noneMatch(e -> e.what().equals("StatusRewritten"));
    assertThat(condition(web.status, "InForce")).isEqualTo("False");
    assertThat(remove.state()).isEqualTo(State.COMPLETED);
    assertThat(remove.status.message()).isEqualTo("web: " + web.status.message());
    assertThat(condition(remove.status, "InForce")).isEqualTo("False");
    assertThat(remove.status.effects()).allMatch(effect -> effect.step().equals("OpenTicket"));
  }

  @Test
  void bothTicketsTellIt() {
    approve(removal("web-end"));

    assertThat(stage.tickets()).hasSize(2).allMatch(t -> t.get("status").equals("resolved"));
    assertThat(ticket("open firewall web").get("comments")).contains("Ended as Removed");
    assertThat(ticket("close firewall web").get("body"))
        .contains("To remove, what request web opened for good:");
    assertThat(ticket("close firewall web").get("comments"))
        .contains("Time: as soon as it is approved", "not reachable any more")
        .contains("Removed, and seen gone.", "moved indeed", "Ended as Completed: web: request")
        .doesNotContain("It stays until", "for good", "No risk");
  }

  @Test
  void whatNobodyApprovedIsNotRemoved() {
    Change remove = removal("web-end");
    stage.vote(remove, "approver", "security", false, "still needed");
    stage.pass(Duration.ofHours(1));

    assertThat(remove.state()).isEqualTo(State.REJECTED);
    assertThat(web.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.cloud()).hasSize(1);
  }

  /** What was taken away in an emergency is reviewed as well, and stays away. */
  @Test
  void aRemovalThatWasOverriddenIsReviewedAndSaysThatItStaysRemoved() {
    stage.policy(
        2,
        new ApprovalPolicySpec(
            List.of(Stage.rule("asks", null, Stage.gate("security", 1))),
            null,
            null,
            new ApprovalPolicySpec.BreakGlass(1, "8h")));
    Change remove = removal("web-end");
    remove.annotate(
        Annotations.OVERRIDE_PREFIX + "security.1",
        "oscar " + remove.status.plan().digest() + " INC-4711");
    stage.work();
    stage.work();
    stage.work();

    assertThat(stage.cloud()).isEmpty();
    assertThat(remove.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(remove.status.message())
        .startsWith("removed without approval: ")
        .endsWith(", or it ends as rejected");
    stage.pass(Duration.ofHours(8));
    assertThat(remove.state()).isEqualTo(State.REJECTED);
    assertThat(remove.status.message())
        .contains("nobody reviewed the emergency before")
        .endsWith("what web opened stays removed, a new request opens it again");
    assertThat(web.state()).isEqualTo(State.REMOVED);
  }

  /** A policy that lets openings through without a vote says nothing of what is taken away. */
  @Test
  void noStandardChangeIsARemoval() {
    stage.policy(2, Stage.rule("everything", null));
    Change remove = removal("web-end");
    assertThat(remove.state()).isEqualTo(State.NEEDS_ATTENTION);
    stage.pass(Duration.ofHours(1));
    assertThat(stage.cloud()).hasSize(1);
  }

  /** A limit of how long changes last is about what is opened. */
  @Test
  void aLimitOfHowLongChangesLastDoesNotKeepARemovalOff() {
    stage.longest = "8h";
    Change remove = removal("web-end");
    assertThat(remove.state()).isEqualTo(State.AWAITING_APPROVAL);
    approve(remove);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void policiesCanAskWhetherSomethingIsTakenAway() {
    ApprovalPolicySpec.Rule network =
        Stage.rule("removals", "plan.removes && !plan.temporary", Stage.gate("network", 1));
    ApprovalPolicySpec.Rule security =
        Stage.rule("openings", "!plan.removes", Stage.gate("security", 1));
    stage.policy(2, network, security);

    assertThat(removal("web-end").status.waitingFor()).isEqualTo("network");
    assertThat(stage.submitted("more", new Wanted().ports("80").build()).status.waitingFor())
        .isEqualTo("security");
  }

  @Test
  void aRuleThatAnotherRequestNeedsStaysAndThePlanSaysFor() {
    Change other = completed("other", new Wanted());
    Change remove = removal("web-end");
    assertThat(remove.status.plan().effects())
        .containsExactly(
            "leave Ingress tcp 443 from 203.0.113.0/24 on web: team-a/other, which has no end needs"
                + " it");
    assertThat(remove.status.plan().changes())
        .singleElement()
        .returns(Does.LEAVE, it -> it.does())
        .returns("team-a/other, which has no end needs it", it -> it.reason());

    approve(remove);

    assertThat(stage.cloud()).hasSize(1);
    assertThat(web.state()).isEqualTo(State.REMOVED);
    assertThat(web.status.message()).contains("stays for team-a/other");
    assertThat(other.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void whatOthersAllowAsWellIsNotLost() {
    stage
        .sandbox()
        .firewall()
        .orElseThrow()
        .add("web", Rule.parse("Ingress tcp 443 from 203.0.113.0/25"), "by hand");
    assertThat(removal("web-end").status.plan().removes().lost())
        .containsExactly("Ingress tcp 443 from 203.0.113.128/25");
  }

  @Test
  void whenMoreWouldGoThanWasApprovedItIsPlannedAnew() {
    Change other = completed("other", new Wanted());
    Change remove = removal("web-end");
    String before = remove.status.plan().digest();
    approve(stage.submitted("other-end", new Wanted().removing("other")));
    assertThat(other.state()).isEqualTo(State.REMOVED);

    stage.vote(remove, "approver", "security", true, "");

    assertThat(remove.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(remove.status.plan().digest()).isNotEqualTo(before);
    assertThat(stage.cloud()).hasSize(1);
    approve(remove);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aSecondRemovalSaysThatItIsRemovedAlready() {
    Change first = removal("web-end");
    Change second = removal("web-end-2");
    approve(first);
    assertThat(web.state()).isEqualTo(State.REMOVED);

    assertThat(first.state()).isEqualTo(State.COMPLETED);
    // Nobody is asked to vote on it any more.
    assertThat(second.state()).isEqualTo(State.ALREADY_SATISFIED);
    assertThat(second.status.message()).startsWith("web was removed already: request web-end of");
    Change third = removal("web-end-3");
    assertThat(third.state()).isEqualTo(State.ALREADY_SATISFIED);
    assertThat(third.status.message()).startsWith("web was removed already: request web-end of");
  }

  @Test
  void nobodyIsAskedToVoteOnASecondRemovalWhileTheFirstOneIsTried() {
    Change first = removal("web-end");
    Change second = removal("web-end-2");
    stage.faults.add(new Fault("remove", FaultKind.UNAVAILABLE, 100));

    approve(first);

    assertThat(web.state()).isEqualTo(State.REVERTING);
    assertThat(second.status.waitingFor()).isEqualTo("request web");
    assertThat(second.status.message()).startsWith("web removes what it opened: ");
    stage.faults.clear();
    stage.pass(Duration.ofMinutes(2));
    stage.work();
    assertThat(first.state()).isEqualTo(State.COMPLETED);
    assertThat(second.state()).isEqualTo(State.ALREADY_SATISFIED);
  }

  @Test
  void eachThatCannotBeRemovedHasItsSentence() {
    assertThat(rejected(new Wanted().removing("nobody")))
        .isEqualTo(
            "there is no request nobody in namespace team-a. What is there: kubectl process list -n"
                + " team-a. What a deleted request left is removed by hand");
    assertThat(stage.submitted("self", new Wanted().removing("self")).status.message())
        .startsWith("spec.removes names the request itself");
    stage.submitted("waits", new Wanted().ports("81").build());
    assertThat(rejected(new Wanted().ports("81").removing("waits")))
        .isEqualTo(
            "waits is not Completed, its state is AwaitingApproval. It is taken back, with all that"
                + " it opened, by kubectl process withdraw waits -n team-a");
    Change over = stage.submitted("over", new Wanted().ports("82").build());
    over.wish(Wish.WITHDRAW);
    stage.work();
    assertThat(rejected(new Wanted().ports("82").removing("over")))
        .isEqualTo("over ended as Withdrawn: there is nothing of it to remove");
    assertThat(rejected(new Wanted().ports("83").removing("web")))
        .startsWith("connection, target or rules are not those of web, so that people would");
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void aRuleThatWasThereBeforeIsNotOursToRemove() {
    stage
        .sandbox()
        .firewall()
        .orElseThrow()
        .add("web", Rule.parse("Ingress tcp 8443 from 203.0.113.0/24"), "by hand");
    Wanted two = new Wanted();
    FirewallChangeSpec.Rule rule = two.build().rules().get(0);
    FirewallChangeSpec.Rule both =
        new FirewallChangeSpec.Rule(
            "both", rule.direction(), rule.protocol(), List.of("8443", "8444"), rule.peers(), null);
    Change mixed = stage.submitted("mixed", two.rules(both));
    stage.vote(mixed, "approver", "security", true, "");
    assertThat(mixed.state()).isEqualTo(State.COMPLETED);

    Change end = stage.submitted("mixed-end", Wanted.removing("mixed", two.rules(both)));

    assertThat(end.status.plan().effects())
        .containsExactly(
            "leave Ingress tcp 8443 from 203.0.113.0/24 on web: it was there before",
            "remove Ingress tcp 8444 from 203.0.113.0/24 on web");
    approve(end);
    assertThat(stage.cloud()).extracting("marker").contains("by hand");
    assertThat(stage.cloud()).hasSize(2);
  }

  @Test
  void aRemovalThatFailsGoesOnAlsoIfItsRequestIsTakenBack() {
    Change remove = removal("web-end");
    stage.faults.add(new Fault("remove", FaultKind.UNAVAILABLE, 100));
    approve(remove);
    assertThat(web.state()).isEqualTo(State.REVERTING);
    assertThat(stage.cloud()).hasSize(1);
    assertThat(remove.state()).isEqualTo(State.RUNNING);
    assertThat(remove.status.waitingFor()).isEqualTo("request web");
    assertThat(remove.status.message()).startsWith("web removes what it opened: ");
    remove.wish(Wish.WITHDRAW);
    stage.pass(Duration.ofMinutes(2));
    assertThat(remove.state()).isEqualTo(State.WITHDRAWN);
    assertThat(remove.status.message()).contains(", too late: what it began goes on");
    stage.faults.clear();
    stage.pass(Duration.ofMinutes(2));

    assertThat(stage.cloud()).isEmpty();
    assertThat(web.state()).isEqualTo(State.REMOVED);
  }

  /** What was decided is done by the earlier request: its removal must not wait for ever. */
  @Test
  void aRemovalThatHasBegunIsToldToItsEndAlsoWhileItIsSuspended() {
    Change remove = removal("web-end");
    stage.faults.add(new Fault("remove", FaultKind.UNAVAILABLE, 100));
    approve(remove);
    assertThat(web.state()).isEqualTo(State.REVERTING);
    remove.wish(Wish.SUSPEND);
    stage.work();
    assertThat(remove.state()).isEqualTo(State.RUNNING);
    assertThat(remove.status.message()).endsWith("; suspended, too late: what it began goes on");
    stage.faults.clear();
    stage.pass(Duration.ofMinutes(2));
    stage.work();

    assertThat(web.state()).isEqualTo(State.REMOVED);
    assertThat(remove.state()).isEqualTo(State.COMPLETED);
  }

  /** The same word holds what nobody has decided yet. */
  @Test
  void aRemovalThatIsSuspendedBeforeItIsDecidedRemovesNothing() {
    Change remove = removal("web-end");
    approvedAlone(remove);
    remove.wish(Wish.SUSPEND);
    stage.pass(Duration.ofMinutes(2));

    assertThat(remove.state()).isEqualTo(State.SUSPENDED);
    assertThat(web.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void whoTakesTheRemovalBackBeforeItIsDecidedKeepsTheAccess() {
    Change remove = removal("web-end");
    approvedAlone(remove);
    assertThat(remove.state()).isEqualTo(State.APPLYING);
    remove.wish(Wish.WITHDRAW);
    stage.work();

    assertThat(stage.cloud()).extracting("rule").containsExactly(PARTNER);
    assertThat(web.state()).isEqualTo(State.COMPLETED);
    assertThat(remove.state()).isEqualTo(State.WITHDRAWN);
  }

  /** The vote is written, and the operator looks at nothing but the removal itself. */
  private void approvedAlone(Change remove) {
    remove.annotate(
        "approve.processes.secamo.io/security.approver",
        "approver " + remove.status.plan().digest());
    stage.workOn(remove);
  }

  @Test
  void aRemovalComesToItsEndAlsoIfTheOperatorDiedRightAfterItHadClosedItsTicket() {
    Change remove = removal("web-end");
    approvedAlone(remove);
    ProcessStatus lastRecorded = remove.status;
    assertThat(lastRecorded.state()).isEqualTo(State.APPLYING);
    stage.work();
    stage.workOn(remove);
    assertThat(remove.state()).isEqualTo(State.COMPLETED);
    remove.status = lastRecorded;

    stage.pass(Duration.ofMinutes(1));

    assertThat(remove.status.message()).isEqualTo("web: " + web.status.message());
    assertThat(remove.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void whoTakesARemovalBackInTheLastMomentKeepsTheAccess() {
    Change remove = removal("web-end");
    stage.justBeforeAnEffect = () -> remove.wish(Wish.WITHDRAW);
    approve(remove);

    assertThat(remove.state()).isEqualTo(State.WITHDRAWN);
    assertThat(web.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void aRequestThatWasMadeAgainUnderTheSameNameIsNotTheOneThatIsRemoved() {
    approvedAlone(removal("web-end"));
    Request<FirewallChangeSpec> old = web.request;
    web.request =
        new Request<>(
            old.kind(),
            "uid-of-the-new-one",
            old.namespace(),
            old.name(),
            old.generation(),
            old.createdAt(),
            old.wish(),
            old.requestedBy(),
            old.annotations(),
            old.spec());

    stage.workOn(web);

    assertThat(web.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void nothingIsRemovedWhileTheTicketOfTheRemovalCannotBeLookedAt() {
    Change remove = removal("web-end");
    stage.faults.add(new Fault("find", FaultKind.UNAVAILABLE, 100));
    approve(remove);
    assertThat(remove.state()).isEqualTo(State.APPLYING);
    assertThat(web.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.cloud()).hasSize(1);

    stage.faults.clear();
    stage.pass(Duration.ofMinutes(2));
    stage.work();

    assertThat(web.state()).isEqualTo(State.REMOVED);
    assertThat(remove.state()).isEqualTo(State.COMPLETED);
  }

  private Map<String, String> ticket(String subject) {
    return stage.tickets().stream()
        .filter(ticket -> ticket.get("subject").contains(subject))
        .findFirst()
        .orElseThrow();
  }

  private String rejected(FirewallChangeSpec spec) {
    Change change = stage.submitted("r" + stage.changes.size(), spec);
    assertThat(change.state()).isEqualTo(State.REJECTED);
    return change.status.message();
  }

  private static String condition(ProcessStatus status, String type) {
    return status.conditions().stream()
        .filter(c -> c.type().equals(type))
        .findFirst()
        .orElseThrow()
        .status();
  }
}
