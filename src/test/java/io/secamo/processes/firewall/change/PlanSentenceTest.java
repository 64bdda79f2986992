package io.secamo.processes.firewall.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.firewall.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one sentence that people read before they approve. */
class PlanSentenceTest {
  @Test
  void whatIsThereAlreadyIsNotAddedAgain() {
    assertThat(
            sentence(
                rules("Ingress tcp 443 from 10.1.0.0/24"),
                rules("Ingress tcp 443 from 10.1.0.0/24")))
        .isEqualTo(
            "adds no rule to security group web; nothing becomes reachable that is not already:"
                + " covered by Ingress tcp 443 from 10.1.0.0/24");
  }

  @Test
  void whoAsksForNothingIsToldSo() {
    assertThat(sentence(List.of(), rules("Ingress tcp 443 from 10.1.0.0/24")))
        .isEqualTo(
            "adds no rule to security group web; nothing becomes reachable that is not already");
  }

  @Test
  void threeRulesThatCoverItAreNamedAndTheOthersCounted() {
    List<Rule> wanted = rules("Ingress tcp 443 from 10.1.0.0/29");
    List<Rule> three =
        rules(
            "Ingress tcp 443 from 10.1.0.0/30",
            "Ingress tcp 443 from 10.1.0.4/31",
            "Ingress tcp 443 from 10.1.0.6/31");
    List<Rule> four =
        Stream.concat(three.stream(), rules("Ingress any from 10.1.0.7/32").stream()).toList();
    String covered =
        "adds 1 rule to security group web; nothing becomes reachable that is not already: covered"
            + " by Ingress tcp 443 from 10.1.0.0/30, Ingress tcp 443 from 10.1.0.4/31, Ingress tcp"
            + " 443 from 10.1.0.6/31";
    assertThat(sentence(wanted, three)).isEqualTo(covered);
    assertThat(sentence(wanted, four)).isEqualTo(covered + " and 1 more");
  }

  @ParameterizedTest
  @CsvSource({
    "Ingress tcp 444 from 10.1.0.0/24",
    "Ingress tcp 442 from 10.1.0.0/24",
    "Ingress tcp 443 from 10.1.1.0/24",
    "Ingress tcp 443 from 10.0.255.0/24",
    "Ingress udp 443 from 10.1.0.0/24",
    "Egress tcp 443 to 10.1.0.0/24",
    "Ingress tcp 443 from ::/0",
  })
  void aRuleNextToItCoversNothingOfIt(String neighbour) {
    assertThat(
            sentence(
                rules("Ingress tcp 443 from 10.1.0.0/24"),
                rules("Ingress tcp 443 from 10.1.0.0/24", neighbour)))
        .endsWith(": covered by Ingress tcp 443 from 10.1.0.0/24");
  }

  @ParameterizedTest
  @CsvSource({
    "Ingress tcp 443-500 from 10.1.0.0/24",
    "Ingress tcp 400-443 from 10.1.0.0/24",
    "Ingress tcp 443 from 10.1.0.0/32",
    "Ingress tcp 443 from 10.1.0.255/32",
  })
  void aRuleThatSharesItsEdgeCoversSomeOfIt(String edge) {
    assertThat(
            sentence(
                rules("Ingress tcp 443 from 10.1.0.0/24"),
                rules("Ingress tcp 443 from 10.1.0.0/24", edge)))
        .contains(edge);
  }

  @Test
  void twoAccessesAreSaidAndTheOthersCounted() {
    String two =
        "+256 private IPv4 addresses can reach tcp 80, +256 private IPv4 addresses can reach tcp"
            + " 443";
    assertThat(
            sentence(
                rules("Ingress tcp 80 from 10.1.0.0/24", "Ingress tcp 443 from 10.1.0.0/24"),
                List.of()))
        .isEqualTo("adds 2 rules to security group web: " + two);
    assertThat(
            sentence(
                rules(
                    "Ingress tcp 80 from 10.1.0.0/24",
                    "Ingress tcp 443 from 10.1.0.0/24",
                    "Ingress tcp 445 from 10.1.0.0/24",
                    "Egress icmp to 10.1.0.0/24"),
                List.of()))
        .isEqualTo("adds 4 rules to security group web: " + two + " and 2 more");
  }

  @Test
  void risksAreCounted() {
    assertThat(sentence(rules("Ingress tcp 8443 from 8.8.8.0/24"), List.of()))
        .isEqualTo(
            "adds 1 rule to security group web: +256 public IPv4 addresses can reach tcp 8443; 1"
                + " risk found");
    assertThat(sentence(rules("Ingress tcp 80 from 8.8.0.0/23"), List.of()))
        .isEqualTo(
            "adds 1 rule to security group web: +512 public IPv4 addresses can reach tcp 80; 2"
                + " risks found");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.1/32, +1 private IPv4 address can",
    "fd00::/95, +2^33 private IPv6 addresses can",
    "fd00::/96, +4294967296 private IPv6 addresses can",
    "::/1, +2^127 IPv6 addresses can",
    "::/0, the whole internet (::/0) can",
  })
  void howManyAddressesItIsFitsIntoASentence(String peer, String said) {
    assertThat(sentence(rules("Ingress tcp 443 from " + peer), List.of())).contains(": " + said);
  }

  @Test
  void aNumberThatIsNoPowerIsRoundedDownAndSaysSo() {
    assertThat(
            sentence(
                rules("Ingress tcp 443 from fd00::/64"), rules("Ingress tcp 443 from fd00::/128")))
        .contains(": +more than 2^63 private IPv6 addresses can reach tcp 443");
  }

  @Test
  void theWholeInternetIsSaidAsSuch() {
    assertThat(
            sentence(
                rules("Ingress tcp 22 from 0.0.0.0/1", "Ingress tcp 22 from 128.0.0.0/1"),
                List.of()))
        .contains(": the whole internet (0.0.0.0/0) can reach tcp 22;");
    assertThat(sentence(rules("Egress any to ::/0"), List.of()))
        .contains(": it can reach any on the whole internet (::/0);");
  }

  @Test
  void whatTheTargetReachesIsSaidTheOtherWayRound() {
    assertThat(sentence(rules("Egress any to 10.1.0.0/24"), List.of()))
        .isEqualTo(
            "adds 1 rule to security group web: it can reach any on 256 private IPv4 addresses"
                + " more; 1 risk found");
  }

  private static String sentence(List<Rule> wanted, List<Rule> live) {
    return ChangePlan.plan(
            "web",
            new ChangePlan.Wanted(wanted, Instant.MIN, true, Optional.empty()),
            live.stream().map(OpenRule::lasting).toList())
        .summary();
  }

  private static List<Rule> rules(String... texts) {
    return Stream.of(texts).map(Rule::parse).toList();
  }
}
