package io.secamo.processes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Words;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What approvers read before they vote. */
class PlanShownTest {
  private static final String REQUEST =
      """
      metadata:
        name: year
        namespace: team-a
        creationTimestamp: "2027-01-04T08:00:00Z"
      spec:
        justification: Partner test
        %s
      status:
        plan:
          digest: 0f3a9c2e5b7d1846
          sha256: 0f3a
          summary: adds 1 rule
          account: Sandbox team-a/sandbox
          policy: p
          computedAt: "2027-01-04T08:00:01Z"
          effects: ["add Ingress tcp 8443 from 203.0.113.0/24 on web"]
          changes:
          - verb: firewall.open
            does: Add
            subject: Ingress tcp 8443 from 203.0.113.0/24
            target: web
          gained: ["Ingress tcp 8443 from 203.0.113.0/24"]
          stillOpen:
          - until: "2027-01-04T09:30:00Z"
            by: team-b/broad
            gained: ["Ingress tcp 8443 from 203.0.113.0/25"]
      """;

  @Test
  void howLongTheAccessStaysIsOneLine() {
    assertThat(at("09:00:00", "expiresAfter: 8h"))
        .contains("Time      8 hours from when it is opened, whenever that is");
    assertThat(at("09:00:00", "expiresAt: \"2027-01-06T07:00:00Z\""))
        .contains("Time      until 2027-01-06T07:00:00Z, at most 1 day 23 hours");
    assertThat(at("09:00:00", "onDelete: Retain"))
        .contains("Time      for good, as soon as it is approved");
    assertThat(at("09:00:00", "notBefore: \"2027-01-05T07:00:00Z\""))
        .contains("Time      for good, not before 2027-01-05T07:00:00Z");
  }

  /** Whoever votes on an emergency reviews what is open, and does not let it begin. */
  @Test
  void whatIsLiveOrOverIsNotShownAsIfItWereStillToBegin() {
    String made = "\n  effects: [{key: k, step: Apply, state: Done, connection: c, account: a}]";
    String open = REQUEST.formatted("expiresAfter: 8h").stripTrailing() + made;
    Clock nine = Clock.fixed(Instant.parse("2027-01-04T09:00:00Z"), ZoneOffset.UTC);
    assertThat(
            shown(
                nine,
                open
                    + "\n  expiresAt: 2027-01-04T17:00:00Z"
                    + "\n  breakGlass: {incident: INC-1, by: dora, gate: security, reviewers: 1,"
                    + " reviewUntil: 2027-01-04T09:00:50Z}"))
        .contains("Time      until 2027-01-04T17:00:00Z, open now")
        .contains(
            "LIVE      without approval: dora went ahead for INC-1. It is removed in 50s unless it"
                + " is reviewed: a vote is that review");
    assertThat(
            shown(
                nine,
                REQUEST.formatted("expiresAfter: 8h").stripTrailing()
                    + "\n  state: Expired\n  finishedAt: 2027-01-04T08:30:00Z"))
        .contains("Time      none: it is over since 2027-01-04T08:30:00Z, Expired");
    String over = "\n  finishedAt: 2027-01-04T08:30:00Z";
    assertThat(shown(nine, open + "\n  state: Completed" + over))
        .as("its procedure is over, and what it opened is not")
        .contains("Time      for good, open now");
    assertThat(shown(nine, open + "\n  state: Withdrawn" + over))
        .contains("Time      none: it was given up, and may still be open");
  }

  /** It read as if the rule were there already and stayed. */
  @Test
  void aRemovalIsShownAsOne() {
    Clock nine = Clock.fixed(Instant.parse("2027-01-04T09:00:00Z"), ZoneOffset.UTC);
    String removal =
        REQUEST
            .formatted("removes: acme-lasting")
            .replace("does: Add", "does: Remove")
            .replace("add Ingress", "remove Ingress");
    assertThat(shown(nine, removal))
        .contains("- Ingress tcp 8443 from 203.0.113.0/24 on web", "Time      removed for good");
  }

  @Test
  void whatIsNotChangedIsShownWithWhy() {
    assertThat(does("Share", "share"))
        .contains("~ Ingress tcp 8443 from 203.0.113.0/24 on web (shared with another request)");
    assertThat(does("RelyOn", "rely on"))
        .contains("= Ingress tcp 8443 from 203.0.113.0/24 on web (there already)");
    assertThat(does("Leave\n      reason: team-b/web needs it", "leave"))
        .contains("= Ingress tcp 8443 from 203.0.113.0/24 on web: team-b/web needs it (stays)");
  }

  private List<String> does(String what, String said) {
    Clock nine = Clock.fixed(Instant.parse("2027-01-04T09:00:00Z"), ZoneOffset.UTC);
    return shown(
        nine,
        REQUEST
            .formatted("onDelete: Retain")
            .replace("does: Add", "does: " + what)
            .replace("add Ingress", said + " Ingress")
            .replace("web\"]", what.contains("reason") ? "web: team-b/web needs it\"]" : "web\"]"));
  }

  /** An earlier version made it: its sentences are all that there is. */
  @Test
  void aPlanWithoutDataIsShownByItsSentences() {
    Clock nine = Clock.fixed(Instant.parse("2027-01-04T09:00:00Z"), ZoneOffset.UTC);
    String old = REQUEST.formatted("onDelete: Retain").replaceAll(" *changes:\n(.*\n){4}", "");
    assertThat(old).doesNotContain("does:");
    assertThat(shown(nine, old)).contains("add Ingress tcp 8443 from 203.0.113.0/24 on web");
    String downgraded = REQUEST.formatted("onDelete: Retain").replace("add Ingress", "add Egress");
    assertThat(shown(nine, downgraded))
        .as("the data is that of another plan")
        .contains("add Egress tcp 8443 from 203.0.113.0/24 on web");
  }

  /** The plan was made before. */
  @Test
  void whatOthersKeepOpenIsShownUntilItIsClosed() {
    String open =
        "  open until 2027-01-04T09:30:00Z by team-b/broad: Ingress tcp 8443 from"
            + " 203.0.113.0/25";
    assertThat(at("09:29:59", "onDelete: Retain")).contains(open);
    assertThat(at("09:30:00", "onDelete: Retain")).noneMatch(line -> line.contains("open until"));
  }

  @Test
  void aRiskNamesTheWholeInternetAndOneVoteIsOneVote() {
    String plan =
        """
            findings: ["FW-001 Critical: administration ports: tcp 22 from 0.0.0.0/0"]
            supersedes: {digest: "0f", votes: 1, differences: ["+ add a"]}
        """;
    assertThat(shown(at("09:00:00"), REQUEST.formatted("onDelete: Retain") + plan))
        .contains(
            "! FW-001 Critical: administration ports: tcp 22 from the whole internet (0.0.0.0/0)",
            "Replaces plan 0f, whose vote is void:");
  }

  private static List<String> at(String time, String spec) {
    return shown(at(time), REQUEST.formatted(spec));
  }

  private static Clock at(String time) {
    return Clock.fixed(Instant.parse("2027-01-04T" + time + "Z"), ZoneOffset.UTC);
  }

  private static List<String> shown(Clock clock, String request) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    Console console =
        new Console(nowhere, nowhere, new BufferedReader(new StringReader("")), false, clock);
    return new Words(console).plan(Serialization.unmarshal(request, FirewallChangeRequest.class));
  }
}
