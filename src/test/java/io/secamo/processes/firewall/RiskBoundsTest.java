package io.secamo.processes.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each risk begins exactly where the catalogue says: the last harmless case and the next one. */
class RiskBoundsTest {
  @ParameterizedTest
  @CsvSource({
    "FW-002, tcp 1-32767 from 8.8.8.0/24, tcp 1-32768 from 8.8.8.0/24",
    "FW-002, udp 2-32768 from 8.8.8.0/24, udp 2-32769 from 8.8.8.0/24",
    "FW-002, icmp from 8.8.8.0/24, other from 8.8.8.0/24",
    "FW-002, other from 10.1.0.0/24, other from 8.8.8.0/24",
    "FW-001, tcp 24-100 from 8.8.8.0/24, tcp 23-100 from 8.8.8.0/24",
    "FW-001, tcp 10-21 from 8.8.8.0/24, tcp 10-22 from 8.8.8.0/24",
    "FW-003, tcp 27019-27020 from 8.8.8.0/24, tcp 27018-27020 from 8.8.8.0/24",
    "FW-003, other from 8.8.8.0/24, any from 8.8.8.0/24",
    "FW-004, tcp 24 from 8.8.8.0/24, tcp 25 from 8.8.8.0/24",
    "FW-006, tcp 81-100 from 8.8.8.0/24, tcp 80-100 from 8.8.8.0/24",
    "FW-007, tcp 443 from 8.8.8.0/24, udp 443 from 8.8.8.0/24",
    "FW-007, udp 443 from 10.1.0.0/24, udp 443 from 8.8.8.8/32",
    "FW-008, tcp 443 from 8.8.8.0/24, tcp 443 from 8.8.8.0/23",
    "FW-008, tcp 443 from 2001:db8::/48, tcp 443 from 2001:db8::/47",
    "FW-008, tcp 443 from 10.1.0.0/16, tcp 443 from 11.1.0.0/16",
    "FW-009, tcp 443 from 10.0.0.0/9, tcp 443 from 10.0.0.0/8",
    "FW-009, tcp 443 from 172.16.0.0/13, tcp 443 from 172.16.0.0/12",
    "FW-010, tcp 2000-2099 from 10.1.0.0/24, tcp 2000-2100 from 10.1.0.0/24",
    "FW-010, tcp 24-30 from 10.1.0.0/24, tcp 23-30 from 10.1.0.0/24",
    "FW-010, tcp 18-21 from 10.1.0.0/24, tcp 18-22 from 10.1.0.0/24",
    "FW-010, tcp 22-23 from 10.1.0.0/24, tcp 22-24 from 10.1.0.0/24",
    "FW-010, tcp 27017-27018 from 10.1.0.0/24, tcp 27017-27019 from 10.1.0.0/24",
    "FW-010, icmp from 10.1.0.0/24, udp from 10.1.0.0/24",
  })
  void aRiskBeginsWhereTheCatalogueSays(String id, String harmless, String risky) {
    assertThat(ids(true, "Ingress " + harmless)).doesNotContain(id);
    assertThat(ids(true, "Ingress " + risky)).contains(id);
  }

  @ParameterizedTest
  @CsvSource({
    "79, tcp 79",
    "79-81, 'tcp 79, 81'",
    "80-443, tcp 81-442",
    "442, tcp 442",
    "443-444, tcp 444",
    "1-65535, 'tcp 1-79, 81-442, 444-65535'",
  })
  void everyPortButTheWebsIsUnauthorisedAndNamed(String ports, String said) {
    assertThat(texts("Ingress tcp " + ports + " from 8.8.8.0/24"))
        .contains(
            "FW-005 High: ports other than 80 and 443 from the internet (Security Hub EC2.18): "
                + said
                + " from 8.8.8.0/24");
  }

  @ParameterizedTest
  @CsvSource({"tcp 80", "tcp 443", "udp 444", "icmp"})
  void theWebAndWhatIsNotTcpIsNoUnauthorisedPort(String what) {
    assertThat(ids(true, "Ingress " + what + " from 8.8.8.0/24")).doesNotContain("FW-005");
  }

  @Test
  void clearTextIsGraveAsSoonAsItIsMoreThanTheWeb() {
    assertThat(texts("Ingress tcp 80 from 8.8.8.0/24", "Ingress tcp 79 from 8.8.8.0/24"))
        .anyMatch(text -> text.startsWith("FW-006 Medium: "));
    assertThat(texts("Ingress tcp 80 from 8.8.8.0/24", "Ingress tcp 143 from 8.8.8.0/24"))
        .anyMatch(text -> text.startsWith("FW-006 High: "));
  }

