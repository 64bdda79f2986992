package io.secamo.processes.connector.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.connector.http.VendorText;
import io.secamo.processes.firewall.Cidr;
import io.secamo.processes.firewall.PortRange;
import io.secamo.processes.firewall.Protocol;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.text.Limit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Neutron's form of a rule and ours. Null means "any" for protocol, ports and prefix; every port of
 * TCP or UDP becomes null on the server; protocols come by name or number; networks come with the
 * bits behind the prefix that somebody typed (Networking API v2.0, security-group-rules).
 */
final class RuleForm {
  /** Those of its answers about groups and rules that are looked at. */
  static final Set<String> FIELDS =
      Set.of(
          "security_groups",
          "security_groups_links",
          "security_group_rules",
          "security_group_rules_links",
          "security_group_rule",
          "security_group_id",
          "rel",
          "id",
          "name",
          "direction",
          "ethertype",
          "protocol",
          "port_range_min",
          "port_range_max",
          "remote_ip_prefix",
          "remote_group_id",
          "remote_address_group_id",
          "description");

  /** Neutron keeps 255 characters: what is longer is no marker of ours, and stays none. */
  private static final int MARKER = 1000;

  /** Of the longest network, and some more. */
  private static final int NETWORK = 100;

  private RuleForm() {}

  /**
   * A rule as Neutron tells it; nothing if it cannot be said exactly by a network, ports and one of
   * our protocols: another group or an address group as peer, single ICMP types, protocols without
   * a name here, directions and families that are neither of two. Such a rule opens less than the
   * nearest one we could say.
   */
  static Optional<LiveRule> read(JsonNode json) {
    boolean ipv6 = json.path("ethertype").asText().equals("IPv6");
    boolean egress = json.path("direction").asText().equals("egress");
    Optional<Protocol> protocol = protocol(json.path("protocol"), ipv6);
    Optional<PortRange> ports = ports(json);
    boolean symbolic =
        json.hasNonNull("remote_group_id") || json.hasNonNull("remote_address_group_id");
    if (!json.hasNonNull("id") || symbolic || protocol.isEmpty() || ports.isEmpty()) {
      return Optional.empty();
    }
    boolean family = ipv6 || json.path("ethertype").asText().equals("IPv4");
    boolean direction = egress || json.path("direction").asText().equals("ingress");
    if (!family || !direction) {
      return Optional.empty();
    }
    if (!protocol.get().hasPorts() && !ports.get().equals(PortRange.ALL)) {
      return Optional.empty();
    }
    Rule.Direction towards = egress ? Rule.Direction.EGRESS : Rule.Direction.INGRESS;
    Rule rule = new Rule(towards, protocol.get(), ports.get(), peer(json, ipv6));
    return Optional.of(
        new LiveRule(
            Identifier.of("id of a rule", json.path("id").asText()),
            rule,
            Limit.first(MARKER, json.path("description").asText(""))));
  }

  private static Optional<Protocol> protocol(JsonNode json, boolean ipv6) {
    if (json.isNull() || json.isMissingNode()) {
      return Optional.of(Protocol.ANY);
    }
    return switch (json.asText().toLowerCase(Locale.ROOT)) {
      case "tcp", "6" -> Optional.of(Protocol.TCP);
      case "udp", "17" -> Optional.of(Protocol.UDP);
      // For IPv6 Neutron takes the name icmp for ICMPv6 (it answers 409 to the other).
      case "icmp", "1" -> Optional.of(ipv6 ? Protocol.ICMPV6 : Protocol.ICMP);
      case "icmpv6", "ipv6-icmp", "58" -> Optional.of(Protocol.ICMPV6);
      default -> Optional.empty();
    };
  }

  private static Optional<PortRange> ports(JsonNode json) {
    boolean low = json.hasNonNull("port_range_min");
    boolean high = json.hasNonNull("port_range_max");
    if (!low && !high) {
      return Optional.of(PortRange.ALL);
    }
    int first = json.path("port_range_min").asInt(-1);
    int last = json.path("port_range_max").asInt(-1);
    return low && high && 0 <= first && first <= last && last <= 65535
        ? Optional.of(new PortRange(first, last))
        : Optional.empty();
  }

  private static Cidr peer(JsonNode json, boolean ipv6) {
    if (!json.hasNonNull("remote_ip_prefix")) {
      return ipv6 ? Cidr.ANY_IPV6 : Cidr.ANY_IPV4;
    }
    try {
      return Cidr.parseLenient(Limit.to(NETWORK, json.path("remote_ip_prefix").asText()));
    } catch (IllegalArgumentException unreadable) {
      throw new ConnectorFailure.Refused(
          "OpenStack Neutron shows a rule for "
              + VendorText.line(NETWORK, json.path("remote_ip_prefix").asText())
              + ", which is no network: look at rule "
              + VendorText.line(NETWORK, json.path("id").asText()));
    }
  }

  /**
   * The body that makes a rule.
   *
   * @throws ConnectorFailure.Refused if Neutron has no such rule
   */
  static JsonNode write(String group, Rule rule, String marker) {
    refuseWhatCannotBe(rule);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode json = body.putObject("security_group_rule");
    json.put("security_group_id", group);
    json.put("direction", rule.direction().name().toLowerCase(Locale.ROOT));
    json.put("ethertype", rule.peer().ipv6() ? "IPv6" : "IPv4");
    json.put("remote_ip_prefix", rule.peer().text());
    json.put("description", marker);
    if (rule.protocol() != Protocol.ANY) {
      json.put(
          "protocol",
          rule.protocol() == Protocol.ICMPV6
              ? "ipv6-icmp"
              : rule.protocol().name().toLowerCase(Locale.ROOT));
    }
    if (!rule.ports().equals(PortRange.ALL)) {
      json.put("port_range_min", rule.ports().low());
      json.put("port_range_max", rule.ports().high());
    }
    return body;
  }

  private static void refuseWhatCannotBe(Rule rule) {
    if (rule.ports().low() == 0 && !rule.ports().equals(PortRange.ALL)) {
      throw new ConnectorFailure.Refused(
          "OpenStack has no port 0, asked was " + rule + ": begin at port 1");
    }
    boolean wrongFamily =
        (rule.protocol() == Protocol.ICMP && rule.peer().ipv6())
            || (rule.protocol() == Protocol.ICMPV6 && !rule.peer().ipv6());
    if (wrongFamily) {
      throw new ConnectorFailure.Refused(
          "'" + rule + "' mixes families: ICMP goes with IPv4 peers, ICMPv6 with IPv6 peers");
    }
    if (rule.protocol() == Protocol.OTHER) {
      throw new ConnectorFailure.Refused(
          "'" + rule + "' names no protocol: ask for TCP, UDP, ICMP, ICMPv6 or any");
    }
  }
}
