package io.secamo.processes.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which risks are found, and which are not. */
class RiskCatalogueTest {
  @ParameterizedTest
  @CsvSource({
    "Ingress tcp 22 from 0.0.0.0/0, FW-001",
    "Ingress tcp 20-30 from 198.51.100.0/24, FW-001",
    "Ingress any from 0.0.0.0/0, FW-002",
    "Ingress tcp 5432 from 8.8.8.0/24, FW-003",
    "Ingress tcp 8080 from 8.8.8.0/24, FW-004",
    "Ingress tcp 8443 from 8.8.8.0/24, FW-005",
    "Ingress tcp 80 from 8.8.8.0/24, FW-006",
    "Ingress udp 53 from 8.8.8.0/24, FW-007",
    "Ingress tcp 443 from 8.8.0.0/16, FW-008",
    "Ingress tcp 443 from 2001:db8::/32, FW-008",
    "Ingress tcp 443 from 10.0.0.0/8, FW-009",
    "Ingress tcp 2000-2200 from 10.1.0.0/24, FW-010",
    "Egress any to 0.0.0.0/0, FW-011",
  })
  void aRiskIsFound(String rule, String id) {
    assertThat(ids(true, rule)).contains(id);
  }

  @ParameterizedTest
  @CsvSource({
    "Ingress tcp 443 from 203.0.113.0/24",
    "Ingress tcp 22 from 10.1.2.0/24",
    "Egress tcp 443 to 198.51.100.7",
    "Ingress icmp from 203.0.113.0/24",
  })
  void whatIsHarmlessIsNotAccused(String rule) {
    assertThat(ids(true, rule)).isEmpty();
  }

  @Test
  void splittingTheInternetInHalvesDoesNotHelp() {
    assertThat(ids(true, "Ingress tcp 3389 from 0.0.0.0/1", "Ingress tcp 3389 from 128.0.0.0/1"))
        .contains("FW-001", "FW-008");
  }

  @Test
  void aGraveRiskWithoutAnEndIsOneMore() {
    assertThat(ids(false, "Ingress tcp 22 from 0.0.0.0/0")).contains("FW-016");
    assertThat(ids(true, "Ingress tcp 22 from 0.0.0.0/0")).doesNotContain("FW-016");
    assertThat(ids(false, "Ingress tcp 443 from 203.0.113.0/24")).containsExactly("FW-016");
    assertThat(ids(false, "Ingress tcp 1-65535 from 10.1.0.0/24")).contains("FW-016");
    assertThat(ids(false, "Ingress tcp 443 from 10.1.0.0/24")).isEmpty();
  }

  @Test
  void aFindingReadsAsASentence() {
    Exposure gained = Exposure.of(List.of(Rule.parse("Ingress tcp 22 from 0.0.0.0/0")));
    assertThat(RiskCatalogue.judge(gained, true).get(0))
        .hasToString(
            "FW-001 Critical: administration ports from the internet (CIS AWS 5.3): tcp 22 from"
                + " 0.0.0.0/0");
  }

  /** Its own line is part of what people voted on, and stays as it is. */
  @Test
  void aFindingIsSpokenOfWithTheWholeInternet() {
    assertThat(Finding.spoken("FW-001 Critical: (CIS): tcp 22 from 0.0.0.0/0; tcp 23 from ::/0"))
        .isEqualTo(
            "FW-001 Critical: (CIS): tcp 22 from the whole internet (0.0.0.0/0); tcp 23 from the"
                + " whole internet (::/0)");
    assertThat(Finding.spoken("any to 10.0.0.0/8, 0.0.0.0/0"))
        .isEqualTo("any to 10.0.0.0/8, the whole internet (0.0.0.0/0)");
    assertThat(Finding.spoken("from 10.0.0.0/0.1, 100.0.0.0/06, 2001:db8::/0"))
        .isEqualTo("from 10.0.0.0/0.1, 100.0.0.0/06, 2001:db8::/0");
  }

