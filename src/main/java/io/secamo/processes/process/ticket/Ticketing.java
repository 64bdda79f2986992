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
import io.secamo.processes.effect.Creation;
import io.secamo.processes.effect.Intended;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.StepContext;
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
  private final String changeStep;
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
    this.changeStep = change;
    this.wording = wording;
  }

  /** Opens the ticket, exactly once. */
  public Outcome openTicket(StepContext<S> context) {
    wording
        .wanted(context.spec())
        .filter(wanted -> context.journal().ticket().isEmpty())
        .ifPresent(wanted -> open(context, wanted));
    return Outcome.done();
  }

  private void open(StepContext<S> context, Wanted wanted) {
    TicketRef ref = context.effects().once(opening(context, wanted));
    seenToBeOurs.add(ref.id());
    context.journal().ticket(ourTicket(context, wanted).recordOf(ref));
    context
        .journal()
        .recordEvidence(
            Happening.of("TicketOpened", wanted.connection() + " " + ref.id()), context.now());
  }

  private Creation<TicketRef> opening(StepContext<S> context, Wanted wanted) {
    TicketSystem tickets = tickets(context, wanted);
    IdempotencyKey key = key(context);
    return new Creation<>(
        new Intended(key, "ticket.open", Map.of()),
        tickets.settleWindow(),
        () -> tickets.find(key),
        () -> tickets.create(draft(context, wanted, key)),
        TicketRef::id,
        Optional.empty());
  }

  /**
   * Whether somebody closed the ticket, or merged it into another one, while its change was still
   * to be made. Without a number it is looked up by its key: after a cluster was restored from a
   * backup, our own record is older than the ticket.
   */
  public Optional<Outcome> closedByOthers(StepContext<S> context) {
    Optional<Wanted> asked = wording.wanted(context.spec());
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    Wanted wanted = asked.get();
    Optional<Ticket> ours = context.journal().ticket();
    Optional<TicketRef> now =
        ours.isPresent()
            ? ourTicket(context, wanted).lookAndRenumber(ours.get())
            : tickets(context, wanted).find(key(context));
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
  public Outcome tellPlan(StepContext<S> context, Outcome planned) {
    if (planned instanceof Outcome.Done) {
      tellPlan(context);
    }
    return planned;
  }

  private void tellPlan(StepContext<S> context) {
    context
        .journal()
        .plan()
        .ifPresent(
            plan ->
                comment(
                    context,
                    OPEN_TICKET,
                    "plan-" + plan.digest(),
                    wording.plan(context.request(), plan)));
  }

  /** Tells that the change is live. */
  public void tellApplied(StepContext<S> context) {
    seenToBeOurs.clear();
    comment(context, changeStep, "applied", wording.applied(context));
  }

  /** Tells, once, that the change is live without approval. */
  private void tellEmergency(StepContext<S> context) {
    if (wording.wanted(context.spec()).isPresent() && !context.journal().evidence().tells(TOLD)) {
      tellApplied(context);
      context
          .journal()
          .recordEvidence(Happening.of(TOLD, "that the change is live"), context.now());
    }
  }

  /** A ticket system that is away must not keep people from looking at an emergency in time. */
  public Outcome review(StepContext<S> context, Outcome outcome) {
    if (context.journal().breakGlass().isEmpty() || outcome instanceof Outcome.End) {
      return outcome;
    }
    try {
      tellEmergency(context);
      return outcome;
    } catch (ConnectorFailure notNow) {
      return outcome instanceof Outcome.Wait wait
          ? wait.trying(
              "its ticket does not say so yet: " + notNow.getMessage(),
              context.asOf().plus(TICKET_AGAIN))
          : outcome;
    }
  }

  /** Tells how it ended and closes the ticket. */
  public void close(StepContext<S> context) {
    Optional<Wanted> asked = wording.wanted(context.spec());
    Optional<Outcome.End> ending = context.journal().ending();
    if (asked.isPresent() && ending.isPresent()) {
      tellAndClose(context, asked.get(), ending.get());
    }
  }

  private void tellAndClose(StepContext<S> context, Wanted wanted, Outcome.End ending) {
    seenToBeOurs.clear();
    adoptLost(context, wanted);
    // What was closed long ago hears that what it told of is gone.
    boolean removed = ending.state() == State.REMOVED;
    Optional<Ticket> open =
        context.journal().ticket().filter(t -> removed || !CLOSED.equals(t.phase()));
    open.flatMap(ticket -> stillOurs(context, wanted, ticket))
        .ifPresent(
            ticket -> {
              String word = ending.state().word();
              comment(context, changeStep, "ended-" + word, wording.ended(context, ending));
              tickets(context, wanted).ensureClosed(ticket.id(), ending.success());
              context.journal().ticket(inPhase(ticket, CLOSED));
            });
  }

  private static Ticket inPhase(Ticket ticket, String phase) {
    return new Ticket(
        ticket.connection(), ticket.id(), ticket.url(), phase, ticket.at(), ticket.keyAt());
  }

  private OurTicket ourTicket(StepContext<S> context, Wanted wanted) {
    return new OurTicket(context, wanted.connection(), systems(context), key(context));
  }

  /** Before anything is written to it; what is not ours is told, and not written to. */
  private Optional<Ticket> stillOurs(StepContext<S> context, Wanted wanted, Ticket ticket) {
    if (seenToBeOurs.contains(ticket.id())) {
      return Optional.of(ticket);
    }
    Optional<TicketRef> ours = ourTicket(context, wanted).lookAndRenumber(ticket);
    if (ours.isPresent()) {
      seenToBeOurs.add(ours.get().id());
      return context.journal().ticket();
    }
    if (!NOT_OURS.equals(ticket.phase())) {
      context.journal().ticket(inPhase(ticket, NOT_OURS));
      String text = wanted.connection() + " " + ticket.id() + " is another ticket now, or none";
      context.journal().recordEvidence(Happening.of("TicketLost", text), context.now());
    }
    return Optional.empty();
  }

  /** A ticket whose creation was announced but never recorded must be closed as well. */
  private void adoptLost(StepContext<S> context, Wanted wanted) {
    if (context.journal().ticket().isEmpty()
        && !context.journal().effectLog().mayBeThere(OPEN_TICKET).isEmpty()) {
      context
          .effects()
          .recoverLost(opening(context, wanted))
          .ifPresent(ref -> context.journal().ticket(ourTicket(context, wanted).recordOf(ref)));
    }
  }

  /**
   * Says something once.
   *
   * @param after the step whose effects were there before it was said for the first time
   */
  private void comment(StepContext<S> context, String after, String what, String text) {
    Optional<Wanted> asked = wording.wanted(context.spec());
    if (asked.isEmpty()) {
      return;
    }
    Wanted wanted = asked.get();
    Optional<Ticket> ticket =
        context.journal().ticket().flatMap(t -> stillOurs(context, wanted, t));
    if (ticket.isEmpty()) {
      return;
    }
    String marker = "[" + key(context) + "/" + what + "]";
    String anchor = "Evidence so far: " + context.journal().evidence().head();
    String whole = Plain.shownLines(text) + "\n" + anchor + "\n" + marker;
    TicketSystem tickets = tickets(context, wanted);
    if (context.journal().effectLog().firstAnnouncedInThisPass(after)) {
      tickets.comment(ticket.get().id(), marker, whole);
    } else {
      tickets.ensureComment(ticket.get().id(), marker, whole);
    }
  }

  private TicketDraft draft(StepContext<S> context, Wanted wanted, IdempotencyKey key) {
    return new TicketDraft(
        key,
        wanted.queue(),
        Plain.shown(wording.subject(context.request())),
        Plain.shownLines(wording.description(context.request())) + "\n[" + key + "]",
        wanted.priority());
  }

  /** A Connection that was deleted meanwhile must not keep the ticket open at the end. */
  private TicketSystem tickets(StepContext<S> context, Wanted wanted) {
    return systems(context).tickets(wanted.connection());
  }

  private Systems systems(StepContext<S> context) {
    Systems systems = around.systems(context.request().namespace());
    boolean ends = context.journal().ending().isPresent();
    return ends ? systems.toUndo() : systems;
  }

  private IdempotencyKey key(StepContext<S> context) {
    return IdempotencyKey.of(around.clusterId(), context.request().uid(), OPEN_TICKET, "ticket");
  }
}