  @Test
  void aThousandPortsAreManyAndOneMoreIsTooMany() {
    assertThat(texts("Ingress tcp 12000-12999 from 10.1.0.0/24"))
        .anyMatch(text -> text.startsWith("FW-010 Medium: "));
    assertThat(texts("Ingress tcp 12000-13000 from 10.1.0.0/24"))
        .anyMatch(text -> text.startsWith("FW-010 High: "));
  }

  @Test
  void moreThanHalfOfAPrivateNetworkIsMostOfIt() {
    assertThat(ids(true, "Egress tcp 443 to 10.0.0.0/9")).doesNotContain("FW-009");
    assertThat(ids(true, "Egress tcp 443 to 10.0.0.0/9", "Egress tcp 443 to 10.128.0.0/32"))
        .contains("FW-009");
  }

  @Test
  void moreThanHalfOfTheInternetIsEverywhere() {
    assertThat(ids(true, "Egress any to 0.0.0.0/1")).doesNotContain("FW-011");
    assertThat(ids(true, "Egress any to 0.0.0.0/1", "Egress any to 128.0.0.0/32"))
        .contains("FW-011");
    assertThat(ids(true, "Egress any to ::/1")).doesNotContain("FW-011");
    assertThat(texts("Egress any to ::/0"))
        .contains("FW-011 Medium: everything to everywhere (CKV_AWS_382): any to ::/0");
  }

  @Test
  void everythingOutMeansEveryProtocolWithHalfOfItsPorts() {
    String other = "Egress other to 0.0.0.0/0";
    assertThat(
            ids(true, other, "Egress tcp 1-32768 to 0.0.0.0/0", "Egress udp 1-32768 to 0.0.0.0/0"))
        .contains("FW-011");
    assertThat(
            ids(true, other, "Egress tcp 1-32767 to 0.0.0.0/0", "Egress udp 1-32768 to 0.0.0.0/0"))
        .doesNotContain("FW-011");
    assertThat(ids(true, "Egress tcp to 0.0.0.0/0", "Egress udp to 0.0.0.0/0"))
        .doesNotContain("FW-011");
    assertThat(ids(true, "Ingress any from 0.0.0.0/0")).doesNotContain("FW-011");
  }

  @Test
  void whatGoesOutIsNoAccessFromTheInternet() {
    assertThat(ids(false, "Egress tcp 22 to 8.8.0.0/16")).isEmpty();
    assertThat(ids(false, "Egress tcp 24-120 to 8.8.0.0/16")).isEmpty();
  }

  @Test
  void onlyAGraveRiskNeedsAnEndWhereTheInternetStaysOut() {
    assertThat(ids(false, "Ingress tcp 12000-12999 from 10.1.0.0/24")).containsExactly("FW-010");
    assertThat(texts(false, "Ingress tcp 12000-13000 from 10.1.0.0/24"))
        .contains("FW-016 Medium: a risky access without an end: give expiresAfter");
  }

  @Test
  void anAccessFromTheInternetWithoutAnEndIsNamed() {
    assertThat(texts(false, "Ingress tcp 443 from 203.0.113.0/24"))
        .containsExactly(
            "FW-016 Medium: access from the internet without an end, give expiresAfter: tcp 443"
                + " from 203.0.113.0/24");
  }

  @ParameterizedTest
  @CsvSource({
    "10.255.255.255/32, 11.0.0.0/32",
    "172.31.255.255/32, 172.32.0.0/32",
    "192.168.255.255/32, 192.169.0.0/32",
    "100.127.255.255/32, 100.128.0.0/32",
    "127.255.255.255/32, 128.0.0.0/32",
    "169.254.255.255/32, 169.255.0.0/32",
    "224.0.0.0/32, 223.255.255.255/32",
    "255.255.255.255/32, 192.0.2.1/32",
    "::1/128, ::2/128",
    "fdff::/128, fe00::/128",
    "febf::/128, fec0::/128",
    "ffff::/128, feff::/128",
  })
  void addressesThatAreSetAsideAreNotTheInternet(String setAside, String internet) {
    assertThat(ids(true, "Ingress tcp 22 from " + setAside)).isEmpty();
    assertThat(ids(true, "Ingress tcp 22 from " + internet)).contains("FW-001");
  }

  private static List<String> ids(boolean temporary, String... rules) {
    return judged(temporary, rules).map(Finding::id).toList();
  }

  private static List<String> texts(String... rules) {
    return texts(true, rules);
  }

  private static List<String> texts(boolean temporary, String... rules) {
    return judged(temporary, rules).map(Finding::toString).toList();
  }

  private static Stream<Finding> judged(boolean temporary, String... rules) {
    Exposure gained = Exposure.of(Stream.of(rules).map(Rule::parse).toList());
    return RiskCatalogue.judge(gained, temporary).stream();
  }
}
