package io.secamo.processes.cli.vote;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import org.junit.jupiter.api.Test;

/** A vote is called counted after it was counted. */
class WrittenVoteTest {
  private static final String PLAN =
      "plan: {digest: %s, sha256: s, summary: s, effects: [], account: a, policy: p,"
          + " computedAt: 2027-01-04T09:00:00Z}\n";
  private static final String VOTE =
      "votes: [{gate: security, voter: ann, decision: Approve, digest: d1,"
          + " seenAt: 2027-01-04T09:00:00Z}]\n";
  private final WrittenVote written = new WrittenVote("security", "ann", "Approve", "d1");

  @Test
  void whatTheOperatorHasNotSeenIsNotCounted() {
    FirewallChangeRequest before =
        request("state: AwaitingApproval\nmessage: x\n" + PLAN.formatted("d1"));
    assertThat(written.in(before)).isEmpty();
    assertThat(written.notYet(before))
        .isEqualTo(
            "is stored and not counted so far. kubectl process status web -n team-a tells when it"
                + " is. Is the operator running? It said last: x");
  }

  @Test
  void whatIsCountedIsToldWithWhatIsMissing() {
    assertThat(
            written.in(
                request(
                    "state: AwaitingApproval\nwaitingFor: security (1 of 2)\n"
                        + "gates: [{name: security, state: Open, required: 2, approvals: 1}]\n"
                        + PLAN.formatted("d1")
                        + VOTE)))
        .contains(
            new WrittenVote.Fate(true, "is counted (1 of 2). Still waiting for security (1 of 2)"));
    assertThat(
            written.in(
                request(
                    "state: Scheduled\n"
                        + "gates: [{name: security, state: Passed, required: 1, approvals: 1}]\n"
                        + PLAN.formatted("d1")
                        + VOTE)))
        .contains(new WrittenVote.Fate(true, "is counted (1 of 1). Its state is Scheduled"));
  }

  @Test
  void aVoteOfSomebodyElseOrAtAnotherGateIsNotThisOne() {
    String others = "state: AwaitingApproval\n" + PLAN.formatted("d1") + VOTE;
    assertThat(new WrittenVote("security", "bob", "Approve", "d1").in(request(others))).isEmpty();
    assertThat(new WrittenVote("owner", "ann", "Approve", "d1").in(request(others))).isEmpty();
    assertThat(new WrittenVote("security", "ann", "Reject", "d1").in(request(others))).isEmpty();
  }

  @Test
  void aVoteOnAPlanThatIsReplacedIsVoid() {
    assertThat(written.in(request("state: AwaitingApproval\n" + PLAN.formatted("d2"))))
        .contains(
            new WrittenVote.Fate(
                false,
                "is void: the plan is now d2. Read it with kubectl process plan web -n team-a and"
                    + " vote again"));
    assertThat(written.in(request("state: AwaitingApproval\n" + PLAN.formatted("d2") + VOTE)))
        .as("counted for the old plan is not counted")
        .hasValueSatisfying(fate -> assertThat(fate.counts()).isFalse());
  }

  /** It was told as counted, and the emergency waited for a review that nobody gave. */
  @Test
  void whoOverrodeAGateIsToldThatTheirReviewDoesNotCount() {
    String emergency =
        "state: AwaitingApproval\nbreakGlass: {incident: INC-1, by: ann, gate: security,"
            + " reviewers: 1, reviewUntil: 2027-01-04T09:00:00Z}\n";
    assertThat(written.in(request(emergency + PLAN.formatted("d1"))))
        .contains(
            new WrittenVote.Fate(
                false, "does not count: whoever overrode a gate reviews none of it"));
    assertThat(written.in(request(emergency.replace("by: ann", "by: bob") + PLAN.formatted("d1"))))
        .isEmpty();
  }

  /** The status lists an override also where it opens nothing, and it was told as counted. */
  @Test
  void anOverrideThatOpensNothingDoesNotCount() {
    WrittenVote override = new WrittenVote("security", "ann", "Override", "d1");
    String plan = PLAN.formatted("d1") + VOTE.replace("Approve", "Override");
    String open = "gates: [{name: security, state: %s, required: 1, approvals: 0}]\n";
    String why = "state: AwaitingApproval\nmessage: the override does not count\n";

    assertThat(override.in(request(why + open.formatted("Open") + plan)))
        .contains(new WrittenVote.Fate(false, "does not count. the override does not count"));
    assertThat(override.in(request(why + open.formatted("Overridden") + plan)))
        .as("another gate is asked as well")
        .contains(new WrittenVote.Fate(true, "opens this gate alone. the override does not count"));
    String live =
        "state: AwaitingApproval\nmessage: live without approval\nbreakGlass: {incident: INC-1,"
            + " by: ann, gate: security, reviewers: 1, reviewUntil: 2027-01-04T09:00:00Z}\n";
    assertThat(override.in(request(live + open.formatted("Open") + plan)))
        .contains(
            new WrittenVote.Fate(
                true, "counts: the change goes ahead without approval. live without approval"));
  }

  @Test
  void aVoteOnWhatIsOverCameTooLate() {
    assertThat(written.in(request("state: Withdrawn\n" + PLAN.formatted("d1"))))
        .contains(new WrittenVote.Fate(false, "came too late: its state is Withdrawn"));
    assertThat(
            written.in(
                request(
                    "state: Rejected\nmessage: there is no request x\n" + PLAN.formatted("d1"))))
        .contains(
            new WrittenVote.Fate(
                false, "came too late: its state is Rejected. there is no request x"));
  }

  private static FirewallChangeRequest request(String status) {
    FirewallChangeRequest request = new FirewallChangeRequest();
    request.setMetadata(new ObjectMetaBuilder().withNamespace("team-a").withName("web").build());
    request.setStatus(Serialization.unmarshal(status, ProcessStatus.class));
    return request;
  }
}
