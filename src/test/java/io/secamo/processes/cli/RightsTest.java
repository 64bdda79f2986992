package io.secamo.processes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the sample roles let people do, and say beforehand that they do not. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class RightsTest extends AsPersons {
  RightsTest() {
    super("rights");
  }

  /** A vote that counts for nothing would be taken, and waited for. */
  @Test
  void whomNobodyLetsVoteNowIsToldSoBeforeAnythingIsSent() {
    web.in("AwaitingApproval");
    String role = "--clusterrole=processes-deputy-security";
    inTeamA("create", "rolebinding", name, role, "--user=stranger");
    try {
      cluster.awaitRight(
          "stranger",
          "approve-as-deputy",
          "approvalgates.orchestrator.secamo.io/security",
          "team-a");
      assertThat(run("stranger", "y\n", "approve", name).err())
          .isEqualTo(
              "you vote at gate security in the place of an approver only, and nobody lets you now:"
                  + " one of them writes an ApprovalDelegation for you, and one that is over does"
                  + " not count\n");
      assertThat(web.annotations().keySet()).noneMatch(k -> k.startsWith("approve."));
    } finally {
      inTeamA("delete", "rolebinding", name);
    }
  }

  /** The operator calls people by Events: with the sample roles they hear it. */
  @Test
  void whoReadsAStatusReadsItsEventsToo() {
    web.in("AwaitingApproval");
    Result sent =
        cluster.kubectlWith(
            "admin",
            """
            apiVersion: events.k8s.io/v1
            kind: Event
            metadata: {name: %1$s, namespace: team-a}
            eventTime: "2027-01-04T08:46:25.762240Z"
            type: Warning
            reason: VoteVoid
            action: Vote
            note: vote again
            reportingController: test
            reportingInstance: test
            regarding: {apiVersion: processes.secamo.io/v1alpha1, kind: FirewallChangeRequest,
              name: %1$s, namespace: team-a, uid: %2$s}
            """
                .formatted(name, web.get().getMetadata().getUid()),
            "create",
            "-f",
            "-");
    assertThat(sent.exit()).as(sent.text()).isZero();
    for (String person : List.of("requester", "approver")) {
      assertThat(run(person, "", "status", name).out())
          .as(person)
          .contains("Events:\n  2027-01-04T08:46:25Z Warning VoteVoid: vote again\n");
    }
  }

  private void inTeamA(String... arguments) {
    List<String> all = new ArrayList<>(List.of("-n", "team-a"));
    all.addAll(List.of(arguments));
    Result done = cluster.kubectlWith("admin", "", all.toArray(String[]::new));
    assertThat(done.exit()).as(done.text()).isZero();
  }
}
