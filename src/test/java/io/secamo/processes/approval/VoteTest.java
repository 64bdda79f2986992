package io.secamo.processes.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.approval.Vote.Decision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the votes of people are read from the annotations of a request. */
class VoteTest {
  private static final String DIGEST = "0f3a9c2e5b7d1846";

  @ParameterizedTest
  @CsvSource({"approve, Approve", "reject, Reject", "override, Override"})
  void theKeyOfAVoteSaysWhatItDecides(String prefix, String word) {
    List<Vote> votes = read(prefix + ".processes.secamo.io/security.1", "ann " + DIGEST);

    assertThat(votes).extracting(vote -> vote.decision().word()).containsExactly(word);
  }

  @Test
  void votesAreReadInTheOrderOfTheirKeys() {
    Map<String, String> annotations =
        Map.of(
            "reject.processes.secamo.io/owner.1", "eve " + DIGEST,
            "approve.processes.secamo.io/security.2", "bob " + DIGEST,
            "approve.processes.secamo.io/security.1", "ann " + DIGEST,
            "approve.processes.secamo.io/owner.9", "zoe " + DIGEST,
            "processes.secamo.io/requested-by", "mia " + DIGEST);

    assertThat(Vote.read(annotations, DIGEST))
        .extracting(Vote::voter)
        .containsExactly("zoe", "ann", "bob", "eve");
  }

  @ParameterizedTest
  @CsvSource({
    "security.1, security, false",
    "security, security, false",
    "security.deputy-1, security, true",
    "security.1.deputy, security, false",
    "deputy.1, deputy, false"
  })
  void whatFollowsTheGateInTheKeySaysWhetherADeputyVotes(String key, String gate, boolean deputy) {
    assertThat(read("approve.processes.secamo.io/" + key, "dan " + DIGEST + " for ann"))
        .containsExactly(
            new Vote(gate, "dan", Decision.APPROVE, "for ann", deputy, Optional.empty()));
  }

  @Test
  void aReasonMayNameTheDigestAgain() {
    assertThat(read("reject.processes.secamo.io/s.1", "ann " + DIGEST + "  not " + DIGEST + " "))
        .extracting(Vote::reason)
        .containsExactly("not " + DIGEST);
  }

  @Test
  void anOverrideNamesItsIncidentFirst() {
    assertThat(vote(Decision.OVERRIDE, "INC-7 the shop is down").incident()).contains("INC-7");
    assertThat(vote(Decision.OVERRIDE, "INC-7").incident()).contains("INC-7");
    assertThat(vote(Decision.OVERRIDE, "").incident()).isEmpty();
  }

  @Test
  void onlyAnOverrideHasAnIncident() {
    assertThat(vote(Decision.APPROVE, "INC-7 is fixed by this").incident()).isEmpty();
    assertThat(vote(Decision.REJECT, "INC-7 comes from this").incident()).isEmpty();
  }

  /** A deputy is told to wait for a delegation only while the vote does not count yet. */
  @Test
  void aVoteThatCountsForSomebodyIsStillTheSameVote() {
    Vote cast = new Vote("security", "dan", Decision.APPROVE, "", true, Optional.empty());
    Vote elsewhere = new Vote("owner", "dan", Decision.APPROVE, "", true, Optional.empty());
    Vote another = new Vote("security", "eve", Decision.APPROVE, "", true, Optional.empty());
    Vote no = new Vote("security", "dan", Decision.REJECT, "", true, Optional.empty());
    Vote inPerson = new Vote("security", "dan", Decision.APPROVE, "");

    assertThat(cast.isSameAs(cast.inPlaceOf("ann"))).isTrue();
    assertThat(List.of(elsewhere, another, no, inPerson))
        .noneMatch(counted -> cast.isSameAs(counted.inPlaceOf("ann")));
  }

  /** What was there before a plan was made is not for it: no vote may be missing from that. */
  @Test
  void votesForWhateverPlanAreToldApartFromOtherAnnotations() {
    Map<String, String> annotations =
        Map.of(
            "processes.secamo.io/requested-by", "mia",
            "reject.processes.secamo.io/owner.1", "eve 1111111111111111 no",
            "override.processes.secamo.io/security.1", "oscar INC-7",
            "approve.processes.secamo.io/security.1", "ann " + DIGEST);

    assertThat(Vote.all(annotations))
        .containsExactly(
            "approve.processes.secamo.io/security.1",
            "ann " + DIGEST,
            "override.processes.secamo.io/security.1",
            "oscar INC-7",
            "reject.processes.secamo.io/owner.1",
            "eve 1111111111111111 no");
  }

  private static List<Vote> read(String key, String value) {
    return Vote.read(Map.of(key, value), DIGEST);
  }

  private static Vote vote(Decision decision, String reason) {
    return new Vote("security", "ann", decision, reason);
  }
}
