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
    assertThat(server.written).allMatch(body -> body.contains("SelfSubjectReview"));
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
    "--until, 2027-01-04T11:00:00Z, web ends at 2027-01-04T12:00:00Z already",
    "--for, 2h, web ends at 2027-01-04T12:00:00Z already",
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
    assertThat(out.toString()).isEmpty();
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
    assertThat(server.written).allMatch(body -> body.contains("SelfSubjectReview"));
    server.request("web-remove", "", ", \"removes\": \"web\"", "\"state\": \"Completed\"");
    assertThat(run("remove", "web", "--reason", "again")).isZero();
    assertThat(out.toString()).contains("name: \"web-remove-2\"");
    assertThat(run("remove", "web-remove", "--reason", "x")).isEqualTo(1);
    assertThat(err.toString()).contains("web-remove removes something itself: it opened nothing\n");
  }

  @Test
  void whatIsNotOpenForGoodIsNotRemovedByARequest() {
    assertThat(run("remove", "web")).isEqualTo(2);
    assertThat(run("remove", "web", "--reason", "x")).isEqualTo(1);
    server.request("web", "", "", "\"state\": \"Removed\"");
    assertThat(run("remove", "web", "--reason", "x")).isEqualTo(1);
    assertThat(err.toString())
        .contains(
            "web is InForce, not Completed: kubectl process withdraw web takes it back, with all"
                + " that it opened\n",
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
        .contains("it holds no FirewallChangeRequest of processes.secamo.io/v1alpha1")
        .contains("it is neither YAML nor JSON", "gone.yaml that can be read")
        .contains("name a request, or with -f a file that holds one");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void theVersionOfTheOperatorIsThatOfItsDeployment() {
    server.knows(
        DEPLOYMENTS,
        """
        {"apiVersion": "apps/v1", "kind": "DeploymentList", "items": [
         {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "o"}, "spec":
          {"template": {"spec": {"containers": [{"name": "operator", "image": "o:0.1.0"}]}}}}]}
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
  void whoMayNotLookIsToldThatTheVersionCannotBeTold() throws IOException {
    assertThat(run("version")).isZero();
    assertThat(out.toString()).contains("Operator  cannot tell: ", "Writes    cannot tell: ");

    Files.delete(kubeconfig);
    assertThat(run("version")).isZero();
    assertThat(out.toString()).contains("Operator  cannot tell: --kubeconfig names");
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
    return KubectlProcess.run(Seen.atNine(80, out, err), all.toArray(String[]::new));
  }
}
