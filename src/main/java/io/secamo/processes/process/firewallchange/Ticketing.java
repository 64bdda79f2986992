package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.ProcessStatus.Ticket;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.connector.TicketDraft;
import io.secamo.processes.connector.TicketRef;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.effect.Effects;
import io.secamo.processes.effect.Intended;
import io.secamo.processes.engine.Outcome;
import io.secamo.processes.engine.Turn;
import io.secamo.processes.evidence.Chain.Happening;
import io.secamo.processes.process.Surroundings;
import io.secamo.processes.text.Plain;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the firewall change tells the ticket system. Without a ticket in the request: nothing. */
final class Ticketing {
  private static final String OPEN_TICKET = "OpenTicket";
  private static final String CLOSED = "Closed";
  private static final String TOLD = "TicketTold";

  /** The number leads to another ticket by now, or to none: nothing is written to it any more. */
  private static final String NOT_OURS = "NotOurs";

  private static final Duration TICKET_AGAIN = Duration.ofMinutes(1);

  private final Surroundings around;

  /** Numbers of tickets that were seen to be ours a moment ago. */
  private final Set<String> seenToBeOurs = new HashSet<>();

  Ticketing(Surroundings around) {
    this.around = around;
  }

  /** Opens the ticket, exactly once. */
  Outcome opened(Turn<FirewallChangeSpec> turn) {
    FirewallChangeSpec.Ticket asked = turn.spec().ticket();
    if (asked != null && turn.journal().ticket().isEmpty()) {
      open(turn, asked);
    }
    return Outcome.done();
  }

  private void open(Turn<FirewallChangeSpec> turn, FirewallChangeSpec.Ticket asked) {
    TicketRef ref = turn.effects().once(opening(turn, asked));
    seenToBeOurs.add(ref.id());
    turn.journal().ticket(ours(turn, asked).opened(ref));
    turn.journal()
        .tell(Happening.of("TicketOpened", asked.connection() + " " + ref.id()), turn.moment());
  }

  private Effects.Creation<TicketRef> opening(
      Turn<FirewallChangeSpec> turn, FirewallChangeSpec.Ticket asked) {
    TicketSystem tickets = tickets(turn, asked);
    IdempotencyKey key = key(turn);
    return new Effects.Creation<>(
        new Intended(key, "ticket.open", Map.of()),
        tickets.settleWindow(),
        () -> tickets.find(key),
        () -> tickets.create(draft(turn, asked, key)),
        TicketRef::id);
  }

  /**
   * Whether somebody closed the ticket, or merged it into another one, while its change was still
   * to be made. Without a number it is looked up by its key: after a cluster was restored from a
   * backup, our own record is older than the ticket.
   */
  Optional<Outcome> closedByOthers(Turn<FirewallChangeSpec> turn) {
    FirewallChangeSpec.Ticket asked = turn.spec().ticket();
    if (asked == null) {
      return Optional.empty();
    }
    Optional<Ticket> ours = turn.journal().ticket();
    Optional<TicketRef> now =
        ours.isPresent()
            ? ours(turn, asked).look(ours.get())
            : tickets(turn, asked).find(key(turn));
    if (ours.isPresent() && now.isEmpty()) {
      return Optional.of(
          Outcome.attention(
              Reasons.TICKET_CLOSED,
              "ticket "
                  + ours.get().id()
                  + " is not the one of this request any more (merged or deleted), and its change"
                  + " was not made: bring it back and request a retry, or withdraw this request"));
    }
    return now.filter(TicketRef::closed)
        .map(
            ref ->
                Outcome.attention(
                    Reasons.TICKET_CLOSED,
                    "ticket "
                        + ref.id()
                        + " is closed although its change was not made: reopen it and request a"
                        + " retry, or withdraw this request"));
  }

  /** Tells the plan that people are asked to approve, if one was made. */
  Outcome tellPlan(Turn<FirewallChangeSpec> turn, Outcome planned) {
    if (planned instanceof Outcome.Done) {
      tellPlan(turn);
    }
    return planned;
  }

  private void tellPlan(Turn<FirewallChangeSpec> turn) {
    turn.journal()
        .plan()
        .ifPresent(
            plan ->
                comment(
                    turn, OPEN_TICKET, "plan-" + plan.digest(), Texts.plan(turn.request(), plan)));
  }

  /** Tells that the change is live. */
  void tellApplied(Turn<FirewallChangeSpec> turn) {
    seenToBeOurs.clear();
    comment(turn, TargetFirewall.APPLY, "applied", Texts.applied(turn));
  }

  /** Tells, once, that the change is live without approval. */
  private void tellEmergency(Turn<FirewallChangeSpec> turn) {
    if (turn.spec().ticket() != null && !turn.journal().evidence().tells(TOLD)) {
      tellApplied(turn);
      turn.journal().tell(Happening.of(TOLD, "that the change is live"), turn.moment());
    }
  }

