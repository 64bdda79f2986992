package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.Escalation;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The status shows each gate as it is, and each vote with the time at which it was first seen. */
class VotesShownTest {
  private static final Instant BEGIN = Instant.parse("2027-01-04T09:00:00Z");
  private static final Instant END = BEGIN.plus(Duration.ofHours(72));
  private final Stage stage = new Stage();

  @Test
  void aVoteKeepsTheTimeAtWhichItWasFirstSeen() {
    gates(timed("security", 3, null));
    Change change = stage.submitted("web", new Wanted().build());
    stage.vote(change, "ann", "security", true, "");
    stage.now = BEGIN.plusSeconds(60);
    stage.vote(change, "bob", "security", true, "");

    assertThat(change.status.votes())
        .extracting(v -> v.voter() + " " + v.decision() + " " + v.seenAt())
        .containsExactly("ann Approve " + BEGIN, "bob Approve " + BEGIN.plusSeconds(60));
    assertThat(change.status.votes())
        .extracting(ProcessStatus.Vote::digest)
        .containsOnly(change.status.plan().digest());
  }

  @Test
  void anotherVoteOfTheSamePersonHasItsOwnTime() {
    gates(timed("owner", 2, null), timed("security", 2, null));
    Change change = stage.submitted("web", new Wanted().build());
    stage.vote(change, "ann", "security", true, "");
    stage.now = BEGIN.plusSeconds(60);
    stage.vote(change, "ann", "owner", true, "");
    stage.now = BEGIN.plusSeconds(120);
    stage.vote(change, "ann", "owner", false, "no");

    assertThat(change.status.votes())
        .extracting(v -> v.gate() + " " + v.decision() + " " + v.seenAt())
        .containsExactlyInAnyOrder(
            "security Approve " + BEGIN,
            "owner Approve " + BEGIN.plusSeconds(60),
            "owner Reject " + BEGIN.plusSeconds(120));
  }

  @Test
  void aReasonIsShownAndCutWhereTheStatusHoldsNoMore() {
    gates(timed("security", 4, null));
    Change change = stage.submitted("web", new Wanted().build());
    stage.vote(change, "ann", "security", true, "");
    stage.vote(change, "bob", "security", true, "x".repeat(290));
    stage.vote(change, "cid", "security", true, "x".repeat(292));

    assertThat(change.status.votes())
        .extracting(ProcessStatus.Vote::reason)
        .containsExactly(null, "x".repeat(290), "x".repeat(290) + "…");
    assertThat(facts(change, "Vote"))
        .containsExactly(
            "Approve at gate security",
            "Approve at gate security",
            "said: " + "x".repeat(290),
            "Approve at gate security",
            "said: " + "x".repeat(292));
  }

  @Test
  void onlyAnOpenGateHasADeadline() {
    gates(timed("owner", 1, null), timed("security", 2, null));
    Change change = stage.submitted("web", new Wanted().build());
    stage.vote(change, "ann", "security", true, "");
    stage.vote(change, "bob", "owner", true, "");

    assertThat(change.status.gates())
        .containsExactly(
            new ProcessStatus.Gate("owner", "Passed", 1, 1, null, null, null),
            new ProcessStatus.Gate("security", "Open", 2, 1, END, null, null));
  }

