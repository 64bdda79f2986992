package io.secamo.processes.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.approval.Vote.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whom each vote counts for, how far each gate is then, and whose turn it is. */
class CountingTest {
  private static final Instant ASKED = Instant.parse("2027-01-04T09:00:00Z");
  private static final Instant LATER = ASKED.plus(Duration.ofHours(1));
  private static final RequiredGate OWNER = new RequiredGate("owner", 1);
  private static final RequiredGate SECURITY = new RequiredGate("security", 2);
  private static final RequiredGate ESCALATING =
      new RequiredGate(
          "security",
          2,
          Optional.empty(),
          Optional.of(new RequiredGate.Escalation(Duration.ofHours(1), "lead")),
          Optional.empty());

  @Test
  void waitingForNamesTheGatesThatAreMissingAndHowFarEachIs() {
    RequiredGates gates = RequiredGates.of(OWNER, SECURITY, new RequiredGate("team", 1));

    assertThat(waitingFor(gates, ASKED, yes("security", "ann"), yes("team", "bob")))
        .isEqualTo("owner, security (1 of 2)");
  }

  @Test
  void waitingForNamesThoseWhoMayVoteInPlaceOfTheMissing() {
    RequiredGates gates = RequiredGates.of(ESCALATING);

    assertThat(waitingFor(gates, LATER.minusSeconds(1), yes("lead", "ann")))
        .isEqualTo("security (0 of 2)");
    assertThat(waitingFor(gates, LATER, yes("lead", "ann"))).isEqualTo("security or lead (1 of 2)");
  }

  @Test
  void aPersonWhoMayFillTwoGatesFillsTheFirst() {
    RequiredGates gates = RequiredGates.of(OWNER, new RequiredGate("security", 1));

    assertThat(waitingFor(gates, ASKED, yes("owner", "ann"), yes("security", "ann")))
        .isEqualTo("security");
  }

  @Test
  void aGateCountsNoMorePeopleThanItNeeds() {
    Verdict verdict =
        judge(
            RequiredGates.of(OWNER, SECURITY),
            ASKED,
            yes("owner", "ann"),
            yes("owner", "bob"),
            yes("owner", "cem"),
            yes("security", "dan"));

    assertThat(verdict).isInstanceOf(Verdict.Open.class);
    assertThat(approvals(verdict)).containsExactly("owner 1", "security 1");
  }

  @Test
  void peopleAreMovedAlongUntilEveryPlaceThatCanBeFilledIsFilled() {
    RequiredGates gates =
        RequiredGates.of(OWNER, new RequiredGate("security", 1), new RequiredGate("team", 1));

    Verdict verdict =
        judge(
            gates,
            ASKED,
            yes("owner", "ann"),
            yes("security", "ann"),
            yes("team", "ann"),
            yes("owner", "bob"),
            yes("security", "bob"),
            yes("owner", "cem"));

    assertThat(verdict).isInstanceOf(Verdict.Passed.class);
    assertThat(approvals(verdict)).containsExactly("owner 1", "security 1", "team 1");
  }

  @Test
  void whereOnePersonMayFillManyGatesEachIsCountedByItself() {
    RequiredGates gates =
        new RequiredGates(List.of(OWNER, SECURITY), List.of(), true, Optional.empty());

    Verdict verdict = judge(gates, ASKED, yes("owner", "ann"), yes("security", "ann"));

    assertThat(verdict).isInstanceOf(Verdict.Open.class);
    assertThat(approvals(verdict)).containsExactly("owner 1", "security 1");
  }

  @Test
  void anOverrideIsNoApproval() {
    Vote override = new Vote("owner", "ann", Decision.OVERRIDE, "INC-7");

    assertThat(judge(RequiredGates.of(OWNER), ASKED, override)).isInstanceOf(Verdict.Open.class);
  }

  @Test
  void aRejectionSaysWhoseItIsAndHowFarTheGatesWere() {
    Vote no = new Vote("security", "bob", Decision.REJECT, "not like this");

    Verdict verdict = judge(RequiredGates.of(OWNER, SECURITY), ASKED, yes("security", "ann"), no);

    assertThat(((Verdict.Rejected) verdict).by()).isEqualTo(no);
    assertThat(approvals(verdict)).containsExactly("owner 0", "security 1");
  }

