package io.secamo.processes.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.approval.PlanDigest.Part;
import io.secamo.processes.approval.Vote.Decision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How votes are read and counted. */
class BallotTest {
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

  private static Verdict judge(List<RequiredGate> gates, Vote... votes) {
    return Ballot.judge(gates, List.of(votes), "requester");
  }

  private static Vote yes(String gate, String voter) {
    return new Vote(gate, voter, Decision.APPROVE, "");
  }
}
