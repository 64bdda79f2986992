package io.secamo.processes.firewall;

import io.secamo.processes.firewall.Finding.Severity;
import io.secamo.processes.firewall.Rule.Direction;
import io.secamo.processes.firewall.Runs.Run;
import io.secamo.processes.firewall.Whereabouts.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The risk checks, applied to what becomes reachable rather than to the text of rules: opening the
 * internet in two halves is found as well. Port lists follow CIS Benchmarks and Prowler; they hold
 * for TCP and UDP alike, as in CIS.
 */
public final class RiskCatalogue {
  private static final List<PortRange> ADMIN =
      ports(22, 23, 2375, 2376, 2379, 2380, 3389, 5900, 5985, 5986, 6443, 10250);
  private static final List<PortRange> DATA =
      ports(
          1433, 1434, 1521, 2483, 3306, 5432, 5601, 6379, 7199, 8888, 9092, 9160, 9200, 9300, 11211,
          27017, 27018);
  private static final List<PortRange> RISKY =
      ports(25, 110, 135, 143, 445, 3000, 4333, 5000, 5500, 8080, 8088);
  private static final List<PortRange> CLEAR_TEXT =
      ports(20, 21, 23, 69, 80, 110, 143, 161, 389, 512, 513, 514);

  /** What is left of the port axis without the authorised public ports 80 and 443. */
  private static final List<PortRange> UNAUTHORISED =
      List.of(new PortRange(1, 79), new PortRange(81, 442), new PortRange(444, 65535));

  /** Half of all ports is as good as all of them; a port that is open already is not gained. */
  private static final int NEARLY_EVERY_PORT = 32_768;

  private static final int MANY_PORTS = 100;
  private static final int TOO_MANY_PORTS = 1000;

  private static final List<Function<Reach, Optional<Finding>>> CHECKS =
      List.of(
          RiskCatalogue::adminPorts,
          RiskCatalogue::everyPort,
          RiskCatalogue::dataStores,
          RiskCatalogue::riskyPorts,
          RiskCatalogue::unauthorisedPorts,
          RiskCatalogue::clearText,
          RiskCatalogue::publicUdp,
          RiskCatalogue::widePublicNetwork,
          RiskCatalogue::widePrivateNetwork,
          RiskCatalogue::manyPorts,
          RiskCatalogue::everythingOut);

  private RiskCatalogue() {}

  /**
   * The risks of a change, in the order of their ids.
   *
   * @param gained what becomes reachable
   * @param temporary whether it ends by itself
   */
  public static List<Finding> judge(Exposure gained, boolean temporary) {
    Reach reach = new Reach(gained);
    List<Finding> findings = new ArrayList<>();
    CHECKS.forEach(check -> check.apply(reach).ifPresent(findings::add));
    if (!temporary) {
      withoutEnd(reach, findings).ifPresent(findings::add);
    }
    return List.copyOf(findings);
  }

  private static Optional<Finding> adminPorts(Reach reach) {
    String text = "administration ports from the internet (CIS AWS 5.3)";
    return finding("FW-001", Severity.CRITICAL, text, reach.ofPublic(ADMIN, Protocol::hasPorts));
  }

  private static Optional<Finding> everyPort(Reach reach) {
    List<Hit> hits = new ArrayList<>(reach.ofPublicRuns(NEARLY_EVERY_PORT, Protocol::hasPorts));
    hits.addAll(reach.ofPublicRuns(1, protocol -> protocol == Protocol.OTHER));
    String text = "every port or protocol, or nearly so, from the internet (CKV_AWS_277)";
    return finding("FW-002", Severity.CRITICAL, text, hits);
  }

  private static Optional<Finding> dataStores(Reach reach) {
    String text = "data stores from the internet (Prowler)";
    return finding("FW-003", Severity.CRITICAL, text, reach.ofPublic(DATA, Protocol::hasPorts));
  }

  private static Optional<Finding> riskyPorts(Reach reach) {
    String text = "high-risk ports from the internet (Prowler)";
    return finding("FW-004", Severity.HIGH, text, reach.ofPublic(RISKY, Protocol::hasPorts));
  }