  /** A ticket system that is away must not keep people from looking at an emergency in time. */
  Outcome review(Turn<FirewallChangeSpec> turn, Outcome outcome) {
    if (turn.journal().breakGlass().isEmpty() || outcome instanceof Outcome.End) {
      return outcome;
    }
    try {
      tellEmergency(turn);
      return outcome;
    } catch (ConnectorFailure notNow) {
      return outcome instanceof Outcome.Wait wait
          ? wait.trying(
              "its ticket does not say so yet: " + notNow.getMessage(),
              turn.now().plus(TICKET_AGAIN))
          : outcome;
    }
  }

  /** Tells how it ended and closes the ticket. */
  void close(Turn<FirewallChangeSpec> turn) {
    FirewallChangeSpec.Ticket asked = turn.spec().ticket();
    Optional<Outcome.End> ending = turn.journal().ending();
    if (asked == null || ending.isEmpty()) {
      return;
    }
    seenToBeOurs.clear();
    adoptLost(turn, asked);
    // What was closed long ago hears that what it told of is gone.
    boolean removed = ending.get().state() == State.REMOVED;
    Optional<Ticket> open =
        turn.journal().ticket().filter(t -> removed || !CLOSED.equals(t.phase()));
    open.flatMap(ticket -> stillOurs(turn, asked, ticket))
        .ifPresent(
            ticket -> {
              String word = ending.get().state().word();
              comment(turn, TargetFirewall.APPLY, "ended-" + word, Texts.ended(turn, ending.get()));
              tickets(turn, asked).ensureClosed(ticket.id(), ending.get().success());
              turn.journal().ticket(inPhase(ticket, CLOSED));
            });
  }

  private static Ticket inPhase(Ticket ticket, String phase) {
    return new Ticket(
        ticket.connection(), ticket.id(), ticket.url(), phase, ticket.at(), ticket.keyAt());
  }

  private OurTicket ours(Turn<FirewallChangeSpec> turn, FirewallChangeSpec.Ticket asked) {
    return new OurTicket(turn, asked.connection(), systems(turn), key(turn));
  }

  /** Before anything is written to it; what is not ours is told, and not written to. */
  private Optional<Ticket> stillOurs(
      Turn<FirewallChangeSpec> turn, FirewallChangeSpec.Ticket asked, Ticket ticket) {
    if (seenToBeOurs.contains(ticket.id())) {
      return Optional.of(ticket);
    }
    Optional<TicketRef> ours = ours(turn, asked).look(ticket);
    if (ours.isPresent()) {
      seenToBeOurs.add(ours.get().id());
      return turn.journal().ticket();
    }
    if (!NOT_OURS.equals(ticket.phase())) {
      turn.journal().ticket(inPhase(ticket, NOT_OURS));
      String text = asked.connection() + " " + ticket.id() + " is another ticket now, or none";
      turn.journal().tell(Happening.of("TicketLost", text), turn.moment());
    }
    return Optional.empty();
  }

  /** A ticket whose creation was announced but never recorded must be closed as well. */
  private void adoptLost(Turn<FirewallChangeSpec> turn, FirewallChangeSpec.Ticket asked) {
    if (turn.journal().ticket().isEmpty()
        && !turn.journal().effects().standing(OPEN_TICKET).isEmpty()) {
      turn.effects()
          .adopt(opening(turn, asked))
          .ifPresent(ref -> turn.journal().ticket(ours(turn, asked).opened(ref)));
    }
  }

  /**
   * Says something once.
   *
   * @param after the step whose effects were there before it was said for the first time
   */
  private void comment(Turn<FirewallChangeSpec> turn, String after, String what, String text) {
    FirewallChangeSpec.Ticket asked = turn.spec().ticket();
    if (asked == null) {
      return;
    }
    Optional<Ticket> ticket = turn.journal().ticket().flatMap(t -> stillOurs(turn, asked, t));
    if (ticket.isEmpty()) {
      return;
    }
    String marker = "[" + key(turn) + "/" + what + "]";
    String anchor = "Evidence so far: " + turn.journal().evidence().head();
    String whole = Plain.shownLines(text) + "\n" + anchor + "\n" + marker;
    TicketSystem tickets = tickets(turn, asked);
    if (turn.journal().effects().announcedJustNow(after)) {
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
        Plain.shown(Texts.subject(turn.request())),
        Plain.shownLines(Texts.description(turn.request())) + "\n[" + key + "]",
        asked.priority());
  }

  /** A Connection that was deleted meanwhile must not keep the ticket open at the end. */
  private TicketSystem tickets(Turn<FirewallChangeSpec> turn, FirewallChangeSpec.Ticket asked) {
    return systems(turn).tickets(asked.connection());
  }

  private Systems systems(Turn<FirewallChangeSpec> turn) {
    Systems systems = around.systems(turn.request().namespace());
    boolean ends = turn.journal().ending().isPresent();
    return ends ? systems.toUndo() : systems;
  }

  private IdempotencyKey key(Turn<FirewallChangeSpec> turn) {
    return IdempotencyKey.of(around.clusterId(), turn.request().uid(), OPEN_TICKET, "ticket");
  }
}
