package io.secamo.processes.firewall;

import io.secamo.processes.firewall.Runs.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Says an exposure in few rules: what is open for every protocol is said once, as any. */
final class Wording {
  private Wording() {}

  /**
   * The rules, in a stable order.
   *
   * @param runs what is open in a lane
   */
  static List<Rule> of(Function<Lane, List<Run>> runs) {
    List<Rule> rules = new ArrayList<>();
    for (Rule.Direction direction : Rule.Direction.values()) {
      for (boolean ipv6 : new boolean[] {false, true}) {
        AddressSet any = everyProtocol(runs, direction, ipv6);
        for (Cidr peer : any.networks(ipv6)) {
          rules.add(new Rule(direction, Protocol.ANY, PortRange.ALL, peer));
        }
        for (Protocol protocol : Protocol.ANY.parts(ipv6)) {
          rules.addAll(rest(runs, new Lane(direction, ipv6, protocol), any));
        }
      }
    }
    return rules.stream().sorted().toList();
  }

  /** Peers that reach every port of every protocol. */
  private static AddressSet everyProtocol(
      Function<Lane, List<Run>> runs, Rule.Direction direction, boolean ipv6) {
    return Protocol.ANY.parts(ipv6).stream()
        .map(protocol -> everyPort(runs.apply(new Lane(direction, ipv6, protocol))))
        .reduce(AddressSet::and)
        .orElse(AddressSet.EMPTY);
  }

  private static AddressSet everyPort(List<Run> runs) {
    return runs.stream()
        .filter(run -> run.ports().equals(PortRange.USABLE))
        .map(Run::peers)
        .reduce(AddressSet.EMPTY, AddressSet::plus);
  }

  private static List<Rule> rest(Function<Lane, List<Run>> runs, Lane lane, AddressSet any) {
    List<Rule> rules = new ArrayList<>();
    for (Run run : runs.apply(lane)) {
      for (Cidr peer : run.peers().minus(any).networks(lane.ipv6())) {
        rules.add(new Rule(lane.direction(), lane.protocol(), run.ports(), peer));
      }
      AddressSet.bounded(rules.size());
    }
    return rules;
  }
}
