package io.secamo.processes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Seen;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an approver reads of what waits for them. */
class InboxTableTest {
  private static final String REQUEST =
      """
      metadata: {name: %s, namespace: team-a, creationTimestamp: "2027-01-04T0%d:00:00Z"}
      spec: {justification: Partner test, %s}
      status:
        deadline: "2027-01-04T11:00:00Z"
        gates:
        - {name: security, state: Open, required: 2, approvals: 1}
        - {name: network, state: Open, required: 1, approvals: 0}
        - {name: owner, state: Passed, required: 1, approvals: 1}
        plan:
          digest: 0f3a9c2e5b7d1846
          sha256: 0f3a
          summary: adds 12 rules on web for the partner in Vienna and the one in Graz
          account: Sandbox team-a/sandbox
          policy: p
          computedAt: "2027-01-04T08:00:01Z"
          effects: []
          findings: [%s]
      """;

  @Test
  void whatWaitsFitsTheTerminalAndKeepsNamesAndRisks() {
    List<String> lines =
        table(
            Seen.atNine(80),
            List.of(request("acme-web-443", 8, "expiresAfter: 8h", "FW-001, FW-002")),
            false,
            false);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(lines)
        .containsExactly(
            "NAME          GATES                      PLAN              DUE  TIME  SUMMARY",
            "acme-web-443  security 1/2, network 0/1  0f3a9c2e5b7d1846  2h   8h    [2 risks]…");
  }

  @Test
  void anEmergencyThatIsLiveIsSaidToBe() {
    FirewallChangeRequest live = request("web", 8, "expiresAfter: 8h", "FW-001");
    live.setStatus(
        Serialization.unmarshal(
            Serialization.asYaml(live.getStatus())
                + "breakGlass: {incident: I, by: dora, gate: security, reviewers: 1}\n"
                + "effects: [{key: k, step: Apply, state: Done, connection: c, account: a}]\n",
            ProcessStatus.class));
    assertThat(table(Seen.atNine(80), List.of(live), false, false).get(1))
        .contains("  LIVE [1 risk] ");
  }

  @Test
  void aLongNameTakesItsRoomFromTheGates() {
    assertThat(
            table(
                    Seen.atNine(80),
                    List.of(request("acme-web-443-again", 8, "expiresAfter: 8h", "FW-001")),
                    false,
                    false)
                .get(1))
        .hasSize(80)
        .startsWith(
            "acme-web-443-again  security 1/2, netw…  0f3a9c2e5b7d1846  2h   8h    [1 risk] ");
  }

  @Test
  void everyOpenGateIsNamedWhereThereIsRoom() {
    List<FirewallChangeRequest> one = List.of(request("web", 8, "onDelete: Retain", ""));
    assertThat(table(Seen.atNine(140), one, false, false).get(1))
        .contains("  security 1/2, network 0/1  ")
        .endsWith("  adds 12 rules on web for the partner in Vienna and the one in Graz");
    assertThat(table(Seen.atNine(60), one, true, true).get(1))
        .startsWith("team-a     web  ")
        .contains("  security 1/2, network 0/1  ")
        .endsWith("and the one in Graz");
  }

  @Test
  void howLongTheAccessWouldStayIsTold() {
    assertThat(time("onDelete: Retain")).contains("  2h   for good  adds");
    assertThat(time("expiresAfter: 30d")).contains("  2h   30d   adds");
    assertThat(time("expiresAt: \"2027-01-04T12:00:00Z\"")).contains("  2h   4h    adds");
    assertThat(time("notBefore: \"2027-01-04T11:30:00Z\", expiresAt: \"2027-01-04T12:00:00Z\""))
        .contains("  2h   30m   adds");
  }

  @Test
  void whatWaitsLongestComesFirst() {
    List<FirewallChangeRequest> two =
        List.of(
            request("late", 9, "onDelete: Retain", ""),
            request("early", 8, "expiresAfter: 8h", ""));
    assertThat(table(Seen.atNine(80), two, false, false))
        .extracting(line -> line.split(" ", 2)[0])
        .containsExactly("NAME", "early", "late");
  }

  /** An emergency is removed in a minute; what waits for days is older. */
  @Test
  void whatIsDueFirstComesBeforeWhatIsOlder() {
    FirewallChangeRequest soon = request("soon", 9, "expiresAfter: 8h", "");
    soon.setStatus(
        Serialization.unmarshal(
            Serialization.asYaml(soon.getStatus()).replace("T11:00:00Z", "T09:00:51Z"),
            ProcessStatus.class));
    List<FirewallChangeRequest> two = List.of(request("old", 8, "onDelete: Retain", ""), soon);
    assertThat(table(Seen.atNine(80), two, false, false))
        .extracting(line -> line.split(" ", 2)[0])
        .containsExactly("NAME", "soon", "old");
  }

  private static String time(String spec) {
    List<FirewallChangeRequest> one = List.of(request("web", 8, spec, ""));
    return table(Seen.atNine(200), one, false, false).get(1);
  }

  private static List<String> table(
      Console console, List<FirewallChangeRequest> requests, boolean everywhere, boolean wide) {
    List<String> both = List.of("security", "network");
    return InboxCommand.table(console, requests, request -> both, everywhere, wide);
  }

  private static FirewallChangeRequest request(
      String name, int hour, String spec, String findings) {
    return Serialization.unmarshal(
        REQUEST.formatted(name, hour, spec, findings), FirewallChangeRequest.class);
  }
}
