package io.secamo.processes.engine;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.engine.journal.Journal;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.journal.Timing;
import io.secamo.processes.engine.procedure.ProcessType;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.Request.Wish;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** One pass over one process. */
final class Pass<S> {
  private static final String NO_REQUESTER =
      "nobody is recorded as requester: install the admission policies, submit it again";

  private final ProcessType<S> type;
  private final LiveLook<S> look;
  private final Walk<S> walk;
  private final Ending<S> ending;
  private final Journal journal;
  private final Instant now;
  private boolean mayBeDeleted;
  private boolean abandonedInVain;

  Pass(
      Supplier<? extends ProcessType<S>> types,
      Request<S> request,
      Journal journal,
      Guard<S> guard,
      Instant now) {
    this.type = types.get();
    this.journal = journal;
    this.now = now;
    this.look = new LiveLook<>(types, request, journal, guard, now);
    this.walk = new Walk<>(types, type, look, journal, now);
    Undoing<S> undoing = new Undoing<>(walk::reverter, walk::context, journal, look::now);
    this.ending = new Ending<>(walk.procedure(), undoing, walk::context, journal, look::now);
  }

  private Request<S> request() {
    return look.request();
  }

  private RequestTexts texts() {
    return new RequestTexts(request());
  }

  PassResult run() {
    Optional<RuntimeException> defect = Optional.empty();
    try {
      advance();
    } catch (Interruption.MayStillShowUp late) {
      // Nothing is written: another operator may be about to write what came of its attempt.
      return new PassResult.Settled(
          look.stored(), Optional.of(late.until()), false, Optional.empty());
    } catch (Interruption.Unprotected unprotected) {
      String problem = String.valueOf(unprotected.getMessage());
      journal.admission(Optional.of(problem));
      journal.progress().unprotected(step(), problem, now);
    } catch (Interruption.EvidenceFull full) {
      String text = String.valueOf(full.getMessage());
      journal.progress().parked("Evidence", Reasons.EVIDENCE_FULL, text);
    } catch (Interruption.NotRecorded full) {
      journal.progress().parked(step(), Reasons.NOT_RECORDED, Interruption.NotRecorded.UNRECORDED);
    } catch (Interruption interruption) {
      return new PassResult.Again(String.valueOf(interruption.getMessage()), journal.status(now));
    } catch (ConnectorFailure failure) {
      journal.progress().failed(step(), failure, request().uid(), now);
      ending.failed(failure, now);
    } catch (RuntimeException bug) {
      journal.progress().defect(step(), request().uid(), now);
      defect = Optional.of(bug);
    }
    if (abandonedInVain) {
      journal.progress().alsoSays("it is given up once that can be told");
    }
    walk.lookAgainBefore().ifPresent(journal.progress()::againBefore);
    ending.sayOverdue(now);
    ProcessStatus status = journal.asking(Answer.possible(journal, walk.procedure())).status(now);
    return new PassResult.Settled(status, Timing.wakeUp(status, now), mayBeDeleted, defect);
  }

  private String step() {
    return ending.current().orElse(walk.current());
  }

  private void advance() {
    journal.progress().begin(request().generation(), now);
    journal.requestedBy(request().requester());
    if (journal.progress().state().terminal() && ending.mayHaveEnded()) {
      afterTheEnd();
      return;
    }
    journal.discardForeignEnd(now);
    journal.recordEvidence(texts().submitted(type.subject(request()), journal.requestedBy()), now);
    if (endedByAnswer()) {
      return;
    }
    if (ending.forgotten()) {
      journal.progress().parked("Record", Reasons.STATUS_REWRITTEN, Ending.FORGOTTEN);
      return;
    }
    if (ending.resumeIfBegun()) {
      mayBeDeleted = request().wish() == Wish.DELETE;
      return;
    }
    boolean withdrawnOrDeleted =
        request().wish() == Wish.DELETE || request().wish() == Wish.WITHDRAW;
    Optional<Outcome.End> due = Timing.dueEnd(walk.reverter(), journal, now);
    if (due.isPresent() && !withdrawnOrDeleted) {
      end(due.get());
      return;
    }
    switch (request().wish()) {
      case DELETE -> end(RequestTexts.deleted());
      case WITHDRAW -> withdrawn();
      case SUSPEND -> suspended();
      case PROCEED -> {
        // Also of what was live meanwhile, whose state was another one.
        if (journal.evidence().tells("Suspended")) {
          journal.recordEvidence(texts().suspension("Resumed"), now);
        }
        if (!endedByRejection()) {
          goOn();
        }
      }
    }
  }