  @Test
  void aRejectionAtAGateThatIsNotAskedEndsNothing() {
    Vote elsewhere = new Vote("finance", "bob", Decision.REJECT, "");

    assertThat(judge(RequiredGates.of(OWNER), ASKED, yes("owner", "ann"), elsewhere))
        .isInstanceOf(Verdict.Passed.class);
  }

  @Test
  void whoMayVoteInPlaceOfTheMissingMayRejectFromTheBeginning() {
    Vote no = new Vote("lead", "bob", Decision.REJECT, "");
    RequiredGates gates = RequiredGates.of(ESCALATING);

    assertThat(judge(gates, LATER.minusSeconds(1), no)).isInstanceOf(Verdict.Rejected.class);
    assertThat(judge(gates, LATER, no)).isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void aDeputysNoCountsWhateverTheySaidBefore() {
    Vote no = new Vote("security", "dan", Decision.REJECT, "", true, Optional.empty());

    assertThat(counting(List.of(deputy("dan"), no), delegation("ann", "dan")))
        .containsExactly(deputy("dan").inPlaceOf("ann"), no.inPlaceOf("ann"));
    assertThat(
            counting(
                List.of(deputy("eve"), no), delegation("ann", "eve"), delegation("ann", "dan")))
        .contains(no.inPlaceOf("ann"));
    assertThat(counting(List.of(yes("security", "ann"), no), delegation("ann", "dan")))
        .as("also after the person they stand for said yes")
        .containsExactly(yes("security", "ann"), no.inPlaceOf("ann"));
    assertThat(counting(List.of(no))).as("nobody lends them a vote").isEmpty();
  }

  @Test
  void aDeputyOfTwoPeopleVotesOnceForTheFirstByName() {
    List<Vote> counting =
        counting(
            List.of(deputy("dan"), deputy("dan")),
            delegation("bob", "dan"),
            delegation("ann", "dan"));

    assertThat(counting).containsExactly(deputy("dan").inPlaceOf("ann"));
  }

  @Test
  void aDeputyVotesForThePersonWhoHasNotVoted() {
    List<Vote> counting =
        counting(
            List.of(yes("security", "ann"), deputy("dan")),
            delegation("ann", "dan"),
            delegation("bob", "dan"));

    assertThat(counting).containsExactly(yes("security", "ann"), deputy("dan").inPlaceOf("bob"));
  }

  @Test
  void twoDeputiesOfOnePersonAreOneVote() {
    List<Vote> counting =
        counting(
            List.of(deputy("dan"), deputy("eve")),
            delegation("ann", "dan"),
            delegation("ann", "eve"));

    assertThat(counting).containsExactly(deputy("dan").inPlaceOf("ann"));
  }

  @Test
  void theRequesterIsNobodysDeputy() {
    assertThat(counting(List.of(deputy("requester")), delegation("ann", "requester"))).isEmpty();
  }

  @Test
  void aRejectionUsesNobodyUp() {
    Vote no = new Vote("security", "dan", Decision.REJECT, "");

    assertThat(counting(List.of(no, deputy("dan")), delegation("ann", "dan")))
        .containsExactly(no, deputy("dan").inPlaceOf("ann"));
  }

  private static List<Vote> counting(List<Vote> votes, Delegation... delegations) {
    return Ballot.counting(votes, List.of(delegations), List.of("requester"), ASKED);
  }

  private static Verdict judge(RequiredGates gates, Instant now, Vote... votes) {
    return new Ballot(gates, List.of(votes), ASKED, now).judge();
  }

  private static String waitingFor(RequiredGates gates, Instant now, Vote... votes) {
    return ((Verdict.Open) judge(gates, now, votes)).waitingFor();
  }

  private static List<String> approvals(Verdict verdict) {
    return verdict.counts().stream().map(c -> c.gate().name() + " " + c.approvals()).toList();
  }

  private static Vote yes(String gate, String voter) {
    return new Vote(gate, voter, Decision.APPROVE, "");
  }

  private static Vote deputy(String voter) {
    return new Vote("security", voter, Decision.APPROVE, "", true, Optional.empty());
  }

  private static Delegation delegation(String by, String to) {
    return new Delegation("security", by, List.of(), to, ASKED.plusSeconds(1));
  }
}
