package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.ProcessStatus.Ticket;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.connector.sandbox.SandboxStore.Entry;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A number that leads to another ticket by now: nothing is written to somebody else's. */
class WrongTicketTest {
  private final Stage stage = new Stage();
  private final Wanted web = new Wanted();

  @Test
  void aTicketThatWasMergedIntoSomebodyElsesIsNotClosed() {
    Change change = live("web", web.expiringAfter("8h"));
    String said = stage.tickets().get(0).get("comments");
    numberBecomesSomebodyElses();
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
    assertThat(stage.tickets().get(0))
        .containsEntry("status", "open")
        .containsEntry("comments", said);
    assertThat(change.status.ticket().phase()).isEqualTo("NotOurs");
    assertThat(change.status.conditions())
        .anyMatch(c -> c.type().equals("TicketOpen") && c.status().equals("False"));
    assertThat(change.status.evidence()).anyMatch(e -> e.what().equals("TicketLost"));
  }

  /**
   * The number was wrong from the beginning, or the ticket was moved: its key still leads to it.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTicketWithAnotherNumberIsFoundByItsKey(boolean inForce) {
    Change change = stage.submitted("web", web.expiringAfter("8h"));
    if (inForce) {
      stage.vote(change, "ann", "security", true, "");
    }
    Entry ours = stage.store.list("ticket").get(0);
    Map<String, String> moved = new HashMap<>(ours.data());
    moved.put("number", "CHG-7777");
    stage.store.replace(ours, moved);
    if (!inForce) {
      stage.vote(change, "ann", "security", true, "");
    }
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(change.status.ticket().id()).isEqualTo("CHG-7777");
    assertThat(change.status.evidence())
        .anySatisfy(
            entry -> {
              assertThat(entry.what()).isEqualTo("TicketMoved");
              assertThat(entry.facts())
                  .containsExactly("sandbox CHG-7777 carries its key now, and not CHG-1001");
            });
    assertThat(change.status.ticket().phase()).isEqualTo("Closed");
    assertThat(stage.tickets().get(0)).containsEntry("status", "resolved");
  }

  @Test
  void aChangeIsNotMadeWhileItsTicketIsSomebodyElses() {
    Change change = stage.submitted("web", web.build());
    numberBecomesSomebodyElses();
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message()).contains("merged or deleted");
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aClosedTicketStopsAChangeAlsoWhereAnotherRequestHasOpenedTheSame() {
    live("other", web.expiringAfter("8h"));
    Change change = stage.submitted("web", web.expiringAfter("12h"));
    closed(1);
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message()).contains("is closed although its change was not made");
    assertThat(change.status.effects()).noneMatch(e -> e.step().equals("Apply"));
  }

  /** We closed it ourselves; a backup of the cluster knows nothing of that. */
  @Test
  void aTicketThatIsClosedDoesNotStopWhatTheRequestHasMadeBeforeTheBackup() {
    Change change = stage.submitted("web", web.build());
    ProcessStatus backup = change.status;
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.tickets().get(0)).containsEntry("status", "resolved");
    change.status = backup;
    stage.work();

    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.cloud()).hasSize(1);
  }

  private void closed(int ticket) {
    Entry entry = stage.store.list("ticket").get(ticket);
    Map<String, String> data = new HashMap<>(entry.data());
    data.put("status", "resolved");
    stage.store.replace(entry, data);
  }

  /**
   * The other system knows our key: whoever can read tickets can write it into one of their own.
   */
  @Test
  void aTicketElsewhereWithOurKeyIsNotTakenForOurs() {
    Wanted temporary =
        new Wanted(web.port(), web.peer(), null, null, "8h", web.adoption(), web.onDelete());
    Change change =
        live("web", temporary.ticket(new FirewallChangeSpec.Ticket("desk", null, "ACME", null)));
    String said = stage.tickets().get(0).get("comments");
    Ticket ours = change.status.ticket();
    stage.deskEndpoint = Optional.of("https://elsewhere.example.com");
    stage.pass(Duration.ofHours(8));

    assertThat(stage.cloud()).isEmpty();
    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message())
        .contains("ticket " + ours.id() + " is at", "elsewhere.example.com now: let it lead back");
    assertThat(change.status.ticket()).isEqualTo(ours);
    assertThat(stage.tickets().get(0))
        .containsEntry("status", "open")
        .containsEntry("comments", said);

    stage.deskEndpoint = Optional.empty();
    stage.pass(Duration.ofMinutes(1));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(change.status.ticket().phase()).isEqualTo("Closed");
  }

  /**
   * Who may edit the Connection names a field in which others may write, and writes our key into
   * somebody else's ticket.
   */
  @Test
  void aTicketThatHasOurKeyInAnotherFieldIsNotTakenForOurs() {
    Change change = live("web", web.expiringAfter("8h"));
    Ticket ours = change.status.ticket();
    stage.deskKeysAt = Optional.of("custom field note of Request Tracker");
    stage.pass(Duration.ofHours(8));

    assertThat(stage.cloud()).isEmpty();
    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message())
        .contains(
            "ticket " + ours.id() + " is known by the name of the sandbox's ConfigMap",
            "looks at the custom field note of Request Tracker now: let it lead back");
    assertThat(change.status.ticket()).isEqualTo(ours);
    assertThat(stage.tickets()).allMatch(ticket -> ticket.get("status").equals("open"));
  }

  /** As after a merge: our key leads to no ticket, our number to another one. */
  private void numberBecomesSomebodyElses() {
    Entry ours = stage.store.list("ticket").get(0);
    stage.store.delete(ours.name());
    stage.store.create("sandbox-ticket-theirs", "ticket", ours.data());
  }

  private Change live(String name, FirewallChangeSpec spec) {
    Change change = stage.submitted(name, spec);
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    return change;
  }
}
