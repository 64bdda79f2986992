package io.secamo.processes.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who may write what on a request: judged by the API server, told in a sentence that helps. What is
 * refused in one step is in {@code docs/reference/messages.yaml}, see {@code RefusedTest}.
 */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class AdmissionTest {
  private static final String DIGEST = "0f3a9c2e5b7d1846";
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static ControlPlane cluster;
  private static KubernetesClient operator;
  private String name;

  @BeforeAll
  static void connect() {
    cluster = ControlPlane.running();
    operator = cluster.client("operator");
  }

  @AfterAll
  static void disconnect() {
    operator.close();
  }

  @BeforeEach
  void submit() throws Exception {
    name = "admission-" + COUNT.incrementAndGet();
    assertThat(apply("requester", request(name)).text()).contains("created");
  }

  @AfterEach
  void cleanUp() {
    FirewallChangeRequest left = get();
    if (left != null) {
      operator
          .resource(left)
          .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
      cluster.kubectl("admin", "-n", "team-a", "delete", "fcr", name, "--ignore-not-found");
    }
  }

  @Test
  void theRequesterIsStampedAndTheDutiesAreAttached() {
    assertThat(get().getMetadata().getAnnotations())
        .containsEntry(Annotations.REQUESTED_BY, "requester");
    assertThat(get().getMetadata().getFinalizers()).containsExactly(Annotations.FINALIZER);
  }

  /** It is copied into tickets and shown in terminals. */
  @Test
  void aRequesterIsOneUserOnOneLine() throws Exception {
    for (String name : List.of(" ", "boss\\n+ no risk was found", "boss\\e[8m")) {
      String odd =
          request("odd")
              .replace(
                  "name: odd",
                  "name: odd\n  annotations: {processes.secamo.io/requested-by: \"" + name + "\"}");
      refused(apply("requester", odd), "requested-by names one user, on one line of plain text");
    }
  }

  @Test
  void aShorthandVoteIsKeptWithTheNameTheApiServerProved() {
    awaitingApproval();
    assertThat(annotate("approver", Annotations.APPROVE + "=" + DIGEST + " looks fine").exit())
        .isZero();
    assertThat(get().getMetadata().getAnnotations())
        .containsEntry(
            "approve.processes.secamo.io/security.1", "approver " + DIGEST + " looks fine")
        .doesNotContainKey(Annotations.APPROVE);
  }

  @Test
  void aVoteInFullFormIsKeptAsItIs() {
    awaitingApproval();
    Result vote =
        annotate("approver", "approve.processes.secamo.io/security.mine=approver " + DIGEST);
    assertThat(vote.exit()).as(vote.text()).isZero();
  }

  @Test
  void anAdministratorWhoRequestedItCannotApproveItEither() throws Exception {
    String own = name + "-admin";
    apply("admin", request(own));
    awaitingApproval(own);
    refused(
        cluster.kubectl(
            "admin", "-n", "team-a", "annotate", "fcr", own, Annotations.APPROVE + "=" + DIGEST),
        "you requested this change: somebody else must approve it");
  }

  /** Whoever wrote nearly the right thing is told the very line to write. */
  @Test
  void aVoteThatIsNearlyRightIsRefusedWithTheLineToWrite() {
    awaitingApproval();
    String exactly = "nearly what you wrote, write exactly \"" + DIGEST + " your reason\"";
    refused(annotate("approver", Annotations.APPROVE + "= " + DIGEST + " fine"), exactly);
    refused(annotate("approver", Annotations.APPROVE + "=" + DIGEST + "\r\n"), exactly);
    refused(
        annotate("approver", Annotations.APPROVE + "=" + DIGEST.toUpperCase(Locale.ROOT) + " ok"),
        exactly);
    refused(
        annotate("approver", Annotations.APPROVE + "=" + DIGEST.toUpperCase(Locale.ROOT) + ": ok"),
        "In short: processes.secamo.io/approve='" + DIGEST + " your reason'");
  }

  @Test
  void nobodyVotesTwice() {
    awaitingApproval();
    annotate("approver", Annotations.APPROVE + "=" + DIGEST);
    refused(
        annotate("approver", Annotations.APPROVE + "=" + DIGEST + " again"),
        "you have already voted at gate security for this plan");
    assertThat(annotate("second-approver", Annotations.APPROVE + "=" + DIGEST).exit()).isZero();
  }

  @Test
  void anApprovalIsTakenBackByARejection() {
    awaitingApproval();
    annotate("approver", Annotations.APPROVE + "=" + DIGEST);
    assertThat(
            annotate("approver", Annotations.REJECT + "=" + DIGEST + " on second thoughts").exit())
        .isZero();
  }

  /** Persian and combined emoji are written with joiners. */
  @Test
  void aVoteIsWrittenInAnyScript() {
    awaitingApproval();
    String words =
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u06cc\u0645 \ud83d\udc69\u200d\ud83d\udcbb";
    Result vote = annotate("approver", Annotations.APPROVE + "=" + DIGEST + " " + words);
    assertThat(vote.exit()).as(vote.text()).isZero();
  }

  @Test
  void machinesDoNotVote() {
    awaitingApproval();
    Result vote =
        cluster.kubectl(
            "admin",
            "-n",
            "team-a",
            "--as",
            "system:serviceaccount:team-a:bot",
            "--as-group",
            "system:masters",
            "annotate",
            "fcr",
            name,
            Annotations.APPROVE + "=" + DIGEST);
    refused(
        cluster.kubectl(
            "admin",
            "-n",
            "team-a",
            "--as",
            "system:serviceaccount:team-a:bot",
            "--as-group",
            "approvers",
            "annotate",
            "fcr",
            name,
            Annotations.APPROVE + "=" + DIGEST),
        "a vote is a person's: service accounts and system users cannot vote");
    refused(vote, "a vote is a person's: service accounts and system users cannot vote");
  }

  @Test
  void onlyTheOperatorRemovesItsFinalizer() {
    String strip = "{\"metadata\":{\"finalizers\":null}}";
    String sentence =
        "only the operator removes its finalizer: delete the request and it goes once everything is"
            + " put back";
    refused(patch("requester", strip), sentence);
    refused(patch("admin", strip), sentence);
  }

  @Test
  void whoEditsWhatIsOverIsToldToChooseAnotherName() {
    new Submitted(cluster, operator, name).in("Expired");
    refused(
        patch("requester", "{\"spec\":{\"justification\":\"another reason\"}}"),
        "a submitted change cannot be edited: this request is over (Expired), submit a new one"
            + " under another name");
  }

  @Test
  void whoEditsWhatIsLiveIsToldHowItIsKeptForLonger() {
    new Submitted(cluster, operator, name).in("InForce");
    refused(
        patch("requester", "{\"spec\":{\"expiresAfter\":\"PT8H\"}}"),
        "a submitted change cannot be edited: it is in force; for another end run kubectl process"
            + " extend "
            + name);
  }

  /** Of a list kubectl compares the whole: what the API server fills in there is a difference. */
  @Test
  void whatIsAppliedAgainAsItIsIsUnchangedIfItNamesTheDirection() throws Exception {
    assertThat(apply("requester", request(name)).text()).contains("unchanged");
    String without = request(name).replace("    direction: Ingress\n", "");
    assertThat(apply("requester", without).text()).contains("configured");
    assertThat(get().getMetadata().getGeneration()).as("nothing was changed").isEqualTo(1);
  }

  @Test
  void withdrawalIsFinalAndSuspensionEndsOnlyExplicitly() {
    patch("requester", "{\"spec\":{\"suspend\":true}}");
    String sentence =
        "withdrawn is final, and suspend does not end by leaving it out: write suspend: false";
    refused(patch("requester", "{\"spec\":{\"suspend\":null}}"), sentence);
    assertThat(patch("requester", "{\"spec\":{\"suspend\":false}}").exit()).isZero();
    patch("requester", "{\"spec\":{\"withdrawn\":true}}");
    refused(patch("requester", "{\"spec\":{\"withdrawn\":false}}"), "withdrawn is final");
  }

  private static void refused(Result result, String sentence) {
    assertThat(result.exit()).as(result.text()).isNotZero();
    assertThat(result.err()).contains(sentence);
  }

  private Result annotate(String person, String... what) {
    String[] command = new String[5 + what.length];
    System.arraycopy(new String[] {"-n", "team-a", "annotate", "fcr", name}, 0, command, 0, 5);
    System.arraycopy(what, 0, command, 5, what.length);
    return cluster.kubectl(person, command);
  }

  private Result patch(String person, String merge) {
    return cluster.kubectl(
        person, "-n", "team-a", "patch", "fcr", name, "--type=merge", "-p", merge);
  }

  private static Result apply(String person, String yaml) {
    return cluster.kubectlWith(person, yaml, "-n", "team-a", "apply", "-f", "-");
  }

  private static String request(String name) throws Exception {
    return Files.readString(Path.of("examples/sandbox/request.yaml")).replace("acme-web-443", name);
  }

  private FirewallChangeRequest get() {
    return operator
        .resources(FirewallChangeRequest.class)
        .inNamespace("team-a")
        .withName(name)
        .get();
  }

  private void awaitingApproval() {
    awaitingApproval(name);
  }

  private static void awaitingApproval(String which) {
    String plan =
        "{\"digest\":\""
            + DIGEST
            + "\",\"sha256\":\""
            + DIGEST
            + "\",\"summary\":\"s\",\"effects\":[],\"account\":\"a\",\"policy\":\"p\","
            + "\"computedAt\":\"2027-01-01T00:00:00Z\"}";
    operator
        .resources(FirewallChangeRequest.class)
        .inNamespace("team-a")
        .withName(which)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\":{\"state\":\"AwaitingApproval\",\"plan\":"
                + plan
                + ",\"gates\":[{\"name\":\"security\",\"state\":\"Open\",\"required\":1,\"approvals\":0}]}}");
  }
}
