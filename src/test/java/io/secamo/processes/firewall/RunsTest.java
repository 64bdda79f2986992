package io.secamo.processes.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every peer is said with its longest unbroken stretches of ports, whatever others may reach. */
class RunsTest {
  private static final Lane TCP = new Lane(Rule.Direction.INGRESS, false, Protocol.TCP);

  @Test
  void aHoleBetweenPortsEndsAStretch() {
    assertThat(
            said(
                "Ingress tcp 10-20 from 10.0.0.0/24",
                "Ingress tcp 21-30 from 10.0.0.0/24",
                "Ingress tcp 32 from 10.0.0.0/24"))
        .containsExactly("10-30 [10.0.0.0/24]", "32 [10.0.0.0/24]");
  }

  @Test
  void peersThatComeAndGoDoNotCutTheStretchesOfThoseThatStay() {
    assertThat(
            said(
                "Ingress tcp 10-30 from 10.0.0.0/24",
                "Ingress tcp 15-20 from 10.0.1.0/24",
                "Ingress tcp 20-25 from 10.0.0.128/25",
                "Ingress tcp 21-40 from 10.0.2.0/24"))
        .containsExactly("15-20 [10.0.1.0/24]", "10-30 [10.0.0.0/24]", "21-40 [10.0.2.0/24]");
  }

  @Test
  void stretchesOfDifferentLengthStayApart() {
    assertThat(said("Ingress tcp 10-30 from 10.0.0.0/25", "Ingress tcp 10-20 from 10.0.0.128/25"))
        .containsExactly("10-20 [10.0.0.128/25]", "10-30 [10.0.0.0/25]");
  }

  @ParameterizedTest
  @ValueSource(longs = {8, 20270108})
  void everyAddressHasItsOwnLongestStretches(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      Exposure exposure = Exposure.of(SmallUniverse.rules(random, 6));
      List<Runs.Run> runs = exposure.runs(TCP);
      for (int address = 0; address < SmallUniverse.ADDRESSES; address++) {
        AddressSet one = AddressSet.of(Cidr.parse("10.0.0." + address));
        List<PortRange> its =
            runs.stream().filter(r -> holds(r.peers(), one)).map(Runs.Run::ports).toList();
        assertThat(its.stream().sorted())
            .as("seed %d, round %d, address %d", seed, round, address)
            .containsExactlyElementsOf(stretches(exposure, one));
      }
    }
  }

  /** Ports of one address, joined as long as the next one begins where the last one ended. */
  private static List<PortRange> stretches(Exposure exposure, AddressSet one) {
    List<PortRange> stretches = new ArrayList<>();
    for (Lane.Segment segment : exposure.lanes().getOrDefault(TCP, List.of())) {
      if (holds(segment.peers(), one)) {
        boolean goesOn = !stretches.isEmpty() && stretches.getLast().high() + 1 == segment.low();
        int low = goesOn ? stretches.removeLast().low() : segment.low();
        stretches.add(new PortRange(low, segment.high()));
      }
    }
    return stretches;
  }

  private static boolean holds(AddressSet peers, AddressSet one) {
    return one.minus(peers).isEmpty();
  }

  private static List<String> said(String... rules) {
    return Exposure.of(Stream.of(rules).map(Rule::parse).toList()).runs(TCP).stream()
        .map(run -> run.ports() + " " + run.peers().networks(false))
        .toList();
  }
}
