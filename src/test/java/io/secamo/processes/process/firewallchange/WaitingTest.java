package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.Escalation;
import io.secamo.processes.api.orchestrator.ChangeWindowSpec;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.approval.Delegation;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.process.firewallchange.Stage.Change;
import io.secamo.processes.window.Calendar;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever waits is told for whom or what, until when, and why it ended if it did. */
class WaitingTest {
  private static final Instant BEGIN = Instant.parse("2027-01-04T09:00:00Z");
  private final Stage stage = new Stage();

  @Test
  void theEarliestDeadlineOfTheOpenGatesIsTheOneThatIsShown() {
    gates(gate("customer", "12h", null), gate("owner", "48h", null), gate("security", "72h", null));
    Change change = stage.submitted("web", new Wanted().expiringAt(BEGIN.plusSeconds(60 * 3600)));
    assertThat(change.status.deadline()).isEqualTo(BEGIN.plus(Duration.ofHours(12)));

    stage.vote(change, "ann", "customer", true, "");
    assertThat(change.status.deadline()).isEqualTo(BEGIN.plus(Duration.ofHours(48)));
    stage.vote(change, "bob", "owner", true, "");
    assertThat(change.status.deadline()).isEqualTo(BEGIN.plus(Duration.ofHours(60)));
  }

  @Test
  void whatNobodyDecidedInTimeSaysWhoIsMissing() {
    gates(gate("owner", "12h", null), gate("security", null, null));
    Change change = stage.submitted("web", new Wanted().build());
    stage.vote(change, "ann", "security", true, "");
    stage.pass(Duration.ofHours(12));

    assertThat(change.state()).isEqualTo(State.APPROVAL_TIMED_OUT);
    assertThat(change.status.message())
        .isEqualTo("nobody decided before 2027-01-04T21:00:00Z; still missing: owner");
  }

  @Test
  void theNextEscalationOfAnOpenGateIsLookedAt() {
    gates(
        gate("customer", null, new Escalation("1h", "lead")),
        gate("owner", null, new Escalation("2h", "lead")),
        gate("security", null, new Escalation("3h", "lead")));
    Change change = stage.submitted("web", new Wanted().build());
    assertThat(change.status.nextAttemptAt()).isEqualTo(BEGIN.plus(Duration.ofHours(1)));

    stage.vote(change, "ann", "customer", true, "");
    assertThat(change.status.nextAttemptAt()).isEqualTo(BEGIN.plus(Duration.ofHours(2)));
  }

  /** A month can pass until the change, and what is known about it with it. */
  @Test
  void whatIsApprovedAndNotMadeYetCanStillBeRejected() {
    Change change = stage.submitted("web", new Wanted().notBefore(BEGIN.plus(Duration.ofDays(30))));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.SCHEDULED);

    stage.vote(change, "eve", "coffee", false, "nobody asked her");
    assertThat(change.state()).isEqualTo(State.SCHEDULED);
    stage.vote(change, "bob", "security", false, "the partner is gone");

    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(change.status.message()).contains("bob", "the partner is gone");
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void whatPoliciesHaveApprovedCanStillBeRejectedByAPerson() {
    stage.connectionLabels.put("stage", "test");
    byStage();
    Change change = stage.submitted("web", new Wanted().notBefore(BEGIN.plus(Duration.ofDays(30))));
    assertThat(change.state()).isEqualTo(State.SCHEDULED);

    stage.vote(change, "bob", "security", false, "the partner is gone");

    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(change.status.message()).contains("bob", "the partner is gone");
    assertThat(stage.cloud()).isEmpty();
  }

  /** The plan that people see is the one they say no to, whatever else has changed since. */
  @Test
  void aNoToAPlanThatIsOutOfDateIsANo() {
    stage.connectionLabels.put("stage", "test");
    byStage();
    Change change = stage.submitted("web", new Wanted().notBefore(BEGIN.plus(Duration.ofDays(30))));
    stage.connectionLabels.put("owner", "somebody else");

    stage.vote(change, "bob", "security", false, "the partner is gone");

    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(change.status.message()).contains("bob", "the partner is gone");
  }

