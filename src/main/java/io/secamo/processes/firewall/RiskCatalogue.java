package io.secamo.processes.firewall;

import io.secamo.processes.firewall.Exposure.Lane;
import io.secamo.processes.firewall.Exposure.Segment;
import io.secamo.processes.firewall.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The risk checks, applied to what becomes reachable rather than to the text of rules: opening the
 * internet in two halves is found as well. Port lists follow CIS Benchmarks and Prowler.
 */
public final class RiskCatalogue {
  private static final int EVIDENCE = 3;
  private static final List<Integer> ADMIN =
      List.of(22, 23, 2375, 2376, 2379, 2380, 3389, 5900, 5985, 5986, 6443, 10250);
  private static final List<Integer> DATA =
      List.of(
          1433, 1434, 1521, 2483, 3306, 5432, 5601, 6379, 7199, 8888, 9092, 9160, 9200, 9300, 11211,
          27017, 27018);
  private static final List<Integer> RISKY =
      List.of(25, 110, 135, 143, 445, 3000, 4333, 5000, 5500, 8080, 8088);
  private static final List<Integer> AUTHORISED = List.of(80, 443);
  private static final List<Integer> CLEAR_TEXT =
      List.of(20, 21, 23, 69, 80, 110, 143, 161, 389, 512, 513, 514);

  /**
   * Everything that is not set aside for private use. Documentation networks count as public,
   * because examples use them in the place of real addresses.
   */
  private static final AddressSet PRIVATE_IPV4 =
      networks(
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "224.0.0.0/4",
          "240.0.0.0/4");

  private static final AddressSet PRIVATE_IPV6 =
      networks("::1/128", "fc00::/7", "fe80::/10", "ff00::/8");

  private final Exposure gained;
  private final List<Rule> open;

  private RiskCatalogue(Exposure gained) {
    this.gained = gained;
    this.open = onlyPublic(gained).asRules();
  }

  /**
   * The risks of a change.
   *
   * @param gained what becomes reachable
   * @param temporary whether it ends by itself
   */
  public static List<Finding> judge(Exposure gained, boolean temporary) {
    RiskCatalogue catalogue = new RiskCatalogue(gained);
    List<Finding> findings = new ArrayList<>();
    catalogue.ports(findings);
    catalogue.shape(findings);
    boolean grave = findings.stream().anyMatch(f -> f.severity().compareTo(Severity.HIGH) <= 0);
    if (grave && !temporary) {
      findings.add(
          new Finding(
              "FW-016", Severity.MEDIUM, "a risky access without an end: give expiresAfter"));
    }
    return findings;
  }

  private void ports(List<Finding> findings) {
    add(
        findings,
        "FW-001",
        Severity.CRITICAL,
        "administration ports from the internet (CIS AWS 5.3)",
        ingress(r -> hits(r, ADMIN)));
    add(
        findings,
        "FW-002",
        Severity.CRITICAL,
        "every port from the internet (CKV_AWS_277)",
        ingress(
            r ->
                r.ports().equals(PortRange.ALL)
                    && r.protocol() != Protocol.ICMP
                    && r.protocol() != Protocol.ICMPV6));
    add(
        findings,
        "FW-003",
        Severity.CRITICAL,
        "data stores from the internet (Prowler)",
        ingress(r -> hits(r, DATA)));
    add(
        findings,
        "FW-004",
        Severity.HIGH,
        "high-risk ports from the internet (Prowler)",
        ingress(r -> hits(r, RISKY)));
    add(
        findings,
        "FW-005",
        Severity.HIGH,
        "ports other than 80 and 443 from the internet (Security Hub EC2.18)",
        ingress(r -> r.protocol() == Protocol.TCP && !onlyAuthorised(r)));
    add(
        findings,
        "FW-006",
        Severity.MEDIUM,
        "clear-text protocols from the internet (CKV_AWS_260)",
        ingress(r -> hits(r, CLEAR_TEXT)));
    add(
        findings,
        "FW-007",
        Severity.HIGH,
        "UDP from the internet (CIS Azure 7.3)",
        ingress(r -> r.protocol() == Protocol.UDP));
  }

  private void shape(List<Finding> findings) {
    add(
        findings,
        "FW-008",
        Severity.MEDIUM,
        "a public network wider than /24 or /48 (Prowler)",
        ingress(r -> size(r) > (r.peer().ipv6() ? 80 : 8)));
    add(
        findings,
        "FW-009",
        Severity.MEDIUM,
        "a whole private network",
        gained.asRules().stream()
            .filter(
                r ->
                    r.peer().text().equals("10.0.0.0/8")
                        || r.peer().text().equals("172.16.0.0/12")));
    add(
        findings,
        "FW-010",
        Severity.MEDIUM,
        "more than 100 ports at once (Prowler)",
        gained.asRules().stream()
            .filter(r -> r.protocol().hasPorts() && r.ports().high() - r.ports().low() >= 100));
    add(
        findings,
        "FW-011",
        Severity.MEDIUM,
        "everything to everywhere (CKV_AWS_382)",
        gained.asRules().stream()
            .filter(
                r ->
                    r.direction() == Rule.Direction.EGRESS
                        && r.protocol() == Protocol.ANY
                        && size(r) == (r.peer().ipv6() ? 128 : 32)));
  }

  private Stream<Rule> ingress(Predicate<Rule> dangerous) {
    return open.stream().filter(r -> r.direction() == Rule.Direction.INGRESS).filter(dangerous);
  }

  private static void add(
      List<Finding> findings, String id, Severity severity, String text, Stream<Rule> evidence) {
    List<String> lines = evidence.map(Rule::toString).toList();
    if (!lines.isEmpty()) {
      String more = lines.size() > EVIDENCE ? " and " + (lines.size() - EVIDENCE) + " more" : "";
      String shown = String.join("; ", lines.subList(0, Math.min(EVIDENCE, lines.size())));
      findings.add(new Finding(id, severity, text + ": " + shown + more));
    }
  }

  private static boolean hits(Rule rule, List<Integer> ports) {
    boolean transport = rule.protocol().hasPorts() || rule.protocol() == Protocol.ANY;
    return transport
        && ports.stream().anyMatch(p -> rule.ports().low() <= p && p <= rule.ports().high());
  }

  private static boolean onlyAuthorised(Rule rule) {
    return rule.ports().low() == rule.ports().high() && AUTHORISED.contains(rule.ports().low());
  }

  /** Size of the peer network as a power of two. */
  private static int size(Rule rule) {
    return rule.peer().size().bitLength() - 1;
  }

  private static Exposure onlyPublic(Exposure all) {
    Map<Lane, List<Segment>> lanes = new TreeMap<>();
    all.lanes()
        .forEach(
            (lane, segments) -> {
              AddressSet reserved = lane.ipv6() ? PRIVATE_IPV6 : PRIVATE_IPV4;
              List<Segment> left =
                  segments.stream()
                      .map(s -> new Segment(s.low(), s.high(), s.peers().minus(reserved)))
                      .filter(s -> !s.peers().isEmpty())
                      .toList();
              if (!left.isEmpty()) {
                lanes.put(lane, left);
              }
            });
    return new Exposure(lanes);
  }

  private static AddressSet networks(String... texts) {
    return AddressSet.of(Stream.of(texts).map(Cidr::parse).toList());
  }
}
