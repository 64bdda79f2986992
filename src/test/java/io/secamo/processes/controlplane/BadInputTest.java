package io.secamo.processes.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a person reads who submits something that cannot work, before anything happens. Mistakes in
 * one place of a file are in {@code docs/reference/messages.yaml}, see {@code RefusedTest}.
 */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class BadInputTest {
  @Test
  void aRequestThatAsksForNothingIsRefused() {
    Result result =
        submit(
            """
            apiVersion: processes.secamo.io/v1alpha1
            kind: FirewallChangeRequest
            metadata: {name: empty}
            """);
    assertThat(result.err()).contains("spec: Required value");
  }

  @Test
  void threeHundredRulesAreTooMany() throws Exception {
    String request = Files.readString(Path.of("examples/sandbox/request.yaml"));
    int at = request.indexOf("  - name: partner-https");
    int end = request.indexOf("  ticket:");
    String rules =
        IntStream.range(0, 300)
            .mapToObj(
                i ->
                    "  - {name: r"
                        + i
                        + ", protocol: tcp, ports: [\"443\"], peers: [\"10.0.0.0/8\"]}\n")
            .collect(Collectors.joining());
    Result result = submit(request.substring(0, at) + rules + request.substring(end));
    assertThat(result.err()).contains("spec.rules: Too many: 300: must have at most 32 items");
  }

  @Test
  void kubectlExplainsAField() {
    // The API server publishes what it knows of a new kind some seconds after it serves it.
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () ->
                assertThat(explained())
                    .contains(
                        "Networks (CIDR) or single addresses of the other side, at most 32, one"
                            + " family a rule."));
  }

  private static String explained() {
    return ControlPlane.running()
        .kubectl("requester", "explain", "fcr.spec.rules.peers")
        .out()
        .replaceAll("\\s+", " ");
  }

  private static Result submit(String yaml) {
    return ControlPlane.running()
        .kubectlWith(
            "requester",
            yaml,
            "-n",
            "team-a",
            "apply",
            "--dry-run=server",
            "--validate=strict",
            "-f",
            "-");
  }
}
