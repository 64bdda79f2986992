package io.secamo.processes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.effect.Place;
import io.secamo.processes.kubernetes.reading.Neighbours;
import io.secamo.processes.operator.Kinds;
import io.secamo.processes.process.Others.Needed;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whose rule it is that another request must leave where it is. */
@EnableKubernetesMockClient(crud = true)
class NeededByOthersTest {
  private static final Place PLACE = new Place("cloud (u1) at here", "account", "g1");

  KubernetesClient client;

  /** As earlier versions let it be: nothing followed, so it stays live and verified. */
  @Test
  void whatWasWithdrawnAfterItWasCompletedStillNeedsItsRule() {
    assertThat(neededBy(request("Completed", true))).isTrue();
    assertThat(neededBy(request("Completed", false))).isTrue();
  }

  @Test
  void whatIsTakenBackNeedsNothingAnyMore() {
    assertThat(neededBy(request("InForce", true))).isFalse();
    assertThat(neededBy(request("InForce", false))).isTrue();
  }

  /** The informer's copy may be old: what the request says now is asked before a rule is left. */
  @Test
  void aRuleIsLeftToAnotherRequestOnlyIfThatStillSaysThatItNeedsIt() {
    Instant now = Instant.parse("2027-01-04T09:00:00Z");
    Neighbours heard =
        new Neighbours(
            client, Kinds.shipped(), () -> Stream.of(request("InForce", false)), Requests::of);
    KubernetesSurroundings around = new KubernetesSurroundings(null, heard, null, null, "cluster");
    Needed other = around.needed("another", PLACE, now).get("r1").getFirst();

    assertThat(around.stillNeeds(other, PLACE, "r1", now)).as("it is gone").isFalse();
    client.resource(request("InForce", false)).create();
    assertThat(around.stillNeeds(other, PLACE, "r1", now)).isTrue();
  }

  private boolean neededBy(FirewallChangeRequest other) {
    return new Neighbours(client, Kinds.shipped(), () -> Stream.of(other), Requests::of)
        .needed("another", PLACE, Instant.parse("2027-01-04T09:00:00Z"))
        .containsKey("r1");
  }

  private static FirewallChangeRequest request(String state, boolean withdrawn) {
    FirewallChangeRequest request =
        Serialization.unmarshal(
            """
            spec: {connection: cloud, target: {securityGroup: web}, rules: [], justification: x,
              withdrawn: %s}
            status:
              state: %s
              inForce: {since: 2027-01-04T08:00:00Z}
              effects: [{key: k, step: Apply, state: Done, externalId: r1,
                connection: cloud (u1) at here, account: account, target: g1}]
            """
                .formatted(withdrawn, state),
            FirewallChangeRequest.class);
    request.setMetadata(
        new ObjectMetaBuilder().withNamespace("team-a").withName("web").withUid("uid-1").build());
    return request;
  }
}
