package io.secamo.processes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.cli.terminal.Seen;
import io.secamo.processes.cli.terminal.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where requests stand, in a list. */
class ListTest {
  private static final String MADE = "effects: [{key: k, step: Apply, state: %s, connection: c}]\n";
  private static final FirewallChangeRequest OVER =
      request("over", "onDelete: Retain", "state: Expired\n" + MADE.formatted("Reverted"));
  private static final FirewallChangeRequest LIVE =
      request(
          "live",
          "expiresAfter: 8h",
          "state: InForce\nwaitingFor: expiry\nexpiresAt: 2027-01-04T12:00:00Z\n"
              + MADE.formatted("Done"));
  private static final FirewallChangeRequest VOTES =
      request(
          "acme-web-443",
          "expiresAfter: 8h",
          """
          state: AwaitingApproval
          waitingFor: security (1 of 2), the network team of the site in Vienna (0 of 1)
          deadline: 2027-01-04T11:00:00Z
          requestedBy: {name: anna, source: Admission}
          """);
  private static final FirewallChangeRequest STUCK =
      request(
          "stuck", "onDelete: Retain", "state: NeedsAttention\nanswers: [resume:Apply, abandon]");
  private static final FirewallChangeRequest LATE =
      request(
          "late",
          "expiresAfter: 8h",
          "state: Reverting\nexpiresAt: 2027-01-04T08:00:00Z\n" + MADE.formatted("Done"));
  private static final FirewallChangeRequest HELD =
      request("held", "notBefore: \"2027-01-05T07:00:00Z\"", "state: Suspended");

  @Test
  void whatIsDueFirstComesFirstAndWhatIsOverLast() {
    assertThat(table(80, OVER, HELD, LIVE, VOTES, LATE))
        .containsExactly(
            "NAME          STATE             WAITING FOR           DUE   ENDS",
            "late          Reverting         -                     late  OVERDUE",
            "acme-web-443  AwaitingApproval  security (1 of 2), …  2h    8h once open",
            "live          InForce           expiry                3h    2027-01-04T12:00:00Z",
            "held          Suspended         somebody to resume    -     for good",
            "over          Expired           -                     -     -");
  }

  /** An end that was planned once is none any more. */
  @Test
  void whatIsToGoNowOrWasGivenUpHasNoEndToCome() {
    String expiry = "expiresAt: 2027-01-04T16:00:00Z\n" + MADE.formatted("Done");
    String decided =
        "\nevidence: [{at: 2027-01-04T08:00:02Z, what: EndDecided, previous: p, hash: h}]";
    String justDecided = decided.replace("08:00:02", "08:59:58");
    assertThat(
            table(
                80,
                request("stuck", "expiresAfter: 8h", "state: NeedsAttention\n" + expiry + decided),
                request("going", "expiresAfter: 8h", "state: Reverting\n" + expiry + justDecided),
                request("left", "expiresAfter: 8h", "state: Withdrawn\n" + expiry),
                request(
                    "asked",
                    "expiresAt: \"2027-01-04T16:00:00Z\"",
                    "state: AwaitingApproval\nwaitingFor: security")))
        .containsExactly(
            "NAME   STATE             WAITING FOR  DUE   ENDS",
            "stuck  NeedsAttention    an answer:   late  OVERDUE",
            "going  Reverting         -            late  being removed",
            "asked  AwaitingApproval  security     -     2027-01-04T16:00:00Z",
            "left   Withdrawn         -            -     not removed");
  }

  /** No operator runs, or it has not come to it yet: what was planned before is over. */
  @Test
  void whatIsAskedToEndHasNoEndOfBefore() {
    String live =
        "observedGeneration: 1\nwaitingFor: expiry\nexpiresAt: 2027-01-04T16:00:00Z\n"
            + MADE.formatted("Done");
    FirewallChangeRequest withdrawn =
        request("taken", "withdrawn: true", "state: InForce\n" + live);
    withdrawn.getMetadata().setGeneration(2L);
    FirewallChangeRequest notOpen =
        request("early", "withdrawn: true", "state: Scheduled\nobservedGeneration: 1");
    notOpen.getMetadata().setGeneration(2L);
    FirewallChangeRequest lasting =
        request("last", "onDelete: Revert", "state: Completed\n" + live);
    lasting.getMetadata().setGeneration(2L);
    lasting.getMetadata().setDeletionTimestamp("2027-01-04T08:59:00Z");
    FirewallChangeRequest suspended = request("held", "suspend: true", "state: InForce\n" + live);
    suspended.getMetadata().setGeneration(2L);
    assertThat(table(80, withdrawn, notOpen, lasting, suspended))
        .containsExactly(
            "NAME   STATE      WAITING FOR  DUE  ENDS",
            "taken  InForce    operator     now  to be removed",
            "last   Completed  operator     now  to be removed",
            "held   InForce    operator     7h   2027-01-04T16:00:00Z",
            "early  Scheduled  operator     -    -");
  }

  @Test
  void whatIsTriedAgainWaitsForTheOperator() {
    FirewallChangeRequest again =
        request("web", "expiresAfter: 8h", "state: Running\nnextAttemptAt: 2027-01-04T09:00:30Z");
    assertThat(table(80, again).get(1)).isEqualTo("web   Running  operator     -    8h once open");
  }

  @Test
  void aListFitsTheTerminalAndNamesStayWhole() {
    assertThat(table(80, VOTES, LIVE))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(table(120, VOTES).get(1)).contains("security (1 of 2), the network team");
  }