  /** Follows what a person said to do about a process that is stuck; true if that ended it. */
  private boolean endedByAnswer() {
    Answer answer = Answer.in(request().annotations());
    if (answer.isNone() || journal.resolved().filter(answer.whole()::equals).isPresent()) {
      return false;
    }
    journal.recordEvidence(answer.told(), now);
    if (answer.abandons()) {
      abandonedInVain = true;
      giveUp(answer);
      abandonedInVain = false;
    } else {
      answer.follow(
          journal.progress(), walk.procedure(), Answer.possible(journal, walk.procedure()));
    }
    // Not before: an answer that could not be followed now is followed later.
    journal.resolved(answer.whole());
    return answer.abandons();
  }

  /** Undoes first what was to expire, if that is possible now; the message says what stays. */
  private void giveUp(Answer answer) {
    Outcome.End given =
        new Outcome.End(State.WITHDRAWN, Reasons.ABANDONED, "given up by " + answer.by());
    if (journal.expires() && !ending.forgotten()) {
      try {
        end(given);
        return;
      } catch (ConnectorFailure.Refused | ConnectorFailure.Unauthorized stuck) {
        // Nobody gives up what only is not reachable at this moment: that is thrown.
      }
    }
    ending.giveUp(given.telling(ending.whatStays()));
    mayBeDeleted = request().wish() == Wish.DELETE;
  }

  private void afterTheEnd() {
    if (request().wish() != Wish.DELETE) {
      if (journal.progress().state() == State.COMPLETED
          && walk.reverter().stands(journal.effectLog())) {
        type.endedByAnother(request()).ifPresent(end -> ending.decideForCompleted(end, now));
      }
      return;
    }
    if (journal.progress().state() == State.COMPLETED && type.undoneOnDelete(request().spec())) {
      ending.undoCompleted();
    }
    mayBeDeleted = true;
  }

  private void withdrawn() {
    journal.recordEvidence(texts().withdrawn(), now);
    String text = texts().withdrawnText(goesOnElsewhere());
    end(new Outcome.End(State.WITHDRAWN, Reasons.WITHDRAWN, text));
  }

  /** Whether another one does what it began: that has no effect of its own to take back. */
  private boolean goesOnElsewhere() {
    return walk.procedure().pastLastChange(journal.progress().step())
        && walk.reverter().covered(journal.effectLog()).findAny().isEmpty();
  }

  private void suspended() {
    // Again if somebody holds it, or lets it go, while it stays suspended.
    journal.recordEvidence(texts().suspension("Suspended"), now);
    // What is live must still be reviewed and removed in time: only new effects are held.
    String step = journal.progress().step();
    boolean live = journal.inForce().isPresent() && !walk.procedure().changes(step);
    if (live || walk.procedure().pastLastChange(step)) {
      goOn();
      journal.progress().alsoSays(texts().suspendedBut(goesOnElsewhere()));
    } else if (!endedByRejection()) {
      long begun = journal.effectLog().all().stream().filter(Effect::toBeUndone).count();
      journal.progress().waits(texts().suspended(begun));
    }
  }

  /** Whether people have said no before anything was made: an end, wherever the process stands. */
  private boolean endedByRejection() {
    boolean standing = walk.reverter().stands(journal.effectLog());
    OptionalInt rejecting = standing ? OptionalInt.empty() : look.rejectingPrecondition();
    if (rejecting.isPresent() && walk.run(rejecting.getAsInt()) instanceof Outcome.End no) {
      end(no);
      return true;
    }
    return false;
  }

  private void goOn() {
    if (journal.evidence().isFull() && !walk.reverter().stands(journal.effectLog())) {
      throw new Interruption.EvidenceFull();
    }
    if (request().requestedBy().isEmpty()) {
      journal.progress().parked("Admission", Reasons.NO_REQUESTER, NO_REQUESTER);
      return;
    }
    walk.untilEndOrWait().ifPresent(this::end);
  }

  private void end(Outcome.End ending) {
    this.ending.bringAbout(ending);
    mayBeDeleted = request().wish() == Wish.DELETE;
  }
}
