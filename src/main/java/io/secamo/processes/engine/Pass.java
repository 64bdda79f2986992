package io.secamo.processes.engine;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.engine.Request.Wish;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pass over one process. */
final class Pass<S> {
  private static final int MOST_JUMPS = 3;
  private static final int MOST_DEFECTS = 5;

  private final ProcessType<S> type;
  private final List<Steps.Step<S>> steps;
  private Request<S> request;
  private final Journal journal;
  private final Guard<S> guard;
  private final Instant now;
  private boolean released;
  private String current = "";

  Pass(ProcessType<S> type, Request<S> request, Journal journal, Guard<S> guard, Instant now) {
    this.type = type;
    this.steps = type.steps().list();
    this.request = request;
    this.journal = journal;
    this.guard = guard;
    this.now = now;
  }

  ProcessEngine.Result run() {
    Optional<RuntimeException> defect = Optional.empty();
    try {
      advance();
    } catch (Interruption.Settling settling) {
      // Nothing is written: another operator may be about to write what came of its attempt.
      return new ProcessEngine.Result.Settled(
          journal.base(), Optional.of(settling.until()), false, Optional.empty());
    } catch (Interruption interruption) {
      return new ProcessEngine.Result.Again(String.valueOf(interruption.getMessage()));
    } catch (ConnectorFailure failure) {
      interpret(failure);
    } catch (RuntimeException bug) {
      interpretDefect();
      defect = Optional.of(bug);
    }
    ProcessStatus status = journal.status(now);
    return new ProcessEngine.Result.Settled(status, WakeUp.next(status), released, defect);
  }

  private void advance() {
    journal.progress().begin(request.generation(), now);
    journal.requestedBy(request.requestedBy(), submittedBy());
    if (journal.progress().state().terminal()) {
      afterTheEnd();
      return;
    }
    switch (request.wish()) {
      case DELETE ->
          end(new Outcome.End(State.WITHDRAWN, Reasons.WITHDRAWN, "the request was deleted"));
      case WITHDRAW ->
          end(new Outcome.End(State.WITHDRAWN, Reasons.WITHDRAWN, "withdrawn by its people"));
      case SUSPEND -> suspended();
      case PROCEED -> walk();
    }
  }

  private String submittedBy() {
    return request.annotations().getOrDefault(Annotations.SUBMITTED_BY, "");
  }

  private void afterTheEnd() {
    if (request.wish() != Wish.DELETE) {
      return;
    }
    if (journal.progress().state() == State.COMPLETED && type.undoneOnDelete(request.spec())) {
      undo();
    }
    released = true;
  }

  private void suspended() {
    // What is live must still be removed in time: only new effects are held.
    if (journal.inForce().isPresent()) {
      walk();
    } else {
      journal.progress().suspended();
    }
  }

  private void walk() {
    if (request.requestedBy().isEmpty()) {
      journal
          .progress()
          .parked(
              "Admission",
              Reasons.NO_REQUESTER,
              "nobody is recorded as the requester: the admission policies were not in force when"
                  + " this was submitted; install them and submit the request again");
      return;
    }
    int index = indexOf(journal.progress().step());
    int jumps = 0;
    while (index < steps.size()) {
      Outcome outcome;
      try {
        outcome = take(index);
      } catch (Interruption.Reopened reopened) {
        outcome = Outcome.jumpTo(reopened.gate(), String.valueOf(reopened.getMessage()));
      }
      switch (outcome) {
        case Outcome.Done done -> {
          journal.progress().stepDone(current, now);
          index++;
        }
        case Outcome.JumpTo jump -> {
          index = back(index, jump, ++jumps);
        }
        case Outcome.Wait wait -> {
          journal.progress().waits(wait);
          return;
        }
        case Outcome.Attention attention -> {
          journal.progress().parked(current, attention.reason(), attention.message());
          return;
        }
        case Outcome.End end -> {
          end(end);
          return;
        }
      }
    }
    end(new Outcome.End(State.COMPLETED, Reasons.COMPLETED, "done"));
  }

  private Outcome take(int index) {
    Steps.Step<S> step = steps.get(index);
    current = step.name();
    journal.progress().enter(step.name(), step.state());
    return step.body().apply(turn(step.name(), index));
  }

