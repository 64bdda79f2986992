package io.secamo.processes.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.Gate;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.OnBehalf;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.Rule;
import io.secamo.processes.approval.ApprovalRules.Answer;
import io.secamo.processes.approval.ApprovalRules.Policy;
import io.secamo.processes.operator.Kinds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rules match a plan, and what a broken one, or none, means. */
class ApprovalRulesTest {
  private static final Set<String> SERVED = Set.of("FirewallChangeRequest");
  private static final PlanFacts FACTS =
      new PlanFacts(
          Map.of(
              "summary",
              "adds 1 rule",
              "temporary",
              true,
              "seconds",
              3600L,
              "lasting",
              false,
              "removes",
              false),
          Map.of(
              "kind",
              "FirewallChangeRequest",
              "requestedBy",
              "ann",
              "spec",
              Map.of("ports", "443")),
          Map.of("name", "cloud", "labels", Map.of("stage", "production")));

  @Test
  void withoutPoliciesNobodyCouldApprove() {
    ApprovalRules none = new ApprovalRules(List.of(), SERVED);

    assertThat(none.isEmpty()).isTrue();
    assertThat(none.judge(FACTS, true)).isEqualTo(new Answer.NoRule());
    assertThat(new ApprovalRules(List.of(policy("a", "security")), SERVED).isEmpty()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "plan.temporary, true",
    "plan.temporary && plan.summary == 'removes 1 rule', false",
    "request.requestedBy == 'ann', true",
    "request.spec.ports == '22', false",
    "connection.labels['stage'] == 'production', true",
    "connection.name == 'other', false"
  })
  void aRuleMatchesByPlanRequestAndConnection(String when, boolean matches) {
    Answer answer = judge(policy("a", rule("r", when, gate("security"))));

    assertThat(answer instanceof Answer.Needed).isEqualTo(matches);
    assertThat(answer instanceof Answer.NoRule).isEqualTo(!matches);
  }

