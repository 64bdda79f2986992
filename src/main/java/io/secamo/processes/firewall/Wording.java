package io.secamo.processes.firewall;

import io.secamo.processes.firewall.Exposure.Lane;
import io.secamo.processes.firewall.Exposure.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Says an exposure in few rules: what is open for every protocol is said once, as any. */
final class Wording {
  private Wording() {}

  static List<Rule> of(Exposure exposure) {
    List<Rule> rules = new ArrayList<>();
    for (Rule.Direction direction : Rule.Direction.values()) {
      for (boolean ipv6 : new boolean[] {false, true}) {
        AddressSet any = open(exposure, direction, ipv6);
        for (Cidr peer : any.networks(ipv6)) {
          rules.add(new Rule(direction, Protocol.ANY, PortRange.ALL, peer));
        }
        for (Protocol protocol : Protocol.ANY.parts(ipv6)) {
          rules.addAll(rest(exposure, new Lane(direction, ipv6, protocol), any));
        }
      }
    }
    return rules.stream().sorted().toList();
  }

  /** Peers that reach every port of every protocol. */
  private static AddressSet open(Exposure exposure, Rule.Direction direction, boolean ipv6) {
    Stream<AddressSet> perProtocol =
        Protocol.ANY.parts(ipv6).stream()
            .map(p -> exposure.lanes().getOrDefault(new Lane(direction, ipv6, p), List.of()))
            .map(Wording::everyPort);
    return perProtocol.reduce(AddressSet::and).orElse(AddressSet.EMPTY);
  }

  private static AddressSet everyPort(List<Segment> segments) {
    int next = 0;
    AddressSet peers = segments.isEmpty() ? AddressSet.EMPTY : segments.get(0).peers();
    for (Segment segment : segments) {
      if (segment.low() != next) {
        return AddressSet.EMPTY;
      }
      peers = peers.and(segment.peers());
      next = segment.high() + 1;
    }
    return next == 65536 ? peers : AddressSet.EMPTY;
  }

  private static List<Rule> rest(Exposure exposure, Lane lane, AddressSet any) {
    List<Rule> rules = new ArrayList<>();
    for (Segment segment : exposure.lanes().getOrDefault(lane, List.of())) {
      PortRange ports = new PortRange(segment.low(), segment.high());
      for (Cidr peer : segment.peers().minus(any).networks(lane.ipv6())) {
        rules.add(new Rule(lane.direction(), lane.protocol(), ports, peer));
      }
    }
    return rules;
  }
}
