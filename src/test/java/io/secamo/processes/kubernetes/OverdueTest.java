package io.secamo.processes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.FirewallChangeRequest;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.kubernetes.health.Transitions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** People are called when something is still live that should have been removed. */
@EnableKubernetesMockClient(crud = true)
class OverdueTest {
  private static final Clock NINE =
      Clock.fixed(Instant.parse("2027-01-04T09:00:00Z"), ZoneOffset.UTC);
  KubernetesClient client;
  KubernetesMockServer server;

  @Test
  void peopleAreCalledOnceForEachEnd() {
    FirewallChangeRequest request = Submission.submit(server, client);
    Announcer announcer = new Announcer(client, NINE, Transitions.UNHEARD);
    ProcessStatus due = live("2027-01-04T08:59:40Z");
    request.setStatus(due);
    announcer.announce(due, request);
    announcer.announce(due, request);

    assertThat(calls()).hasSize(1);
    assertThat(calls().get(0).getType()).isEqualTo("Warning");
    ProcessStatus notYet = live("2027-01-04T08:59:55Z");
    request.setStatus(notYet);
    announcer.announce(notYet, request);
    assertThat(calls()).as("a removal takes some seconds").hasSize(1);
  }

  /** Who may write Events could otherwise take the names of ours. */
  @Test
  void peopleAreCalledThoughAStrangerHasTakenTheNameOfTheCall() {
    FirewallChangeRequest request = Submission.submit(server, client);
    ProcessStatus due = live("2027-01-04T08:59:40Z");
    request.setStatus(due);
    new Announcer(client, NINE, Transitions.UNHEARD).announce(due, request);
    Event taken = calls().get(0);
    taken.setType("Normal");
    taken.setNote("all is well");
    client.resource(taken).update();

    new Announcer(client, NINE, Transitions.UNHEARD).announce(due, request);
    assertThat(calls()).extracting(Event::getType).containsExactlyInAnyOrder("Normal", "Warning");

    client.resource(taken).delete();
    new Announcer(client, NINE, Transitions.UNHEARD).announce(due, request);
    new Announcer(client, NINE, Transitions.UNHEARD).announce(due, request);
    assertThat(calls()).as("another replica has told it").hasSize(2);
  }

  private List<Event> calls() {
    return client.events().v1().events().inAnyNamespace().list().getItems().stream()
        .filter(event -> event.getReason().equals("RemovalOverdue"))
        .toList();
  }

  private static ProcessStatus live(String end) {
    return Serialization.unmarshal(
        """
        state: InForce
        expiresAt: %s
        effects: [{key: k, step: Apply, state: Done, connection: c, account: a}]
        """
            .formatted(end),
        ProcessStatus.class);
  }
}
