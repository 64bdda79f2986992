package io.secamo.processes.kubernetes.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.request.ProcessRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose access is open past its end is said by namespace, and of nobody else. */
class OverdueByNamespaceTest {
  private static final Instant NINE = Instant.parse("2027-01-04T09:00:00Z");
  private final List<ProcessRequest<?>> requests = new ArrayList<>();

  @Test
  void theOldestEndOfEachNamespaceIsToldAndOfOthersNothing() {
    live("team-a", "2027-01-04T08:59:00Z");
    live("team-a", "2027-01-04T08:50:00Z");
    live("team-b", "2027-01-04T08:59:59Z");
    live("team-c", "2027-01-04T09:00:01Z");
    requests.add(in("team-d"));

    assertThat(seconds()).containsOnly(Map.entry("team-a", 600L), Map.entry("team-b", 1L));
    requests.clear();
    assertThat(seconds()).isEmpty();
  }

  /** Nobody of us removes it any more: that is no reason to be silent. */
  @Test
  void whatWasGivenUpIsToldUntilItsRequestIsDeleted() {
    live("team-a", "2027-01-04T17:00:00Z", "Withdrawn", "finishedAt: 2027-01-04T08:58:00Z");
    live("team-b", "2027-01-04T17:00:00Z", "Completed", "finishedAt: 2027-01-04T08:58:00Z");

    assertThat(seconds()).containsOnly(Map.entry("team-a", 120L));
  }

  @Test
  void ofMoreThanAThousandNamespacesTheWorstAreTold() {
    for (int i = 0; i < 1_001; i++) {
      live("team-" + i, NINE.minusSeconds(i).toString());
    }
    assertThat(seconds()).hasSize(1_000).containsEntry("team-1000", 1_000L);
    assertThat(seconds()).doesNotContainKey("team-0");
  }

  private Map<String, Long> seconds() {
    return Overdue.seconds(requests.stream(), NINE);
  }

  private void live(String namespace, String end) {
    live(namespace, end, "InForce", "step: KeepInForce");
  }

  private void live(String namespace, String end, String state, String more) {
    FirewallChangeRequest request =
        Serialization.unmarshal(
            """
            apiVersion: processes.secamo.io/v1alpha1
            kind: FirewallChangeRequest
            metadata: {name: web}
            status:
              state: %s
              %s
              expiresAt: %s
              effects: [{key: k, step: Apply, state: Done, connection: c, account: a}]
            """
                .formatted(state, more, end),
            FirewallChangeRequest.class);
    request.getMetadata().setNamespace(namespace);
    requests.add(request);
  }

  private static FirewallChangeRequest in(String namespace) {
    FirewallChangeRequest request = new FirewallChangeRequest();
    request.getMetadata().setNamespace(namespace);
    return request;
  }
}
