package io.secamo.processes.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change is said to do, before it is done. */
class ChangePlanTest {
  /** On an idle machine: 5 ms and 300 ms. The rest is for machines that build something else. */
  private static final Duration QUICK = Duration.ofMillis(500);

  private static final Duration BEARABLE = Duration.ofSeconds(6);

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
            "adds 1 rule to security group web: +4294967296 IPv4 addresses can reach tcp 443");
    assertThat(plan(rules("Ingress tcp 443 from 2001:db8::/32"), List.of()).summary())
        .contains("+2^96 public IPv6 addresses");
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 20270105})
  void gainedIsWhatIsReachableAfterAndNotBefore(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
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
  void aThousandLiveRulesArePlannedInMilliseconds() {
    List<Rule> live = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String peer = "10." + (i / 250) + "." + (i % 250) + ".0/24";
      live.add(Rule.parse("Ingress tcp " + (1000 + i % 50) + " from " + peer));
    }
    List<Rule> wanted =
        rules("Ingress tcp 443 from 203.0.113.0/24", "Ingress tcp 1020 from 10.0.0.0/16");
    timed(wanted, live);
    assertThat(timed(wanted, live)).isLessThan(QUICK);
  }

  @Test
  void evenAThousandRulesThatAllOverlapArePlanned() {
    List<Rule> live = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String peer = "10." + (i / 250) + "." + (i % 250) + ".0/24";
      live.add(Rule.parse("Ingress tcp " + (1000 + i) + "-" + (60000 - i) + " from " + peer));
    }
    List<Rule> wanted = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      String peer = "10.0." + i + ".0/25";
      wanted.add(Rule.parse("Ingress tcp " + (900 + i) + "-" + (61000 - i) + " from " + peer));
    }
    assertThat(timed(wanted, live)).isLessThan(BEARABLE);
    assertThat(timed(rules("Ingress any from 0.0.0.0/0"), live)).isLessThan(BEARABLE);
  }

  private static Duration timed(List<Rule> wanted, List<Rule> live) {
    Instant begin = Instant.now();
    ChangePlan plan = plan(wanted, live);
    Duration took = Duration.between(begin, Instant.now());
    assertThat(Exposure.of(live).plus(plan.gained()).contains(Exposure.of(wanted))).isTrue();
    return took;
  }

  private static ChangePlan plan(List<Rule> wanted, List<Rule> live) {
    return ChangePlan.plan("web", wanted, live, true);
  }

  private static List<Rule> rules(String... texts) {
    return Stream.of(texts).map(Rule::parse).toList();
  }
}
