package io.secamo.processes.kubernetes.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.kubernetes.Submission;
import io.secamo.processes.kubernetes.health.Transitions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People are called to what they would not look for, and to nothing else. */
@EnableKubernetesMockClient(crud = true)
class OccasionsTest {
  private static final String VOTED =
      """
      state: Scheduled
      message: "the change begins at 2027-01-05T00:00:00Z"
      plan: {digest: aaaaaaaaaaaaaaaa, sha256: a, summary: s, account: a, policy: p, effects: [],
        computedAt: "2027-01-04T08:00:01Z"}
      votes:
      - {gate: security, voter: bob, decision: Approve, digest: aaaaaaaaaaaaaaaa,
        seenAt: "2027-01-04T08:00:02Z"}
      """;
  private static final String LIVE =
      """
      state: InForce
      message: live
      expiresAt: "%2$s"
      effects: [{key: k, step: Apply, state: Done, connection: c, account: a}]
      inForce: {since: "%1$s", until: "%2$s"}
      """;
  private static final String LASTING =
      """
      state: Completed
      message: applied and verified
      finishedAt: "2027-01-04T08:00:00Z"
      effects: [{key: k, step: Apply, state: Done, connection: c, account: a}]
      evidence:
      - {seq: 1, at: "2027-01-04T08:00:00Z", what: Ended, facts: [Completed, Completed, done],
        previous: p, hash: h}
      """;
  KubernetesClient client;
  KubernetesMockServer server;
  private FirewallChangeRequest request;

  @BeforeEach
  void submitted() {
    request = Submission.submit(server, client);
  }

  @Test
  void whoVotedIsToldThatTheirVoteIsVoid() {
    String again = VOTED.replace("aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb");
    announce("09:00", VOTED, again.replace("Scheduled", "AwaitingApproval"));
    assertThat(told())
        .containsExactly(
            "VotesVoid 1 vote is void, for there is another plan. the change begins at"
                + " 2027-01-05T00:00:00Z");
  }

  @Test
  void aPlanOnWhichNobodyVotedIsReplacedInSilence() {
    String nobody = VOTED.substring(0, VOTED.indexOf("votes:"));
    String again = nobody.replace("aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb");
    announce("09:00", nobody, again.replace("Scheduled", "AwaitingApproval"));
    assertThat(told()).isEmpty();
  }

  @Test
  void whoAskedIsToldThatTheyWereRejected() {
    announce("09:00", "state: AwaitingApproval", "state: Rejected\nmessage: bob says no");
    assertThat(told()).containsExactly("Rejected bob says no");
  }

  /** It ended at its own time, before anybody had to look at it. */
  @Test
  void anEmergencyThatIsOverAndThatNobodyReviewedIsTold() {
    String emergency =
        "state: %s\nmessage: its time is over, and the emergency was not reviewed\n"
            + "breakGlass: {incident: INC-1, by: dora, gate: security, reviewers: 1}\n";
    String live = emergency.formatted("AwaitingApproval");
    announce("09:00", live, emergency.formatted("Expired"));
    assertThat(told())
        .containsExactly("NotReviewed its time is over, and the emergency was not reviewed");
  }

  @Test
  void anAccessThatEndsSoonIsToldOnceInTime() {
    String day = LIVE.formatted("2027-01-04T00:00:00Z", "2027-01-05T00:00:00Z");
    announce("22:59", day, day);
    assertThat(told()).as("an hour before, at most").isEmpty();
    announce("23:00", day, day);
    announce("23:30", day, day);
    assertThat(told())
        .containsExactly(
            "EndsSoon it is removed at 2027-01-05T00:00:00Z. For it to stay, submit what this"
                + " writes: kubectl process extend web -n team-a --for 8h");
  }

