package io.secamo.processes.cli;

import static io.secamo.processes.cli.Listening.REQUESTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.cli.terminal.Seen;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of requests before they are submitted, and of the program. */
class AheadTest {
  private static final String DEPLOYMENTS =
      "/apis/apps/v1/namespaces/process-orchestrator/deployments";
  private static final String LEFT =
      "\"effects\": [{\"key\": \"k\", \"step\": \"Apply\", \"state\": \"Done\","
          + " \"connection\": \"c\"}]";
  private static final String LEASE =
      "/apis/coordination.k8s.io/v1/namespaces/process-orchestrator/leases/process-orchestrator";
  private static final String END = ", \"expiresAt\": \"2027-01-04T12:00:00Z\"";
  private static final String LIVE =
      "\"state\": \"InForce\", \"expiresAt\": \"2027-01-04T12:00:00Z\"";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Listening server = new Listening();
  @TempDir private Path folder;
  private Path kubeconfig;

  @BeforeEach
  void live() throws IOException {
    kubeconfig = server.kubeconfig(folder);
    server.request("web", "\"processes.secamo.io/suspend-by\": \"anna\"", END, LIVE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void longerIsANewRequestThatIsApprovedAnew() {
    assertThat(run("extend", "web", "--until", "2027-01-05T12:00:00Z")).isZero();

    assertThat(out.toString())
        .contains("kind: \"FirewallChangeRequest\"", "name: \"web-2\"", "namespace: \"team-a\"")
        .contains("processes.secamo.io/requested-by: \"duty\"", "supersedes: \"web\"")
        .contains("expiresAt: \"2027-01-05T12:00:00Z\"", "justification: \"why\"")
        .doesNotContain("suspend", "status", "uid", "2027-01-04T12");
    assertThat(err.toString())
        .contains("web cannot be changed: this is a new request, web-2.\n", "approved anew");
    assertThat(server.written).allMatch(body -> body.contains("SelfSubject"));
  }

  @Test
  void aLengthOfTimeTakesThePlaceOfAnEndAndTheNextFreeNameIsTaken() {
    server.request("web-2", "", "", "");

    assertThat(run("extend", "web", "--for", "30d")).isZero();

    assertThat(out.toString())
        .contains("name: \"web-3\"", "expiresAfter: \"30d\"")
        .doesNotContain("expiresAt");
  }

  @ParameterizedTest
  @CsvSource({
    "--until, tomorrow, --until is a time in UTC",
    "--until, 2027-01-04T08:00:00Z, --until 2027-01-04T08:00:00Z is over",
    "--until, 2027-01-04T11:00:00Z, 'web stays until 2027-01-04T12:00:00Z, and the new one"
        + " would end at 2027-01-04T11:00:00Z: name a later end'",
    "--for, 2h, 'web stays until 2027-01-04T12:00:00Z, and the new one would end at"
        + " 2027-01-04T11:00:00Z: name a later end'",
    "--for, soon, --for: 'soon' is not a length of time"
  })
  void whatIsNoLongerTimeIsWrongUsage(String option, String value, String why) {
    assertThat(run("extend", "web", option, value)).isEqualTo(2);

    assertThat(err.toString()).startsWith(why);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatHasNoEndOrWasNeverOpenIsNotExtended() {
    assertThat(run("extend", "web")).isEqualTo(2);
    server.request("web", "", END, "\"state\": \"Rejected\"");
    assertThat(run("extend", "web", "--for", "30d")).isEqualTo(1);
    server.request("web", "", "", "\"state\": \"Completed\"");
    assertThat(run("extend", "web", "--for", "30d")).isEqualTo(1);
    assertThat(err.toString())
        .contains("web is Rejected: there is nothing to extend\n")
        .contains("web has no end: there is nothing to extend\n");
    server.request("web", "", "", "\"state\": \"Removed\"");
    assertThat(run("extend", "web", "--for", "30d")).isEqualTo(1);
    assertThat(err.toString()).contains("web is Removed: there is nothing to extend\n");
    assertThat(out.toString()).isEmpty();
  }

  /** Two that open the same are not one that stays longer. */
  @Test
  void whatIsNotOpenYetIsSaidToBeSo() {
    server.request("web", "", END, "\"state\": \"AwaitingApproval\"");
    assertThat(run("extend", "web", "--for", "30d")).isZero();
    assertThat(err.toString())
        .startsWith(
            "web is not open yet (AwaitingApproval): both may open. If you want only the new")
        .doesNotContain("cannot be changed");
  }

  /** It does not end as it would have: it ends now. */
  @Test
  void whatIsBeingRemovedIsOpenedAgainAndNotExtended() {
    server.request("web", "", END, "\"state\": \"Reverting\"");
    assertThat(run("extend", "web", "--for", "30d")).isZero();
    assertThat(err.toString())
        .startsWith("web is being removed: this opens the same again, as a new request, web-2.")
        .doesNotContain("ends as it would have");
  }

  @Test
  void aReasonThatNobodyCouldReadIsWrongUsage() {
    assertThat(run("remove", "web", "--reason", "x ")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("--reason is too short, write ")
        .contains("approvers read why it is not");
  }

  @Test
  void whatHasEndedIsOpenedAgainAndNotExtended() {
    server.request(
        "web", "", END, "\"state\": \"Expired\", \"finishedAt\": \"2027-01-04T08:00:07Z\"");

    assertThat(run("extend", "web", "--until", "2027-01-05T12:00:00Z")).isZero();

    assertThat(err.toString())
        .contains("web ended at 2027-01-04T08:00:07Z: this opens the same again, as a new request")
        .contains("web-2", "approved anew")
        .doesNotContain("as it would have");
  }

  @Test
  void aNumberAtTheEndOfANameIsAPortUnlessItCountsExtensions() {
    server.request("web-443", "", END, LIVE);
    server.request("web-443-2", "", END + ", \"supersedes\": \"web-443\"", LIVE);

    assertThat(run("extend", "web-443", "--for", "30d")).isZero();
    assertThat(out.toString()).contains("name: \"web-443-3\"");

    assertThat(run("extend", "web-443-2", "--for", "30d")).isZero();
    assertThat(out.toString()).contains("supersedes: \"web-443-2\"").doesNotContain("web-444");
  }

  @Test
  void whoeverExtendsTwiceIsToldOfTheFirstTime() {
    server.knows(
        REQUESTS,
        requests(
            named("web", "", "InForce"),
            named("web-2", "\"supersedes\": \"web\"", "InForce"),
            named("web-3", "\"supersedes\": \"web\"", "Rejected"),
            named("other-2", "\"supersedes\": \"other\"", "InForce")));

    assertThat(run("extend", "web", "--for", "30d")).isZero();

    assertThat(err.toString())
        .contains("web-2 (InForce) extends web already: kubectl process status web-2 -n team-a\n")
        .doesNotContain("web-3", "other-2");
    assertThat(out.toString()).contains("supersedes: \"web\"");
  }

  @Test
  void whatIsWrittenIsNotSentToNobody() {
    assertThat(run("extend", "web", "--for", "30d")).isZero();
    server.request("web", "", "", "\"state\": \"Completed\"");
    assertThat(run("remove", "web", "--reason", "why")).isZero();

    assertThat(err.toString().lines())
        .filteredOn(
            "To send it: put | kubectl apply -f - behind this command, or apply its file."::equals)
        .hasSize(2);
  }

  @Test
  void whoMayNotSubmitIsToldSoBeforeTheyTry() {
    String question = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    String answer =
        "{\"apiVersion\": \"authorization.k8s.io/v1\", \"kind\": \"SelfSubjectAccessReview\","
            + " \"spec\": {}, \"status\": {\"allowed\": %s}}";
    String told = "You may not submit requests in namespace team-a: whoever may has to run this.";
    server.knows(question, answer.formatted("true"));
    assertThat(run("extend", "web", "--for", "30d")).isZero();
    assertThat(err.toString()).doesNotContain(told);

    server.knows(question, answer.formatted("false"));
    assertThat(run("extend", "web", "--for", "30d")).isZero();
    server.request("web", "", "", "\"state\": \"Completed\"");
    assertThat(run("remove", "web", "--reason", "why")).isZero();
    assertThat(err.toString().lines()).filteredOn(told::equals).hasSize(2);
  }

  @Test
  void theRemovalOfALastingAccessIsANewRequestForTheSameRules() {
    server.request("web", "", ", \"onDelete\": \"Revert\"", "\"state\": \"Completed\"");

    assertThat(run("remove", "web", "--reason", "Order 4712 is done.")).isZero();

    assertThat(out.toString())
        .contains("name: \"web-remove\"", "removes: \"web\"", "connection:", "rules:")
        .contains("justification: \"Order 4712 is done.\"", "requested-by: \"duty\"")
        .doesNotContain("onDelete", "expires", "status", "uid");
    assertThat(err.toString())
        .contains("Nothing is removed yet: this is a new request, web-remove.\n");
    assertThat(server.written).allMatch(body -> body.contains("SelfSubject"));
    server.request("web-remove", "", ", \"removes\": \"web\"", "\"state\": \"Completed\"");
    assertThat(run("remove", "web", "--reason", "again")).isZero();
    assertThat(out.toString()).contains("name: \"web-remove-2\"");
    assertThat(run("remove", "web-remove", "--reason", "why")).isEqualTo(1);
    assertThat(err.toString()).contains("web-remove removes something itself: it opened nothing\n");
  }

  @Test
  void whatIsNotOpenForGoodIsNotRemovedByARequest() {
    assertThat(run("remove", "web")).isEqualTo(2);
    assertThat(run("remove", "web", "--reason", "why")).isEqualTo(1);
    server.request("web", "", "", "\"state\": \"Withdrawn\", " + LEFT);
    assertThat(run("remove", "web", "--reason", "why")).isEqualTo(1);
    assertThat(err.toString()).contains("web is Withdrawn: it was given up, and what it opened");
    server.request("web", "", "", "\"state\": \"Removed\"");
    assertThat(run("remove", "web", "--reason", "why")).isEqualTo(1);
    assertThat(err.toString())
        .contains(
            "web is InForce, not Completed: to take it back, with all that it opened\n"
                + "  kubectl process withdraw web -n team-a\n",
            "web is Removed: there is nothing to remove\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aRequestInAFileIsJudgedAndNotSubmitted() throws IOException {
    Path file = Files.copy(Path.of("examples/sandbox/request.yaml"), folder.resolve("r.yaml"));
    server.knows(REQUESTS, asked("203.0.113.0/24"));

    assertThat(run("plan", "-f", file.toString())).as(err.toString()).isZero();

    assertThat(server.asked).contains("POST " + REQUESTS + "?fieldValidation=Strict&dryRun=All");
    assertThat(out.toString().lines())
        .contains(
            "Not submitted: team-a/acme-web-443",
            "The API server would take it; nothing was stored.",
            "Target     web by Connection sandbox",
            "Time       2 minutes from when it is opened, whenever that is",
            "asks partner-https: Ingress tcp 443 from 203.0.113.0/24",
            "Only the operator can tell, after it was submitted: which account that is,");
  }

  /** As kubectl has it: one of the two is a mistake. */
  @Test
  void aFileForAnotherNamespaceIsNotJudgedInThatOne() throws IOException {
    String text = Files.readString(Path.of("examples/sandbox/request.yaml"));
    Path request = folder.resolve("r.yaml");
    Files.writeString(request, text.replace("metadata:", "metadata:\n  namespace: team-a"));
    assertThat(run("plan", "-f", request.toString(), "-n", "team-b")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("-n team-b, but " + request + " is for namespace team-a: leave -n out\n");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void whatIsAskedForTheWholeInternetIsSaidToBe() throws IOException {
    Path file = Files.copy(Path.of("examples/sandbox/request.yaml"), folder.resolve("r.yaml"));
    server.knows(REQUESTS, asked("0.0.0.0/0"));
    assertThat(run("plan", "-f", file.toString())).isZero();
    assertThat(out.toString()).contains("Ingress tcp 443 from the whole internet (0.0.0.0/0)\n");
  }

  @Test
  void whatIsNoRequestIsNotSent() throws IOException {
    Path other = Files.writeString(folder.resolve("o.yaml"), "apiVersion: v1\nkind: Secret\n");
    Path none = Files.writeString(folder.resolve("n.yaml"), "a: [\n");

    assertThat(run("plan", "-f", other.toString())).isEqualTo(1);
    assertThat(run("plan", "-f", none.toString())).isEqualTo(1);
    assertThat(run("plan", "-f", folder.resolve("gone.yaml").toString())).isEqualTo(2);
    assertThat(run("plan", "web", "-f", other.toString())).isEqualTo(2);
    assertThat(run("plan")).isEqualTo(2);

    assertThat(err.toString())
        .contains("o.yaml holds no FirewallChangeRequest of processes.secamo.io/v1alpha1")
        .contains("n.yaml is neither YAML nor JSON", "gone.yaml that can be read")
        .contains("name a request, or with -f a file that holds one")
        .contains("name a request or a file, not both");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void whatHoldsSeveralRequestsIsSaidToHoldThem() throws IOException {
    String one = Files.readString(Path.of("examples/sandbox/request.yaml"));
    Path two = Files.writeString(folder.resolve("two.yaml"), one + "---\n" + one);
    Path text = Files.writeString(folder.resolve("text.yaml"), "open the port, please\n");

    assertThat(run("plan", "-f", two.toString())).isEqualTo(1);
    assertThat(run("plan", "-f", text.toString())).isEqualTo(1);

    assertThat(err.toString().lines())
        .contains(
            two + " holds 2 documents: plan reads one request at a time",
            text + " is neither YAML nor JSON of one object: one request, as kubectl takes it");
    server.knows(REQUESTS, asked("203.0.113.0/24"));
    Files.writeString(two, "---\n# of the shop\n---\n" + one + "---\n");
    assertThat(run("plan", "-f", two.toString())).as(err.toString()).isZero();
  }

  @Test
  void aNameThatIsTakenIsNoReasonNotToTry() {
    server.refuses(
        REQUESTS,
        409,
        "{\"kind\": \"Status\", \"code\": 409, \"reason\": \"AlreadyExists\","
            + " \"message\": \"firewallchangerequests \\\"acme-web-443\\\" already exists\"}");

    assertThat(run("plan", "-f", "examples/sandbox/request.yaml")).isEqualTo(1);

    assertThat(err.toString())
        .isEqualTo(
            "there is a request acme-web-443 in namespace team-a already: give the one in the file"
                + " another name\n");
  }

  @Test
  void theVersionOfTheOperatorIsThatOfItsDeployment() {
    server.knows(
        DEPLOYMENTS,
        """
        {"apiVersion": "apps/v1", "kind": "DeploymentList", "items": [
         {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "o"}, "spec":
          {"template": {"spec": {"containers": [{"name": "operator", "image": "o:0.1.0"}]}}},
          "status": {"readyReplicas": 1}}]}
        """);
    server.knows(
        REQUESTS,
        """
        {"apiVersion": "processes.secamo.io/v1alpha1", "kind": "FirewallChangeRequestList",
         "items": [{"metadata": {"name": "web"}, "status": {"state": "InForce", "format": 2}}]}
        """);

    assertThat(run("version")).isZero();

    assertThat(out.toString())
        .isEqualTo(
            """
            Program   kubectl process development
            Operator  o:0.1.0
            Writes    status.format 2: newer than this program, which knows 1
            """);
  }

  @Test
  void anImageThatDoesNotRunIsNotTheVersionOfTheOperator() {
    server.knows(
        DEPLOYMENTS,
        """
        {"apiVersion": "apps/v1", "kind": "DeploymentList", "items": [
         {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "o"}, "spec":
          {"template": {"spec": {"containers": [{"name": "operator", "image": "o:0.1.0"}]}}}}]}
        """);

    assertThat(run("version")).isZero();

    assertThat(out.toString())
        .contains("Operator  no Deployment of it is ready (its image would be o:0.1.0)\n");
  }

  /** On a laptop, or in another cluster: whoever reads that none is ready believes none runs. */
  @Test
  void anOperatorThatNoDeploymentStartedRunsAllTheSame() {
    server.knows(
        DEPLOYMENTS, "{\"apiVersion\": \"apps/v1\", \"kind\": \"DeploymentList\", \"items\": []}");
    String lease =
        """
        {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": {"name": "l"},
         "spec": {"holderIdentity": "me", "renewTime": "%s"}}
        """;
    server.knows(LEASE, lease.formatted("2027-01-04T08:59:50.000000Z"));
    assertThat(run("version")).isZero();
    assertThat(out.toString())
        .contains("Operator  one runs that no Deployment of this cluster started: its version");

    server.knows(LEASE, lease.formatted("2027-01-04T08:50:00.000000Z"));
    assertThat(run("version")).isZero();
    assertThat(out.toString()).contains("Operator  cannot tell: no Deployment process-orchestr");
  }

  @Test
  void whoMayNotLookIsToldThatTheVersionCannotBeTold() throws IOException {
    assertThat(run("version")).isZero();
    assertThat(out.toString()).contains("Operator  cannot tell: ", "Writes    cannot tell: ");

    Files.delete(kubeconfig);
    assertThat(run("version")).isZero();
    assertThat(out.toString()).contains("Operator  cannot tell: --kubeconfig names");
  }

  private static String requests(String... items) {
    return "{\"apiVersion\": \"processes.secamo.io/v1alpha1\", \"kind\":"
        + " \"FirewallChangeRequestList\", \"items\": ["
        + String.join(",", items)
        + "]}";
  }

  private static String named(String name, String spec, String state) {
    return """
    {"metadata": {"name": "%s", "namespace": "team-a"}, "spec": {%s}, "status": {"state": "%s"}}
    """
        .formatted(name, spec, state);
  }

  private static String asked(String peer) {
    return """
    {"apiVersion": "processes.secamo.io/v1alpha1", "kind": "FirewallChangeRequest",
     "metadata": {"name": "acme-web-443", "namespace": "team-a"},
     "spec": {"connection": "sandbox", "target": {"securityGroup": "web"},
       "justification": "Partner test", "expiresAfter": "2m", "rules": [{"name":
       "partner-https", "direction": "Ingress", "protocol": "tcp", "ports": ["443"],
       "peers": ["%s"]}]}}
    """
        .formatted(peer);
  }

  private int run(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--kubeconfig", kubeconfig.toString()));
    return KubectlProcess.run(Seen.atNine(200, out, err), all.toArray(String[]::new));
  }
}
