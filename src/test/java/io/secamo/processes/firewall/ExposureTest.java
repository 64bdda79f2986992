package io.secamo.processes.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.firewall.Rule.Direction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exposures against a judge that tries every packet of a small universe one by one. */
class ExposureTest {
  private static final int ROUNDS = 400;
  private static final int ADDRESSES = 16;
  private static final int PORTS = 16;

  private record Packet(Direction direction, Protocol protocol, int port, String address) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 20270104, 424242})
  void anExposureHoldsExactlyThePacketsThatSomeRuleAllows(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<Rule> rules = rules(random);
      Exposure exposure = Exposure.of(rules);
      for (Packet packet : universe()) {
        assertThat(holds(exposure, packet))
            .as("seed %d, round %d, %s in %s", seed, round, packet, rules)
            .isEqualTo(rules.stream().anyMatch(rule -> allows(rule, packet)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 99})
  void setLawsHoldAndWordsAreReadBack(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Exposure a = Exposure.of(rules(random));
      Exposure b = Exposure.of(rules(random));
      assertThat(a.minus(b).plus(a.and(b))).isEqualTo(a);
      assertThat(a.minus(a)).isEqualTo(Exposure.NONE);
      assertThat(a.plus(b)).isEqualTo(b.plus(a));
      assertThat(a.plus(b).contains(a)).isTrue();
      assertThat(Exposure.parse(a.toLines())).as("%s", a.toLines()).isEqualTo(a);
    }
  }

  @Test
  void theOrderOfRulesDoesNotMatter() {
    Random random = new Random(5);
    for (int round = 0; round < ROUNDS; round++) {
      List<Rule> rules = rules(random);
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
            "Ingress tcp 0-21 from 10.0.0.0/8",
            "Ingress tcp 23-65535 from 10.0.0.0/8",
            "Ingress udp from 10.0.0.0/8",
            "Ingress icmp from 10.0.0.0/8",
            "Ingress other from 10.0.0.0/8");
  }

  @Test
  void aThousandLiveRulesArePlannedQuickly() {
    List<Rule> live = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      live.add(
          Rule.parse(
              "Ingress tcp " + (1000 + i) + " from 10." + (i / 256) + "." + (i % 256) + ".0/24"));
    }
    ChangePlan plan =
        ChangePlan.plan(
            "web", List.of(Rule.parse("Ingress tcp 443 from 203.0.113.0/24")), live, true);
    assertThat(plan.gained().toLines()).containsExactly("Ingress tcp 443 from 203.0.113.0/24");
  }

  private static List<Rule> rules(Random random) {
    List<Rule> rules = new ArrayList<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      int prefix = 28 + random.nextInt(5);
      int low = random.nextInt(ADDRESSES) & -(1 << (32 - prefix));
      Protocol protocol = List.of(Protocol.TCP, Protocol.UDP, Protocol.ANY).get(random.nextInt(3));
      int from = random.nextInt(PORTS);
      PortRange ports = new PortRange(from, from + random.nextInt(PORTS - from));
      Direction direction = random.nextBoolean() ? Direction.INGRESS : Direction.EGRESS;
      rules.add(new Rule(direction, protocol, ports, Cidr.parse("10.0.0." + low + "/" + prefix)));
    }
    return rules;
  }

  private static List<Packet> universe() {
    List<Packet> packets = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP)) {
        for (int port = 0; port < PORTS; port += 3) {
          for (int address = 0; address < ADDRESSES; address++) {
            packets.add(new Packet(direction, protocol, port, "10.0.0." + address));
          }
        }
      }
    }
    return packets;
  }

  private static boolean allows(Rule rule, Packet packet) {
    var address = Cidr.parse(packet.address()).low();
    return rule.direction() == packet.direction()
        && (rule.protocol() == Protocol.ANY || rule.protocol() == packet.protocol())
        && rule.ports().low() <= packet.port()
        && packet.port() <= rule.ports().high()
        && rule.peer().low().compareTo(address) <= 0
        && address.compareTo(rule.peer().high()) <= 0;
  }

  private static boolean holds(Exposure exposure, Packet packet) {
    Rule one =
        new Rule(
            packet.direction(),
            packet.protocol(),
            new PortRange(packet.port(), packet.port()),
            Cidr.parse(packet.address()));
    return exposure.contains(Exposure.of(List.of(one)));
  }
}
