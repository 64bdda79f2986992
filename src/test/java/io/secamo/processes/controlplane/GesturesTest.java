package io.secamo.processes.controlplane;

import static io.secamo.processes.controlplane.Submitted.DIGEST;
import static io.secamo.processes.controlplane.Submitted.accepted;
import static io.secamo.processes.controlplane.Submitted.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Overriding, answering, standing in for somebody, submitting for somebody: who may, and how. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class GesturesTest {
  private static final String OVERRIDE = "override.processes.secamo.io/security.1=";
  private static final String RESOLVE = "processes.secamo.io/resolve=";
  private static final String BOT = "system:serviceaccount:team-a:gitops";
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static ControlPlane cluster;
  private static KubernetesClient operator;
  private Submitted web;

  @BeforeAll
  static void people() {
    cluster = ControlPlane.running();
    operator = cluster.client("operator");
    bind("duty", "processes-duty", "--user=duty");
    bind("deputy", "processes-deputy-security", "--user=deputy");
    bind("gitops", "processes-requester", "--serviceaccount=team-a:gitops");
    cluster.kubectl(
        "admin",
        "create",
        "clusterrole",
        "for-others",
        "--verb=submit-on-behalf",
        "--resource=requests.processes.secamo.io");
    cluster.kubectlWith(
        "admin",
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: for-others}
        rules:
        - {apiGroups: [processes.secamo.io], resources: [requests], verbs: [submit-on-behalf]}
        """,
        "apply",
        "-f",
        "-");
    cluster.kubectlWith(
        "admin",
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: everything}
        rules: [{apiGroups: [orchestrator.secamo.io], resources: ["*"], verbs: ["*"]}]
        """,
        "apply",
        "-f",
        "-");
    bind("for-others", "for-others", "--serviceaccount=team-a:gitops");
    cluster.awaitRight(
        "system:serviceaccount:team-a:gitops",
        "submit-on-behalf",
        "requests.processes.secamo.io",
        "team-a");
  }

  private static void bind(String name, String role, String subject) {
    cluster.kubectl(
        "admin", "-n", "team-a", "create", "rolebinding", name, "--clusterrole=" + role, subject);
  }

  @AfterAll
  static void disconnect() {
    operator.close();
  }

  @BeforeEach
  void submit() {
    web = new Submitted(cluster, operator, "gesture-" + COUNT.incrementAndGet());
    accepted(web.submittedBy("requester", "engineers"));
  }

  @AfterEach
  void cleanUp() {
    web.remove();
  }

  @Test
  void whoMayOverrideNamesTheIncident() {
    web.in("AwaitingApproval");
    refused(
        web.annotateAs("duty", "", OVERRIDE + "duty " + DIGEST),
        "an override names its incident, as in \"duty " + DIGEST + " INC-4711 what happened\"");
    accepted(web.annotateAs("duty", "", OVERRIDE + "duty " + DIGEST + " INC-4711 it burns"));
  }

  @Test
  void anApproverMayNotOverride() {
    web.in("AwaitingApproval");
    refused(
        web.annotate("approver", OVERRIDE + "approver " + DIGEST + " INC-4711"),
        "it takes the verb override on approvalgates/security");
  }

  @Test
  void anAdministratorWhoRequestedItCannotOverrideIt() {
    Submitted own = new Submitted(cluster, operator, "gesture-own");
    cluster.kubectlWith("admin", Submitted.yaml("gesture-own"), "-n", "team-a", "apply", "-f", "-");
    own.in("AwaitingApproval");
    refused(
        own.annotate("admin", OVERRIDE + "admin " + DIGEST + " INC-4711"),
        "you requested this change: somebody else must approve it");
    own.remove();
  }

  @Test
  void anOverrideStaysAsItWasWritten() {
    web.in("AwaitingApproval");
    accepted(web.annotateAs("duty", "", OVERRIDE + "duty " + DIGEST + " INC-4711"));
    refused(
        web.annotate("admin", "override.processes.secamo.io/security.1-"),
        "votes cannot be changed or removed");
  }

  @Test
  void onlyWhoMayAnswersAndOnlyWhereSomethingWasAsked() {
    refused(
        web.in("AwaitingApproval").annotateAs("duty", "", RESOLVE + "resume:Plan"),
        "this request asks for no answer: its state is AwaitingApproval");
    refused(
        web.in("NeedsAttention").annotate("requester", RESOLVE + "resume:Plan"),
        "you may not answer this: it takes the verb resolve on firewallchangerequests");
    accepted(web.annotateAs("duty", "", RESOLVE + "resume:Plan mended"));
    assertThat(web.annotations()).containsEntry("processes.secamo.io/resolved-by", "duty");
  }

  @Test
  void anAnswerThatNobodyWouldFollowIsRefusedWithThoseThereAre() {
    web.stuck("resume:Check", "resume:Plan", "skip:CloseTicket", "abandon");

    String sentence = "; it can be with: resume:Check, resume:Plan, skip:CloseTicket, abandon";
    for (String answer : List.of("resume:Foo", "skip:Approve", "resume:Apply for me")) {
      refused(
          web.annotateAs("duty", "", RESOLVE + answer),
          "this request cannot be answered with " + answer.split(" ")[0] + sentence);
    }
    accepted(web.annotateAs("duty", "", RESOLVE + "resume:Plan again"));
    accepted(web.annotateAs("duty", "", "--overwrite", RESOLVE + "abandon"));
  }

  @Test
  void anAnswerIsGivenInOnesOwnNameAndChangesNothingElse() {
    web.in("NeedsAttention");
    refused(
        web.annotateAs("duty", "", RESOLVE + "abandon", "processes.secamo.io/resolved-by=somebody"),
        "you answer in your own name only: write processes.secamo.io/resolved-by=duty");
    refused(
        web.annotateAs("duty", "", RESOLVE + "abandon", "other=x"),
        "an answer changes nothing else: another annotation was changed as well");
    refused(
        web.annotateAs("duty", "", RESOLVE + "delete everything"),
        "write resume:<Step>, skip:<Step> or abandon");
    accepted(web.annotateAs("duty", "", RESOLVE + "abandon"));
    refused(
        web.annotate("requester", "--overwrite", "processes.secamo.io/resolved-by=requester"),
        "resolved-by changes together with resolve only");
  }

  @Test
  void whatIsOverIsNotAbandoned() {
    refused(
        web.in("Expired").annotateAs("duty", "", RESOLVE + "abandon"),
        "this request asks for no answer: its state is Expired");
  }

  @Test
  void aNewRequestCarriesNoAnswer() {
    refused(
        new Submitted(cluster, operator, "gesture-smuggled")
            .submittedBy("requester", "engineers", "processes.secamo.io/resolve: abandon"),
        "a new request cannot carry an answer");
  }

  @Test
  void aDeputysShorthandIsKeptAsADeputysVote() {
    web.in("AwaitingApproval");
    accepted(web.annotateAs("deputy", "", "processes.secamo.io/approve=" + DIGEST + " for her"));
    assertThat(web.annotations())
        .containsEntry(
            "approve.processes.secamo.io/security.deputy-1", "deputy " + DIGEST + " for her");
  }

  @Test
  void aDeputyDoesNotVoteInTheirOwnRight() {
    web.in("AwaitingApproval");
    refused(
        web.annotateAs("deputy", "", "approve.processes.secamo.io/security.mine=deputy " + DIGEST),
        "it takes the verb approve on approvalgates/security");
  }

  @Test
  void anApproverDelegatesAndTheNameIsStamped() {
    accepted(delegation("approver", "", "deputy"));
    assertThat(
            cluster
                .kubectl(
                    "admin", "-n", "team-a", "get", "adel", "leave", "-o", "jsonpath={.spec.by}")
                .out())
        .isEqualTo("approver");
    refused(
        cluster.kubectl(
            "admin",
            "-n",
            "team-a",
            "patch",
            "adel",
            "leave",
            "--type=merge",
            "-p",
            "{\"spec\":{\"until\":\"2029-01-01T00:00:00Z\"}}"),
        "a delegation cannot be edited");
    refused(
        cluster.kubectl("second-approver", "-n", "team-a", "delete", "adel", "leave"),
        "only approver takes this delegation back, or who holds the verb revoke");
    accepted(cluster.kubectl("approver", "-n", "team-a", "delete", "adel", "leave"));
  }

  /** A tool that prunes what Git does not have is given every verb by most who install it. */
  @Test
  void aMachineTakesDelegationsBackByNameOnly() {
    bind("gitops-may-do-everything", "everything", "--serviceaccount=team-a:gitops");
    accepted(delegation("approver", "", "deputy"));
    cluster.awaitRight(BOT, "delete", "approvaldelegations.orchestrator.secamo.io", "team-a");
    refused(
        web.as(BOT, "", "delete", "adel", "leave"), "as a machine by name, * does not grant it");
    accepted(
        cluster.kubectl(
            "admin", "-n", "team-a", "delete", "rolebinding", "gitops-may-do-everything"));

    accepted(cluster.kubectl("admin", "-n", "team-a", "delete", "adel", "leave"));
  }

  /** Whoever counts the deputy's vote asks whether the giver may still approve, with these. */
  @Test
  void theGroupsOfWhoDelegatesAreStampedAndNoOthersCanBeNamed() {
    accepted(delegation("approver", "", "deputy"));
    assertThat(
            cluster
                .kubectl(
                    "admin",
                    "-n",
                    "team-a",
                    "get",
                    "adel",
                    "leave",
                    "-o",
                    "jsonpath={.spec.byGroups}")
                .out())
        .contains("approvers", "system:authenticated");
    accepted(cluster.kubectl("approver", "-n", "team-a", "delete", "adel", "leave"));
    refused(
        delegation("approver", "byGroups: [system:masters], ", "deputy"),
        "you are not in group \"system:masters\": name groups of yours in spec.byGroups");
  }

  @Test
  void nobodyDelegatesForLongerThanAMonth() {
    refused(
        delegation("approver", "", "deputy", Instant.now().plus(Duration.ofDays(32)).toString()),
        "a delegation lasts at most 31 days: write an earlier spec.until");
  }

  @Test
  void nobodyDelegatesWhatTheyDoNotHoldOrInSomebodyElsesName() {
    refused(
        delegation("admin", "by: approver, ", "deputy"),
        "you delegate your own vote only: write spec.by: admin");
    refused(delegation("approver", "", "approver"), "name somebody else in spec.to");
  }

  @Test
  void whoSubmitsForSomebodySaysSo() {
    Submitted named = new Submitted(cluster, operator, "gesture-named");
    accepted(named.submittedBy(BOT, "", "processes.secamo.io/requested-by: alice"));
    assertThat(named.annotations())
        .containsEntry("processes.secamo.io/requested-by", "alice")
        .containsEntry("processes.secamo.io/submitted-by", BOT);
    refused(
        named.annotate("admin", "processes.secamo.io/submitted-by-"),
        "submitted-by cannot be changed");
    named.remove();
  }

  @Test
  void nobodySubmitsAsIfSomebodyElseHad() {
    refused(
        new Submitted(cluster, operator, "gesture-forged")
            .submittedBy("requester", "engineers", "processes.secamo.io/submitted-by: " + BOT),
        "submitted-by goes with requests for somebody else only: leave it out");
  }

  @Test
  void aMachineThatReappliesGitTakesNothingAway() {
    Submitted synced = new Submitted(cluster, operator, "gesture-synced");
    accepted(synced.submittedBy(BOT, "", "processes.secamo.io/requested-by: alice"));
    synced.in("AwaitingApproval");
    accepted(synced.annotate("approver", "processes.secamo.io/approve=" + DIGEST));
    accepted(
        cluster.kubectl(
            "admin",
            "-n",
            "team-a",
            "patch",
            "fcr",
            "gesture-synced",
            "--type=merge",
            "-p",
            "{\"spec\":{\"suspend\":true}}"));

    String bare =
        "{\"metadata\":{\"annotations\":null,\"finalizers\":null},\"spec\":{\"suspend\":null}}";
    accepted(synced.as(BOT, "", "patch", "fcr", "gesture-synced", "--type=merge", "-p", bare));

    assertThat(synced.annotations())
        .containsEntry("approve.processes.secamo.io/security.1", "approver " + DIGEST)
        .containsEntry("processes.secamo.io/requested-by", "alice")
        .containsEntry("processes.secamo.io/submitted-by", BOT);
    assertThat(synced.get().getSpec().suspend()).isTrue();
    assertThat(synced.get().getMetadata().getFinalizers()).isNotEmpty();
    refused(
        synced.as(
            "requester", "engineers", "patch", "fcr", "gesture-synced", "--type=merge", "-p", bare),
        "denied request");
    assertThat(synced.annotations()).containsKey("approve.processes.secamo.io/security.1");
    synced.remove();
  }

  private static Result delegation(String person, String by, String to) {
    return delegation(person, by, to, Submitted.inThirtyDays());
  }

  private static Result delegation(String person, String by, String to, String until) {
    return cluster.kubectlWith(person, yaml(by, to, until), "-n", "team-a", "apply", "-f", "-");
  }

  private static String yaml(String by, String to, String until) {
    return """
    apiVersion: orchestrator.secamo.io/v1alpha1
    kind: ApprovalDelegation
    metadata: {name: leave}
    spec: {gate: security, %sto: %s, until: "%s", reason: On leave}
    """
        .formatted(by, to, until);
  }
}