  @Test
  void aGateThatPassesNeedsNobodyElse() {
    var lead = new Escalation("1h", "lead");
    gates(timed("owner", 1, lead), timed("security", 2, null));
    Change change = stage.submitted("web", new Wanted().build());
    stage.vote(change, "bob", "owner", true, "");
    stage.pass(Duration.ofHours(1));
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.status.gates())
        .containsExactly(
            new ProcessStatus.Gate("owner", "Passed", 1, 1, null, null, null),
            new ProcessStatus.Gate("security", "Open", 2, 1, END, null, null));
  }

  @Test
  void whoIsAskedInsteadOfSeveralGatesIsShownOnce() {
    var lead = new Escalation("1h", "lead");
    gates(timed("owner", 1, lead), timed("security", 1, lead));
    Change change = stage.submitted("web", new Wanted().build());
    stage.pass(Duration.ofHours(1));

    assertThat(change.status.gates())
        .containsExactly(
            new ProcessStatus.Gate("owner", "Open", 1, 0, END, "lead", null),
            new ProcessStatus.Gate("security", "Open", 1, 0, END, "lead", null),
            new ProcessStatus.Gate("lead", "Open", 0, 0, null, null, null));
  }

  @Test
  void aGateThatIsAskedForAnywayIsShownOnce() {
    gates(timed("owner", 1, new Escalation("1h", "security")), timed("security", 1, null));
    Change change = stage.submitted("web", new Wanted().build());
    stage.pass(Duration.ofHours(1));

    assertThat(change.status.gates())
        .extracting(ProcessStatus.Gate::name)
        .containsExactly("owner", "security");
  }

  @Test
  void theGateThatSaidNoIsRejectedAndTheOthersAreAsTheyWere() {
    gates(timed("customer", 1, null), timed("owner", 1, null), timed("security", 1, null));
    Change change = stage.submitted("web", new Wanted().build());
    stage.vote(change, "ann", "customer", true, "");
    stage.vote(change, "bob", "owner", false, "no");

    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(change.status.gates())
        .extracting(g -> g.name() + " " + g.state())
        .containsExactly("customer Passed", "owner Rejected", "security Open");
  }

  @Test
  void whoHasPassedAGateIsOnRecordWithTheCount() {
    gates(timed("owner", 1, null), timed("security", 2, null));
    Change change = stage.submitted("web", new Wanted().build());
    stage.vote(change, "ann", "security", true, "");
    stage.vote(change, "bob", "security", true, "");
    stage.vote(change, "cid", "owner", true, "");

    assertThat(facts(change, "Approved")).containsExactly("owner: 1 of 1", "security: 2 of 2");
    assertThat(evidence(change, "Approved")).isEqualTo("null " + change.status.plan().sha256());
    assertThat(evidence(change, "Vote")).isEqualTo("ann " + change.status.plan().sha256());
  }

  @Test
  void aPlanIsOnRecordWithWhatItDoesAndWhatItReplaces() {
    Change change = stage.submitted("web", new Wanted().build());
    Plan old = change.status.plan();
    stage.policy(2, Stage.rule("every-change", null, Stage.gate("security", 1)));
    stage.vote(change, "ann", "security", true, "");

    Plan plan = change.status.plan();
    assertThat(facts(change, "Planned"))
        .containsExactly(
            plan.summary(),
            "account Sandbox team-a/sandbox",
            "approval policies " + old.policy() + ", admission policies e1",
            "add Ingress tcp 443 from 203.0.113.0/24 on web",
            "again, because the approval policies were changed",
            plan.summary(),
            "account Sandbox team-a/sandbox",
            "approval policies " + plan.policy() + ", admission policies e1",
            "add Ingress tcp 443 from 203.0.113.0/24 on web",
            "replaces " + old.digest() + ", which had 0 votes");
    assertThat(evidence(change, "Planned")).isEqualTo("null " + old.sha256());
  }

  private void gates(ApprovalPolicySpec.Gate... gates) {
    stage.policy(1, Stage.rule("every-change", null, gates));
  }

  private static ApprovalPolicySpec.Gate timed(String name, int required, Escalation escalate) {
    return new ApprovalPolicySpec.Gate(name, required, "72h", escalate, null);
  }

  private static List<String> facts(Change change, String what) {
    return change.status.evidence().stream()
        .filter(e -> e.what().equals(what))
        .flatMap(e -> e.facts().stream())
        .toList();
  }

  /** By whom and about which plan the first entry of a kind is. */
  private static String evidence(Change change, String what) {
    return change.status.evidence().stream()
        .filter(e -> e.what().equals(what))
        .map(e -> e.by() + " " + e.digest())
        .findFirst()
        .orElseThrow();
  }
}
