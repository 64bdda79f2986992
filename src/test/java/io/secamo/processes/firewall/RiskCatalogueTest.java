package io.secamo.processes.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  }

  @Test
  void aFindingReadsAsASentence() {
    Exposure gained = Exposure.of(List.of(Rule.parse("Ingress tcp 22 from 0.0.0.0/0")));
    assertThat(RiskCatalogue.judge(gained, true).get(0))
        .hasToString(
            "FW-001 Critical: administration ports from the internet (CIS AWS 5.3): "
                + evidenceOf(gained));
  }

  private static String evidenceOf(Exposure gained) {
    String text = RiskCatalogue.judge(gained, true).get(0).text();
    String evidence = text.substring(text.indexOf("): ") + 3);
    assertThat(evidence).startsWith("Ingress tcp 22 from 0.0.0.0/5; ").endsWith(" more");
    return evidence;
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/8, '10.1.2.3/8' has bits set behind its prefix: write 10.0.0.0/8",
    "::ffff:10.0.0.0/104, '::ffff:10.0.0.0/104' is an IPv4 address written as IPv6: write it as"
        + " IPv4",
    "300.1.1.1, '300.1.1.1' is not a network or address: write for example 203.0.113.0/24",
    "10.0.0.010, '10.0.0.010' is not a network or address: write for example 203.0.113.0/24",
    "*, '*' is not a network or address: write for example 203.0.113.0/24",
  })
  void aWrongNetworkIsExplained(String text, String sentence) {
    String plain = sentence.startsWith("'") ? sentence : "'" + text + "'" + sentence;
    assertThatThrownBy(() -> Cidr.parse(text))
        .hasMessageContaining(plain.substring(plain.indexOf("' ") + 2));
  }

  @Test
  void networksAreCanonical() {
    assertThat(Cidr.parse("198.51.100.7")).hasToString("198.51.100.7/32");
    assertThat(Cidr.parse("2001:DB8:0:0::/48")).hasToString("2001:db8::/48");
    assertThat(Cidr.parseLenient("10.1.2.3/8")).hasToString("10.0.0.0/8");
  }

  private static List<String> ids(boolean temporary, String... rules) {
    Exposure gained = Exposure.of(Stream.of(rules).map(Rule::parse).toList());
    return RiskCatalogue.judge(gained, temporary).stream().map(Finding::id).toList();
  }
}