  @Test
  void anAccessOfAnHourIsToldSixMinutesBeforeItsEndAndOneOfNineMinutesNotAtAll() {
    String hour = LIVE.formatted("2027-01-04T08:00:00Z", "2027-01-04T09:00:00Z");
    announce("08:53", hour, hour);
    assertThat(told()).isEmpty();
    announce("08:54", hour, hour);
    assertThat(told()).hasSize(1);

    String short9 = LIVE.formatted("2027-01-04T10:00:00Z", "2027-01-04T10:09:00Z");
    announce("10:08", short9, short9);
    assertThat(told()).hasSize(1);
  }

  /** Whoever reads that it was removed does not look. */
  @Test
  void whatWasGivenUpIsNotToldAsRemovedLate() {
    String due = LIVE.formatted("2027-01-04T08:00:00Z", "2027-01-04T08:05:00Z");
    String left = due.replace("InForce", "Withdrawn").replace("message: live", "message: given up");
    announce("09:00", due, left + "\nfinishedAt: \"2027-01-04T09:00:00Z\"");
    assertThat(told())
        .containsExactly(
            "NotRemoved it was to be removed at 2027-01-04T08:05:00Z and was not: given up");
  }

  @Test
  void whatWasRemovedLateIsToldSo() {
    String due = LIVE.formatted("2027-01-04T08:00:00Z", "2027-01-04T08:05:00Z");
    String gone = "state: Expired\nfinishedAt: \"2027-01-04T09:00:00Z\"\nmessage: removed r1";
    announce("08:05", due, gone);
    assertThat(told()).as("a removal takes some seconds").isEmpty();
    announce("09:00", due, gone);
    assertThat(told())
        .containsExactly(
            "RemovedLate it was to be removed at 2027-01-04T08:05:00Z and was only now: removed"
                + " r1");
  }

  /** Nobody wrote to its status, and people would look for who did. */
  @Test
  void whatAnotherRequestRemovesIsNotToldAsARewrittenStatus() {
    announce("09:00", LASTING, "state: Reverting\nmessage: request web-end asked for its removal");
    assertThat(told()).isEmpty();
  }

  @Test
  void aLastingAccessThatCannotBeRemovedWithItsRequestIsToldWithItsCauseOnly() {
    announce("09:00", LASTING, "state: NeedsAttention\nmessage: rule r1 is not as it was made");
    assertThat(told()).containsExactly("NeedsAttention rule r1 is not as it was made");
  }

  @Test
  void anEndThatOnlyTheStatusTellsIsToldAsRewritten() {
    String told = LASTING.replace("what: Ended", "what: Verified");
    announce("09:00", told, "state: Reverting\nmessage: looking");
    announce("09:00", LASTING.replace("state: Completed", "state: Expired"), "state: Reverting");
    assertThat(told()).hasSize(2).allMatch(event -> event.startsWith("StatusRewritten"));
  }

  @Test
  void aProcessThatNothingDisturbsSendsOneEventAtMost() {
    String live = LIVE.formatted("2027-01-04T08:00:00Z", "2027-01-04T09:00:00Z");
    List<String> story =
        List.of("state: Running", VOTED.replace("Scheduled", "AwaitingApproval"), VOTED, live);
    for (int i = 1; i < story.size(); i++) {
      announce("08:00", story.get(i - 1), story.get(i));
    }
    announce("08:55", live, live);
    announce("09:00", live, "state: Expired\nfinishedAt: \"2027-01-04T09:00:00Z\"");
    assertThat(told()).hasSize(1).allMatch(event -> event.startsWith("EndsSoon"));
  }

  private void announce(String time, String before, String now) {
    Clock clock = Clock.fixed(Instant.parse("2027-01-04T" + time + ":00Z"), ZoneOffset.UTC);
    request.setStatus(status(now));
    // Another one each time: what a replica that restarts has forgotten must not be told again.
    new Announcer(client, clock, Transitions.UNHEARD).announce(status(before), request);
  }

  private static ProcessStatus status(String yaml) {
    return Serialization.unmarshal(yaml, ProcessStatus.class);
  }

  private List<String> told() {
    Stream<Event> events =
        client.events().v1().events().inAnyNamespace().list().getItems().stream();
    return events.map(event -> event.getReason() + " " + event.getNote()).toList();
  }
}
