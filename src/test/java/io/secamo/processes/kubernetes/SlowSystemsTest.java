package io.secamo.processes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.http.CallTime;
import io.secamo.processes.kubernetes.reading.Seen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A ticket system that takes half a minute for each answer keeps no access alive. */
@EnableKubernetesMockClient(crud = true)
class SlowSystemsTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Clock NINE =
      Clock.fixed(Instant.parse("2027-01-04T09:00:00Z"), ZoneOffset.UTC);

  KubernetesClient client;
  KubernetesMockServer server;

  @Test
  void thePassInWhichAChangeIsMadeTalksToNobodyBeyondItsEnd() {
    FirewallChangeRequest request = Submission.submit(server, client);
    try (CallTime time = CallTime.begin()) {
      LiveGuard<FirewallChangeRequest, FirewallChangeSpec> guard = guard(request);
      assertThat(CallTime.atMost(DAY)).isGreaterThan(Duration.ofMinutes(4));

      guard.checkpoint(live("Intended"));

      assertThat(CallTime.atMost(DAY)).isLessThanOrEqualTo(Duration.ofSeconds(20));
    }
  }

  @Test
  void aPassOverWhatIsLiveTalksToNobodyBeyondItsEnd() {
    assertThat(callTimeOfAPassOver(live("Done"))).isLessThanOrEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void whatIsRemovedAlreadyEndsNoPass() {
    assertThat(callTimeOfAPassOver(live("Reverted"))).isGreaterThan(Duration.ofMinutes(4));
  }

  private Duration callTimeOfAPassOver(ProcessStatus status) {
    FirewallChangeRequest request = Submission.submit(server, client);
    request.setStatus(status);
    try (CallTime time = CallTime.begin()) {
      assertThat(guard(request).known()).isSameAs(request);
      return CallTime.atMost(DAY);
    }
  }

  private LiveGuard<FirewallChangeRequest, FirewallChangeSpec> guard(FirewallChangeRequest known) {
    return new LiveGuard<>(
        new StatusWriter<>(client, FirewallChangeRequest.class, new Seen<>()),
        Requests::of,
        resource -> new Protection(Optional.empty(), "epoch"),
        NINE,
        known);
  }

  private static ProcessStatus live(String effect) {
    return Serialization.unmarshal(
        """
        state: Verifying
        expiresAt: 2027-01-04T09:00:20Z
        effects: [{key: k, step: Apply, state: %s, connection: c, account: a}]
        """
            .formatted(effect),
        ProcessStatus.class);
  }
}
