package io.secamo.processes.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules, networks and ports as text. */
class RuleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ingress tcp 443 from 203.0.113.0/24",
        "Ingress tcp 8443-8450 from 203.0.113.0/24",
        "Egress udp 53 to 198.51.100.0/24",
        "Egress tcp 0 to 198.51.100.0/24",
        "Ingress any from 0.0.0.0/0",
        "Ingress icmpv6 from 2001:db8::/32",
        "Egress other to ::/0",
        "Ingress tcp 443 from ::ffff:0:0/96",
      })
  void aRuleIsReadAsItWasWritten(String text) {
    assertThat(Rule.parse(text)).hasToString(text);
  }

  /** Judged by what both allow, packet by packet. */
  @Test
  void aRuleCoversWhatAllowsNothingThatItDoesNot() {
    Random random = new Random(12);
    int covered = 0;
    for (int round = 0; round < 200; round++) {
      List<Rule> rules = SmallUniverse.rules(random, 6);
      for (Rule rule : rules) {
        for (Rule other : rules) {
          Exposure both = Exposure.of(List.of(rule));
          assertThat(rule.covers(other))
              .as("%s covers %s", rule, other)
              .isEqualTo(both.contains(Exposure.of(List.of(other))));
          covered += rule.covers(other) && !rule.equals(other) ? 1 : 0;
        }
      }
    }
    assertThat(covered).isPositive();
  }

  @Test
  void everyRuleIsReadAsItWasWritten() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      for (Rule rule : SmallUniverse.rules(random, 6)) {
        assertThat(Rule.parse(rule.toString())).as("%s", rule).isEqualTo(rule);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ingress any 443 from 10.0.0.0/8",
        "Ingress icmp 8 from 10.0.0.0/8",
        "Ingress tcp 443 to 10.0.0.0/8",
        "Egress tcp 443 from 10.0.0.0/8",
        "ingress tcp 443 from 10.0.0.0/8",
        "Ingress sctp from 10.0.0.0/8",
        "Ingress tcp 443 from 10.0.0.1/8",
        "Ingress tcp 99999 from 10.0.0.0/8",
        "Ingress tcp 443 from 10.0.0.0/8 ",
        "",
      })
  void whatIsNotExactlyARuleIsRefused(String text) {
    assertThatThrownBy(() -> Rule.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyPortIsWrittenInOneWay() {
    assertThat(Rule.parse("Ingress tcp 1-65535 from 10.0.0.0/8"))
        .isEqualTo(Rule.parse("Ingress tcp 0-65535 from 10.0.0.0/8"))
        .hasToString("Ingress tcp from 10.0.0.0/8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2-65535", "1-65534", "0-65534", "0-1", "65535", "0"})
  void almostEveryPortIsNotEveryPort(String ports) {
    assertThat(Rule.parse("Ingress udp " + ports + " from 10.0.0.0/8"))
        .hasToString("Ingress udp " + ports + " from 10.0.0.0/8");
  }

  /** Numbers of two families say nothing about each other: {@code ::/0} begins with zero too. */
  @Test
  void networksOfOneFamilyStandTogetherWhateverTheirNumbers() {
    List<Cidr> inOrder =
        Stream.of("0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/7", "::/0", "::1/128", "2001:db8::/32")
            .map(Cidr::parseLenient)
            .sorted()
            .toList();
    assertThat(inOrder)
        .extracting(Cidr::text)
        .containsExactly(
            "0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/7", "::/0", "::1/128", "2001:db8::/32");
    assertThat(Cidr.parse("::1/128")).isGreaterThan(Cidr.parse("10.0.0.0/8"));
    assertThat(Cidr.parse("10.0.0.0/8")).isLessThan(Cidr.parse("::1/128"));
  }

  @Test
  void theKeyIsTheBeginningOfTheHashOfTheText() {
    // printf 'Ingress tcp 443 from 203.0.113.0/24' | sha256sum
    assertThat(Rule.parse("Ingress tcp 443 from 203.0.113.0/24").key()).isEqualTo("f775bb3d");
  }

  @Test
  void theOrderIsStable() {
    List<Rule> sorted =
        new ArrayList<>(
            List.of(
                Rule.parse("Ingress tcp 80 from 10.0.0.0/8"),
                Rule.parse("Ingress tcp 80-90 from 10.0.0.0/8"),
                Rule.parse("Ingress tcp 443 from 9.0.0.0/8"),
                Rule.parse("Ingress tcp 443 from 10.0.0.0/9"),
                Rule.parse("Ingress tcp 443 from 10.0.0.0/8"),
                Rule.parse("Ingress tcp 443 from 2001:db8::/32"),
                Rule.parse("Ingress udp 53 from 10.0.0.0/8"),
                Rule.parse("Egress tcp 80 to 10.0.0.0/8")));
    for (int seed = 0; seed < 20; seed++) {
      List<Rule> shuffled = new ArrayList<>(sorted);
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(shuffled.stream().sorted()).containsExactlyElementsOf(sorted);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/8, '10.1.2.3/8' has bits set behind its prefix: write 10.0.0.0/8",
    "2001:db8::1/32, '2001:db8::1/32' has bits set behind its prefix: write 2001:db8::/32",
    "::ffff:10.0.0.0/104, '::ffff:10.0.0.0/104' is an IPv4 address written as IPv6: write it as"
        + " IPv4",
    "300.1.1.1, '300.1.1.1' is not a network or address: write for example 203.0.113.0/24",
    "10.0.0.010, '10.0.0.010' is not a network or address: write for example 203.0.113.0/24",
    "10.0.0.0/33, '10.0.0.0/33' is not a network or address: write for example 203.0.113.0/24",
    "10.1, '10.1' is not a network or address: write for example 203.0.113.0/24",
    "fe80::1%eth0, 'fe80::1%eth0' is not a network or address: write for example 203.0.113.0/24",
    "*, '*' is not a network or address: write for example 203.0.113.0/24",
    "'', '' is not a network or address: write for example 203.0.113.0/24",
  })
  void aWrongNetworkIsExplained(String text, String sentence) {
    String end = sentence.replaceFirst("^.*?(has bits|is an IPv4|is not)", "$1");
    assertThatThrownBy(() -> Cidr.parse(text)).hasMessage("'" + text + "' " + end);
  }

  /** What other programs read as one address, or as none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1-5",
        "10.0.0-5.1",
        "10.0.*.*",
        "10.0.0.*",
        "10.0.0._",
        "10.0.0.-5",
        "2001:db8::1-5",
        "2001:db8::*",
        "0b00001010000000000000000000000001",
        "0x0a000001",
        "4)+k&C#VzJ4br>0wv%Yp",
        "10.0.0.1 - 10.0.0.5",
        "10.0.0.1,10.0.0.5",
        "10.0.0.1/",
        " 10.0.0.1"
      })
  void severalAddressesInOneTextAreNoNetwork(String text) {
    assertThatThrownBy(() -> Cidr.parse(text))
        .hasMessage("'" + text + "' is not a network or address: write for example 203.0.113.0/24");
  }

  @Test
  void networksAreCanonical() {
    assertThat(Cidr.parse("198.51.100.7")).hasToString("198.51.100.7/32");
    assertThat(Cidr.parse("2001:DB8:0:0::/48")).hasToString("2001:db8::/48");
    assertThat(Cidr.parseLenient("10.1.2.3/8")).hasToString("10.0.0.0/8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "https", "1-2-3", "-1", "443-", "99999999999", " 443", "+443", "٤٤٣"})
  void wordsAreNoPorts(String text) {
    assertThatThrownBy(() -> PortRange.parse(text))
        .hasMessage("'" + text + "' is not a port or range: write for example 443 or 8443-8450");
  }

  @ParameterizedTest
  @CsvSource({"65536, 65536-65536", "8450-8443, 8450-8443"})
  void portsHaveBounds(String text, String said) {
    assertThatThrownBy(() -> PortRange.parse(text))
        .hasMessage("a port is 0 to 65535 and a range goes from low to high, not " + said);
  }

  @Test
  void aSetOfAddressesIsSaidInTheFewestNetworks() {
    AddressSet set =
        AddressSet.of(
            List.of(
                Cidr.parse("10.0.0.128/25"), Cidr.parse("10.0.0.0/25"), Cidr.parse("10.0.1.0/32")));
    assertThat(set.networks(false))
        .extracting(Cidr::text)
        .containsExactly("10.0.0.0/24", "10.0.1.0/32");
    assertThat(set.size()).isEqualTo(257);
    assertThat(new AddressSet(set.ranges().reversed())).isEqualTo(set);
    AddressSet all = AddressSet.of(Cidr.ANY_IPV6);
    assertThat(all.minus(AddressSet.of(Cidr.parse("::/1"))).networks(true))
        .containsExactly(Cidr.parse("8000::/1"));
  }
}
