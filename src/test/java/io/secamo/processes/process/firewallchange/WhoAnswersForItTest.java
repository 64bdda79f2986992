package io.secamo.processes.process.firewallchange;

import static io.secamo.processes.process.firewallchange.KeptAliveTest.port;
import static io.secamo.processes.process.firewallchange.KeptAliveTest.temporary;
import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.Effect;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.firewall.FirewallChangeSpec.OnDelete;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.firewallchange.KeptAliveTest.Cloud;
import io.secamo.processes.process.firewallchange.KeptAliveTest.OneIsRefused;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who removes a rule that several requests asked for, and what is told when an end takes long. */
class WhoAnswersForItTest {
  private final Stage stage = new Stage();
  private final Wanted web = new Wanted();

  @Test
  void aRuleThatWasLeftToARequestIsRemovedAtItsEndAlsoIfItHadToTryAgain() {
    Change first = live("first", web.expiringAfter("30s"));
    stage.now = stage.now.plusSeconds(10);
    stage.cloudSeenThrough = real -> new OneIsRefused(real, "8443");
    Change second = stage.submitted("second", both("8h"));
    stage.vote(second, "ann", "security", true, "");
    assertThat(second.state()).isEqualTo(State.NEEDS_ATTENTION);
    stage.pass(Duration.ofSeconds(20));
    assertThat(first.status.message()).contains("stays for team-a/second");

    stage.cloudSeenThrough = real -> real;
    answer(second, "resume:Apply");
    assertThat(second.state()).isEqualTo(State.IN_FORCE);
    stage.pass(Duration.ofHours(8));
    assertThat(second.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aRuleOfAChangeThatIsStuckIsNotTakenFromWhoHasItForGood() {
    stage.cloudSeenThrough = real -> new OneIsRefused(real, "8443");
    Change stuck = stage.submitted("stuck", web.rules(port("443"), port("8443")));
    stage.vote(stuck, "ann", "security", true, "");
    stage.pass(Duration.ofMinutes(2));
    assertThat(stuck.state()).isEqualTo(State.NEEDS_ATTENTION);
    Change other = live("other", web.build());
    stuck.wish(Wish.WITHDRAW);
    stage.work();

    assertThat(stuck.state()).isEqualTo(State.WITHDRAWN);
    assertThat(other.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void twoEmergenciesThatNobodyReviewedDoNotLeaveTheirRuleToEachOther() {
    breakGlass("1h");
    Change one = overridden("one", web.build());
    stage.now = stage.now.plusSeconds(3);
    Change other = overridden("other", web.build());
    stage.pass(Duration.ofHours(1));

    assertThat(one.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(other.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void whatARequestThatIsGoneHasLeftIsOpenAlready() {
    stage.changes.remove(live("gone", web.build()));
    Change change = stage.submitted("web", web.expiringAfter("8h"));

    assertThat(change.state()).isEqualTo(State.ALREADY_SATISFIED);
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void whatWasThereBeforeStaysAndThatIsTold() {
    stage.changes.remove(live("gone", web.build()));
    Change change = stage.submitted("web", both("8h"));
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.status.plan().effects())
        .containsExactly(
            "rely on Ingress tcp 443 from 203.0.113.0/24 on web",
            "add Ingress tcp 8443 from 203.0.113.0/24 on web");
    assertThat(comments(1))
        .contains(
            "It is going to be removed at 2027-01-04T17:00:00Z, but for what was there before.");
    stage.pass(Duration.ofHours(8));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(change.status.message())
        .isEqualTo("its time is over; removed, observed gone; what was there before stays");
    assertThat(stage.cloud()).hasSize(1);
    assertThat(told(change, "Applied")).hasSize(2).element(0).asString().contains("8443");
    assertThat(told(change, "FoundThere")).hasSize(2).element(0).asString().contains("tcp 443");
  }

  private static List<String> told(Change change, String what) {
    return change.status.evidence().stream()
        .filter(entry -> entry.what().equals(what))
        .flatMap(entry -> entry.facts().stream())
        .toList();
  }

  @Test
  void anEmergencyThatFoundEverythingThereEndsAtItsTime() {
    breakGlass("8h");
    Change change = stage.submitted("web", web.expiringAfter("1h"));
    var unused =
        stage
            .sandbox()
            .firewall()
            .orElseThrow()
            .add("web", Rule.parse("Ingress tcp 443 from 203.0.113.0/24"), "made by hand");
    override(change);
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    stage.pass(Duration.ofHours(1));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(change.status.message())
        .isEqualTo(
            "its time is over, and the emergency was not reviewed; what was there before stays");
    assertThat(stage.cloud()).hasSize(1);
    assertThat(change.status.conditions())
        .filteredOn(condition -> condition.type().equals("BreakGlass"))
        .singleElement()
        .satisfies(it -> assertThat(it.reason()).isEqualTo("NotReviewed"));
  }

  @Test
  void theTimeOfAChangeOfWhichNothingWasMadeBeginsWithTheNextTry() {
    stage.cloudSeenThrough = real -> new OneIsRefused(real, "443 ");
    Change change = stage.submitted("web", both("1h"));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    stage.cloudSeenThrough = real -> real;
    stage.now = stage.now.plus(Duration.ofHours(2));
    answer(change, "resume:Apply");

    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    assertThat(change.status.expiresAt()).isEqualTo(stage.now.plus(Duration.ofHours(1)));
  }

  @Test
  void aChangeThatWasRolledBackIsNotCalledExpiredBecauseItsTicketTookLong() {
    Change change = stage.submitted("web", web.expiringAfter("25s"));
    stage.blind = true;
    stage.vote(change, "ann", "security", true, "");
    stage.faults.add(new Fault("comment", FaultKind.UNAVAILABLE, 1000));
    stage.pass(Duration.ofSeconds(20));
    assertThat(stage.cloud()).isEmpty();
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.state().terminal()).isFalse();
    stage.faults.clear();
    stage.pass(Duration.ofMinutes(10));

    assertThat(change.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(stage.tickets().get(0)).containsEntry("status", "rejected");
  }

  @Test
  void anEndThatTakesSeveralTriesSaysAllTheSameForWhomSomethingStays() {
    Change change = live("web", web.expiringAfter("8h"));
    Change other = live("other", web.expiringAfter("12h"));
    stage.faults.add(new Fault("comment", FaultKind.UNAVAILABLE, 1));
    stage.pass(Duration.ofHours(8));
    stage.pass(Duration.ofMinutes(1));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(change.status.message())
        .contains("stays for team-a/other until " + other.status.expiresAt());
    assertThat(change.status.evidence()).filteredOn(e -> e.what().equals("Ended")).hasSize(1);
  }

  @Test
  void whatWasLeftToOthersIsNotCalledOverdueWhileTheTicketIsStillOpen() {
    Change change = live("web", web.expiringAfter("8h"));
    live("other", web.expiringAfter("12h"));
    stage.faults.add(new Fault("comment", FaultKind.UNAVAILABLE, 1000));
    stage.pass(Duration.ofHours(8));

    assertThat(change.state().terminal()).isFalse();
    assertThat(change.status.overdueSince(stage.now.plusSeconds(60))).isEmpty();
  }

  @Test
  void whoGivesUpDuringAnOutageDoesNotLeaveTheAccessOpen() {
    Change change = live("web", web.expiringAfter("8h"));
    stage.faults.add(new Fault("remove", FaultKind.UNAVAILABLE, 1));
    answer(change, "abandon nobody wants it");
    assertThat(change.state().terminal()).isFalse();
    stage.pass(Duration.ofMinutes(1));

    assertThat(change.state()).isEqualTo(State.WITHDRAWN);
    assertThat(change.status.message()).isEqualTo("given up by oscar; removed, observed gone");
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void whatIsGoneIsNotSaidToBeThereBecauseItsTicketCouldNotBeClosed() {
    Change change = live("web", web.expiringAfter("8h"));
    stage.faults.add(new Fault("close", FaultKind.REFUSED, 1000));
    answer(change, "abandon nobody wants it");

    assertThat(change.state()).isEqualTo(State.WITHDRAWN);
    assertThat(change.status.message()).isEqualTo("given up by oscar; removed, observed gone");
    assertThat(stage.cloud()).isEmpty();
  }

  /** Its effects name no group; that it is gone by now, with all in it, must not hold it up. */
  @Test
  void aRuleThatAnEarlierVersionMadeIsGoneIfItsGroupIs() {
    Change change = live("web", web.expiringAfter("8h"));
    change.status = withoutPlace(change.status);
    stage.cloudSeenThrough = Gone::new;
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
  }

  /** No group can be looked at then: only whether the account is shown anything. */
  @Test
  void aRuleThatAnEarlierVersionMadeIsNotGoneForWhoIsShownNothing() {
    Change change = live("web", web.expiringAfter("8h"));
    change.status = withoutPlace(change.status);
    stage.cloudSeenThrough = Blind::new;
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    stage.cloudSeenThrough = real -> real;
    assertThat(stage.cloud()).hasSize(1);
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  private static ProcessStatus withoutPlace(ProcessStatus status) {
    List<Effect> old =
        status.effects().stream()
            .map(e -> new Effect(e.key(), e.step(), e.state(), e.intendedAt(), e.externalId()))
            .toList();
    status.effects().clear();
    status.effects().addAll(old);
    return status;
  }

  private static FirewallChangeSpec both(String after) {
    return temporary(new Wanted().rules(port("443"), port("8443")), after);
  }

  private Change live(String name, FirewallChangeSpec spec) {
    Change change = stage.submitted(name, spec);
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isIn(State.IN_FORCE, State.COMPLETED);
    return change;
  }

  private void answer(Change change, String words) {
    change.annotate(Annotations.RESOLVE, words);
    change.annotate(Annotations.RESOLVED_BY, "oscar");
    stage.work();
  }

  private void breakGlass(String within) {
    stage.policy(
        1,
        new ApprovalPolicySpec(
            List.of(Stage.rule("every-change", null, Stage.gate("security", 1))),
            null,
            null,
            new ApprovalPolicySpec.BreakGlass(2, within)));
  }

  private Change overridden(String name, FirewallChangeSpec spec) {
    Change change = stage.submitted(name, spec);
    override(change);
    return change;
  }

  private void override(Change change) {
    change.annotate(
        Annotations.OVERRIDE_PREFIX + "security.oscar",
        "oscar " + change.status.plan().digest() + " INC-4711 it burns");
    stage.work();
  }

  private String comments(int ticket) {
    return stage.tickets().get(ticket).get("comments");
  }

  /** The group is deleted, with all its rules. */
  private static class Gone extends Cloud {
    Gone(FirewallProvider real) {
      super(real, Optional.empty());
    }

    @Override
    public Group observe(String group) {
      throw new ConnectorFailure.Refused("there is no security group '" + group + "'");
    }

    @Override
    public Optional<Group> group(String id) {
      return Optional.empty();
    }

    @Override
    public Optional<Found> find(String rule) {
      return Optional.empty();
    }

    @Override
    public void remove(String rule) {}
  }

  /** All is as if it were gone, for the user of the Secret may not look. */
  private static final class Blind extends Gone {
    Blind(FirewallProvider real) {
      super(real);
    }

    @Override
    public Account check() {
      throw new ConnectorFailure.Refused("no security group is shown, not even 'default'");
    }
  }

  /** A known limit: what is left is not told to whoever still has the rule to remove. */
  @Test
  void aRuleThatADeletedRequestLeavesIsRemovedByTheOneThatSharesIt() {
    Change left = stage.submitted("web", web.onDelete(OnDelete.RETAIN));
    stage.vote(left, "ann", "security", true, "");
    Change other = stage.submitted("other", web.expiringAfter("1h"));
    stage.vote(other, "ann", "security", true, "");
    assertThat(other.state()).isEqualTo(State.IN_FORCE);
    left.wish(Wish.DELETE);
    stage.work();
    assertThat(left.released).isTrue();
    assertThat(stage.cloud()).hasSize(1);
    stage.pass(Duration.ofHours(1));

    assertThat(other.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }
}
