package io.secamo.processes.cli.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of a request before it is submitted. */
class ProposalTest {
  private static final Instant NINE = Instant.parse("2027-01-04T09:00:00Z");

  /** It read as if the access were to be opened for good. */
  @Test
  void aRemovalIsToldAsOne() {
    assertThat(told("removes: acme-lasting"))
        .contains(
            "Time       removes what acme-lasting opened, as soon as it is approved",
            "asks to remove partner: Ingress tcp 443 from 203.0.113.0/24");
    assertThat(told("removes: acme-lasting\n  notBefore: 2027-01-05T09:00:00Z"))
        .contains("Time       removes what acme-lasting opened, not before 2027-01-05T09:00:00Z");
  }

  @Test
  void anEndThatIsOverIsSaidBeforeTheRequestIsSubmitted() {
    String refused = "The API server would take it, and the operator reject it: expiresAt is over.";
    assertThat(told("expiresAt: 2027-01-04T09:00:00Z")).contains(refused);
    assertThat(told("expiresAt: 2027-01-04T09:00:01Z"))
        .doesNotContain(refused)
        .contains("The API server would take it; nothing was stored.");
  }

  private static List<String> told(String field) {
    String request =
        """
        metadata: {namespace: team-a, name: web}
        spec:
          connection: cloud
          target: {securityGroup: web}
          justification: Partner test
          %s
          rules:
          - {name: partner, direction: Ingress, protocol: tcp, ports: ["443"],
            peers: [203.0.113.0/24]}
        """
            .formatted(field);
    return new Proposal(Serialization.unmarshal(request, FirewallChangeRequest.class)).lines(NINE);
  }
}
