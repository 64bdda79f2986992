package io.secamo.processes.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A deputy is refused at once where their vote could not count, and nowhere else. */
@EnableKubernetesMockClient
class PermissionsTest {
  private static final Instant NOW = Instant.parse("2027-01-04T09:00:00Z");
  private static final String PATH =
      "/apis/orchestrator.secamo.io/v1alpha1/namespaces/team-a/approvaldelegations";

  KubernetesClient client;
  KubernetesMockServer server;

  /** To the API server another spelling is another user, and so it is to the ballot. */
  @Test
  void onlyWhoIsNamedLetterByLetterStandsIn() {
    delegation("security", "dave@example.org", "2027-01-04T10:00:00Z");
    assertThat(as("dave@example.org").standsIn("security", "team-a", NOW)).isTrue();
    delegation("security", "Dave@example.org", "2027-01-04T10:00:00Z");
    assertThat(as("dave@example.org").standsIn("security", "team-a", NOW)).isFalse();
  }

  @Test
  void aDelegationForSomebodyElseAnotherGateOrOfThePastIsNone() {
    delegation("security", "eve", "2027-01-04T10:00:00Z");
    assertThat(as("dave").standsIn("security", "team-a", NOW)).isFalse();
    delegation("network", "dave", "2027-01-04T10:00:00Z");
    assertThat(as("dave").standsIn("security", "team-a", NOW)).isFalse();
    delegation("security", "dave", "2027-01-04T09:00:00Z");
    assertThat(as("dave").standsIn("security", "team-a", NOW)).isFalse();
  }

  @Test
  void whoMayNotReadDelegationsMayHaveOne() {
    server.expect().get().withPath(PATH).andReturn(403, "{}").once();
    assertThat(as("dave").standsIn("security", "team-a", NOW)).isTrue();
  }

  private Permissions as(String user) {
    return new Permissions(client, () -> user);
  }

  private void delegation(String gate, String to, String until) {
    server
        .expect()
        .get()
        .withPath(PATH)
        .andReturn(
            200,
            """
            {"apiVersion": "orchestrator.secamo.io/v1alpha1", "kind": "ApprovalDelegationList",
             "metadata": {}, "items": [{"metadata": {"name": "d"}, "spec":
               {"gate": "%s", "by": "ann", "to": "%s", "until": "%s"}}]}
            """
                .formatted(gate, to, until))
        .once();
  }
}
