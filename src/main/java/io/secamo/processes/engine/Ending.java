package io.secamo.processes.engine;

import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.engine.journal.Journal;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.journal.Timing;
import io.secamo.processes.engine.procedure.Procedure;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.evidence.Chain.Happening;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a process ends: what was made is undone, that is told, the closing step runs, and only then
 * it is over. Each of these may fail; whatever pass comes next goes on where the last one stopped.
 *
 * <p>The first try to undo is not announced: the next pass finds the same end again. Once a try has
 * failed the end is stored as decided, and is the only one, whatever the request says later.
 *
 * @param <S> spec of the process kind
 */
final class Ending<S> {
  /** What people are told when the status has lost what was made. */
  static final String FORGOTTEN =
      "the evidence tells of a change of which the status knows nothing: somebody wrote to it."
          + " Look for rules with the marker of this request, remove them, then answer abandon";

  /** So long a deletion waits for a ticket to be closed: nothing is live any more by then. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final Procedure<S> procedure;
  private final Undoing<S> undoing;
  private final BiFunction<String, Integer, StepContext<S>> contexts;
  private final Journal journal;
  private final Supplier<Instant> clock;
  private Outcome.@Nullable End attempted;
  private String closingStep = "";
  private boolean closing;

  /**
   * Of one pass.
   *
   * @param undoing undoes what was made
   * @param contexts gives a step of that name and place what it works with
   * @param clock tells the time of what just happened
   */
  Ending(
      Procedure<S> procedure,
      Undoing<S> undoing,
      BiFunction<String, Integer, StepContext<S>> contexts,
      Journal journal,
      Supplier<Instant> clock) {
    this.procedure = procedure;
    this.undoing = undoing;
    this.contexts = contexts;
    this.journal = journal;
    this.clock = clock;
  }

  /** The step that was under way when the last call failed; empty if none was. */
  Optional<String> current() {
    return Stream.of(closingStep, undoing.step()).filter(step -> !step.isEmpty()).findFirst();
  }

  /** How a message begins when all is done but the closing of the ticket. */
  private Optional<String> stillOpen() {
    return Optional.of(
            journal
                .ticket()
                .map(ticket -> "ticket " + ticket.id() + " is still open: ")
                .orElse("a ticket may still be open: "))
        .filter(text -> closing);
  }

  /** Brings the process to this end. */
  void bringAbout(Outcome.End ending) {
    attempted = ending;
    if (ending.ownStays()) {
      close(ending);
    } else {
      undoing.undo();
      close(ending.telling(journal.howUndone()));
    }
  }

  /**
   * Stores that a lasting change, whose process is over, is to be removed after all. Nothing is
   * undone in this pass: others have to see first that this one does not rely on it any more, and
   * who asked for it may be gone when the next pass goes on.
   */
  void decideForCompleted(Outcome.End end, Instant now) {
    journal.recordEvidence(Happening.of(EvidenceEntry.END_DECIDED, end.facts()), now);
    journal.progress().toBeUndoneAfterAll(end.message(), now);
  }

  /**
   * Goes on with an end that has begun, and no other one comes in between: what was decided is
   * undone if that failed before, and what was told as over is over, though its ticket may still
   * have to be closed.
   *
   * @return false if none has begun
   */
  boolean resumeIfBegun() {
    Optional<Outcome.End> decided = told(EvidenceEntry.END_DECIDED);
    if (undoing.isLeft()) {
      decided.ifPresent(this::bringAbout);
      return decided.isPresent();
    }
    // All may be undone though the look after it failed: that is no reason to do it again.
    undoing.recordAllReverted();
    Optional<Outcome.End> ended =
        told(Chain.ENDED).or(() -> decided.map(end -> end.telling(journal.howUndone())));
    ended.ifPresent(this::close);
    return ended.isPresent();
  }

