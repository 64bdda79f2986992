package io.secamo.processes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.cli.terminal.Seen;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who stops a request does so in their own name, and is told what that means. */
class HoldTest {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static final String SUSPENDED = ", \"suspend\": true";
  private static final String RUNNING = "\"state\": \"Running\"";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Listening server = new Listening();
  @TempDir private Path folder;
  private Path kubeconfig;

  @BeforeEach
  void running() throws IOException {
    kubeconfig = server.kubeconfig(folder);
    server.request("web", "", "", RUNNING);
    mayHold(false);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whoMayHoldHoldsSoThatTheRequesterDoesNotLetItGoOn() {
    mayHold(true);

    assertThat(run("suspend", "web")).isZero();

    assertThat(patched())
        .isEqualTo(
            "{\"spec\":{\"suspend\":true},\"metadata\":{\"annotations\":{"
                + "\"processes.secamo.io/suspend-by\":\"duty\","
                + "\"processes.secamo.io/held\":\"true\"}}}");
    assertThat(out.toString())
        .startsWith("web: held: only somebody with the verb hold lets it go on\n");
  }

  /** It goes as soon as the operator looks, whatever somebody says in between. */
  @Test
  void whatWasWithdrawnMeanwhileIsNotSuspended() {
    server.changed("web", ", \"withdrawn\": true", "\"state\": \"InForce\"");
    assertThat(run("suspend", "web")).isEqualTo(1);
    server.deleted("web", "\"state\": \"InForce\"");
    assertThat(run("suspend", "web")).isEqualTo(1);

    assertThat(err.toString()).contains("web is ending, and that goes on.").doesNotContain("until");
    assertThat(server.written).noneMatch(w -> w.contains("suspend"));
  }

  @Test
  void whoMayNotHoldSuspendsAndIsToldThatOthersMayResume() {
    assertThat(run("suspend", "web")).isZero();

    assertThat(patched())
        .contains("\"suspend\":true", "\"processes.secamo.io/suspend-by\":\"duty\"")
        .contains("\"processes.secamo.io/held\":null");
    assertThat(out.toString()).startsWith("web: suspended: whoever may change it lets it go on\n");
  }

  @Test
  void whatIsSuspendedByOthersIsHeldByWhoMay() {
    server.request("web", "\"processes.secamo.io/suspend-by\": \"anna\"", SUSPENDED, RUNNING);
    assertThat(run("suspend", "web")).isZero();
    assertThat(out.toString()).startsWith("web: is suspended by anna already\n");

    mayHold(true);
    assertThat(run("suspend", "web")).isZero();
    assertThat(patched()).contains("\"processes.secamo.io/held\":\"true\"");
  }

  @Test
  void theHoldOfSomebodyElseIsNotTakenOver() {
    mayHold(true);
    String anna =
        "\"processes.secamo.io/suspend-by\": \"anna\", \"processes.secamo.io/held\": \"true\"";
    server.request("web", anna, SUSPENDED, RUNNING);

    assertThat(run("suspend", "web")).isZero();

    assertThat(out.toString()).startsWith("web: is held by anna already\n");
    assertThat(server.written).noneMatch(body -> body.contains("suspend-by"));
  }

  @Test
  void resumingNamesWhoDoesItAndWhoHadSuspended() {
    server.request("web", "\"processes.secamo.io/suspend-by\": \"anna\"", SUSPENDED, RUNNING);

    assertThat(run("resume", "web", "--yes")).isZero();

    assertThat(patched())
        .contains("\"suspend\":false", "\"processes.secamo.io/suspend-by\":\"duty\"")
        .contains("\"processes.secamo.io/held\":null");
    assertThat(out.toString()).startsWith("web: goes on; it was suspended by anna\n");
  }

  @Test
  void resumingAsksFirstAndIsNotWrittenInVain() {
    assertThat(run("resume", "web")).isZero();
    assertThat(out.toString()).startsWith("web: is not suspended\n");

    server.request("web", "", SUSPENDED, RUNNING);
    assertThat(run("resume", "web")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "Nobody answers here: give the answer beforehand, see --yes in --help\n"
                + "nothing was written\n");
    assertThat(server.written).noneMatch(body -> body.startsWith("{\"spec\""));
  }

  @Test
  void whoMayNotLetItGoOnIsToldSoBeforeAnythingIsAsked() {
    mayHold(false);
    String anna =
        "\"processes.secamo.io/suspend-by\": \"anna\", \"processes.secamo.io/held\": \"true\"";
    server.request("web", anna, SUSPENDED, RUNNING);

    assertThat(run("resume", "web")).isEqualTo(1);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .isEqualTo("web is held by anna: only who has the verb hold on it lets it go on\n");
  }

  @Test
  void whoSuspendsWhatIsOpenIsToldThatItStaysOpen() {
    server.request(
        "web",
        "",
        "",
        "\"state\": \"InForce\", \"expiresAt\": \"2027-01-04T17:00:00Z\", \"effects\": [{\"key\":"
            + " \"op-1\", \"step\": \"Apply\", \"state\": \"Done\", \"connection\": \"c\"}]");

    assertThat(run("suspend", "web")).isZero();

    assertThat(out.toString().replaceAll("\n +", " "))
        .startsWith(
            "web: suspended: whoever may change it lets it go on. What is open stays open until"
                + " 2027-01-04T17:00:00Z\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspend", "resume"})
  void whatIsOverIsNeitherSuspendedNorResumed(String command) {
    server.request("web", "", SUSPENDED, "\"state\": \"Expired\"");

    assertThat(run(command, "web")).isEqualTo(1);

    assertThat(err.toString()).startsWith("web is over, its state is Expired: ");
    assertThat(server.written).isEmpty();
  }

  @Test
  void whatIsHeldIsNotTriedAgainButResumed() {
    server.request("web", "", SUSPENDED, "\"state\": \"Suspended\"");

    assertThat(run("retry", "web")).isEqualTo(1);

    assertThat(err.toString())
        .isEqualTo("web is suspended; it goes on after\n  kubectl process resume web -n team-a\n");
  }

  private String patched() {
    return server.written.stream()
        .filter(body -> body.startsWith("{\"spec\""))
        .reduce((one, later) -> later)
        .orElseThrow();
  }

  private void mayHold(boolean yes) {
    server.knows(
        REVIEWS,
        """
        {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
         "spec": {}, "status": {"allowed": %s}}
        """
            .formatted(yes));
  }

  private int run(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--kubeconfig", kubeconfig.toString()));
    return KubectlProcess.run(Seen.atNine(80, out, err), all.toArray(String[]::new));
  }
}
