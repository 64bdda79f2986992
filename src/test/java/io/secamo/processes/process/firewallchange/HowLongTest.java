package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.Gate;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec.Rule;
import io.secamo.processes.approval.ApprovalRules;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long an access may last: who says so, and what is told above it. */
class HowLongTest {
  private static final List<Gate> VOTES = List.of(Stage.gate("security", 1));
  private final Stage stage = new Stage();
  private final Wanted web = new Wanted();

  @ParameterizedTest
  @CsvSource({
    "90d, IN_FORCE",
    "2160h, IN_FORCE",
    "2161h, REJECTED",
    "91d, REJECTED",
    "999999d, REJECTED"
  })
  void withoutAVoteAnAccessLastsNinetyDaysUnlessTheRuleSaysMore(String time, State state) {
    policy(standard(null, null));
    assertThat(stage.submitted("web", web.expiringAfter(time)).state()).isEqualTo(state);
  }

  @Test
  void whatNobodyVotesOnHasAnEndUnlessTheRuleLetsItLast() {
    policy(standard(null, null));
    rejected(
        stage.submitted("web", web.build()),
        "it has no end, and 90 days is the most. That is set by rule any of ApprovalPolicy"
            + " every-change, which asks nobody and sets no other. Submit a new request with"
            + " expiresAfter or expiresAt, or have lasting: true added there");
    assertThat(stage.tickets())
        .as("no plan was told")
        .allMatch(t -> !t.toString().contains("Plan"));
    policy(standard(null, true));
    assertThat(stage.submitted("again", web.build()).state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void whoVotesDecidesHowLongWhereNobodySetALimit() {
    policy(new Rule("asks", null, VOTES, null));
    for (FirewallChangeSpec spec : List.of(web.build(), web.expiringAfter("999999d"))) {
      Change change = stage.submitted("web-" + spec.expiresAfter(), spec);
      assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
    }
  }

  @Test
  void theSmallestLimitWinsAndSaysWhoSetIt() {
    stage.longest = "30d";
    policy(new Rule("asks", null, VOTES, null, "60d", null));
    rejected(
        stage.submitted("a", web.expiringAfter("31d")),
        "it would last 31 days, and 30 days is the most. That is set by Connection sandbox. Ask for"
            + " less in a new request");
    policy(
        new Rule("asks", null, VOTES, null, "60d", null),
        new Rule("short", "plan.temporary", VOTES, null, "8h", null));
    rejected(
        stage.submitted("b", web.expiringAfter("541m")),
        "it would last 9 hours 1 minute, and 8 hours is the most. That is set by rule short of"
            + " ApprovalPolicy every-change. Ask for less in a new request");
    assertThat(stage.submitted("c", web.expiringAfter("8h")).state())
        .isEqualTo(State.AWAITING_APPROVAL);
  }

  @Test
  void noEndIsLongerThanAnyLimitAndEachRuleWithOneHasToLetItBe() {
    policy(
        new Rule("asks", null, VOTES, null, "60d", true),
        new Rule("too", null, VOTES, null, "60d", null));
    rejected(
        stage.submitted("a", web.build()),
        "That is set by rule too of ApprovalPolicy every-change. ");
    policy(
        new Rule("asks", null, VOTES, null, "60d", null),
        new Rule("too", null, VOTES, null, "50d", null),
        new Rule("three", null, VOTES, null, "70d", null));
    rejected(
        stage.submitted("a3", web.build()),
        "it has no end, and 50 days is the most. That is set by rule too of ApprovalPolicy"
            + " every-change and 2 more. ");
    policy(new Rule("asks", null, VOTES, null, "60d", true));
    assertThat(stage.submitted("b", web.build()).state()).isEqualTo(State.AWAITING_APPROVAL);
    rejected(stage.submitted("c", web.expiringAfter("61d")), "it would last 61 days");
    stage.longest = "30d";
    assertThat(stage.submitted("d", web.build()).state())
        .as("the rule lets it last, and the Connection does not say which rule may")
        .isEqualTo(State.AWAITING_APPROVAL);
    policy(new Rule("asks", null, VOTES, null));
    rejected(stage.submitted("e", web.build()), "That is set by Connection sandbox. ");
  }

  @Test
  void aTimeIsCountedFromTheMomentAtWhichItMayBeginAtTheSoonest() {
    stage.longest = "1h";
    Instant begins = stage.now.plus(Duration.ofDays(10));
    FirewallChangeSpec hour =
        new Wanted("443", "203.0.113.0/24", begins, null, null, web.adoption(), web.onDelete())
            .expiringAt(begins.plusSeconds(3600));
    FirewallChangeSpec more =
        new Wanted("443", "203.0.113.0/24", begins, null, null, web.adoption(), web.onDelete())
            .expiringAt(begins.plusSeconds(3601));
    assertThat(stage.submitted("hour", hour).state()).isEqualTo(State.AWAITING_APPROVAL);
    rejected(
        stage.submitted("more", more), "it would last 1 hour 1 second, and 1 hour is the most");
    rejected(
        stage.submitted("now", web.expiringAt(begins)),
        "it would last 10 days, and 1 hour is the most");
  }

  /** Nobody who relies on what was approved finds it closed. */
  @Test
  void whatIsInForceKeepsItsEndWhenALimitIsLowered() {
    Change change = stage.submitted("web", web.expiringAfter("8h"));
    stage.vote(change, "ann", "security", true, "");
    stage.longest = "1h";
    policy(new Rule("asks", null, VOTES, null, "1h", null));
    stage.pass(Duration.ofHours(7));
    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    stage.pass(Duration.ofHours(1));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
  }

  /** Nothing has been opened yet, and a limit may be lowered by mistake. */
  @Test
  void aLimitThatIsLoweredBeforeTheChangeIsMadeHoldsTheRequestUntilItIsRaised() {
    Rule asks = new Rule("asks", null, VOTES, null);
    policy(asks);
    Change change = stage.submitted("web", new Wanted().notBefore(stage.now.plusSeconds(3600)));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.SCHEDULED);
    policy(new Rule("asks", null, VOTES, null, "1h", null));
    stage.pass(Duration.ofHours(1));
    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message())
        .startsWith("it has no end, and 1 hour is the most. ")
        .endsWith("It goes on if the limit is raised again, or withdraw it");
    assertThat(stage.cloud()).isEmpty();

    policy(asks);
    stage.work();
    assertThat(change.state()).isEqualTo(State.COMPLETED);
  }