  /** What was told as over is over, also if nothing was made and the ticket stays open for now. */
  @Test
  void whatWasRejectedStaysSoThoughItsTicketCannotBeClosedNow() {
    stage.delegations.add(
        new Delegation("security", "ann", List.of(), "dan", BEGIN.plus(Duration.ofDays(1))));
    Change change = stage.submitted("web", new Wanted().build());
    stage.faults.add(new Fault("close", FaultKind.UNAVAILABLE, 1000));
    stage.faults.add(new Fault("comment", FaultKind.UNAVAILABLE, 1000));
    change.annotate(
        "reject.processes.secamo.io/security.deputy-1", "dan " + change.status.plan().digest());
    stage.work();
    assertThat(change.state()).isNotEqualTo(State.REJECTED);

    stage.delegations.clear();
    stage.vote(change, "bob", "security", true, "");
    stage.faults.clear();
    stage.pass(Duration.ofMinutes(10));

    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void whatIsHeldCanStillBeRejectedAndDoesNotRunOutOfTime() {
    gates(gate("security", "12h", null));
    Change change = stage.submitted("web", new Wanted().build());
    change.wish(Wish.SUSPEND);
    stage.pass(Duration.ofHours(13));
    assertThat(change.state()).isEqualTo(State.SUSPENDED);

    stage.vote(change, "bob", "security", false, "the partner is gone");

    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(change.status.message()).contains("bob", "the partner is gone");
  }

  /** As long as nothing was made: a cloud that is away, or says no, keeps nobody's no from it. */
  @ParameterizedTest
  @CsvSource({
    "observe,REFUSED,NEEDS_ATTENTION",
    "observe,UNAVAILABLE,APPLYING",
    "add,REFUSED,NEEDS_ATTENTION",
    "add,UNAVAILABLE,APPLYING"
  })
  void whatCannotBeMadeNowCanStillBeRejected(String call, FaultKind fault, State stuck) {
    Change change = stage.submitted("web", new Wanted().build());
    stage.faults.add(new Fault(call, fault, 1000));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(stuck);

    stage.vote(change, "bob", "security", false, "the partner is gone");

    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(change.status.message()).contains("bob", "the partner is gone");
    stage.faults.clear();
    assertThat(stage.cloud()).isEmpty();
  }

  /** Without a policy, with one that cannot be understood, and with one that asks nobody. */
  @ParameterizedTest
  @ValueSource(strings = {"", "no such thing", "plan.temporary"})
  void whatNobodyCouldApproveAnyMoreCanStillBeRejected(String when) {
    Change change = stage.submitted("web", new Wanted().build());
    if (when.isEmpty()) {
      stage.policies.clear();
    } else {
      stage.policy(2, Stage.rule("every-change", when, Stage.gate("security", 1)));
    }
    stage.work();
    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);

    stage.vote(change, "bob", "security", false, "the partner is gone");

    assertThat(change.state()).isEqualTo(State.REJECTED);
  }

  @Test
  void whatCannotBeLookedAtAnyMoreCanStillBeRejected() {
    Change change = stage.submitted("web", new Wanted().ticket(null));
    stage.connectionGone = true;
    stage.work();
    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);

    stage.vote(change, "bob", "security", false, "the partner is gone");

