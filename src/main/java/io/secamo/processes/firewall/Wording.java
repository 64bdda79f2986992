package io.secamo.processes.firewall;

import io.secamo.processes.firewall.Exposure.Lane;
import io.secamo.processes.firewall.Runs.Run;
import java.util.ArrayList;
import java.util.List;

/** Says an exposure in few rules: what is open for every protocol is said once, as any. */
final class Wording {
  /** A range of addresses can come to two hundred networks, in each of many stretches of ports. */
  private static final int MOST = 50_000;

  private Wording() {}

  static void bounded(int networks) {
    if (networks > MOST) {
      throw new Exposure.TooManyRules("networks", MOST);
    }
  }

  static List<Rule> of(Exposure exposure) {
    List<Rule> rules = new ArrayList<>();
    for (Rule.Direction direction : Rule.Direction.values()) {
      for (boolean ipv6 : new boolean[] {false, true}) {
        AddressSet any = everyProtocol(exposure, direction, ipv6);
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
  private static AddressSet everyProtocol(
      Exposure exposure, Rule.Direction direction, boolean ipv6) {
    return Protocol.ANY.parts(ipv6).stream()
        .map(protocol -> everyPort(exposure.runs(new Lane(direction, ipv6, protocol))))
        .reduce(AddressSet::and)
        .orElse(AddressSet.EMPTY);
  }

  private static AddressSet everyPort(List<Run> runs) {
    return runs.stream()
        .filter(run -> run.ports().equals(Exposure.EVERY_PORT))
        .map(Run::peers)
        .reduce(AddressSet.EMPTY, AddressSet::plus);
  }

  private static List<Rule> rest(Exposure exposure, Lane lane, AddressSet any) {
    List<Rule> rules = new ArrayList<>();
    for (Run run : exposure.runs(lane)) {
      for (Cidr peer : run.peers().minus(any).networks(lane.ipv6())) {
        rules.add(new Rule(lane.direction(), lane.protocol(), run.ports(), peer));
      }
      bounded(rules.size());
    }
    return rules;
  }
}
