package io.secamo.processes.controlplane;

import static io.secamo.processes.controlplane.Submitted.accepted;
import static io.secamo.processes.controlplane.Submitted.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The rule about texts came after the first users. What they had stored before can be withdrawn,
 * edited in other places and brought to its end.
 */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class StoredTextTest {
  private static final String EARLIER = "crds/released/v0.1.0-68a8e4e/";
  private static final String REQUESTS = "firewallchangerequests.processes.secamo.io.yaml";
  private static final String WINDOWS = "changewindows.orchestrator.secamo.io.yaml";
  private static final String PLAIN = "write one line of plain text, without hidden characters";
  private static final String WINDOW =
      """
      apiVersion: orchestrator.secamo.io/v1alpha1
      kind: ChangeWindow
      metadata: {name: night}
      spec: {type: Allow, start: "2027-01-01T20:00:00", duration: 2h, reason: "The \\u202enight"}
      """;

  private final ControlPlane cluster = ControlPlane.apart("texts");

  @Test
  void whatWasStoredBeforeThereWasTheRuleGoesOn() throws Exception {
    String request =
        Files.readString(Path.of("examples/sandbox/request.yaml"))
            .replace("Partner test", "Partner \\u202etest")
            .replaceAll("justification: (.*)", "justification: \"$1\"");
    install(EARLIER);
    await().atMost(Patience.LIMIT).until(() -> submit("requester", request, "--dry-run=server"));
    accepted(apply("requester", request));
    accepted(apply("admin", WINDOW));

    install("crds/");
    await()
        .atMost(Patience.LIMIT)
        .until(() -> !submit("requester", other(request), "--dry-run=server"));
    refused(apply("requester", other(request)), PLAIN);
    accepted(patch("requester", "fcr/acme-web-443", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"));
    accepted(patch("requester", "fcr/acme-web-443", "{\"spec\":{\"withdrawn\":true}}"));
    accepted(
        cluster.kubectl(
            "operator",
            "-n",
            "team-a",
            "patch",
            "fcr/acme-web-443",
            "--subresource=status",
            "--type=merge",
            "-p",
            "{\"status\":{\"state\":\"Withdrawn\"}}"));
    accepted(patch("admin", "changewindow/night", "{\"spec\":{\"duration\":\"3h\"}}"));
    refused(
        patch("admin", "changewindow/night", "{\"spec\":{\"reason\":\"Another \\u202enight\"}}"),
        PLAIN);
    accepted(patch("admin", "changewindow/night", "{\"spec\":{\"reason\":\"Another night\"}}"));
    assertThat(
            cluster
                .kubectl("admin", "-n", "team-a", "get", "changewindow/night", "-o", "yaml")
                .out())
        .contains("reason: Another night", "duration: 3h");
  }

  private static String other(String request) {
    return request.replace("acme-web-443", "other");
  }

  private void install(String folder) {
    for (String file : new String[] {REQUESTS, WINDOWS}) {
      String[] apply = {"apply", "--server-side", "--force-conflicts", "-f", folder + file};
      accepted(cluster.kubectl("admin", apply));
    }
  }

  private boolean submit(String person, String yaml, String option) {
    String[] create = {"-n", "team-a", "create", option, "-f", "-"};
    return cluster.kubectlWith(person, yaml, create).exit() == 0;
  }

  private Result apply(String person, String yaml) {
    return cluster.kubectlWith(person, yaml, "-n", "team-a", "apply", "--server-side", "-f", "-");
  }

  private Result patch(String person, String what, String change) {
    return cluster.kubectl(person, "-n", "team-a", "patch", what, "--type=merge", "-p", change);
  }
}
