package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.FirewallChangeSpec;
import io.secamo.processes.api.ProcessStatus.Ticket;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.connector.TicketDraft;
import io.secamo.processes.connector.TicketRef;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.engine.Effects;
import io.secamo.processes.engine.Outcome;
import io.secamo.processes.engine.Turn;
import io.secamo.processes.evidence.Chain.Happening;
import io.secamo.processes.process.Surroundings;
import java.util.Optional;

/** What the firewall change tells the ticket system. Without a ticket in the request: nothing. */
final class Desk {
  private static final String OPEN_TICKET = "OpenTicket";

  private final Surroundings around;

  Desk(Surroundings around) {
    this.around = around;
  }

  /** Opens the ticket, exactly once. */
  void open(Turn<FirewallChangeSpec> turn) {
    FirewallChangeSpec.Ticket asked = turn.spec().ticket();
    if (asked == null || turn.journal().ticket().isPresent()) {
      return;
    }
    TicketRef ref = turn.effects().once(opening(turn, asked));
    turn.journal().ticket(new Ticket(asked.connection(), ref.id(), ref.url(), "Open"));
    turn.journal()
        .tell(Happening.of("TicketOpened", asked.connection() + " " + ref.id()), turn.now());
  }

  private Effects.Creation<TicketRef> opening(
      Turn<FirewallChangeSpec> turn, FirewallChangeSpec.Ticket asked) {
    TicketSystem tickets = tickets(turn, asked);
    IdempotencyKey key = key(turn);
    return new Effects.Creation<>(
        key,
        tickets.settleWindow(),
        () -> tickets.find(key),
        () -> tickets.create(draft(turn, asked, key)),
        TicketRef::id);
  }

  /**
   * Whether somebody closed the ticket while its change was still to be made. It is looked up by
   * its key: after a cluster was restored from a backup, our own record is older than the ticket.
   */
  Optional<Outcome> closedByOthers(Turn<FirewallChangeSpec> turn) {
    FirewallChangeSpec.Ticket asked = turn.spec().ticket();
    if (asked == null) {
      return Optional.empty();
    }
    return tickets(turn, asked)
        .find(key(turn))
        .filter(TicketRef::closed)
        .map(
            ref ->
                Outcome.attention(
                    Reasons.TICKET_CLOSED,
                    "ticket "
                        + ref.id()
                        + " is closed although its change was not made: reopen it and request a"
                        + " retry, or withdraw this request"));
  }

  /** Tells the plan that people are asked to approve. */
  void tellPlan(Turn<FirewallChangeSpec> turn) {
    turn.journal()
        .plan()
        .ifPresent(
            plan ->
                comment(
                    turn, OPEN_TICKET, "plan-" + plan.digest(), Texts.plan(turn.request(), plan)));
  }

  /** Tells that the change is live. */
  void tellApplied(Turn<FirewallChangeSpec> turn) {
    comment(turn, Wall.APPLY, "applied", Texts.applied(turn));
  }

  /** Tells how it ended and closes the ticket. */
  void close(Turn<FirewallChangeSpec> turn) {
    FirewallChangeSpec.Ticket asked = turn.spec().ticket();
    Optional<Outcome.End> ending = turn.journal().ending();
    if (asked == null || ending.isEmpty()) {
      return;
    }
    adoptLost(turn, asked);
    Optional<Ticket> ticket = turn.journal().ticket();
    if (ticket.isPresent() && !"Closed".equals(ticket.get().phase())) {
      String word = ending.get().state().word();
      comment(turn, Wall.APPLY, "ended-" + word, Texts.ended(turn, ending.get()));
      Ticket t = ticket.get();
      tickets(turn, asked).ensureClosed(t.id(), ending.get().success());
      turn.journal().ticket(new Ticket(t.connection(), t.id(), t.url(), "Closed"));
    }
  }

  /** A ticket whose creation was announced but never recorded must be closed as well. */
  private void adoptLost(Turn<FirewallChangeSpec> turn, FirewallChangeSpec.Ticket asked) {
    if (turn.journal().ticket().isEmpty() && !turn.journal().standing(OPEN_TICKET).isEmpty()) {
      turn.effects()
          .adopt(opening(turn, asked))
          .ifPresent(
              ref ->
                  turn.journal()
                      .ticket(new Ticket(asked.connection(), ref.id(), ref.url(), "Open")));
    }
  }

  /**
   * Says something once.
   *
   * @param after the step whose effects were there before it was said for the first time
   */
  private void comment(Turn<FirewallChangeSpec> turn, String after, String what, String text) {
    FirewallChangeSpec.Ticket asked = turn.spec().ticket();
    Optional<Ticket> ticket = turn.journal().ticket();
    if (asked == null || ticket.isEmpty()) {
      return;
    }
    String marker = "[" + key(turn) + "/" + what + "]";
    String anchor = "Evidence so far: " + turn.journal().evidence().head();
    String whole = text + "\n" + anchor + "\n" + marker;
    TicketSystem tickets = tickets(turn, asked);
    if (turn.journal().announcedJustNow(after)) {
      tickets.comment(ticket.get().id(), marker, whole);
    } else {
      tickets.ensureComment(ticket.get().id(), marker, whole);
    }
  }

  private TicketDraft draft(
      Turn<FirewallChangeSpec> turn, FirewallChangeSpec.Ticket asked, IdempotencyKey key) {
    return new TicketDraft(
        key,
        asked.queue(),
        Texts.subject(turn.request()),
        Texts.description(turn.request()) + "\n[" + key + "]",
        asked.priority());
  }

  private TicketSystem tickets(Turn<FirewallChangeSpec> turn, FirewallChangeSpec.Ticket asked) {
    return around.systems(turn.request().namespace()).tickets(asked.connection());
  }

  private IdempotencyKey key(Turn<FirewallChangeSpec> turn) {
    return IdempotencyKey.of(around.clusterId(), turn.request().uid(), OPEN_TICKET, "ticket");
  }
}