  /** A rule that asks nobody is a limit, and that of another author does not lift it. */
  @Test
  void theNinetyDaysOfOneRuleAreNotLiftedByAnotherOne() {
    policy(standard(null, null), new Rule("long", null, null, true, "200d", null));
    rejected(stage.submitted("a", web.expiringAfter("150d")), "90 days is the most");
    policy(standard(null, true));
    assertThat(stage.submitted("b", web.expiringAfter("150d")).state())
        .as("what may have no end may last as long")
        .isEqualTo(State.IN_FORCE);
    stage.longest = "200d";
    policy(standard(null, null));
    assertThat(stage.submitted("c", web.ports("80").expiringAfter("150d")).state())
        .as("somebody has said how long")
        .isEqualTo(State.IN_FORCE);
  }

  private void policy(Rule... rules) {
    stage.policies.clear();
    stage.policies.add(
        new ApprovalRules.Policy(
            "every-change", "p1", 1, new ApprovalPolicySpec(List.of(rules), null, null, null)));
  }

  private static Rule standard(String longest, Boolean lasting) {
    return new Rule("any", null, null, true, longest, lasting);
  }

  private static void rejected(Change change, String message) {
    assertThat(change.state()).as(change.request.name()).isEqualTo(State.REJECTED);
    assertThat(change.status.conditions()).anyMatch(c -> Reasons.TOO_LONG.equals(c.reason()));
    assertThat(change.status.message()).contains(message);
  }
}
