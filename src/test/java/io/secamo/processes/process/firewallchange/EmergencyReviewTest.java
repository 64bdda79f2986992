package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.Escalation;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.Gate;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.approval.Delegation;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who looks at an emergency afterwards, who does not, and what must not keep them from it. */
class EmergencyReviewTest {
  private final Stage stage = new Stage();
  private final Wanted web = new Wanted();

  /** Admission lets them vote from the beginning, so what they say counts from the beginning. */
  @Test
  void whomTheGateWouldHaveBeenEscalatedToMayRejectAnEmergency() {
    Escalation later = new Escalation("1h", "management");
    stage.policy(1, breakable(new Gate("security", 1, null, later, "30m")));
    Change change = stage.submitted("web", web.build());
    override(change, "oscar", "INC-4711 it burns");
    assertThat(stage.cloud()).hasSize(1);

    stage.vote(change, "mary", "management", false, "no such incident");

    assertThat(change.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aTicketSystemThatIsAwayKeepsNobodyFromReviewing() {
    stage.policy(1, breakable(Stage.gate("security", 1)));
    Change change = stage.submitted("web", web.build());
    stage.faults.add(new Fault("comment", FaultKind.REFUSED, 1000));
    override(change, "oscar", "INC-4711 it burns");
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(change.status.message())
        .startsWith("live without approval: oscar went ahead for INC-4711; ")
        .endsWith("; its ticket does not say so yet: the sandbox refuses to comment");

    stage.vote(change, "ann", "security", true, "");
    stage.faults.clear();
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.status.message()).doesNotContain("ticket");
    assertThat(stage.tickets().get(0).get("comments"))
        .containsOnlyOnce(
            """
            An emergency, not approved yet: oscar went ahead for INC-4711.
            Approved by:
            - ann (security)
            It is removed at 2027-01-04T17:00:00Z unless it is approved.
            """);

    stage.vote(change, "bob", "security", true, "");
    assertThat(change.state()).isEqualTo(State.COMPLETED);
  }

  /** What ends by itself is told to the ticket as soon as it is verified, but not an emergency. */
  @Test
  void anEmergencyThatEndsByItselfIsReviewedInTimeThoughItsTicketSystemIsAway() {
    stage.policy(1, breakable(Stage.gate("security", 1)));
    Change change = stage.submitted("web", web.expiringAfter("24h"));
    stage.faults.add(new Fault("comment", FaultKind.REFUSED, 1000));
    override(change, "oscar", "INC-4711 it burns");

    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(change.status.waitingFor()).isEqualTo("review at security (0 of 2)");
    assertThat(change.status.deadline()).isEqualTo(stage.now.plus(Duration.ofHours(8)));
    stage.vote(change, "ann", "security", true, "");
    stage.vote(change, "bob", "security", true, "");
    assertThat(change.status.breakGlass().reviewedAt()).isEqualTo(stage.now);
    assertThat(change.state()).isEqualTo(State.IN_FORCE);
  }

  /** Which of two overrides counts is a matter of keys; who went ahead is not. */
  @Test
  void whoOverrodeAGateAsWellDoesNotReviewIt() {
    stage.policy(1, breakable(Stage.gate("security", 1)));
    Change change = stage.submitted("web", web.build());
    String digest = change.status.plan().digest();
    change.annotate("override.processes.secamo.io/security.2", "oscar " + digest + " INC-4711");
    change.annotate("override.processes.secamo.io/security.1", "olga " + digest + " INC-4711");
    stage.work();
    assertThat(change.status.breakGlass().by()).isEqualTo("olga");

    stage.vote(change, "oscar", "security", true, "fine, I did it");
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.status.waitingFor()).isEqualTo("review at security (1 of 2)");
  }

  @Test
  void aDeputyOfWhoBrokeTheGlassDoesNotReviewIt() {
    stage.delegations.add(
        new Delegation("security", "oscar", List.of(), "dora", stage.now.plus(Duration.ofDays(1))));
    stage.policy(1, breakable(Stage.gate("security", 1)));
    Change change = stage.submitted("web", web.build());
    override(change, "oscar", "INC-4711 it burns");
    change.annotate(
        "approve.processes.secamo.io/security.deputy1", "dora " + change.status.plan().digest());
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.status.waitingFor()).isEqualTo("review at security (1 of 2)");
  }

  private static ApprovalPolicySpec breakable(Gate gate) {
    return new ApprovalPolicySpec(
        List.of(Stage.rule("every-change", null, gate)),
        null,
        null,
        new ApprovalPolicySpec.BreakGlass(2, "8h"));
  }

  private void override(Change change, String who, String incident) {
    change.annotate(
        "override.processes.secamo.io/security.1",
        who + " " + change.status.plan().digest() + " " + incident);
    stage.work();
  }
}
