package io.secamo.processes.firewall.change;

import io.secamo.processes.firewall.AddressSet;
import io.secamo.processes.firewall.AddressSpace;
import io.secamo.processes.firewall.Cidr;
import io.secamo.processes.firewall.Exposure;
import io.secamo.processes.firewall.Finding;
import io.secamo.processes.firewall.PortRange;
import io.secamo.processes.firewall.Protocol;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.text.Amount;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Says in one sentence what a change does.
 *
 * @param covering the rules that allow it already, if nothing is gained
 */
record PlanSentence(String group, List<Rule> toAdd, Exposure gained, List<Rule> covering) {
  private static final int MOST_REACHES = 2;
  private static final int MOST_RULES = 3;
  private static final int MOST_STILL_OPEN = 2;
  private static final int LONGEST_NUMBER = 33;

  private record Way(Rule.Direction direction, boolean ipv6, Protocol protocol, PortRange ports) {}

  String text(List<StillOpen> stillOpen, List<Finding> findings) {
    String adds =
        toAdd.isEmpty()
            ? "adds no rule to security group " + group
            : "adds " + Amount.of(toAdd.size(), "rule") + " to security group " + group;
    if (gained.isEmpty()) {
      return adds + "; nothing becomes reachable that is not already" + coveredBy(covering);
    }
    String risks = findings.isEmpty() ? "" : "; " + Amount.of(findings.size(), "risk") + " found";
    // Where all of it is open already, nothing is more than before, but longer.
    boolean more = stillOpen.stream().noneMatch(part -> part.what().equals(gained));
    return adds + ": " + reached(gained, more) + stillOpen(stillOpen) + risks;
  }

  private static String reached(Exposure some, boolean more) {
    Map<Way, AddressSet> reaches = reaches(some);
    List<String> said =
        reaches.entrySet().stream()
            .limit(MOST_REACHES)
            .map(reach -> reach(reach.getKey(), reach.getValue(), more))
            .toList();
    return String.join(", ", said) + more(reaches.size(), MOST_REACHES);
  }

  /** In the past tense: people may read it later. */
  private String stillOpen(List<StillOpen> parts) {
    StringBuilder said = new StringBuilder();
    for (StillOpen part : parts.subList(0, Math.min(parts.size(), MOST_STILL_OPEN))) {
      boolean all = part.what().equals(gained);
      said.append(all ? "; all of it" : "; of that")
          .append(" was open already, until ")
          .append(part.until())
          .append(" by ")
          .append(part.by())
          .append(all ? "" : ": " + reached(part.what(), true));
    }
    return said + more(parts.size(), MOST_STILL_OPEN);
  }

  private static String coveredBy(List<Rule> covering) {
    List<String> said = covering.stream().limit(MOST_RULES).map(Rule::toString).toList();
    return said.isEmpty()
        ? ""
        : ": covered by " + String.join(", ", said) + more(covering.size(), MOST_RULES);
  }

  private static Map<Way, AddressSet> reaches(Exposure gained) {
    Map<Way, AddressSet> reaches = new LinkedHashMap<>();
    for (Rule rule : gained.asRules()) {
      Way way = new Way(rule.direction(), rule.peer().ipv6(), rule.protocol(), rule.ports());
      reaches.merge(way, AddressSet.of(rule.peer()), AddressSet::plus);
    }
    return reaches;
  }

  /** For example {@code +256 public IPv4 addresses can reach tcp 443}. */
  private static String reach(Way way, AddressSet peers, boolean more) {
    String ports = way.ports().equals(PortRange.ALL) ? "" : " " + way.ports();
    String what = way.protocol().name().toLowerCase(Locale.ROOT) + ports;
    boolean in = way.direction() == Rule.Direction.INGRESS;
    Cidr all = way.ipv6() ? Cidr.ANY_IPV6 : Cidr.ANY_IPV4;
    if (peers.equals(AddressSet.of(all))) {
      String everywhere = Cidr.EVERYWHERE.formatted(all);
      return in ? everywhere + " can reach " + what : "it can reach " + what + " on " + everywhere;
    }
    String addresses = addresses(peers, way.ipv6());
    return in
        ? (more ? "+" : "") + addresses + " can reach " + what
        : "it can reach " + what + " on " + addresses + (more ? " more" : "");
  }

  private static String addresses(AddressSet peers, boolean ipv6) {
    AddressSet open = AddressSpace.publicOf(peers, ipv6);
    return number(peers.size())
        + (open.isEmpty() ? " private" : open.equals(peers) ? " public" : "")
        + (ipv6 ? " IPv6" : " IPv4")
        + (peers.size().equals(BigInteger.ONE) ? " address" : " addresses");
  }

  private static String number(BigInteger size) {
    if (size.bitLength() <= LONGEST_NUMBER) {
      return size.toString();
    }
    int power = size.bitLength() - 1;
    return (size.bitCount() == 1 ? "2^" : "more than 2^") + power;
  }

  private static String more(int all, int said) {
    return all > said ? " and " + (all - said) + " more" : "";
  }
}
