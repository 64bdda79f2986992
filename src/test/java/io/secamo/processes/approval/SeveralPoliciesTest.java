package io.secamo.processes.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.BreakGlass;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.Escalation;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.Gate;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.OnBehalf;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.Rule;
import io.secamo.processes.approval.ApprovalRules.Answer;
import io.secamo.processes.approval.ApprovalRules.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What several policies that match the same plan ask for together: the stricter always counts. */
class SeveralPoliciesTest {
  private static final Set<String> SERVED = Set.of("FirewallChangeRequest");
  private static final PlanFacts FACTS =
      new PlanFacts(
          Map.of("seconds", 3600L, "lasting", false, "removes", false),
          Map.of("kind", "FirewallChangeRequest"),
          Map.of());
  private static final Gate SECURITY = gate("security", 1);

  @Test
  void ofTwoDemandsOnOneGateTheStricterCountsInEachRespect() {
    Gate manyAndSlow = new Gate("security", 2, "3d", null, "8h");
    Gate oneAndQuick = new Gate("security", 1, "1d", null, "12h");
    RequiredGate strictest =
        new RequiredGate(
            "security",
            2,
            Optional.of(Duration.ofDays(1)),
            Optional.empty(),
            Optional.of(Duration.ofHours(8)));

    assertThat(needed(asking("a", manyAndSlow), asking("b", oneAndQuick)).gates())
        .containsExactly(strictest);
    assertThat(needed(asking("a", oneAndQuick), asking("b", manyAndSlow)).gates())
        .containsExactly(strictest);
  }

  @Test
  void aTimeThatOnlyOnePolicyGivesHolds() {
    Gate timed = new Gate("security", 1, "1d", null, "2h");
    RequiredGate expected =
        new RequiredGate(
            "security",
            1,
            Optional.of(Duration.ofDays(1)),
            Optional.empty(),
            Optional.of(Duration.ofHours(2)));

    assertThat(needed(asking("a", timed), asking("b", SECURITY)).gates()).containsExactly(expected);
    assertThat(needed(asking("a", SECURITY), asking("b", timed)).gates()).containsExactly(expected);
  }

  /** It lets others vote: what one policy allows does not open the gate of another one. */
  @Test
  void othersMayVoteAsWellOnlyWhereEveryPolicySaysSoAfterTheLongerTime() {
    Policy early = asking("a", escalating("6h", "lead"));
    Policy late = asking("b", escalating("12h", "lead"));
    Policy board = asking("b", escalating("12h", "board"));
    Policy none = asking("b", SECURITY);

    assertThat(escalation(early)).contains("lead after PT6H");
    assertThat(escalation(early, late)).contains("lead after PT12H");
    assertThat(escalation(late, early)).contains("lead after PT12H");
    for (Policy other : List.of(board, none)) {
      assertThat(escalation(early, other)).isEmpty();
      assertThat(escalation(other, early)).isEmpty();
    }
  }

  @Test
  void onePersonFillsSeveralGatesOnlyIfEveryPolicyThatMatchesSaysSo() {
    Policy many = policy("a", OnBehalf.ACCEPT, true, null, SECURITY);
    Policy single = policy("b", OnBehalf.ACCEPT, false, null, SECURITY);
    Policy silent = policy("c", OnBehalf.ACCEPT, null, null, SECURITY);

    assertThat(needed(many).onePersonManyGates()).isTrue();
    assertThat(needed(many, single).onePersonManyGates()).isFalse();
    assertThat(needed(silent, many).onePersonManyGates()).isFalse();
    assertThat(needed(many, neverMatching()).onePersonManyGates()).isTrue();
  }

  @Test
  void standardPoliciesAreNamedOnceInOrder() {
    Policy late = standard("z", 3, "small", "temporary");
    Policy early = standard("a", 12, "small");

    RequiredGates needed = needed(late, early);

    assertThat(needed.standard()).isTrue();
    assertThat(needed.standardBy()).containsExactly("a@12", "z@3");
  }

