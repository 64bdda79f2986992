package io.secamo.processes.process.ticket;

import io.secamo.processes.api.ProcessStatus.Ticket;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.connector.TicketDraft;
import io.secamo.processes.connector.TicketRef;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.effect.Effects;
import io.secamo.processes.effect.Intended;
import io.secamo.processes.engine.Turn;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.evidence.Chain.Happening;
import io.secamo.processes.process.Surroundings;
import io.secamo.processes.process.ticket.TicketWording.Wanted;
import io.secamo.processes.text.Plain;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ticket of a request, whatever its kind: opened once, told the plan and that the change is
 * live, closed at the end. Without a ticket in the request: nothing.
 *
 * @param <S> spec of the process kind
 */
public final class Ticketing<S> {
  private static final String OPEN_TICKET = "OpenTicket";
  private static final String CLOSED = "Closed";
  private static final String TOLD = "TicketTold";

  /** The number leads to another ticket by now, or to none: nothing is written to it any more. */
  private static final String NOT_OURS = "NotOurs";

  private static final Duration TICKET_AGAIN = Duration.ofMinutes(1);

  private final Surroundings around;
  private final String change;
  private final TicketWording<S> wording;

  /** Numbers of tickets that were seen to be ours a moment ago. */
  private final Set<String> seenToBeOurs = new HashSet<>();

  /**
   * The tickets of one kind.
   *
   * @param change the step that makes the change; what it told before is not looked for again
   * @param wording what is said in them
   */
  public Ticketing(Surroundings around, String change, TicketWording<S> wording) {
    this.around = around;
    this.change = change;
    this.wording = wording;
  }

  /** Opens the ticket, exactly once. */
  public Outcome opened(Turn<S> turn) {
    wording
        .wanted(turn.spec())
        .filter(wanted -> turn.journal().ticket().isEmpty())
        .ifPresent(wanted -> open(turn, wanted));
    return Outcome.done();
  }

  private void open(Turn<S> turn, Wanted wanted) {
    TicketRef ref = turn.effects().once(opening(turn, wanted));
    seenToBeOurs.add(ref.id());
    turn.journal().ticket(ours(turn, wanted).opened(ref));
    turn.journal()
        .tell(Happening.of("TicketOpened", wanted.connection() + " " + ref.id()), turn.moment());
  }

  private Effects.Creation<TicketRef> opening(Turn<S> turn, Wanted wanted) {
    TicketSystem tickets = tickets(turn, wanted);
    IdempotencyKey key = key(turn);
    return new Effects.Creation<>(
        new Intended(key, "ticket.open", Map.of()),
        tickets.settleWindow(),
        () -> tickets.find(key),
        () -> tickets.create(draft(turn, wanted, key)),
        TicketRef::id);
  }

