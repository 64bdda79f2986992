package io.secamo.processes.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exposures against a judge that tries every packet of a small universe one by one. */
class ExposureTest {
  private static final int ROUNDS = 150;

  @ParameterizedTest
  @ValueSource(longs = {1, 20270104, 424242})
  void anExposureHoldsExactlyThePacketsThatSomeRuleAllows(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<Rule> rules = SmallUniverse.rules(random, 6);
      Exposure exposure = Exposure.of(rules);
      assertThat(SmallUniverse.PACKETS)
          .as("seed %d, round %d, packets wrongly in or out of %s", seed, round, rules)
          .noneMatch(p -> p.isIn(exposure) != rules.stream().anyMatch(p::allowedBy));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 99})
  void setLawsHoldAndWordsAreReadBack(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Exposure a = Exposure.of(SmallUniverse.rules(random, 6));
      Exposure b = Exposure.of(SmallUniverse.rules(random, 6));
      assertThat(a.minus(b).plus(a.and(b))).isEqualTo(a);
      assertThat(a.minus(a)).isEqualTo(Exposure.NONE);
      assertThat(a.plus(b)).isEqualTo(b.plus(a));
      assertThat(a.plus(b).contains(a)).isTrue();
      assertThat(a.contains(b)).isEqualTo(a.plus(b).equals(a));
      assertThat(a.minus(b).and(b)).isEqualTo(Exposure.NONE);
      assertThat(Exposure.parse(a.toLines())).as("%s", a.toLines()).isEqualTo(a);
    }
  }

  @Test
  void theOrderOfRulesDoesNotMatter() {
    Random random = new Random(5);
    for (int round = 0; round < ROUNDS; round++) {
      List<Rule> rules = SmallUniverse.rules(random, 6);
      List<Rule> shuffled = new ArrayList<>(rules);
      Collections.shuffle(shuffled, random);
      assertThat(Exposure.of(shuffled)).isEqualTo(Exposure.of(rules));
    }
  }

  @Test
  void theInternetInTwoHalvesIsTheInternet() {
    Exposure halves =
        Exposure.of(
            List.of(
                Rule.parse("Ingress tcp 22 from 0.0.0.0/1"),
                Rule.parse("Ingress tcp 22 from 128.0.0.0/1")));
    assertThat(halves.toLines()).containsExactly("Ingress tcp 22 from 0.0.0.0/0");
  }

  @Test
  void anyMinusOnePortIsExact() {
    Exposure rest =
        Exposure.of(List.of(Rule.parse("Ingress any from 10.0.0.0/8")))
            .minus(Exposure.of(List.of(Rule.parse("Ingress tcp 22 from 10.0.0.0/8"))));
    assertThat(rest.toLines())
        .containsExactlyInAnyOrder(
            "Ingress tcp 1-21 from 10.0.0.0/8",
            "Ingress tcp 23-65535 from 10.0.0.0/8",
            "Ingress udp from 10.0.0.0/8",
            "Ingress icmp from 10.0.0.0/8",
            "Ingress other from 10.0.0.0/8");
  }

  @Test
  void everyPortInTwoHalvesIsEveryPort() {
    Exposure halves =
        Exposure.of(
            rules(
                "Ingress tcp 1-30000 from 10.0.0.0/8",
                "Ingress tcp 30001-65535 from 10.0.0.0/8",
                "Ingress udp from 10.0.0.0/8",
                "Ingress icmp from 10.0.0.0/8",
                "Ingress other from 10.0.0.0/8"));
    assertThat(halves).isEqualTo(Exposure.of(rules("Ingress any from 10.0.0.0/8")));
    assertThat(halves.toLines()).containsExactly("Ingress any from 10.0.0.0/8");
  }

  @Test
  void anyCoversTheControlProtocolOfItsFamily() {
    Exposure any = Exposure.of(rules("Ingress any from ::/0"));
    assertThat(any.contains(Exposure.of(rules("Ingress icmpv6 from 2001:db8::/32")))).isTrue();
    assertThat(any.contains(Exposure.of(rules("Ingress icmp from 10.0.0.0/8")))).isFalse();
    assertThat(any.contains(Exposure.of(rules("Egress icmpv6 to ::/0")))).isFalse();
  }

  @Test
  void aPeerIsSaidWithAllItsPortsWhateverOthersMayReach() {
    assertThat(
            Exposure.of(
                    rules(
                        "Ingress tcp 443 from 203.0.113.0/24",
                        "Ingress tcp 1-60000 from 10.0.0.0/8"))
                .toLines())
        .containsExactly(
            "Ingress tcp 1-60000 from 10.0.0.0/8", "Ingress tcp 443 from 203.0.113.0/24");
  }

  @Test
  void whatIsLeftOfTheInternetIsReadBackWhateverItIs() {
    Exposure left =
        Exposure.of(rules("Ingress tcp 443 from ::/0"))
            .minus(Exposure.of(rules("Ingress tcp 443 from ::fffe:0:0/96")));
    assertThat(left.toLines()).anyMatch(line -> line.contains("::ffff:0:0/96"));
    assertThat(Exposure.parse(left.toLines())).isEqualTo(left);
  }

  @Test
  void exposuresMadeByHandAreCanonicalToo() {
    Lane lane = new Lane(Rule.Direction.INGRESS, false, Protocol.TCP);
    AddressSet peers = AddressSet.of(Cidr.parse("10.0.0.0/8"));
    Exposure byHand =
        new Exposure(
            Map.of(lane, List.of(new Lane.Segment(1, 2, peers), new Lane.Segment(3, 4, peers))));
    assertThat(byHand).isEqualTo(Exposure.of(rules("Ingress tcp 1-4 from 10.0.0.0/8")));
  }

  /** n ranges of ports inside each other, from n peers: n(n+1)/2 ranges of addresses. */
  @Test
  void anExposureHasAtMostAHundredThousandRanges() {
    assertThat(ranges(Exposure.of(staircase(446)))).isEqualTo(99_681);
    assertThatThrownBy(() -> Exposure.of(staircase(447))).isInstanceOf(TooManyRules.class);
  }

  @Test
  void whatIsLeftOfManyPeersBetweenManyPortsIsBoundedToo() {
    Exposure peers = Exposure.of(peers(300));
    assertThat(ranges(peers)).isEqualTo(300);
    assertThat(ranges(peers.minus(Exposure.of(everySecondPort(332))))).isEqualTo(99_900);
    Exposure ports = Exposure.of(everySecondPort(333));
    assertThatThrownBy(() -> peers.minus(ports)).isInstanceOf(TooManyRules.class);
  }

  private static List<Rule> staircase(int stairs) {
    return IntStream.rangeClosed(1, stairs)
        .mapToObj(i -> Rule.parse("Ingress tcp 1-" + i + " from " + peer(i)))
        .toList();
  }

  private static List<Rule> peers(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> Rule.parse("Ingress tcp 1-65535 from " + peer(i)))
        .toList();
  }

  private static List<Rule> everySecondPort(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> Rule.parse("Ingress tcp " + 2 * i + " from 0.0.0.0/0"))
        .toList();
  }

  /** Never beside the one before. */
  private static String peer(int number) {
    return "10.0." + number / 100 + "." + 2 * (number % 100) + "/32";
  }

  private static int ranges(Exposure exposure) {
    return exposure.lanes().values().stream()
        .flatMap(List::stream)
        .mapToInt(segment -> segment.peers().ranges().size())
        .sum();
  }

  private static List<Rule> rules(String... texts) {
    return Stream.of(texts).map(Rule::parse).toList();
  }
}