  @Test
  void aGateOutweighsAStandardRule() {
    RequiredGates needed = needed(standard("a", 1, "small"), asking("b", SECURITY));

    assertThat(needed.standard()).isFalse();
    assertThat(needed.gates()).containsExactly(new RequiredGate("security", 1));
  }

  @Test
  void whereNobodyVotesAndNothingIsStandardNothingIsStandard() {
    assertThat(RequiredGates.of().standard()).isFalse();
  }

  @Test
  void aRequesterNobodySawNeedsOneMoreAtEveryGateWhereTheyMayVoteThemselves() {
    Policy policy =
        policy("a", null, null, null, gate("owner", 1), gate("security", 2), gate("team", 1));

    assertThat(unseen(policy)).containsExactly("owner 2", "security 3", "team 2");
  }

  @Test
  void theGateThatNeedsOneMoreKeepsItsTimes() {
    Gate timed = new Gate("security", 1, "1d", new Escalation("6h", "lead"), "2h");
    Policy policy = policy("a", OnBehalf.ONE_MORE, null, null, timed);

    assertThat(needed(false, policy).gates())
        .containsExactly(
            new RequiredGate(
                "security",
                2,
                Optional.of(Duration.ofDays(1)),
                Optional.of(new RequiredGate.Escalation(Duration.ofHours(6), "lead")),
                Optional.of(Duration.ofHours(2))));
  }

  @Test
  void aNameIsBelievedOnlyIfEveryPolicyThatMatchesBelievesIt() {
    Policy believes = policy("a", OnBehalf.ACCEPT, null, null, SECURITY);
    Policy doubts = policy("b", OnBehalf.ONE_MORE, null, null, SECURITY);

    assertThat(unseen(believes)).containsExactly("security 1");
    assertThat(unseen(believes, doubts)).containsExactly("security 2");
    assertThat(unseen(doubts, believes)).containsExactly("security 2");
  }

  @Test
  void aRequesterWhoWasSeenNeedsNoMoreThanThePoliciesSay() {
    Policy doubts = policy("a", OnBehalf.ONE_MORE, null, null, SECURITY);

    assertThat(needed(true, doubts).gates()).containsExactly(new RequiredGate("security", 1));
  }

  @Test
  void aStandardChangeStaysOneWhoeverAsked() {
    assertThat(needed(false, standard("a", 1, "small")).standard()).isTrue();
  }

  @Test
  void anEmergencyIsReviewedByTheStricterOfAllPolicies() {
    Policy many = emergency("a", new BreakGlass(3, "24h"));
    Policy quick = emergency("b", new BreakGlass(1, "4h"));
    RequiredGates.BreakGlass strictest = new RequiredGates.BreakGlass(3, Duration.ofHours(4));

    assertThat(needed(many, quick).breakGlass()).contains(strictest);
    assertThat(
            needed(
                    emergency("a", new BreakGlass(1, "4h")),
                    emergency("b", new BreakGlass(3, "24h")))
                .breakGlass())
        .contains(strictest);
  }

  @Test
  void anEmergencyIsReviewedWithinEightHoursUnlessSaidOtherwise() {
    assertThat(needed(emergency("a", new BreakGlass(2, null))).breakGlass())
        .contains(new RequiredGates.BreakGlass(2, Duration.ofHours(8)));
  }

  /** Who really asked may override as well. */
  @Test
  void anEmergencyOfARequesterNobodySawTakesOneMoreReviewer() {
    Policy policy =
        policy("a", OnBehalf.ONE_MORE, null, new BreakGlass(2, "8h"), gate("security", 1));

    assertThat(needed(false, policy).breakGlass())
        .contains(new RequiredGates.BreakGlass(3, Duration.ofHours(8)));
    assertThat(needed(true, policy).breakGlass())
        .contains(new RequiredGates.BreakGlass(2, Duration.ofHours(8)));
  }

