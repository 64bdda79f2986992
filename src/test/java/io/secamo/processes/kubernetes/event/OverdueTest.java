package io.secamo.processes.kubernetes.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.kubernetes.Submission;
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

  /** Who withdrew it wants it gone now, whatever its own end would have been. */
  @Test
  void whatWasDecidedToEndIsOverdueSinceThen() {
    FirewallChangeRequest request = Submission.submit(server, client);
    ProcessStatus refused =
        Serialization.unmarshal(
            """
            state: NeedsAttention
            message: OpenStack refuses it
            expiresAt: 2027-01-04T17:00:00Z
            effects: [{key: k, step: Apply, state: Done, connection: c, account: a}]
            evidence: [{at: 2027-01-04T08:59:40Z, what: EndDecided, previous: p, hash: h}]
            """,
            ProcessStatus.class);
    request.setStatus(refused);
    new Announcer(client, NINE, Transitions.UNHEARD).announce(refused, request);

    assertThat(calls())
        .extracting(Event::getNote)
        .containsExactly(
            "should have been removed at 2027-01-04T08:59:40Z and may still be live: k"
                + " (status.effects says where). Waiting for: OpenStack refuses it");
  }

  /** The pass that removes it may have been waiting for something else all the time. */
  @Test
  void peopleAreToldWhatIsLiveSinceWhenItShouldBeGoneAndWhatIsBeingWaitedFor() {
    FirewallChangeRequest request = Submission.submit(server, client);
    ProcessStatus due =
        Serialization.unmarshal(
            """
            state: InForce
            message: Request Tracker does not answer (attempt 2)
            expiresAt: 2027-01-04T08:59:40Z
            nextAttemptAt: 2027-01-04T09:00:30Z
            effects:
            - {key: k1, step: OpenTicket, state: Done, externalId: '12'}
            - {key: k2, step: Apply, state: Done, externalId: r1, connection: c, account: a, target: g}
            - {key: k3, step: Apply, state: Intended, connection: c, account: a, target: g}
            - {key: k4, step: Apply, state: Reverted, externalId: r4, connection: c, account: a}
            """,
            ProcessStatus.class);
    request.setStatus(due);
    new Announcer(client, NINE, Transitions.UNHEARD).announce(due, request);

    assertThat(calls())
        .extracting(Event::getNote)
        .containsExactly(
            "should have been removed at 2027-01-04T08:59:40Z and may still be live: r1, k3"
                + " (status.effects says where). Waiting for: Request Tracker does not answer"
                + " (attempt 2); tried again at 2027-01-04T09:00:30Z");
  }

  /** Its message says the same of the end, and of more than fits the Event. */
  @Test
  void whatTheMessageSaysOfTheEndIsNotToldTwice() {
    FirewallChangeRequest request = Submission.submit(server, client);
    ProcessStatus due =
        Serialization.unmarshal(
            """
            state: Reverting
            message: "should have been removed at 2027-01-04T08:59:40Z and may still be live: no"
            expiresAt: 2027-01-04T08:59:40Z
            effects:
            - {key: k1, step: Apply, state: Done, externalId: r1, connection: c, account: a}
            - {key: k2, step: Apply, state: Done, externalId: r2, connection: c, account: a}
            - {key: k3, step: Apply, state: Done, externalId: r3, connection: c, account: a}
            - {key: k4, step: Apply, state: Done, externalId: r4, connection: c, account: a}
            - {key: k5, step: Apply, state: Done, externalId: r5, connection: c, account: a}
            """,
            ProcessStatus.class);
    request.setStatus(due);
    new Announcer(client, NINE, Transitions.UNHEARD).announce(due, request);

    assertThat(calls())
        .extracting(Event::getNote)
        .containsExactly(
            "should have been removed at 2027-01-04T08:59:40Z and may still be live: r1, r2, r3"
                + " and 2 more (status.effects says where). Waiting for: no");
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
