package io.secamo.processes.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A finding names the ports and networks that it is about, no others, and not too many. */
class RiskEvidenceTest {
  @Test
  void privatePeersAreNotNamedWhereTheInternetIsTheRisk() {
    assertThat(
            evidence("FW-001", "Ingress tcp 22 from 8.8.8.0/24", "Ingress tcp 22 from 10.1.0.0/24"))
        .isEqualTo("tcp 22 from 8.8.8.0/24");
  }

  @Test
  void aNetworkThatIsPartlyPublicIsNamedWhole() {
    assertThat(evidence("FW-001", "Ingress tcp 22 from 10.0.0.0/7"))
        .isEqualTo("tcp 22 from 10.0.0.0/7");
  }

  @Test
  void threePortsAreNamedAndThreeNetworks() {
    assertThat(
            evidence(
                "FW-004",
                "Ingress tcp 25 from 8.8.1.0/24",
                "Ingress tcp 25 from 8.8.3.0/24",
                "Ingress tcp 25 from 8.8.5.0/24",
                "Ingress tcp 110 from 8.8.1.0/24",
                "Ingress tcp 110 from 8.8.3.0/24",
                "Ingress tcp 110 from 8.8.5.0/24",
                "Ingress tcp 135 from 8.8.1.0/24",
                "Ingress tcp 135 from 8.8.3.0/24",
                "Ingress tcp 135 from 8.8.5.0/24"))
        .isEqualTo("tcp 25, 110, 135 from 8.8.1.0/24, 8.8.3.0/24, 8.8.5.0/24");
  }

  @Test
  void placesWithOtherPeersOrProtocolsAreSaidOneByOne() {
    assertThat(
            evidence(
                "FW-004",
                "Ingress tcp 25 from 8.8.1.0/24",
                "Ingress tcp 110 from 8.8.3.0/24",
                "Ingress tcp 135 from 8.8.5.0/24",
                "Ingress udp 25 from 2001:db8::/64"))
        .isEqualTo(
            "tcp 25 from 8.8.1.0/24; tcp 110 from 8.8.3.0/24; tcp 135 from 8.8.5.0/24 and 1 more");
  }

  @Test
  void everyPortIsSaidWithoutPorts() {
    assertThat(evidence("FW-002", "Ingress any from 8.8.8.0/24"))
        .isEqualTo("tcp from 8.8.8.0/24; udp from 8.8.8.0/24; other from 8.8.8.0/24");
    assertThat(evidence("FW-007", "Ingress udp 1-65534 from 8.8.8.0/24"))
        .isEqualTo("udp 1-65534 from 8.8.8.0/24");
  }

  @Test
  void wideNetworksAreNamedWithTheirPorts() {
    assertThat(evidence("FW-008", "Ingress tcp 443-444 from 8.8.0.0/16"))
        .isEqualTo("tcp 443-444 from 8.8.0.0/16");
    assertThat(evidence("FW-009", "Egress tcp 443-444 to 172.16.0.0/12"))
        .isEqualTo("tcp 443-444 to 172.16.0.0/12");
  }

  @Test
  void aRowOfPortsIsNamedWholeHoweverItIsCut() {
    assertThat(
            evidence(
                "FW-010",
                "Ingress tcp 2000-2050 from 10.1.0.0/24",
                "Ingress tcp 2051-2100 from 10.1.0.0/24",
                "Ingress tcp 2040-2060 from 10.2.0.0/24"))
        .isEqualTo("tcp 2000-2100 from 10.1.0.0/24");
    assertThat(evidence("FW-010", "Egress udp 2000-2200 to 10.1.0.0/24"))
        .isEqualTo("udp 2000-2200 to 10.1.0.0/24");
  }

  @Test
  void everywhereIsWhatEveryProtocolReaches() {
    assertThat(
            evidence(
                "FW-011",
                "Egress tcp to 0.0.0.0/0",
                "Egress udp 1-40000 to 0.0.0.0/1",
                "Egress udp 1-50000 to 128.0.0.0/2",
                "Egress other to 0.0.0.0/0"))
        .isEqualTo("any to 0.0.0.0/1, 128.0.0.0/2");
  }

  private static String evidence(String id, String... rules) {
    List<Rule> gained = Stream.of(rules).map(Rule::parse).toList();
    String text =
        RiskCatalogue.judge(Exposure.of(gained), true).stream()
            .filter(finding -> finding.id().equals(id))
            .findFirst()
            .orElseThrow()
            .text();
    return text.substring(text.lastIndexOf(": ") + 2);
  }
}
