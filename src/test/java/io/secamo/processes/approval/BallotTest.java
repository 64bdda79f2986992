package io.secamo.processes.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.approval.PlanDigest.Part;
import io.secamo.processes.approval.Vote.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How votes are read and counted. */
class BallotTest {
  private static final Instant NOW = Instant.parse("2027-01-04T09:00:00Z");
  private static final String DIGEST = "0f3a9c2e5b7d1846";

  @Test
  void everyGateNeedsItsOwnPeople() {
    var gates = List.of(new RequiredGate("owner", 1), new RequiredGate("security", 1));
    assertThat(judge(gates, yes("owner", "ann"), yes("security", "ann")))
        .isInstanceOf(Verdict.Open.class);
    assertThat(judge(gates, yes("owner", "ann"), yes("security", "bob")))
        .isInstanceOf(Verdict.Passed.class);
  }

  @Test
  void whoVotedAtTwoGatesFillsTheOneWhereNobodyElseCan() {
    var gates = List.of(new RequiredGate("owner", 1), new RequiredGate("security", 1));
    assertThat(judge(gates, yes("owner", "ann"), yes("owner", "bob"), yes("security", "ann")))
        .isInstanceOf(Verdict.Passed.class);
  }

  @Test
  void twoVotesOfOnePersonAreOne() {
    var gates = List.of(new RequiredGate("security", 2));
    Verdict verdict = judge(gates, yes("security", "ann"), yes("security", "ann"));
    assertThat(verdict).isInstanceOf(Verdict.Open.class);
    assertThat(((Verdict.Open) verdict).waitingFor()).isEqualTo("security (1 of 2)");
  }