  /**
   * Whether somebody closed the ticket, or merged it into another one, while its change was still
   * to be made. Without a number it is looked up by its key: after a cluster was restored from a
   * backup, our own record is older than the ticket.
   */
  public Optional<Outcome> closedByOthers(Turn<S> turn) {
    Optional<Wanted> asked = wording.wanted(turn.spec());
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    Wanted wanted = asked.get();
    Optional<Ticket> ours = turn.journal().ticket();
    Optional<TicketRef> now =
        ours.isPresent()
            ? ours(turn, wanted).look(ours.get())
            : tickets(turn, wanted).find(key(turn));
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
  public Outcome tellPlan(Turn<S> turn, Outcome planned) {
    if (planned instanceof Outcome.Done) {
      tellPlan(turn);
    }
    return planned;
  }

  private void tellPlan(Turn<S> turn) {
    turn.journal()
        .plan()
        .ifPresent(
            plan ->
                comment(
                    turn,
                    OPEN_TICKET,
                    "plan-" + plan.digest(),
                    wording.plan(turn.request(), plan)));
  }

  /** Tells that the change is live. */
  public void tellApplied(Turn<S> turn) {
    seenToBeOurs.clear();
    comment(turn, change, "applied", wording.applied(turn));
  }

  /** Tells, once, that the change is live without approval. */
  private void tellEmergency(Turn<S> turn) {
    if (wording.wanted(turn.spec()).isPresent() && !turn.journal().evidence().tells(TOLD)) {
      tellApplied(turn);
      turn.journal().tell(Happening.of(TOLD, "that the change is live"), turn.moment());
    }
  }

  /** A ticket system that is away must not keep people from looking at an emergency in time. */
  public Outcome review(Turn<S> turn, Outcome outcome) {
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
  public void close(Turn<S> turn) {
    Optional<Wanted> asked = wording.wanted(turn.spec());
    Optional<Outcome.End> ending = turn.journal().ending();
    if (asked.isPresent() && ending.isPresent()) {
      tellAndClose(turn, asked.get(), ending.get());
    }
  }

  private void tellAndClose(Turn<S> turn, Wanted wanted, Outcome.End ending) {
    seenToBeOurs.clear();
    adoptLost(turn, wanted);
    // What was closed long ago hears that what it told of is gone.
    boolean removed = ending.state() == State.REMOVED;
    Optional<Ticket> open =
        turn.journal().ticket().filter(t -> removed || !CLOSED.equals(t.phase()));
    open.flatMap(ticket -> stillOurs(turn, wanted, ticket))
        .ifPresent(
            ticket -> {
              String word = ending.state().word();
              comment(turn, change, "ended-" + word, wording.ended(turn, ending));
              tickets(turn, wanted).ensureClosed(ticket.id(), ending.success());
              turn.journal().ticket(inPhase(ticket, CLOSED));
            });
  }

  private static Ticket inPhase(Ticket ticket, String phase) {
    return new Ticket(
        ticket.connection(), ticket.id(), ticket.url(), phase, ticket.at(), ticket.keyAt());
  }

  private OurTicket ours(Turn<S> turn, Wanted wanted) {
    return new OurTicket(turn, wanted.connection(), systems(turn), key(turn));
  }

  /** Before anything is written to it; what is not ours is told, and not written to. */
  private Optional<Ticket> stillOurs(Turn<S> turn, Wanted wanted, Ticket ticket) {
    if (seenToBeOurs.contains(ticket.id())) {
      return Optional.of(ticket);
    }
    Optional<TicketRef> ours = ours(turn, wanted).look(ticket);
    if (ours.isPresent()) {
      seenToBeOurs.add(ours.get().id());
      return turn.journal().ticket();
    }
    if (!NOT_OURS.equals(ticket.phase())) {
      turn.journal().ticket(inPhase(ticket, NOT_OURS));
      String text = wanted.connection() + " " + ticket.id() + " is another ticket now, or none";
      turn.journal().tell(Happening.of("TicketLost", text), turn.moment());
    }
    return Optional.empty();
  }

  /** A ticket whose creation was announced but never recorded must be closed as well. */
  private void adoptLost(Turn<S> turn, Wanted wanted) {
    if (turn.journal().ticket().isEmpty()
        && !turn.journal().effects().standing(OPEN_TICKET).isEmpty()) {
      turn.effects()
          .adopt(opening(turn, wanted))
          .ifPresent(ref -> turn.journal().ticket(ours(turn, wanted).opened(ref)));
    }
  }

  /**
   * Says something once.
   *
   * @param after the step whose effects were there before it was said for the first time
   */
  private void comment(Turn<S> turn, String after, String what, String text) {
    Optional<Wanted> asked = wording.wanted(turn.spec());
    if (asked.isEmpty()) {
      return;
    }
    Wanted wanted = asked.get();
    Optional<Ticket> ticket = turn.journal().ticket().flatMap(t -> stillOurs(turn, wanted, t));
    if (ticket.isEmpty()) {
      return;
    }
    String marker = "[" + key(turn) + "/" + what + "]";
    String anchor = "Evidence so far: " + turn.journal().evidence().head();
    String whole = Plain.shownLines(text) + "\n" + anchor + "\n" + marker;
    TicketSystem tickets = tickets(turn, wanted);
    if (turn.journal().effects().announcedJustNow(after)) {
      tickets.comment(ticket.get().id(), marker, whole);
    } else {
      tickets.ensureComment(ticket.get().id(), marker, whole);
    }
  }

  private TicketDraft draft(Turn<S> turn, Wanted wanted, IdempotencyKey key) {
    return new TicketDraft(
        key,
        wanted.queue(),
        Plain.shown(wording.subject(turn.request())),
        Plain.shownLines(wording.description(turn.request())) + "\n[" + key + "]",
        wanted.priority());
  }

  /** A Connection that was deleted meanwhile must not keep the ticket open at the end. */
  private TicketSystem tickets(Turn<S> turn, Wanted wanted) {
    return systems(turn).tickets(wanted.connection());
  }

  private Systems systems(Turn<S> turn) {
    Systems systems = around.systems(turn.request().namespace());
    boolean ends = turn.journal().ending().isPresent();
    return ends ? systems.toUndo() : systems;
  }

  private IdempotencyKey key(Turn<S> turn) {
    return IdempotencyKey.of(around.clusterId(), turn.request().uid(), OPEN_TICKET, "ticket");
  }
}