  @Test
  void noEmergencyGoesAheadIfAPolicyThatAsksForAGateForbidsIt() {
    Policy allows = emergency("a", new BreakGlass(2, "8h"));

    assertThat(needed(allows, asking("b", SECURITY)).breakGlass()).isEmpty();
    assertThat(needed(asking("b", SECURITY), emergency("c", new BreakGlass(2, "8h"))).breakGlass())
        .isEmpty();
    assertThat(needed(allows, standard("b", 1, "small")).breakGlass())
        .as("a standard rule asks for no gate")
        .isPresent();
  }

  /** Votes rest on these lines: a demand that is missing there changes behind the voters. */
  @Test
  void whateverIsAskedForIsInTheLinesThatVotesRestOn() {
    Gate timed = new Gate("security", 2, "1d", new Escalation("6h", "lead"), "2h");
    Policy all =
        policy("a", OnBehalf.ACCEPT, true, new BreakGlass(2, "8h"), gate("owner", 1), timed);

    assertThat(needed(all).lines())
        .containsExactly(
            "owner: 1",
            "security: 2 within PT24H, after PT6H also lead, reminded every PT2H",
            "one person may fill several gates",
            "in an emergency 2 review it within PT8H");
    assertThat(needed(asking("a", SECURITY)).lines()).containsExactly("security: 1");
    assertThat(needed(standard("a", 1, "small")).lines()).containsExactly("standard change");
  }

  /** Whoever may vote at one of them can say no, now or later; a sentence is no gate. */
  @Test
  void theLinesNameEachGateAndTheOneItIsEscalatedToOnce() {
    Gate timed = new Gate("security", 2, "1d", new Escalation("6h", "lead"), "2h");
    Policy all =
        policy("a", OnBehalf.ACCEPT, true, new BreakGlass(2, "8h"), gate("lead", 1), timed);

    assertThat(RequiredGates.named(needed(all).lines())).containsExactly("lead", "security");
    assertThat(RequiredGates.named(needed(asking("a", timed)).lines()))
        .containsExactly("security", "lead");
    assertThat(RequiredGates.named(needed(standard("a", 1, "small")).lines())).isEmpty();
  }

  private static RequiredGates needed(Policy... policies) {
    return needed(true, policies);
  }

  private static RequiredGates needed(boolean requesterSeen, Policy... policies) {
    Answer answer = new ApprovalRules(List.of(policies), SERVED).judge(FACTS, requesterSeen);
    return ((Answer.Needed) answer).gates();
  }

  private static List<String> unseen(Policy... policies) {
    return needed(false, policies).gates().stream()
        .map(gate -> gate.name() + " " + gate.required())
        .toList();
  }

  private static Optional<String> escalation(Policy... policies) {
    return needed(policies).gates().get(0).escalation().map(e -> e.to() + " after " + e.after());
  }

  private static Policy asking(String name, Gate gate) {
    return policy(name, OnBehalf.ACCEPT, false, null, gate);
  }

  private static Policy emergency(String name, BreakGlass breakGlass) {
    return policy(name, OnBehalf.ACCEPT, false, breakGlass, SECURITY);
  }

  private static Policy policy(
      String name, OnBehalf onBehalf, Boolean many, BreakGlass breakGlass, Gate... gates) {
    Rule rule = new Rule("every-change", null, List.of(gates), false);
    return new Policy(
        name, "uid-" + name, 1, new ApprovalPolicySpec(List.of(rule), onBehalf, many, breakGlass));
  }

  private static Policy standard(String name, long generation, String... rules) {
    List<Rule> standard =
        List.of(rules).stream().map(rule -> new Rule(rule, null, null, true)).toList();
    return new Policy(
        name, "uid-" + name, generation, new ApprovalPolicySpec(standard, null, null, null));
  }

  private static Policy neverMatching() {
    Rule never = new Rule("never", "false", List.of(SECURITY), false);
    return new Policy(
        "never", "uid-never", 1, new ApprovalPolicySpec(List.of(never), null, false, null));
  }

  private static Gate escalating(String after, String to) {
    return new Gate("security", 1, null, new Escalation(after, to), null);
  }

  private static Gate gate(String name, int required) {
    return new Gate(name, required, null, null, null);
  }
}