  /** An end that could not be brought about now stays the end, and says what is still open. */
  void failed(ConnectorFailure failure, Instant now) {
    if (undoing.underWayOrFailed() && attempted != null) {
      journal.recordEvidence(
          Happening.of(EvidenceEntry.END_DECIDED, attempted.facts()), clock.get());
    }
    stillOpen().ifPresent(journal.progress()::sayFirst);
    if (undoing.underWayOrFailed()) {
      Optional<Instant> since = journal.evidence().since(EvidenceEntry.END_DECIDED);
      journal.progress().againBefore(now.plus(Timing.pause(failure, since, now)));
    }
  }

  /** People read first that what should be gone may be live. */
  void sayOverdue(Instant now) {
    // Who was refused, or waited for long, has not removed it in time.
    Duration slack = undoing.underWayOrFailed() ? Duration.ZERO : ProcessStatus.REMOVAL;
    journal
        .status(now)
        .overdueSince(clock.get().minus(slack))
        .ifPresent(end -> journal.progress().sayFirst(ProcessStatus.pastItsEnd(end)));
  }

  /** Whether the state that is stored may be an end of ours. */
  boolean mayHaveEnded() {
    return ProcessEngine.endMayBeOurs(
        journal, undoing.isLeft() && journal.progress().state() != State.COMPLETED);
  }

  /** Whether the evidence tells of something made of which the status knows nothing any more. */
  boolean forgotten() {
    return journal.evidence().tells(Chain.APPLIED) && undoing.knowsOfNothing();
  }

  /** What is to be said of what was made when nobody goes on with it. */
  String whatStays() {
    return undoing.isLeft() || forgotten()
        ? "what was changed may still be there" + undoing.left()
        : journal.howUndone();
  }

  private Optional<Outcome.End> told(String word) {
    return journal.evidence().entries().stream()
        .filter(entry -> entry.what().equals(word))
        .reduce((earlier, later) -> later)
        .flatMap(entry -> Outcome.End.of(entry.facts()))
        .filter(end -> !end.ownStays());
  }

  /** Tells the end, and closes. */
  void close(Outcome.End told) {
    journal.ending(told);
    tell(told);
    procedure
        .closing()
        .filter(step -> !journal.progress().steps().skipped(step.name()))
        .ifPresent(this::closeBy);
    over(told);
  }

  private void closeBy(Procedure.Closing<S> step) {
    closingStep = step.name();
    closing = true;
    StepContext<S> context = contexts.apply(step.name(), procedure.steps().size());
    try {
      step.body().accept(context);
    } catch (ConnectorFailure failed) {
      if (context.request().wish() != Wish.DELETE || !waitedLongEnough()) {
        throw failed;
      }
      String left = stillOpen().orElse("") + failed.getMessage();
      journal.recordEvidence(Happening.of("TicketLeft", left), clock.get());
    }
    closing = false;
  }

  private boolean waitedLongEnough() {
    return journal
        .evidence()
        .since(Chain.ENDED)
        .filter(ended -> !clock.get().isBefore(ended.plus(PATIENCE)))
        .isPresent();
  }

  /** Ends without undoing or closing anything. */
  void giveUp(Outcome.End told) {
    tell(told);
    over(told);
  }

  private void tell(Outcome.End told) {
    journal.recordEvidence(Happening.of(Chain.ENDED, told.facts()), clock.get());
  }

  private void over(Outcome.End told) {
    journal.progress().ended(told.state(), told.reason(), told.message(), clock.get());
  }

  /** Undoes what is over and was wanted for as long as its request is there. */
  void undoCompleted() {
    boolean stood = undoing.isLeft();
    Outcome.End deleted = RequestTexts.deleted();
    attempted = deleted;
    try {
      undoing.undo();
    } catch (ConnectorFailure failed) {
      // It is not over any more: what is live past its end is told, and tried again.
      journal.progress().toBeUndoneAfterAll(deleted.message(), clock.get());
      throw failed;
    }
    if (stood) {
      journal.progress().undoneWithItsRequest(journal.howUndone());
    }
  }
}