    assertThat(change.state()).isEqualTo(State.REJECTED);
  }

  @Test
  void whatPoliciesHaveApprovedNeedsAVoteOnceTheyAskForOne() {
    stage.connectionLabels.put("stage", "test");
    stage.busy = "team-a/other";
    byStage();
    Change change = stage.submitted("web", new Wanted().build());
    assertThat(change.state()).isEqualTo(State.SCHEDULED);
    assertThat(change.status.approvedBy()).isEqualTo("policy every-change@1");

    stage.connectionLabels.put("stage", "production");
    stage.busy = null;
    stage.work();

    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(stage.cloud()).isEmpty();
    assertThat(change.status.approvedBy()).isNull();
  }

  @Test
  void whatNeedsNoVoteAnyMoreShowsNoGate() {
    stage.connectionLabels.put("stage", "production");
    byStage();
    Change change = stage.submitted("web", new Wanted().build());
    assertThat(change.status.gates()).hasSize(1);

    stage.connectionLabels.put("stage", "test");
    stage.work();

    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(change.status.gates()).isEmpty();
  }

  @Test
  void nothingIsPlannedWhileVotesAreNoProof() {
    stage.protection = new Protection(Optional.of("the vote policy is missing"), "e1");
    Change change = stage.submitted("web", new Wanted().ticket(null));

    assertThat(change.status.plan()).isNull();
    assertThat(change.state()).isEqualTo(State.RUNNING);
    assertThat(change.status.waitingFor()).isEqualTo("administrator");
    assertThat(change.status.message())
        .isEqualTo("the vote policy is missing; until then no vote counts and nothing is changed");
    assertThat(condition(change, "AdmissionProtected")).isEqualTo("False");

    stage.protection = new Protection(Optional.empty(), "e2");
    stage.work();
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(condition(change, "AdmissionProtected")).isEqualTo("True");
  }

  @Test
  void anApprovedChangeSaysWhichRequestItFollows() {
    stage.busy = "team-a/other";
    Change change = stage.submitted("web", new Wanted().build());
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.status.message())
        .isEqualTo(
            "approved; request team-a/other changes the same target first, this one follows");
    assertThat(stage.targetAskedFor)
        .isEqualTo("sandbox (conn-uid) at https://cloud.example.com/web");
  }

  @Test
  void aWindowThatNeverOpensIsNoReasonToNameATime() {
    stage.windows.add(
        new Calendar.Named(
            "past",
            new ChangeWindowSpec(
                ChangeWindowSpec.Type.ALLOW,
                "UTC",
                "2026-01-04T00:00:00",
                "2d",
                null,
                null,
                null,
                "last year")));
    Change change = stage.submitted("web", new Wanted().build());
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.SCHEDULED);
    assertThat(change.status.waitingFor()).isEqualTo(ProcessStatus.ADMINISTRATOR);
    assertThat(change.status.message())
        .startsWith("approved; ")
        .endsWith(
            "; there is no opening within five years: whoever keeps the windows gives one a new"
                + " start");
  }

  /** For example one that the last version stored, which passed over what it did not know. */
  @ParameterizedTest
  @CsvSource({
    "FREEZE, freeze 'weekend' (quiet) cannot be understood and is on until it is mended",
    "ALLOW, 'outside of window ''weekend'' (quiet), which opens nothing until it is mended'"
  })
  void aStoredWindowThatIsNotUnderstoodAnyMoreHoldsTheChangeAndSaysSo(
      ChangeWindowSpec.Type type, String said) {
    stage.windows.add(
        new Calendar.Named(
            "weekend",
            new ChangeWindowSpec(
                type,
                "UTC",
                "2026-01-04T00:00:00",
                type == ChangeWindowSpec.Type.FREEZE ? "1s" : "24h",
                "FREQ=DAILY;BYWEEKDAY=SA,SU",
                null,
                null,
                "quiet")));
    Change change = stage.submitted("web", new Wanted().build());
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.SCHEDULED);
    assertThat(stage.cloud()).isEmpty();
    assertThat(change.status.message())
        .isEqualTo(
            "approved; "
                + said
                + ": recurrence: there is no part BYWEEKDAY: write BYDAY=SA,SU; whoever"
                + " keeps the windows mends it, and then this goes on by itself");
    assertThat(change.status.waitingFor()).isEqualTo(ProcessStatus.ADMINISTRATOR);
  }

  @Test
  void aStartTimeIsReachedToTheSecond() {
    Change change = stage.submitted("web", new Wanted().notBefore(BEGIN.plusSeconds(60)));
    stage.vote(change, "ann", "security", true, "");
    stage.pass(Duration.ofSeconds(59));
    assertThat(change.state()).isEqualTo(State.SCHEDULED);

    stage.pass(Duration.ofSeconds(1));
    assertThat(change.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void aChangeWhoseEndCameWhileItWaitedIsNotMade() {
    stage.busy = "team-a/other";
    Change change = stage.submitted("web", new Wanted().expiringAt(BEGIN.plusSeconds(3600)));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.SCHEDULED);

    stage.busy = null;
    stage.pass(Duration.ofHours(1));

    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(change.status.message()).startsWith("expiresAt 2027-01-04T10:00:00Z is in the past");
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void whereNobodyTriedToOverrideNoOverrideIsMentioned() {
    stage.policy(1, Stage.rule("every-change", null, Stage.gate("security", 2)));
    Change change = stage.submitted("web", new Wanted().build());
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.status.message()).startsWith("adds 1 rule to security group web: ");
  }

  @Test
  void aGateThatNobodyHoldsIsSaidBesideAnOverrideThatDoesNotCount() {
    stage.mayVote = Optional.of(Map.of());
    Change change = stage.submitted("web", new Wanted().build());
    Plan plan = change.status.plan();
    change.annotate(
        "override.processes.secamo.io/security.1", "oscar " + plan.digest() + " INC-1 fire");
    stage.work();

    assertThat(change.status.message())
        .startsWith("nobody may approve at gate security in namespace team-a: ")
        .contains("approvalgates/security. the override does not count: ")
        .contains(", or its gate is not asked. adds 1 rule");
  }

  private void byStage() {
    stage.policy(
        1,
        Stage.rule("test", "connection.labels['stage'] == 'test'"),
        Stage.rule(
            "production", "connection.labels['stage'] == 'production'", Stage.gate("security", 1)));
  }

  private void gates(ApprovalPolicySpec.Gate... gates) {
    stage.policy(1, Stage.rule("every-change", null, gates));
  }

  private static ApprovalPolicySpec.Gate gate(String name, String within, Escalation escalate) {
    return new ApprovalPolicySpec.Gate(name, 1, within, escalate, null);
  }

  private static String condition(Change change, String type) {
    return change.status.conditions().stream()
        .filter(c -> c.type().equals(type))
        .findFirst()
        .orElseThrow()
        .status();
  }
}