  @Test
  void whatIsLeftIsNotAnHourLessThanItIs() {
    assertThat(left("16:59:00")).isEqualTo("7h59m");
    assertThat(left("17:00:00")).isEqualTo("8h");
    assertThat(left("09:59:01")).isEqualTo("59m");
    assertThat(left("09:01:30")).isEqualTo("90s");
    assertThat(new Words(Seen.atNine(80)).until(Seen.NINE.plus(Duration.ofHours(71))))
        .contains("2d23h");
  }

  private static String left(String end) {
    return new Words(Seen.atNine(80)).until(Instant.parse("2027-01-04T" + end + "Z")).orElseThrow();
  }

  @Test
  void whoHasToActIsSaid() {
    assertThat(table(120, STUCK).get(1)).contains("an answer: resume:Apply, abandon");
    FirewallChangeRequest unseen = request("new", "onDelete: Retain", "state: Received");
    unseen.setStatus(null);
    assertThat(table(80, unseen).get(1)).contains("Received  operator");
  }

  @Test
  void aWideListSaysWhoAskedAndWhere() {
    assertThat(ListCommand.table(Seen.atNine(40), List.of(VOTES), true, true).get(1))
        .startsWith("team-a     acme-web-443  AwaitingApproval  security (1 of 2), the network")
        .endsWith("  anna");
  }

  @Test
  void filtersTellWhatWaitsForPeopleFromWhatIsLive() {
    assertThat(List.of(OVER, HELD, LIVE, VOTES, STUCK, LATE))
        .filteredOn(Standing::waitsForPeople)
        .containsExactly(HELD, VOTES, STUCK);
    assertThat(List.of(OVER, HELD, LIVE, VOTES, STUCK, LATE))
        .filteredOn(Standing::live)
        .as("of what is stuck nobody knows")
        .containsExactly(LIVE, STUCK, LATE);
    assertThat(Standing.live(request("lasting", "onDelete: Retain", "state: Completed"))).isTrue();
    assertThat(Standing.askedBy(VOTES, "anna")).isTrue();
    assertThat(Standing.askedBy(VOTES, "ann")).isFalse();
    assertThat(Standing.askedBy(HELD, "anna")).isFalse();
  }

  /** A Connection or group that is not there: nothing was opened, so there is nothing to close. */
  @Test
  void whatNeverCameToItsChangeIsNotListedAsLive() {
    String steps = "state: NeedsAttention\nsteps: [{name: Check, state: Failed}%s]\n%s";
    assertThat(Standing.live(request("typo", "expiresAfter: 8h", steps.formatted("", ""))))
        .isFalse();
    String ticket = "effects: [{key: t, step: OpenTicket, state: Done}]";
    assertThat(Standing.live(request("typo", "expiresAfter: 8h", steps.formatted("", ticket))))
        .isFalse();
    String told = "\nevidence: [{at: 2027-01-04T08:00:02Z, what: %s, previous: p, hash: h}]";
    String refused = ", {name: Apply, state: Failed}";
    assertThat(
            Standing.live(
                request(
                    "no",
                    "expiresAfter: 8h",
                    steps.formatted(refused, told.formatted("Judged").strip()))))
        .as("its change was refused, and nothing was made")
        .isFalse();
    for (String status :
        List.of(
            steps.formatted(refused, told.formatted("Applied").strip()),
            steps.formatted(refused, told.formatted("Judged").strip() + "\nleftOut: [a]"),
            steps.formatted(", {name: Apply, state: Retrying}", ""),
            steps.formatted("", "step: Apply"),
            steps.formatted("", MADE.formatted("Referenced")),
            steps.formatted("", "effects: [{key: k, step: Apply, state: Intended}]"),
            steps.formatted("", "inForce: {since: 2027-01-04T08:00:00Z}"),
            steps.formatted("", "format: 99"),
            "state: NeedsAttention")) {
      assertThat(Standing.live(request("unsure", "expiresAfter: 8h", status)))
          .as("it cannot be told of " + status)
          .isTrue();
    }
  }

  @Test
  void aRemovalThatIsDoneHasOpenedNothing() {
    FirewallChangeRequest done = request("web-remove", "removes: web", "state: Completed");
    assertThat(Standing.live(done)).isFalse();
    assertThat(table(80, done).get(1)).endsWith("-    -");
  }

  /** As long as no operator runs, too. */
  @Test
  void whatTheOperatorHasNotLookedAtIsMineAsWell() {
    FirewallChangeRequest unseen = request("new", "onDelete: Retain", "state: Received");
    assertThat(Standing.askedBy(unseen, "anna")).isFalse();
    unseen.getMetadata().setAnnotations(Map.of("processes.secamo.io/requested-by", "anna"));
    assertThat(Standing.askedBy(unseen, "anna")).isTrue();
    assertThat(Standing.askedBy(unseen, "bert")).isFalse();
    unseen.setStatus(VOTES.getStatus());
    unseen.getMetadata().setAnnotations(Map.of("processes.secamo.io/requested-by", "bert"));
    assertThat(Standing.askedBy(unseen, "bert")).as("the operator knows better").isFalse();
  }

  private static List<String> table(int columns, FirewallChangeRequest... requests) {
    return ListCommand.table(Seen.atNine(columns), List.of(requests), false, false);
  }

  private static FirewallChangeRequest request(String name, String spec, String status) {
    return Serialization.unmarshal(
        """
        metadata: {name: %s, namespace: team-a, creationTimestamp: "2027-01-04T08:00:00Z"}
        spec: {justification: Partner test, %s}
        status:
        """
                .formatted(name, spec)
            + status.indent(2),
        FirewallChangeRequest.class);
  }
}
