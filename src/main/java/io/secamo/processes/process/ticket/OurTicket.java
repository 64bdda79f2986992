package io.secamo.processes.process.ticket;

import io.secamo.processes.api.ProcessStatus.Ticket;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.connector.TicketRef;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.evidence.Chain.Happening;
import java.util.Optional;

/**
 * Which ticket is the one of a request. Numbers come to lead to other tickets, Connections to other
 * systems, and whoever can read a ticket can write its key somewhere else.
 *
 * @param connection name of the Connection that leads to the ticket system
 * @param key what the ticket carries
 */
record OurTicket(StepContext<?> context, String connection, Systems systems, IdempotencyKey key) {
  /** What is recorded of a ticket that was just opened, or found by its key. */
  Ticket recordOf(TicketRef ref) {
    String at = systems.facts(connection).identity();
    return new Ticket(connection, ref.id(), ref.url(), "Open", at, tickets().whereKeysAre());
  }

  /**
   * Our ticket as it is now: under its number, or under the one that the search has for its key. A
   * number that was recorded may be wrong, because a system gave a wrong one once.
   *
   * @return empty if there is none of ours any more
   * @throws ConnectorFailure.Refused if the Connection leads, or looks for keys, elsewhere by now
   */
  Optional<TicketRef> lookAndRenumber(Ticket ticket) {
    // Before anything there is believed.
    requireSameSystem(ticket);
    Optional<TicketRef> there = tickets().read(ticket.id(), key);
    if (there.isPresent()) {
      return there;
    }
    Optional<TicketRef> found = tickets().find(key);
    if (found.filter(ref -> ref.id().equals(ticket.id())).isPresent()) {
      throw new ConnectorFailure.Transient(
          "ticket " + ticket.id() + " is shown as ours by the search and as another one by itself",
          null);
    }
    found.ifPresent(ref -> goesOnAs(ticket, ref));
    return found;
  }

  /** Its number means another ticket elsewhere, and a key proves nothing where others may write. */
  private void requireSameSystem(Ticket ticket) {
    String now = systems.facts(connection).identity();
    if (ticket.at() != null && !Place.leadsToTheSame(ticket.at(), now)) {
      throw elsewhere("ticket " + ticket.id() + " is at " + ticket.at(), "leads to " + now);
    }
    String keyAt = tickets().whereKeysAre();
    if (ticket.keyAt() != null && !ticket.keyAt().equals(keyAt)) {
      throw elsewhere(
          "ticket " + ticket.id() + " is known by the " + ticket.keyAt(), "looks at the " + keyAt);
    }
  }

  private ConnectorFailure.Refused elsewhere(String then, String now) {
    return new ConnectorFailure.Refused(
        then + ", but Connection " + connection + " " + now + " now: let it lead back");
  }

  private void goesOnAs(Ticket before, TicketRef now) {
    context.journal().ticket(recordOf(now));
    String text = connection + " " + now.id() + " carries its key now, and not " + before.id();
    context.journal().recordEvidence(Happening.of("TicketMoved", text), context.now());
  }

  private TicketSystem tickets() {
    return systems.tickets(connection);
  }
}
