package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.process.Others.Needed;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two requests that share a rule and end at once: each has heard of the other one as it was a
 * moment ago. If each leaves the rule to the other, it stays for ever.
 */
class LeftToEachOtherTest {
  private final Stage stage = new Stage();
  private final FirewallChangeSpec web = new Wanted().build();
  private Change one;
  private Change other;

  @BeforeEach
  void twoEmergenciesThatShareARule() {
    stage.policy(
        1,
        new ApprovalPolicySpec(
            List.of(Stage.rule("asks", null, Stage.gate("security", 1))),
            null,
            null,
            new ApprovalPolicySpec.BreakGlass(1, "8h")));
    one = overridden("one");
    other = overridden("other");
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void theOneThatEndsLastRemovesItAlsoIfItHasHeardOfTheFirstTooLate() {
    reject(one);
    stage.pass(Duration.ofSeconds(10));
    assertThat(one.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(one.status.message()).contains("stays for team-a/other until");

    hears(other, one);
    reject(other);
    stage.pass(Duration.ofSeconds(10));
    assertThat(other.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(stage.cloud()).isEmpty();
  }

  /** The other one ends wholly between the moment at which it was asked for and the answer. */
  @Test
  void ofTwoThatAskForEachOtherOneSeesThatTheOtherOneEnds() {
    other.annotate(vote(Annotations.REJECT_PREFIX), "ann " + other.status.plan().digest());
    one.annotate(vote(Annotations.REJECT_PREFIX), "ann " + one.status.plan().digest());
    stage.onceAnotherWasAsked =
        () -> {
          stage.onceAnotherWasAsked = () -> {};
          stage.workOn(other);
          stage.now = stage.now.plusSeconds(10);
          stage.workOn(other);
        };
    stage.workOn(one);
    stage.now = stage.now.plusSeconds(10);
    stage.workOn(one);
    assertThat(one.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(other.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void whatIsNeededIsStillLeftToWhoNeedsIt() {
    reject(one);
    stage.pass(Duration.ofSeconds(10));
    assertThat(one.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(stage.cloud()).hasSize(1);
    stage.vote(other, "ann", "security", true, "");
    assertThat(other.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.cloud()).hasSize(1);
  }

  private Change overridden(String name) {
    Change change = stage.submitted(name, web);
    change.annotate(
        vote(Annotations.OVERRIDE_PREFIX), "oscar " + change.status.plan().digest() + " INC-4711");
    stage.work();
    return change;
  }

  private void reject(Change change) {
    change.annotate(vote(Annotations.REJECT_PREFIX), "ann " + change.status.plan().digest());
    stage.work();
  }

  /** What one has heard of another one is what was true before that one ended. */
  private void hears(Change who, Change of) {
    String rule = stage.cloud().get(0).id();
    assertThat(who.request.address()).isNotEqualTo(of.request.address());
    stage.heardLate =
        Map.of(
            rule,
            List.of(new Needed(of.request.kind(), of.request.address(), Optional.empty(), true)));
  }

  private static String vote(String prefix) {
    return prefix + "security.1";
  }
}