  @Test
  void aRuleWithoutAConditionAlwaysMatches() {
    assertThat(gates(policy("a", rule("r", null, gate("security"))))).containsExactly("security");
    assertThat(gates(policy("a", rule("r", "  ", gate("security"))))).containsExactly("security");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void anEmptyConditionDoesNotMakeEveryChangeStandard(String when) {
    Policy policy = policy("a", new Rule("small", when, List.of(), true));

    assertThat(judge(policy)).isInstanceOf(Answer.Broken.class);
    assertThat(ApprovalRules.problem(policy.spec(), SERVED))
        .contains(
            "rule small: when is empty: write which changes are standard, or leave when out if all"
                + " are");
    assertThat(judge(policy("a", new Rule("all", null, List.of(), true))))
        .isInstanceOf(Answer.Needed.class);
  }

  @Test
  void gatesOfAllRulesThatMatchAddUpInTheOrderOfTheirNames() {
    Policy one = policy("a", rule("r", null, gate("security")), rule("no", "false", gate("never")));
    Policy other = policy("b", rule("r", null, gate("owner"), gate("security")));

    assertThat(gates(one, other)).containsExactly("owner", "security");
  }

  @Test
  void aGateForWhichNobodyIsAskedStillNeedsSomebody() {
    Gate nobody = new Gate("security", 0, null, null, null);

    Answer.Needed needed = (Answer.Needed) judge(policy("a", rule("r", null, nobody)));

    assertThat(needed.gates().gates()).containsExactly(new RequiredGate("security", 1));
  }

  @Test
  void asManyGatesAsTheStatusHoldsCanBeAskedForAndNotOneMore() {
    assertThat(gates(asking(20))).hasSize(20);
    assertThat(judge(asking(21)))
        .isEqualTo(
            new Answer.Broken(
                "the approval policies ask for 21 gates, at most 20 can be counted: join some"));
  }

  private static Policy asking(int gates) {
    return policy(
        "a",
        rule(
            "r",
            null,
            IntStream.range(0, gates).mapToObj(i -> gate("gate-" + i)).toArray(Gate[]::new)));
  }

  @Test
  void aRuleThatAsksForNothingApprovesNothing() {
    Rule empty = new Rule("r", null, null, null);

    assertThat(judge(policy("a", empty))).isEqualTo(new Answer.NoRule());
  }

  @Test
  void aRuleWithoutAnAnswerIsNamedAndApprovesNothing() {
    Policy fine = policy("a", "security");
    Policy broken = policy("b", rule("odd", "request.spec.nothing == 'x'", gate("owner")));
    Policy brokenToo = policy("c", rule("odd", "request.spec.nothing == 'x'", gate("owner")));

    Answer answer = judge(brokenToo, broken, fine);

    assertThat(((Answer.Broken) answer).message())
        .startsWith("ApprovalPolicy b, rule odd: ")
        .contains("nothing");
  }

  @Test
  void aPolicySaysWhichOfItsRulesCannotBeUnderstood() {
    ApprovalPolicySpec spec =
        policy(
                "a",
                rule("fine", "plan.temporary", gate("owner")),
                rule("always", null, gate("owner")),
                rule("blank", " ", gate("owner")),
                rule("misspelt", "plan.temporal", gate("owner")),
                rule("open", "plan.temporary &&", gate("owner")))
            .spec();

    assertThat(ApprovalRules.problem(spec, SERVED).orElseThrow())
        .matches("rule misspelt: line 1, column 5: .*; rule open: line 1, column 18: .*");
  }

  @Test
  void aPolicyWhoseRulesAreAllUnderstoodHasNoProblem() {
    Rule blank = rule("blank", " ", gate("owner"));
    Rule fine = rule("fine", "plan.temporary", gate("owner"));

    assertThat(ApprovalRules.problem(policy("a", blank, fine).spec(), SERVED)).isEmpty();
  }

  /** A rule that was written when there was one kind has not let anything else through. */
  @Test
  void aRuleSpeaksOfFirewallChangesAloneUnlessItSaysSo() {
    PlanFacts access = new PlanFacts(FACTS.plan(), Map.of("kind", "AccessRequest"), Map.of());
    Rule everything = new Rule("all", null, List.of(), true);
    Rule named = ofKinds("FirewallChangeRequest");

    assertThat(judge(policy("a", everything))).isInstanceOf(Answer.Needed.class);
    assertThat(judge(policy("a", named))).isInstanceOf(Answer.Needed.class);
    ApprovalRules rules = new ApprovalRules(List.of(policy("a", everything, named)), SERVED);
    assertThat(rules.judge(access, true)).isEqualTo(new Answer.NoRule());
    assertThat(rules.judge(new PlanFacts(FACTS.plan(), Map.of(), Map.of()), true))
        .as("of a kind that nobody knows")
        .isEqualTo(new Answer.NoRule());
  }

  /** It would ask nobody, and whoever wrote it believes that it asks. */
  @Test
  void aKindThatIsNotServedIsNotPassedOver() {
    Policy misspelt = policy("a", rule("fine", null, gate("owner")), ofKinds("FirewallChange"));
    String said =
        "rule network: kinds names 'FirewallChange', which is not served: write one of"
            + " FirewallChangeRequest";

    assertThat(ApprovalRules.problem(misspelt.spec(), SERVED)).contains(said);
    assertThat(judge(misspelt)).isEqualTo(new Answer.Broken("ApprovalPolicy a, " + said));
  }

  @Test
  void everyKindThatIsServedCanBeNamed() {
    Policy both = policy("a", rule("fine", null, gate("owner")), ofKinds("LoanRequest"));

    assertThat(ApprovalRules.problem(both.spec(), Kinds.shipped().names())).isNotEmpty();
    assertThat(ApprovalRules.problem(both.spec(), Set.of("LoanRequest", "FirewallChangeRequest")))
        .isEmpty();
  }

  private static Rule ofKinds(String... kinds) {
    List<Gate> gates = List.of(gate("network"));
    return new Rule("network", null, gates, null, null, null, List.of(kinds));
  }

  @Test
  void theRevisionChangesWithEveryPolicyAndNotWithTheirOrder() {
    Policy one = new Policy("a", "uid-a", 1, policy("a", "security").spec());
    Policy other = new Policy("b", "uid-b", 1, policy("b", "owner").spec());
    Policy edited = new Policy("b", "uid-b", 2, other.spec());
    Policy madeAnew = new Policy("b", "uid-c", 1, other.spec());

    String revision = revision(one, other);

    assertThat(revision(other, one)).isEqualTo(revision);
    assertThat(List.of(revision(one), revision(one, edited), revision(one, madeAnew)))
        .doesNotContain(revision)
        .doesNotHaveDuplicates();
  }

  private static String revision(Policy... policies) {
    return new ApprovalRules(List.of(policies), SERVED).revision();
  }

  private static Answer judge(Policy... policies) {
    return new ApprovalRules(List.of(policies), SERVED).judge(FACTS, true);
  }

  private static List<String> gates(Policy... policies) {
    Answer.Needed needed = (Answer.Needed) judge(policies);
    return needed.gates().gates().stream().map(RequiredGate::name).toList();
  }

  private static Policy policy(String name, String gate) {
    return policy(name, rule("every-change", null, gate(gate)));
  }

  private static Policy policy(String name, Rule... rules) {
    ApprovalPolicySpec spec = new ApprovalPolicySpec(List.of(rules), OnBehalf.ACCEPT, false, null);
    return new Policy(name, "uid-" + name, 1, spec);
  }

  private static Rule rule(String name, String when, Gate... gates) {
    return new Rule(name, when, List.of(gates), null);
  }

  private static Gate gate(String name) {
    return new Gate(name, 1, null, null, null);
  }
}
