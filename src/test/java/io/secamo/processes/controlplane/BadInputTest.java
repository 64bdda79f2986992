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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person reads who submits something that cannot work, before anything happens. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class BadInputTest {
  private static final String PEERS = "peers: [\"203.0.113.0/24\"]";
  private static final String PORTS = "ports: [\"443\"]";
  private static final String NO_PORT =
      " is not a port or range: write 1 to 65535, low to high, for example 443 or 8443-8450";
  private static final String NAME =
      "write the name of the object: small letters, digits, hyphens and dots";
  private static final String PLAIN = "write one line of plain text, without hidden characters";
  private static final String PORTS_OR_NONE =
      "tcp and udp need ports, for example [\"443\"] or [\"1-65535\"]; icmp, icmpv6 and any take"
          + " none";

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            PEERS,
            "peers: [\"10.1.2.3/8\"]",
            "'10.1.2.3/8' has bits set behind its prefix: write the network itself, for example"
                + " 203.0.113.0/24 and not 203.0.113.9/24, or the address alone for one machine"),
        mistake(
            PEERS,
            "peers: [\"10.0.0.0/8\", \"2001:db8::/48\"]",
            "a rule's peers are all IPv4 or all IPv6: write one rule per family"),
        mistake(
            PEERS,
            "peers: [\"::ffff:10.0.0.0/104\"]",
            "'::ffff:10.0.0.0/104' is an IPv4 address written as IPv6: write it as IPv4"),
        mistake(
            PEERS,
            "peers: [\"0:0:0:0:0:FFFF:a00:1\"]",
            "'0:0:0:0:0:FFFF:a00:1' is an IPv4 address written as IPv6: write it as IPv4"),
        mistake(
            PEERS,
            "peers: [\"partner.example.com\"]",
            "'partner.example.com' is not a network or address: write for example 203.0.113.0/24,"
                + " 198.51.100.7 or 2001:db8::/48"),
        mistake(PEERS, "peers: []", "spec.rules[0].peers in body should have at least 1 items"),
        mistake(PORTS, "ports: [\"0\"]", "'0'" + NO_PORT),
        mistake(PORTS, "ports: [\"70000\"]", "'70000'" + NO_PORT),
        mistake(PORTS, "ports: [\"8450-8443\"]", "'8450-8443'" + NO_PORT),
        mistake(PORTS, "ports: [\"https\"]", "'https'" + NO_PORT),
        mistake("    " + PORTS + "\n", "", PORTS_OR_NONE),
        mistake("protocol: tcp", "protocol: icmp", PORTS_OR_NONE),
        mistake("protocol: tcp", "protocol: sctp", "Unsupported value: \"sctp\""),
        mistake(
            "expiresAfter: 2m",
            "expiresAfter: two days",
            "spec.expiresAfter: Invalid value: write a number and s, m, h or d, for example 90m, 8h"
                + " or 30d"),
        mistake(
            "justification: Partner test of the shop, order 4711",
            "justification: \"Partner test\\nState: Approved\"",
            "spec.justification: Invalid value: write the justification in one line of plain text"),
        mistake(
            "justification: Partner test of the shop, order 4711",
            "justification: \"Partner \\u202etest\"",
            "spec.justification: Invalid value: \"Partner \\u202etest\": " + PLAIN),
        mistake(
            "justification: Partner test of the shop, order 4711",
            "justification: \"   \"",
            "spec.justification: Invalid value: \"   \": " + PLAIN),
        mistake(
            "securityGroup: web",
            "securityGroup: \"web\\u200b\"",
            "spec.target.securityGroup: Invalid value: \"web\\u200b\": " + PLAIN),
        mistake(
            "description: Partner calls the shop",
            "description: \"for \\u2066them\"",
            "spec.rules[0].description: Invalid value: \"for \\u2066them\": " + PLAIN),
        mistake(
            "name: partner-https",
            "name: Partner_HTTPS",
            "spec.rules[0].name: Invalid value: write small letters, digits and hyphens, for"
                + " example partner-https"),
        mistake(
            "expiresAfter: 2m",
            "expiresAfter: 2m\n  expiresAt: \"2099-01-01T00:00:00Z\"",
            "give expiresAt (a time) or expiresAfter (a duration), not both"),
        mistake("connection: sandbox\n  target", "connection: \"sandbox#\"\n  target", NAME),
        mistake("connection: sandbox\n  target", "connection: sandbox/status\n  target", NAME),
        mistake("connection: sandbox\n    customer", "connection: ../a\n    customer", NAME),
        mistake(
            "expiresAfter: 2m",
            "expiresAt: \"2099-01-01T00:00:00-23:59\"",
            "spec.expiresAt in body should match '^2[0-9]{3}-"),
        mistake(
            "expiresAfter: 2m",
            "expiresAt: \"9999-12-31T00:00:00Z\"",
            "spec.expiresAt in body should match '^2[0-9]{3}-"),
        mistake(
            "  justification: Partner test of the shop, order 4711\n",
            "",
            "spec.justification: Required value"),
        mistake(
            "securityGroup: web",
            "securityGroup: web\n    securityGrup: web",
            "unknown field \"spec.target.securityGrup\""),
        mistake(
            "acme-web-443",
            "a".repeat(253),
            "choose a name of at most 63 characters: it appears in tickets and firewall rules"));
  }

  private static Arguments mistake(String right, String wrong, String sentence) {
    return Arguments.of(right, wrong, sentence);
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("mistakes")
  void aMistakeIsExplained(String right, String wrong, String sentence) throws Exception {
    String request = Files.readString(Path.of("examples/sandbox/request.yaml"));
    assertThat(request).contains(right);
    Result result = submit(request.replace(right, wrong));
    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).contains(sentence);
  }

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

  /** A Connection is somebody's, its Secret is too: neither leads into another namespace. */
  @Test
  void aSecretIsNamedAndNotAddressed() {
    Result result =
        ControlPlane.running()
            .kubectlWith(
                "admin",
                """
                apiVersion: orchestrator.secamo.io/v1alpha1
                kind: Connection
                metadata: {name: elsewhere}
                spec:
                  type: OpenStack
                  endpoint: https://keystone.example.com/v3
                  secretRef: {name: ../../team-b/secrets/cloud}
                """,
                "-n",
                "team-a",
                "apply",
                "--dry-run=server",
                "-f",
                "-");
    assertThat(result.err()).contains(NAME);
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