  @Test
  void oneRejectionEndsItWhateverElseWasVoted() {
    var gates = List.of(new RequiredGate("security", 1));
    Vote no = new Vote("security", "bob", Decision.REJECT, "no");
    assertThat(judge(gates, yes("security", "ann"), no)).isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void theRequesterAndUnknownGatesNeverCount() {
    var gates = List.of(new RequiredGate("security", 1));
    assertThat(judge(gates, yes("security", "requester"), yes("finance", "ann")))
        .isInstanceOf(Verdict.Open.class);
  }

  @Test
  void withoutGatesNothingPasses() {
    assertThat(judge(List.of(), yes("security", "ann"))).isInstanceOf(Verdict.Open.class);
  }

  @Test
  void aVoteIsReadAroundTheDigestThatIsExpected() {
    String key = "approve.processes.secamo.io/security.1";
    assertThat(Vote.read(Map.of(key, "ann " + DIGEST + " looks fine"), DIGEST))
        .containsExactly(new Vote("security", "ann", Decision.APPROVE, "looks fine"));
    assertThat(Vote.read(Map.of(key, "ann " + DIGEST), DIGEST)).hasSize(1);
    assertThat(Vote.read(Map.of(key, "ann ffffffffffffffff fine"), DIGEST)).isEmpty();
    assertThat(Vote.read(Map.of(key, "ann " + DIGEST + "00 fine"), DIGEST)).isEmpty();
    assertThat(Vote.read(Map.of(key, "x boss " + DIGEST + " fine"), DIGEST)).isEmpty();
    assertThat(Vote.read(Map.of(key, " " + DIGEST), DIGEST)).isEmpty();
    assertThat(Vote.read(Map.of("other/" + key, "ann " + DIGEST), DIGEST)).isEmpty();
    assertThat(Vote.read(Map.of(key, "ann "), "")).isEmpty();
  }

  @Test
  void noTwoPlansShareADigest() {
    PlanDigest one = PlanDigest.of(List.of(new Part("a", List.of("b", "c"))));
    assertThat(PlanDigest.of(List.of(new Part("a", List.of("bc"))))).isNotEqualTo(one);
    assertThat(PlanDigest.of(List.of(new Part("a", List.of("b")), new Part("c", List.of()))))
        .isNotEqualTo(one);
    assertThat(PlanDigest.of(List.of(new Part("a", List.of("b", "c"))))).isEqualTo(one);
    assertThat(one.shortForm()).hasSize(16);
  }

  @Test
  void aDeputyNeedsADelegationThatHoldsNow() {
    Vote deputys = new Vote("security", "dan", Decision.APPROVE, "", true, Optional.empty());
    Delegation good = new Delegation("security", "ann", List.of(), "dan", NOW.plusSeconds(1));

    assertThat(counting(deputys, good))
        .extracting(v -> v.standsFor().orElse(""))
        .containsOnly("ann");
    assertThat(counting(deputys)).isEmpty();
    assertThat(counting(deputys, new Delegation("security", "ann", List.of(), "dan", NOW)))
        .isEmpty();
    assertThat(
            counting(deputys, new Delegation("owner", "ann", List.of(), "dan", NOW.plusSeconds(1))))
        .isEmpty();
    assertThat(
            counting(
                deputys, new Delegation("security", "ann", List.of(), "eve", NOW.plusSeconds(1))))
        .isEmpty();
  }

  @Test
  void theRequesterCannotSendADeputy() {
    Vote deputys = new Vote("security", "dan", Decision.APPROVE, "", true, Optional.empty());
    Delegation own = new Delegation("security", "requester", List.of(), "dan", NOW.plusSeconds(1));
    assertThat(counting(deputys, own)).isEmpty();
  }

  @Test
  void aDeputyAndThePersonTheyStandForAreOne() {
    Vote deputys = new Vote("security", "dan", Decision.APPROVE, "", true, Optional.empty());
    Delegation delegation = new Delegation("security", "ann", List.of(), "dan", NOW.plusSeconds(1));

    assertThat(
            Ballot.counting(
                List.of(yes("security", "ann"), deputys),
                List.of(delegation),
                List.of("requester"),
                NOW))
        .containsExactly(yes("security", "ann"));
    assertThat(
            Ballot.counting(
                List.of(yes("security", "dan"), deputys),
                List.of(delegation),
                List.of("requester"),
                NOW))
        .containsExactly(yes("security", "dan"));
  }

  @Test
  void afterATimeOthersMayVoteInPlaceOfTheMissing() {
    RequiredGate gate =
        new RequiredGate(
            "security",
            2,
            Optional.empty(),
            Optional.of(new RequiredGate.Escalation(Duration.ofHours(1), "lead")),
            Optional.empty());
    List<Vote> votes = List.of(yes("security", "ann"), yes("lead", "bob"));

    Ballot early = new Ballot(RequiredGates.of(gate), votes, NOW, NOW.plusSeconds(3599));
    Ballot late = new Ballot(RequiredGates.of(gate), votes, NOW, NOW.plusSeconds(3600));

    assertThat(early.judge()).isInstanceOf(Verdict.Open.class);
    assertThat(late.judge()).isInstanceOf(Verdict.Passed.class);
  }

  @Test
  void aPolicyMayLetOnePersonFillSeveralGates() {
    var gates = List.of(new RequiredGate("owner", 1), new RequiredGate("security", 1));
    RequiredGates many = new RequiredGates(gates, List.of(), true, Optional.empty());
    List<Vote> votes = List.of(yes("owner", "ann"), yes("security", "ann"));

    assertThat(new Ballot(many, votes, NOW, NOW).judge()).isInstanceOf(Verdict.Passed.class);
  }

  private static List<Vote> counting(Vote vote, Delegation... delegations) {
    return Ballot.counting(List.of(vote), List.of(delegations), List.of("requester"), NOW);
  }

  private static Verdict judge(List<RequiredGate> gates, Vote... votes) {
    RequiredGates required = RequiredGates.of(gates.toArray(new RequiredGate[0]));
    List<Vote> counting = Ballot.counting(List.of(votes), List.of(), List.of("requester"), NOW);
    return new Ballot(required, counting, NOW, NOW).judge();
  }

  private static Vote yes(String gate, String voter) {
    return new Vote(gate, voter, Decision.APPROVE, "");
  }
}