  @Test
  void privatePeersNextToPublicOnesHideNothing() {
    assertThat(
            ids(
                true,
                "Ingress tcp 1-40000 from 8.8.8.0/24",
                "Ingress tcp 40001-65535 from 8.8.8.0/24",
                "Ingress tcp 1-40000 from 10.1.0.0/24"))
        .contains("FW-002");
  }

  @Test
  void aWideNetworkInPiecesIsWide() {
    assertThat(ids(true, "Ingress tcp 443 from 8.8.1.0/24", "Ingress tcp 443 from 8.8.2.0/24"))
        .containsExactly("FW-008");
    assertThat(ids(true, "Ingress tcp 443 from 10.0.0.0/9", "Ingress tcp 443 from 10.128.0.0/9"))
        .containsExactly("FW-009");
    assertThat(ids(true, "Ingress tcp 443 from 10.0.0.0/8", "Ingress tcp 443 from 11.0.0.0/8"))
        .contains("FW-009");
  }

  @Test
  void whatIsOpenAlreadyDoesNotMakeTheRestHarmless() {
    Exposure gained =
        Exposure.of(List.of(Rule.parse("Egress any to 0.0.0.0/0")))
            .minus(Exposure.of(List.of(Rule.parse("Egress tcp 443 to 0.0.0.0/0"))));
    assertThat(RiskCatalogue.judge(gained, true)).extracting(Finding::id).contains("FW-011");
  }

  @Test
  void everyProtocolIsSaidByAnyOrOneByOne() {
    assertThat(
            ids(
                true,
                "Ingress tcp from 8.8.8.0/24",
                "Ingress udp from 8.8.8.0/24",
                "Ingress icmp from 8.8.8.0/24",
                "Ingress other from 8.8.8.0/24"))
        .isEqualTo(ids(true, "Ingress any from 8.8.8.0/24"))
        .containsExactly(
            "FW-001", "FW-002", "FW-003", "FW-004", "FW-005", "FW-006", "FW-007", "FW-010");
  }

  @ParameterizedTest
  @CsvSource({
    "Ingress tcp 80 from 8.8.8.0/24, FW-006 Medium",
    "Ingress tcp 143 from 8.8.8.0/24, FW-006 High",
    "Ingress tcp 2000-2100 from 10.1.0.0/24, FW-010 Medium",
    "Ingress tcp 2000-3000 from 10.1.0.0/24, FW-010 High",
    "Egress tcp 2000-3000 to 10.1.0.0/24, FW-010 Medium",
    "Ingress tcp 20-30 from 10.1.0.0/24, FW-010 Medium",
    "Ingress udp 3389 from 2001:db8::/48, FW-001 Critical",
  })
  void severityFollowsWhatIsOpened(String rule, String beginning) {
    Exposure gained = Exposure.of(List.of(Rule.parse(rule)));
    assertThat(RiskCatalogue.judge(gained, true))
        .extracting(Finding::toString)
        .anyMatch(text -> text.startsWith(beginning + ":"));
  }

  @Test
  void evidenceIsCutToThreePortsAndNetworks() {
    Exposure gained =
        Exposure.of(
            Stream.of(1, 3, 5, 7, 9)
                .map(i -> Rule.parse("Ingress tcp 22-3389 from 8.8." + i + ".0/24"))
                .toList());
    assertThat(RiskCatalogue.judge(gained, true).get(0).text())
        .endsWith(
            ": tcp 22, 23, 2375 and 4 more from 8.8.1.0/24, 8.8.3.0/24, 8.8.5.0/24 and 2 more");
  }

  private static List<String> ids(boolean temporary, String... rules) {
    Exposure gained = Exposure.of(Stream.of(rules).map(Rule::parse).toList());
    return RiskCatalogue.judge(gained, temporary).stream().map(Finding::id).toList();
  }
}
