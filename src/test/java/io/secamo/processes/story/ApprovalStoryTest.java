package io.secamo.processes.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.State;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.controlplane.Submitted;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Approvals as people see them: the real API server, the real operator, the sandbox. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class ApprovalStoryTest {
  private static final String BINDING = "votes.processes.secamo.io";
  private static final String EVERY_CHANGE =
      """
      apiVersion: orchestrator.secamo.io/v1alpha1
      kind: ApprovalPolicy
      metadata: {name: every-change}
      spec:
        %s
        rules:
        - name: every-change
          %s
          gates: [{name: %s, required: 1}]
      """;
  private static final String FINANCE =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: finance}
      rules:
      - apiGroups: [orchestrator.secamo.io]
        resources: [approvalgates]
        resourceNames: [finance]
        verbs: [approve]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: finance}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: finance}
      subjects: [{kind: User, name: cfo, apiGroup: rbac.authorization.k8s.io}]
      """;
  private static final String READY = "jsonpath={.status.conditions[?(@.type==\"Ready\")].reason}";
  private final Cast cast = new Cast();

  @BeforeEach
  void begin() throws Exception {
    for (String file : new String[] {"access", "approval-policy", "connection"}) {
      cast.adminApplies(Files.readString(Path.of("examples/sandbox/" + file + ".yaml")));
    }
    cast.operatorStarts();
  }

  @AfterEach
  void end() throws Exception {
    cast.adminApplies(EVERY_CHANGE.formatted("", "", "security"));
    cast.close();
  }

  @Test
  void aRuleThatCannotBeUnderstoodIsNamedAndApprovesNothing() {
    cast.adminApplies(
        EVERY_CHANGE.formatted(
            "", "when: plan.findings.exists(f, f.sevrity == 'High')", "security"));
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () ->
                assertThat(cast.as("admin", "get", "apol", "every-change", "-o", "wide").out())
                    .contains("False", "rule every-change: line 1, column 26", "sevrity"));
    cast.requesterSubmits(Cast.request("sandbox", "broken-rule"));
    cast.sees("broken-rule", State.NEEDS_ATTENTION);

    cast.adminApplies(EVERY_CHANGE.formatted("", "when: 'true'", "security"));
    cast.sees("broken-rule", State.AWAITING_APPROVAL);
  }

  @Test
  void aGateThatNobodyHoldsIsSaidAtOnce() {
    cast.adminApplies(EVERY_CHANGE.formatted("", "when: 'true'", "finance"));
    cast.requesterSubmits(Cast.request("sandbox", "nobody"));
    cast.seesMessage("nobody", "nobody may approve at gate finance in namespace team-a");

    cast.adminApplies(FINANCE);
    await("somebody may")
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () ->
                assertThat(cast.as("admin", "get", "fcr", "nobody", "-o", READY).out())
                    .isEqualTo("AwaitingApproval"));
    cast.as("admin", "delete", "role,rolebinding", "finance");
  }

  @Test
  void anOpenGateRemindsByEvents() {
    cast.adminApplies(
        EVERY_CHANGE
            .formatted("", "when: 'true'", "security")
            .replace("required: 1", "required: 1, remindEvery: 2s"));
    cast.requesterSubmits(Cast.request("sandbox", "reminded"));
    cast.sees("reminded", State.AWAITING_APPROVAL);
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () ->
                assertThat(
                        cast.as(
                                "admin",
                                "get",
                                "events.events.k8s.io",
                                "-o",
                                "custom-columns=ABOUT:.regarding.name,REASON:.reason")
                            .out())
                    .containsPattern("reminded +ApprovalReminder"));
    cast.as("requester", "delete", "fcr", "reminded", "--wait=false");
  }

  @Test
  void whoForgesAVoteWhileThePolicyIsAwayGainsNothing() {
    cast.requesterSubmits(Cast.request("sandbox", "weakened"));
    cast.sees("weakened", State.AWAITING_APPROVAL);
    String plan = cast.get("weakened").getStatus().plan().digest();
    String forged = "approve.processes.secamo.io/security.9=ghost " + plan + " forged";

    cast.as("admin", "delete", "validatingadmissionpolicybinding", BINDING);
    await()
        .atMost(Patience.LIMIT)
        .until(() -> cast.as("admin", "annotate", "fcr", "weakened", forged).exit() == 0);
    cast.seesMessage("weakened", "ValidatingAdmissionPolicyBinding " + BINDING + " is missing");
    assertThat(cast.as("admin", "get", "fcr", "weakened", "-o", PROTECTED).out())
        .isEqualTo("False");
    cast.adminApplies(policies());
    poke("weakened");

    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () -> {
              poke("weakened");
              var status = cast.get("weakened").getStatus();
              assertThat(status.plan().digest()).isNotEqualTo(plan);
            });
    assertThat(cast.get("weakened").getStatus().state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(cast.get("weakened").getStatus().plan().supersedes().differences())
        .containsExactly(
            "the admission policies, or the definitions of our kinds, were changed or taken away"
                + " for a while");
    assertThat(cast.as("admin", "get", "fcr", "weakened", "-o", PROTECTED).out()).isEqualTo("True");
    cast.approverApproves("weakened");
    cast.sees("weakened", State.IN_FORCE);
  }

  private static final String PROTECTED =
      "jsonpath={.status.conditions[?(@.type==\"AdmissionProtected\")].status}";

  @Test
  void aPolicyThatIsOnlyWeakenedStopsEverything() {
    cast.requesterSubmits(Cast.request("sandbox", "weaker"));
    cast.sees("weaker", State.AWAITING_APPROVAL);
    try {
      cast.as(
          "admin",
          "patch",
          "validatingadmissionpolicybinding",
          "status.processes.secamo.io",
          "--type=merge",
          "-p",
          "{\"spec\":{\"validationActions\":[\"Audit\"]}}");
      poke("weaker");
      cast.seesMessage(
          "weaker",
          "ValidatingAdmissionPolicyBinding status.processes.secamo.io is not as shipped:"
              + " spec.validationActions differs");
    } finally {
      cast.adminApplies(policies());
    }
  }

  @Test
  void evidenceStaysWhenTheRequestIsDeleted() {
    cast.requesterSubmits(Cast.request("sandbox", "remembered"));
    cast.sees("remembered", State.AWAITING_APPROVAL);
    cast.approverApproves("remembered");
    cast.sees("remembered", State.IN_FORCE);
    String uid = cast.get("remembered").getMetadata().getUid();
    cast.as("requester", "delete", "fcr", "remembered", "--wait=false");
    cast.seesGone("remembered");

    String record = cast.as("admin", "get", "evr", uid, "-o", "yaml").out();
    assertThat(record)
        .contains("what: Submitted", "what: Planned", "what: Vote", "by: approver")
        .contains("what: Applied", "what: Verified", "what: Reverted", "what: Ended");
    assertThat(cast.as("admin", "delete", "evr", uid).err()).contains("evidence is not deleted");
  }

  @Test
  void anEmergencyGoesAheadAndIsTakenBackWhenItsReviewerSaysNo() {
    cast.adminApplies(
        EVERY_CHANGE.formatted("breakGlass: {reviewers: 2, within: 8h}", "", "security"));
    cast.requesterSubmits(Cast.request("sandbox", "burning"));
    cast.sees("burning", State.AWAITING_APPROVAL);
    String plan = cast.get("burning").getStatus().plan().digest();
    Result override =
        cast.as(
            "admin",
            "annotate",
            "fcr",
            "burning",
            "override.processes.secamo.io/security.1=admin " + plan + " INC-4711 shop down");
    assertThat(override.exit()).as(override.text()).isZero();
    cast.seesMessage("burning", "live without approval: admin went ahead for INC-4711");

    cast.as("approver", "annotate", "fcr", "burning", Annotations.REJECT + "=" + plan + " not so");
    cast.sees("burning", State.ROLLED_BACK);
    assertThat(cast.as("admin", "get", "events", "-o", "name").out()).contains("burning");
  }

  @Test
  void anApprovedChangeWaitsForItsWindow() {
    cast.adminApplies(
        """
        apiVersion: orchestrator.secamo.io/v1alpha1
        kind: ChangeWindow
        metadata: {name: year-end}
        spec:
          type: Freeze
          start: "2026-01-01T00:00:00"
          duration: 366d
          recurrence: FREQ=YEARLY
          reason: No changes over the holidays
        """);
    cast.requesterSubmits(Cast.request("sandbox", "frozen"));
    cast.sees("frozen", State.AWAITING_APPROVAL);
    cast.approverApproves("frozen");
    cast.sees("frozen", State.SCHEDULED);
    assertThat(cast.get("frozen").getStatus().message())
        .contains("freeze 'year-end' (No changes over the holidays) until");
    assertThat(cast.as("admin", "get", "cw", "year-end").out()).contains("Freeze", "Inside");
    cast.as("admin", "delete", "cw", "year-end");
    cast.sees("frozen", State.IN_FORCE);
  }

  @Test
  void aDeputyVotesInTheApproversPlace() {
    delegateToDora();
    cast.requesterSubmits(Cast.request("sandbox", "stood-in"));
    cast.sees("stood-in", State.AWAITING_APPROVAL);
    doraVotes("stood-in");
    cast.sees("stood-in", State.IN_FORCE);
    assertThat(cast.get("stood-in").getStatus().votes().get(0).standsFor()).isEqualTo("approver");
    cast.as("admin", "delete", "adel", "story-leave");
    cast.as("admin", "delete", "rolebinding", "second");
  }

  @Test
  void aDelegationThatWasTakenBackGivesNothingThoughSomethingKeepsIt() {
    delegateToDora();
    finalizers("[\"example.com/keep\"]");
    cast.as("approver", "delete", "adel", "story-leave", "--wait=false");
    try {
      cast.requesterSubmits(Cast.request("sandbox", "taken-back"));
      cast.sees("taken-back", State.AWAITING_APPROVAL);
      doraVotes("taken-back");
      String plan = cast.get("taken-back").getStatus().plan().digest();
      cast.as("second-approver", "annotate", "fcr", "taken-back", Annotations.APPROVE + "=" + plan);
      cast.sees("taken-back", State.IN_FORCE);
      assertThat(cast.get("taken-back").getStatus().votes())
          .extracting(vote -> vote.voter())
          .containsExactly("second-approver");
    } finally {
      finalizers("null");
      cast.as("admin", "delete", "rolebinding", "second");
    }
  }

  private void finalizers(String json) {
    Result patched =
        cast.as(
            "admin",
            "patch",
            "adel",
            "story-leave",
            "--type=merge",
            "-p",
            "{\"metadata\":{\"finalizers\":" + json + "}}");
    assertThat(patched.exit()).as(patched.text()).isZero();
  }

  private void delegateToDora() {
    cast.as(
        "admin",
        "create",
        "rolebinding",
        "second",
        "--clusterrole=processes-deputy-security",
        "--user=dora");
    ControlPlane.running()
        .awaitRight(
            "dora", "approve-as-deputy", "approvalgates.orchestrator.secamo.io/security", "team-a");
    Result delegation =
        cast.asWith(
            "approver",
            """
            apiVersion: orchestrator.secamo.io/v1alpha1
            kind: ApprovalDelegation
            metadata: {name: story-leave}
            spec: {gate: security, to: dora, until: "%s"}
            """
                .formatted(Submitted.inThirtyDays()),
            "apply",
            "-f",
            "-");
    assertThat(delegation.exit()).as(delegation.text()).isZero();
  }

  private void doraVotes(String name) {
    String plan = cast.get(name).getStatus().plan().digest();
    Result vote =
        cast.as(
            "admin",
            "--as",
            "dora",
            "--as-group",
            "system:authenticated",
            "annotate",
            "fcr",
            name,
            Annotations.APPROVE + "=" + plan);
    assertThat(vote.exit()).as(vote.text()).isZero();
  }

  private void poke(String name) {
    cast.as(
        "requester",
        "annotate",
        "--overwrite",
        "fcr",
        name,
        Annotations.REQUESTED_AT + "=" + System.nanoTime());
  }

  private String policies() {
    return cast.as("admin", "kustomize", "manifests/policies").out();
  }
}
