package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Adoption;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Direction;
import io.secamo.processes.api.firewall.FirewallChangeSpec.OnDelete;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Protocol;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.process.firewallchange.requested.RequestedChange;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A request in the words of the firewall, and why it cannot be carried out. */
class RequestedChangeTest {
  private static final Instant NOW = Instant.parse("2027-01-04T09:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(3600);

  @Test
  void eachPortWithEachPeerIsOneRuleAndNoneIsThereTwice() {
    FirewallChangeSpec spec =
        asked(
            rule(
                Direction.INGRESS,
                Protocol.TCP,
                List.of("443", "80"),
                List.of("10.1.0.0/24", "10.2.0.0/24")),
            rule(Direction.INGRESS, Protocol.TCP, List.of("443"), List.of("10.1.0.0/24")),
            rule(Direction.EGRESS, Protocol.ICMP, null, List.of("10.1.0.0/24")),
            rule(Direction.EGRESS, Protocol.ANY, List.of(), List.of("::/0")));
    assertThat(RequestedChange.of(spec).rules())
        .extracting(Rule::toString)
        .containsExactly(
            "Ingress tcp 443 from 10.1.0.0/24",
            "Ingress tcp 443 from 10.2.0.0/24",
            "Ingress tcp 80 from 10.1.0.0/24",
            "Ingress tcp 80 from 10.2.0.0/24",
            "Egress icmp to 10.1.0.0/24",
            "Egress any to ::/0");
  }

  /** The schema says the same; the operator does not rely on it. */
  @Test
  void aListOfPortsThatIsMissingDoesNotMeanEveryPort() {
    String said =
        "rule rule: tcp needs ports, for example 443, or 1-65535 for every one: submit a new"
            + " request";

    assertThat(problem(asked(from(Protocol.TCP, null)))).isEqualTo(said);
    assertThat(problem(asked(from(Protocol.TCP, List.of())))).isEqualTo(said);
  }

  @Test
  void portsOfAProtocolThatHasNoneAreNotPassedOver() {
    assertThat(problem(asked(from(Protocol.ANY, List.of("443")))))
        .isEqualTo("rule rule: any takes no ports: submit a new request");
    assertThat(RequestedChange.of(asked(from(Protocol.ICMP, null))).problem(NOW)).isEmpty();
  }

  @Test
  void aRequestMayComeToTwoHundredAndFiftySixRulesAndNoMore() {
    assertThat(RequestedChange.of(asked(ports(1, 256))).problem(NOW)).isEmpty();
    assertThat(RequestedChange.of(asked(ports(1, 257))).problem(NOW))
        .contains(
            "the request comes to 257 single rules (each port with each peer), at most 256 are"
                + " possible: split it");
  }

  @Test
  void aPeerThatIsNoNetworkIsExplained() {
    assertThat(problem(new Wanted().from("10.1.2.3/8").build()))
        .isEqualTo("'10.1.2.3/8' has bits set behind its prefix: write 10.0.0.0/8");
  }

  @Test
  void anEndThatIsReachedIsInThePast() {
    assertThat(problem(new Wanted().expiringAt(NOW)))
        .isEqualTo(
            "expiresAt 2027-01-04T09:00:00Z is in the past: submit a new request with a later"
                + " time");
    assertThat(RequestedChange.of(new Wanted().expiringAt(NOW.plusSeconds(1))).problem(NOW))
        .isEmpty();
  }

  @Test
  void aBeginningThatIsNotBeforeTheEndIsRefused() {
    String refused = "notBefore is not before expiresAt: submit a new request";
    assertThat(problem(between(LATER, LATER))).isEqualTo(refused);
    assertThat(problem(between(LATER.plusSeconds(1), LATER))).isEqualTo(refused);
    assertThat(RequestedChange.of(between(LATER.minusSeconds(1), LATER)).problem(NOW)).isEmpty();
    assertThat(RequestedChange.of(new Wanted().notBefore(LATER)).problem(NOW)).isEmpty();
  }

  @Test
  void anAccessEndsAtItsTimeOrAfterItsDurationOrNever() {
    assertThat(RequestedChange.of(new Wanted().expiringAt(LATER)).until(NOW)).contains(LATER);
    assertThat(RequestedChange.of(new Wanted().expiringAfter("2h")).until(NOW))
        .contains(NOW.plusSeconds(7200));
    assertThat(RequestedChange.of(new Wanted().build()).until(NOW)).isEmpty();
    assertThat(RequestedChange.of(new Wanted().expiringAt(LATER)).temporary()).isTrue();
    assertThat(RequestedChange.of(new Wanted().expiringAfter("2h")).temporary()).isTrue();
    assertThat(RequestedChange.of(new Wanted().build()).temporary()).isFalse();
  }

  /** The digest of a plan stands on these lines: another text would void votes. */
  @Test
  void theDigestCoversEverythingThatIsAskedFor() {
    FirewallChangeSpec spec =
        new Wanted("443", "203.0.113.0/24", NOW, LATER, null, Adoption.REFERENCE, OnDelete.RETAIN)
            .build();
    assertThat(RequestedChange.of(spec).lines())
        .containsExactly(
            "connection sandbox",
            "target web",
            "justification Partner test",
            "notBefore 2027-01-04T09:00:00Z",
            "expiresAt 2027-01-04T10:00:00Z",
            "expiresAfter null",
            "adoption REFERENCE",
            "onDelete RETAIN",
            "rule Ingress tcp 443 from 203.0.113.0/24");
  }

  private static String problem(FirewallChangeSpec spec) {
    return RequestedChange.of(spec).problem(NOW).orElseThrow();
  }

  private static FirewallChangeSpec between(Instant begin, Instant end) {
    return new Wanted(
            "443", "203.0.113.0/24", begin, end, null, Adoption.REFERENCE, OnDelete.RETAIN)
        .build();
  }

  private static FirewallChangeSpec.Rule ports(int first, int last) {
    return rule(
        Direction.INGRESS,
        Protocol.TCP,
        IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList(),
        List.of("10.1.0.0/24"));
  }

  private static FirewallChangeSpec.Rule from(Protocol protocol, List<String> ports) {
    return rule(Direction.INGRESS, protocol, ports, List.of("203.0.113.0/24"));
  }

  private static FirewallChangeSpec.Rule rule(
      Direction direction, Protocol protocol, List<String> ports, List<String> peers) {
    return new FirewallChangeSpec.Rule("rule", direction, protocol, ports, peers, null);
  }

  private static FirewallChangeSpec asked(FirewallChangeSpec.Rule... rules) {
    return new Wanted().rules(rules);
  }
}