  private int back(int from, Outcome.JumpTo jump, int jumps) {
    if (jumps > MOST_JUMPS) {
      throw new ConnectorFailure.Transient("the outside world keeps changing: " + jump.why(), null);
    }
    int target = indexOf(jump.step());
    for (int i = target; i <= from; i++) {
      journal.progress().stepAgain(steps.get(i).name());
    }
    return target;
  }

  private void end(Outcome.End ending) {
    if (!ending.changeStays()) {
      undo();
    }
    type.steps()
        .closing()
        .ifPresent(
            step -> {
              current = step.name();
              journal.ending(ending);
              step.body().accept(turn(step.name(), steps.size()));
            });
    journal.progress().ended(ending.state(), ending.reason(), ending.message(), now);
    released = request.wish() == Wish.DELETE;
  }

  private void undo() {
    for (int i = steps.size() - 1; i >= 0; i--) {
      Steps.Step<S> step = steps.get(i);
      if (step.undo() != null && !journal.standing(step.name()).isEmpty()) {
        current = step.name();
        if (!journal.progress().state().terminal()) {
          journal.progress().reverting("removing what was changed");
        }
        step.undo().accept(turn(step.name(), i));
        journal.reverted(now);
      }
    }
  }

  private Turn<S> turn(String step, int index) {
    return new Turn<>(
        request, journal, now, new Effects(step, journal, now, new LiveChecks(index)));
  }

  private int indexOf(@Nullable String name) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).name().equals(name)) {
        return i;
      }
    }
    return 0;
  }

  private void retry(String reason, String text, Instant at, boolean counts) {
    journal.progress().retries(current, reason, text, at, counts);
  }

  private void interpret(ConnectorFailure failure) {
    String text = String.valueOf(failure.getMessage());
    int attempt = journal.progress().attempts(current) + 1;
    Instant next = now.plus(Backoff.after(attempt, request.uid()));
    switch (failure) {
      case ConnectorFailure.Transient t ->
          retry(Reasons.RETRYING, text + " (attempt " + attempt + ")", next, true);
      case ConnectorFailure.Throttled t -> {
        Instant allowed = now.plus(t.after()).plusSeconds(1);
        retry(Reasons.RETRYING, text, allowed, false);
      }
      case ConnectorFailure.Unknown u ->
          retry(Reasons.CHECKING_OUTCOME, text + " (attempt " + attempt + ")", next, true);
      case ConnectorFailure.Refused r -> journal.progress().parked(current, Reasons.REFUSED, text);
      case ConnectorFailure.Unauthorized u ->
          journal.progress().parked(current, Reasons.CREDENTIALS_REJECTED, text);
    }
  }

  private void interpretDefect() {
    int attempt = journal.progress().attempts(current) + 1;
    String text = "a defect of the operator in step " + current + "; its log has the details";
    if (attempt < MOST_DEFECTS) {
      Instant next = now.plus(Backoff.after(attempt, request.uid()));
      retry(Reasons.INTERNAL_ERROR, text + " (attempt " + attempt + ")", next, true);
    } else {
      journal.progress().parked(current, Reasons.INTERNAL_ERROR, text);
    }
  }

  /** The look at the durable record and the live request around an effect. */
  private final class LiveChecks implements Effects.Checks {
    private final int index;

    private LiveChecks(int index) {
      this.index = index;
    }

    @Override
    public void checkpoint() {
      guard.record(journal.status(now));
    }

    @Override
    public void stillWanted() {
      Request<S> live =
          guard.reread().orElseThrow(() -> new Interruption.Superseded("the request is gone"));
      if (!live.uid().equals(request.uid()) || live.wish() != Wish.PROCEED) {
        throw new Interruption.Superseded("the request was withdrawn, held or deleted");
      }
      request = live;
      for (Steps.Step<S> gate : steps.subList(0, index)) {
        if (gate.kind() == Steps.Kind.GATE && !(judge(gate) instanceof Outcome.Done)) {
          throw new Interruption.Reopened(gate.name());
        }
      }
    }

    private Outcome judge(Steps.Step<S> gate) {
      Effects none = new Effects(gate.name(), journal, now, NO_EFFECTS);
      return gate.body().apply(new Turn<>(request, journal, now, none));
    }
  }

  private static final Effects.Checks NO_EFFECTS =
      new Effects.Checks() {
        @Override
        public void checkpoint() {
          throw new IllegalStateException("a gate changes nothing");
        }

        @Override
        public void stillWanted() {
          throw new IllegalStateException("a gate changes nothing");
        }
      };
}
