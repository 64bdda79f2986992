package io.secamo.processes.firewall.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.firewall.Exposure;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.firewall.SmallUniverse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change is said to do, before it is done. */
class ChangePlanTest {
  @Test
  void rulesThatAreThereAreToldFromThoseToAdd() {
    ChangePlan plan =
        plan(
            rules("Ingress tcp 443 from 203.0.113.0/24", "Ingress tcp 80 from 203.0.113.0/24"),
            rules("Ingress tcp 443 from 203.0.113.0/24"));
    assertThat(plan.toAdd()).containsExactlyElementsOf(rules("Ingress tcp 80 from 203.0.113.0/24"));
    assertThat(plan.alreadyThere())
        .containsExactlyElementsOf(rules("Ingress tcp 443 from 203.0.113.0/24"));
    assertThat(plan.summary())
        .startsWith(
            "adds 1 rule to security group web: +256 public IPv4 addresses can reach tcp 80");
  }

  @Test
  void onlyWhatIsNotOpenYetIsGained() {
    ChangePlan plan =
        plan(
            rules("Ingress tcp 440-445 from 203.0.113.0/24"),
            rules("Ingress tcp 443 from 203.0.113.0/25", "Ingress any from 203.0.113.200/32"));
    assertThat(plan.gained())
        .isEqualTo(
            Exposure.of(rules("Ingress tcp 440-445 from 203.0.113.0/24"))
                .minus(Exposure.of(rules("Ingress tcp 443 from 203.0.113.0/25")))
                .minus(Exposure.of(rules("Ingress any from 203.0.113.200/32"))));
  }

  @Test
  void whatIsOpenAlreadyIsNamed() {
    ChangePlan plan =
        plan(
            rules("Ingress tcp 443 from 203.0.113.0/24"),
            rules(
                "Ingress tcp 22 from 203.0.113.0/24",
                "Ingress any from 203.0.113.128/25",
                "Ingress tcp 400-500 from 203.0.113.0/25"));
    assertThat(plan.gained()).isEqualTo(Exposure.NONE);
    assertThat(plan.findings()).isEmpty();
    assertThat(plan.summary())
        .isEqualTo(
            "adds 1 rule to security group web; nothing becomes reachable that is not already:"
                + " covered by Ingress tcp 400-500 from 203.0.113.0/25, Ingress any from"
                + " 203.0.113.128/25");
  }

  @Test
  void peersOfOnePortAreCountedTogether() {
    assertThat(
            plan(
                    rules(
                        "Ingress tcp 443 from 10.1.0.0/24",
                        "Ingress tcp 443 from 10.2.0.0/24",
                        "Egress udp 53 to 2001:db8::1/128"),
                    List.of())
                .summary())
        .isEqualTo(
            "adds 3 rules to security group web: +512 private IPv4 addresses can reach tcp 443, it"
                + " can reach udp 53 on 1 public IPv6 address more");
  }

  @Test
  void publicAndPrivatePeersTogetherAreCalledNeither() {
    assertThat(plan(rules("Ingress tcp 443 from 0.0.0.0/0"), List.of()).summary())
        .startsWith(
            "adds 1 rule to security group web: the whole internet (0.0.0.0/0) can reach tcp"
                + " 443");
    assertThat(plan(rules("Ingress tcp 443 from 2001:db8::/32"), List.of()).summary())
        .contains("+2^96 public IPv6 addresses");
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 20270105})
  void gainedIsWhatIsReachableAfterAndNotBefore(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 75; round++) {
      List<Rule> live = SmallUniverse.rules(random, 5);
      List<Rule> wanted = SmallUniverse.rules(random, 5);
      List<Rule> after = new ArrayList<>(live);
      after.addAll(wanted);
      ChangePlan plan = plan(wanted, live);
      assertThat(plan.gained())
          .as("seed %d, round %d: %s on top of %s", seed, round, wanted, live)
          .isEqualTo(Exposure.of(after).minus(Exposure.of(live)));
      Collections.shuffle(live, random);
      assertThat(plan(wanted, live)).isEqualTo(plan);
    }
  }

  @Test
  void amongAThousandLiveRulesOnlyWhatIsNewIsGained() {
    List<Rule> live = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String peer = "10." + (i / 250) + "." + (i % 250) + ".0/24";
      live.add(Rule.parse("Ingress tcp " + (1000 + i % 50) + " from " + peer));
    }
    List<Rule> wanted =
        rules("Ingress tcp 443 from 203.0.113.0/24", "Ingress tcp 1020 from 10.0.20.0/23");

    ChangePlan plan = plan(wanted, live);

    assertThat(plan.toAdd()).isEqualTo(wanted);
    assertThat(plan.gained().toLines())
        .containsExactly(
            "Ingress tcp 443 from 203.0.113.0/24", "Ingress tcp 1020 from 10.0.21.0/24");
  }

  @Test
  void evenAmongAThousandRulesThatAllOverlapTheGainIsExact() {
    List<Rule> live = overlapping(1000);
    List<Rule> wanted = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      String peer = "10.0." + i + ".0/25";
      wanted.add(Rule.parse("Ingress tcp " + (900 + i) + "-" + (61000 - i) + " from " + peer));
    }

    assertThat(plan(wanted, live).gained().toLines())
        .hasSize(250 * 2 + 6)
        .contains(
            "Ingress tcp 900-999 from 10.0.0.0/25",
            "Ingress tcp 60001-61000 from 10.0.0.0/25",
            "Ingress tcp 1149-1248 from 10.0.249.0/25",
            "Ingress tcp 59752-60751 from 10.0.249.0/25",
            "Ingress tcp 1155-60745 from 10.0.255.0/25");
  }

  @Test
  void everythingOnTopOfManyRulesIsEverythingElse() {
    List<Rule> live = overlapping(200);
    List<Rule> any = rules("Ingress any from 0.0.0.0/0");

    Exposure gained = plan(any, live).gained();

    assertThat(gained.and(Exposure.of(live))).isEqualTo(Exposure.NONE);
    assertThat(gained.plus(Exposure.of(live))).isEqualTo(Exposure.of(any));
  }

  private static List<Rule> overlapping(int count) {
    List<Rule> live = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String peer = "10." + (i / 250) + "." + (i % 250) + ".0/24";
      live.add(Rule.parse("Ingress tcp " + (1000 + i) + "-" + (60000 - i) + " from " + peer));
    }
    return live;
  }

  private static ChangePlan plan(List<Rule> wanted, List<Rule> live) {
    return ChangePlan.plan(
        "web",
        new ChangePlan.Wanted(wanted, Instant.MIN, true, Optional.empty()),
        live.stream().map(OpenRule::lasting).toList());
  }

  private static List<Rule> rules(String... texts) {
    return Stream.of(texts).map(Rule::parse).toList();
  }
}
