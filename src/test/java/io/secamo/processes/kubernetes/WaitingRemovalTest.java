package io.secamo.processes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.kubernetes.queue.Turns;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A removal whose turn does not come for the others of its namespace. */
@EnableKubernetesMockClient(crud = true)
class WaitingRemovalTest {
  private static final Clock NINE =
      Clock.fixed(Instant.parse("2027-01-04T09:00:00Z"), ZoneOffset.UTC);
  private static final int MORE_THAN_ONE_NAMESPACE_GETS = 100;

  KubernetesClient client;
  KubernetesMockServer server;

  @Test
  void peopleAreCalledAboutARemovalThatIsOverdueAndCannotBeginYet() {
    FirewallChangeRequest request = Submission.submit(server, client);
    client
        .resource(request)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"status": {"state": "InForce", "expiresAt": "2027-01-04T08:00:00Z",
              "message": "in force until 2027-01-04T08:00:00Z",
              "effects": [{"key": "k", "externalId": "r1", "step": "Apply", "state": "Done",
                "connection": "c", "account": "a"}]}}
            """);
    Turns turns = new Turns();
    for (int i = 0; i < MORE_THAN_ONE_NAMESPACE_GETS; i++) {
      Thread.ofVirtual().start(() -> turns.await("team-a", () -> true, () -> {}));
    }
    FirewallChangeRequest overdue = Submission.live(client);

    Thread.ofVirtual().start(() -> reconciler(turns).reconcile(overdue, null));

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(calls())
                    .extracting(Event::getNote)
                    .containsExactly(
                        "should have been removed at 2027-01-04T08:00:00Z and may still be live:"
                            + " r1 (status.effects says where). Waiting for: its turn: other"
                            + " removals of this namespace take long"));
  }

  private List<Event> calls() {
    return client.events().v1().events().inAnyNamespace().list().getItems().stream()
        .filter(event -> event.getReason().equals("RemovalOverdue"))
        .toList();
  }

  /** Nobody asks its procedure anything. */
  private ProcessReconciler<FirewallChangeRequest, FirewallChangeSpec> reconciler(Turns turns) {
    OneReconciler one = new OneReconciler(client, NINE);
    return one.of(
        () -> {
          throw new IllegalStateException("its turn has come");
        },
        one.writer(),
        turns);
  }
}
