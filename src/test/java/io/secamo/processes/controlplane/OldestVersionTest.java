package io.secamo.processes.controlplane;

import static io.secamo.processes.controlplane.Submitted.DIGEST;
import static io.secamo.processes.controlplane.Submitted.accepted;
import static io.secamo.processes.controlplane.Submitted.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same rules on Kubernetes 1.30, where nothing is stamped and people write everything. */
@NeedsRealSystem(RealSystem.OLDEST_CONTROL_PLANE)
class OldestVersionTest {
  private static final String VOTE = "approve.processes.secamo.io/security.mine=";
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static ControlPlane cluster;
  private static KubernetesClient operator;
  private Submitted web;

  @BeforeAll
  static void connect() {
    cluster = ControlPlane.oldest();
    operator = cluster.client("operator");
    cluster.kubectl(
        "admin",
        "-n",
        "team-a",
        "create",
        "rolebinding",
        "duty",
        "--clusterrole=processes-duty",
        "--user=duty");
    cluster.awaitRight(
        "duty", "override", "approvalgates.orchestrator.secamo.io/security", "team-a");
  }

  @AfterAll
  static void disconnect() {
    operator.close();
  }

  @BeforeEach
  void submit() {
    web = new Submitted(cluster, operator, "old-" + COUNT.incrementAndGet());
    accepted(
        web.submittedBy("requester", "engineers", "processes.secamo.io/requested-by: requester"));
    web.in("AwaitingApproval");
  }

  @AfterEach
  void cleanUp() {
    web.remove();
  }

  @Test
  void itIsTheOldestVersionAndStampsNothing() {
    Result version = cluster.kubectl("admin", "get", "--raw", "/version");
    assertThat(version.out()).contains("v1.30.14");
    assertThat(cluster.kubectl("admin", "get", "mutatingadmissionpolicies").exit()).isNotZero();
  }

  @Test
  void aNewTextIsPlainHereToo() throws Exception {
    String turned =
        Files.readString(Path.of("examples/sandbox/request.yaml"))
            .replaceAll("justification: .*", "justification: \"Partner \\\\u202etest\"");
    refused(
        cluster.kubectlWith("requester", turned, "-n", "team-a", "create", "-f", "-"),
        "write one line of plain text, without hidden characters");
  }

  @Test
  void aRequestThatNobodyHasLookedAtSaysSo() {
    Submitted unseen = new Submitted(cluster, operator, "old-unseen");
    accepted(
        unseen.submittedBy(
            "requester", "engineers", "processes.secamo.io/requested-by: requester"));
    assertThat(unseen.get().getStatus().observedGeneration()).isEqualTo(-1);
    unseen.remove();
  }

  @Test
  void whatIsStoredCanBeReadHereToo() {
    ReadableTest.read(cluster);
  }

  @Test
  void fieldManagersCannotFillARequest() {
    refused(web.appliedByManyManagers(), "field managers hold at most 131,072 bytes");
  }

  @Test
  void theRequesterIsNotStampedButVerified() {
    Submitted unnamed = new Submitted(cluster, operator, "old-unnamed");
    refused(
        unnamed.submittedBy("requester", "engineers"),
        "requested-by must name the requester: this cluster does not stamp it");
    refused(
        unnamed.submittedBy("requester", "engineers", "processes.secamo.io/requested-by: boss"),
        "requested-by must be you, requester");
  }

  @Test
  void aVoteInFullIsKeptAndAShorthandIsToldHow() {
    refused(
        web.annotate("approver", "processes.secamo.io/approve=" + DIGEST),
        "this cluster does not stamp votes; write"
            + " approve.processes.secamo.io/<gate>.<any>='approver "
            + DIGEST
            + " your reason'");
    accepted(web.annotate("approver", VOTE + "approver " + DIGEST + " fine"));
  }

  @Test
  void theRulesAreTheSame() {
    refused(
        web.annotate("requester", VOTE + "requester " + DIGEST),
        "you requested this change: somebody else must approve it");
    refused(
        web.annotate("approver", VOTE + "boss " + DIGEST),
        "you are approver and vote in your own name only");
    refused(
        web.annotate("approver", VOTE + "approver ffffffffffffffff"), "the plan is now " + DIGEST);
    refused(
        web.annotate("approver", "approve.processes.secamo.io/finance.1=approver " + DIGEST),
        "this plan does not ask gate \"finance\": vote at security");
    refused(
        web.annotate("approver", VOTE + "approver " + DIGEST, "other=x"),
        "a vote changes nothing else: another annotation was changed as well");
    accepted(web.annotate("approver", VOTE + "approver " + DIGEST));
    refused(
        web.annotate("approver", "approve.processes.secamo.io/security.two=approver " + DIGEST),
        "you have already voted at gate security for this plan");
    refused(
        web.annotate("admin", "approve.processes.secamo.io/security.mine-"),
        "votes cannot be changed or removed");
    refused(
        web.in("Received")
            .annotate("second-approver", VOTE.replace("mine", "2") + "second-approver " + DIGEST),
        "this request is not waiting for votes: its state is Received");
  }

  @Test
  void misspeltAnnotationsAndAnswersNobodyWouldFollowAreRefused() {
    refused(
        web.annotate("approver", "processes.secamo.io/aprove=" + DIGEST),
        "unknown annotation processes.secamo.io/aprove: there are approve, reject, resolve,");
    refused(
        web.annotate("approver", "aprove.processes.secamo.io/security.1=approver " + DIGEST),
        "unknown annotation aprove.processes.secamo.io/security.1");
    refused(
        cluster.kubectl(
            "admin",
            "-n",
            "team-a",
            "label",
            "fcr",
            "old-" + COUNT.get(),
            "processes.secamo.io/approve=yes"),
        "no label of a request begins with processes.secamo.io/");
    web.stuck("resume:Plan", "abandon");
    refused(
        web.annotateAs(
            "duty",
            "",
            "processes.secamo.io/resolve=skip:Approve",
            "processes.secamo.io/resolved-by=duty"),
        "this request cannot be answered with skip:Approve; it can be with: resume:Plan, abandon");
  }

  @Test
  void overridesAndAnswersAreJudgedToo() {
    accepted(
        web.annotateAs(
            "duty", "", "override.processes.secamo.io/security.1=duty " + DIGEST + " INC-4711"));
    web.in("NeedsAttention");
    refused(
        web.annotateAs("duty", "", "processes.secamo.io/resolve=abandon"),
        "write processes.secamo.io/resolved-by=duty");
    accepted(
        web.annotateAs(
            "duty",
            "",
            "processes.secamo.io/resolve=abandon",
            "processes.secamo.io/resolved-by=duty"));
  }

  @Test
  void nobodyButTheOperatorWritesStatusEvidenceAndItsFinalizer() {
    refused(
        web.as(
            "admin",
            "system:masters",
            "patch",
            "fcr",
            "old-" + COUNT.get(),
            "--subresource=status",
            "--type=merge",
            "-p",
            "{\"status\":{\"state\":\"Completed\"}}"),
        "only the operator writes the status of a process");
    refused(
        web.as(
            "admin",
            "system:masters",
            "patch",
            "fcr",
            "old-" + COUNT.get(),
            "--type=json",
            "-p",
            "[{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{}},"
                + "{\"op\":\"add\",\"path\":\"/metadata/annotations/processes.secamo.io~1submitted-by\",\"value\":\"x\"}]"),
        "submitted-by cannot be changed");
  }
}
