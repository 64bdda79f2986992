package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.api.KindName;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.approval.PlanDigest;
import io.secamo.processes.approval.PlanDigest.Part;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider.Group;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.firewallchange.requested.RequestedChange;
import io.secamo.processes.process.opening.Marker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a change would do at a firewall, and when there are too many pieces of it to judge. */
class GroupAssessmentTest {
  private static final int STAIRS = 3000;

  @Test
  void aThousandSeparateAccessesCanBeJudgedAndNoMore() {
    assertThat(nothingToDo("1-1999", 999)).isEmpty();
    assertThat(nothingToDo("1-2001", 1000))
        .get()
        .extracting(end -> ((Outcome.End) end).message())
        .isEqualTo(
            "beside what is open already this opens 1001 separate accesses, at most 1000 can be"
                + " judged: ask for less in a new request");
  }

  @Test
  void aChangeIsMadeOnlyOnceEachOfItsRulesIsThere() {
    FirewallChangeSpec spec = new Wanted().build();
    assertThat(draft(spec, List.of()).madeByItself(recorded -> true)).isFalse();
    assertThat(
            draft(spec, List.of("Ingress tcp 80 from 203.0.113.0/24"))
                .madeByItself(recorded -> true))
        .isFalse();
    assertThat(
            draft(spec, List.of("Ingress tcp 443 from 203.0.113.0/24"))
                .madeByItself(recorded -> true))
        .isTrue();
  }

  /** Its votes were for whatever has the name, and an upgrade does not take them back. */
  @Test
  void aPlanOfAnEarlierVersionWhichKnewNoGroupIsCarriedOutAndNothingElse() {
    FirewallChangeSpec spec = new Wanted().build();
    GroupAssessment found = draft(spec, List.of());
    PlanDigest earlier =
        PlanDigest.of(
            List.of(
                new Part("uid", List.of("uid")),
                new Part("request", RequestedChange.of(spec).lines()),
                new Part("account", List.of("account")),
                new Part("connection", List.of("sandbox (uid) at cloud")),
                new Part("policy", List.of("p1")),
                new Part("admission", List.of("e1")),
                new Part("effects", List.of("add it")),
                new Part("gained", List.of("it")),
                new Part("findings", List.of())));
    assertThat(found.sameGroup("uid", plan(earlier, "add it"))).isTrue();
    assertThat(found.sameGroup("uid", plan(earlier, "add more"))).isFalse();
    assertThat(found.sameGroup("another-uid", plan(earlier, "add it"))).isFalse();
  }

  private static Plan plan(PlanDigest digest, String effect) {
    return new Plan(
        digest.shortForm(),
        digest.sha256(),
        "adds it",
        List.of(effect),
        null,
        List.of("it"),
        null,
        null,
        null,
        "account",
        "sandbox (uid) at cloud",
        "p1",
        "e1",
        null,
        null,
        null,
        Instant.EPOCH);
  }

  /** Each range of ports from another peer: n of them make n segments with up to n peers each. */
  @Test
  void moreRulesInTheWayThanCanBeJudgedAreRefusedBeforeTheyFillTheMemory() {
    FirewallChangeSpec wide = new Wanted().ports("1-3000").from("0.0.0.0/0").build();
    assertThatThrownBy(() -> draft(wide, staircase()).endBeforePlan(wide))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessage(
            "too many rules to judge in security group web: "
                + STAIRS
                + " rules there have something in"
                + " common with what is asked for. Ask for less in a new request, or remove or"
                + " join rules there and request a retry");
  }

  @Test
  void rulesThatHaveNothingInCommonWithWhatIsAskedForAreNotJudged() {
    FirewallChangeSpec spec = new Wanted().build();
    assertThat(draft(spec, staircase()).endBeforePlan(spec)).isEmpty();
  }

  /** Each of many peers is left with each of many stretches: few segments, but many words. */
  @Test
  void moreAccessesThanCanBeCountedAreRefusedAsWell() {
    FirewallChangeSpec wide = new Wanted().ports("1-65535").from("0.0.0.0/0").build();
    List<String> live =
        IntStream.rangeClosed(1, 100)
            .boxed()
            .flatMap(
                i ->
                    Stream.of(
                        "Ingress tcp 1-65535 from 10." + i + ".7.9/32",
                        "Ingress tcp " + 2 * i + " from 0.0.0.0/0"))
            .toList();
    assertThatThrownBy(() -> draft(wide, live).endBeforePlan(wide))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageStartingWith("too many rules to judge in security group web: 200 rules");
  }

  private static List<String> staircase() {
    return IntStream.rangeClosed(1, STAIRS)
        .mapToObj(i -> "Ingress tcp 1-" + i + " from 10.0." + i / 100 + "." + 2 * (i % 100) + "/32")
        .toList();
  }

  /** Every second port is open already, which cuts what is asked for into single ports. */
  private static Optional<Outcome> nothingToDo(String ports, int holes) {
    FirewallChangeSpec spec = new Wanted().ports(ports).build();
    List<String> live =
        IntStream.rangeClosed(1, holes)
            .mapToObj(i -> "Ingress tcp " + 2 * i + " from 203.0.113.0/24")
            .toList();
    return draft(spec, live).endBeforePlan(spec);
  }

  private static GroupAssessment draft(FirewallChangeSpec spec, List<String> live) {
    List<LiveRule> rules =
        live.stream().map(text -> new LiveRule("id", Rule.parse(text), "made by hand")).toList();
    Request<FirewallChangeSpec> request =
        new Request<>(
            new KindName("FirewallChangeRequest"),
            "uid",
            "team-a",
            "web",
            1,
            Instant.EPOCH,
            Wish.PROCEED,
            "joe",
            Map.of(),
            spec);
    return new GroupAssessment(
        RequestedChange.of(spec),
        new Group("group-id", rules),
        new Account("account"),
        new ConnectionFacts("sandbox", "uid", "Sandbox", "", Map.of(), "", "{}"),
        new RuleOwnership(
            new Marker("c1u5te12", request.uid(), request.address()), Set.of(), Map.of()));
  }
}