  private static Optional<Finding> unauthorisedPorts(Reach reach) {
    List<Hit> hits = reach.ofPublic(UNAUTHORISED, protocol -> protocol == Protocol.TCP);
    String text = "ports other than 80 and 443 from the internet (Security Hub EC2.18)";
    return finding("FW-005", Severity.HIGH, text, hits);
  }

  private static Optional<Finding> clearText(Reach reach) {
    List<Hit> hits = reach.ofPublic(CLEAR_TEXT, Protocol::hasPorts);
    boolean onlyWeb = hits.stream().allMatch(hit -> hit.ports().low() == 80);
    String text = "clear-text protocols from the internet (CKV_AWS_260)";
    return finding("FW-006", onlyWeb ? Severity.MEDIUM : Severity.HIGH, text, hits);
  }

  private static Optional<Finding> publicUdp(Reach reach) {
    List<Hit> hits = reach.ofPublicRuns(1, protocol -> protocol == Protocol.UDP);
    return finding("FW-007", Severity.HIGH, "UDP from the internet (CIS Azure 7.3)", hits);
  }

  private static Optional<Finding> widePublicNetwork(Reach reach) {
    String text = "a public network wider than /24 or /48 (Prowler)";
    return finding("FW-008", Severity.MEDIUM, text, reach.ofWidePublic());
  }

  private static Optional<Finding> widePrivateNetwork(Reach reach) {
    String text = "a whole private network, 10.0.0.0/8 or 172.16.0.0/12, or most of it";
    return finding("FW-009", Severity.MEDIUM, text, reach.ofWidePrivate());
  }

  private static Optional<Finding> manyPorts(Reach reach) {
    List<Hit> hits = reach.ofRuns(run -> run.length() > MANY_PORTS || hidesAService(run));
    boolean tooMany = hits.stream().anyMatch(RiskCatalogue::hasTooManyPorts);
    String text = "more than 100 ports at once, or a sensitive one among others (Prowler)";
    return finding("FW-010", tooMany ? Severity.HIGH : Severity.MEDIUM, text, hits);
  }

  private static Optional<Finding> everythingOut(Reach reach) {
    List<Hit> hits = reach.ofEverywhere(NEARLY_EVERY_PORT);
    return finding("FW-011", Severity.MEDIUM, "everything to everywhere (CKV_AWS_382)", hits);
  }

  private static Optional<Finding> withoutEnd(Reach reach, List<Finding> others) {
    List<Hit> open = reach.ofPublicRuns(1, protocol -> true);
    if (!open.isEmpty()) {
      String text = "access from the internet without an end, give expiresAfter";
      return finding("FW-016", Severity.MEDIUM, text, open);
    }
    boolean grave = others.stream().anyMatch(f -> f.severity().compareTo(Severity.HIGH) <= 0);
    String text = "a risky access without an end: give expiresAfter";
    return grave ? Optional.of(new Finding("FW-016", Severity.MEDIUM, text)) : Optional.empty();
  }

  /** Outgoing port ranges are judged more mildly: replies and clients need many. */
  private static boolean hasTooManyPorts(Hit hit) {
    return hit.lane().direction() == Direction.INGRESS
        && hit.ports().high() - hit.ports().low() >= TOO_MANY_PORTS;
  }

  /** Whether an administration or data port lies in a range that has others as well. */
  private static boolean hidesAService(Run run) {
    long sensitive = IntStream.of(inside(ADMIN, run), inside(DATA, run)).sum();
    return sensitive > 0 && sensitive < run.length();
  }

  private static int inside(List<PortRange> ports, Run run) {
    return (int)
        ports.stream()
            .filter(p -> run.ports().low() <= p.low() && p.low() <= run.ports().high())
            .count();
  }

  private static Optional<Finding> finding(
      String id, Severity severity, String text, List<Hit> hits) {
    return hits.isEmpty()
        ? Optional.empty()
        : Optional.of(new Finding(id, severity, text + ": " + Whereabouts.of(hits)));
  }

  private static List<PortRange> ports(int... single) {
    return IntStream.of(single).mapToObj(port -> new PortRange(port, port)).toList();
  }
}
