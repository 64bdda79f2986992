package io.secamo.processes.engine;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.engine.Request.Wish;
import io.secamo.processes.evidence.Chain.Happening;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One pass over one process. */
final class Pass<S> {
  private static final Duration UNPROTECTED = Duration.ofMinutes(1);
  private static final int MOST_JUMPS = 3;

  private final Supplier<? extends ProcessType<S>> types;
  private final ProcessType<S> type;
  private final Steps<S> procedure;
  private List<Steps.Step<S>> steps;
  private Request<S> request;
  private final Journal journal;
  private final Guard<S> guard;
  private final Instant now;
  private boolean released;
  private String current = "";

  Pass(
      Supplier<? extends ProcessType<S>> types,
      Request<S> request,
      Journal journal,
      Guard<S> guard,
      Instant now) {
    this.types = types;
    this.type = types.get();
    this.procedure = type.steps();
    this.steps = procedure.list();
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
    } catch (Interruption.Unprotected unprotected) {
      stopped(String.valueOf(unprotected.getMessage()));
    } catch (Interruption interruption) {
      return new ProcessEngine.Result.Again(
          String.valueOf(interruption.getMessage()), journal.status(now));
    } catch (ConnectorFailure failure) {
      journal.progress().failed(current, failure, request.uid(), now);
    } catch (RuntimeException bug) {
      journal.progress().defect(current, request.uid(), now);
      defect = Optional.of(bug);
    }
    ProcessStatus status = journal.status(now);
    return new ProcessEngine.Result.Settled(status, Timing.wakeUp(status, now), released, defect);
  }

  private void advance() {
    journal.progress().begin(request.generation(), now);
    journal.requestedBy(request.requester());
    if (journal.progress().state().terminal()) {
      afterTheEnd();
      return;
    }
    journal.tell(request.submitted(type.subject(request), journal.requestedBy()), now);
    if (answered()) {
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

  /** Follows what a person said to do about a process that is stuck; true if that ended it. */
  private boolean answered() {
    Answer answer = Answer.in(request.annotations());
    if (answer.isNone() || journal.resolved().filter(answer.whole()::equals).isPresent()) {
      return false;
    }
    journal.resolved(answer.whole());
    journal.tell(new Happening("Resolved", answer.by(), null, List.of(answer.text())), now);
    if (answer.abandons() && journal.progress().state() == State.IN_FORCE) {
      end(new Outcome.End(State.WITHDRAWN, Reasons.ABANDONED, "given up by " + answer.by()));
      return true;
    }
    if (answer.abandons()) {
      String text = "given up by " + answer.by() + "; what was changed may still be there";
      journal.tell(Happening.of("Ended", Reasons.ABANDONED, text), now);
      journal.progress().ended(State.WITHDRAWN, Reasons.ABANDONED, text, now);
      released = request.wish() == Wish.DELETE;
      return true;
    }
    answer.follow(journal.progress(), procedure);
    return false;
  }

  private void stopped(String problem) {
    journal.admission(Optional.of(problem));
    journal
        .progress()
        .retries(current, Reasons.ADMISSION_UNPROTECTED, problem, now.plus(UNPROTECTED), false);
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
    // What is live must still be reviewed and removed in time: only new effects are held.
    if (journal.inForce().isPresent() || procedure.madeBefore(journal.progress().step())) {
      walk();
    } else {
      journal.progress().suspended();
    }
  }

  private void walk() {
    if (journal.evidence().isFull() && !procedure.somethingStands(journal)) {
      journal
          .progress()
          .parked(
              "Evidence",
              Reasons.EVIDENCE_FULL,
              "no more can be recorded of this request: withdraw it and submit a new one");
      return;
    }
    if (request.requestedBy().isEmpty()) {
      journal
          .progress()
          .parked(
              "Admission",
              Reasons.NO_REQUESTER,
              "nobody is recorded as requester: install the admission policies, submit it again");
      return;
    }
    int index = procedure.indexOf(journal.progress().step());
    int jumps = 0;
    while (index < steps.size()) {
      Outcome outcome;
      try {
        outcome = take(index);
      } catch (Interruption.Reopened reopened) {
        // What this pass has seen so far is older than what stopped the effect.
        steps = types.get().steps().list();
        outcome = Outcome.jumpTo(reopened.gate(), String.valueOf(reopened.getMessage()));
      }
      switch (outcome) {
        case Outcome.Done done -> {
          if (!journal.progress().skipped(current)) {
            journal.progress().stepDone(current, now);
          }
          index++;
        }
        case Outcome.JumpTo jump -> index = back(index, jump, ++jumps);
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
    if (journal.progress().skipped(step.name())) {
      return Outcome.done();
    }
    journal.progress().enter(step.name(), step.state());
    return step.body().apply(turn(step.name(), index));
  }

  private int back(int from, Outcome.JumpTo jump, int jumps) {
    if (jumps > MOST_JUMPS) {
      throw new ConnectorFailure.Transient("the outside world keeps changing: " + jump.why(), null);
    }
    int target = procedure.indexOf(jump.step());
    for (int i = target; i <= from; i++) {
      journal.progress().stepAgain(steps.get(i).name());
    }
    return target;
  }

  private void end(Outcome.End ending) {
    if (!ending.changeStays()) {
      undo();
    }
    journal.ending(ending);
    journal.tell(Happening.of("Ended", ending.facts()), now);
    procedure
        .closing()
        .filter(step -> !journal.progress().skipped(step.name()))
        .ifPresent(
            step -> {
              current = step.name();
              step.body().accept(turn(step.name(), steps.size()));
            });
    journal.progress().ended(ending.state(), ending.reason(), ending.message(), now);
    released = request.wish() == Wish.DELETE;
  }

  private void undo() {
    boolean live = journal.inForce().isPresent() || procedure.somethingStands(journal);
    if (live && !journal.progress().state().terminal()) {
      journal.progress().reverting("removing what was changed");
    }
    for (int i = steps.size() - 1; i >= 0; i--) {
      Steps.Step<S> step = steps.get(i);
      if (step.undo() != null && !journal.standing(step.name()).isEmpty()) {
        current = step.name();
        step.undo().accept(turn(step.name(), i));
        journal.reverted(now);
        journal.tell(Happening.of("Reverted", journal.outcomes(step.name())), now);
      }
    }
  }

  private Turn<S> turn(String step, int index) {
    return new Turn<>(
        request, journal, now, new Effects(step, journal, now, new LiveChecks(index)));
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
    public Instant now() {
      return guard.now().truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public void stillWanted() {
      Request<S> live =
          guard.reread().orElseThrow(() -> new Interruption.Superseded("the request is gone"));
      if (!live.uid().equals(request.uid()) || live.wish() != Wish.PROCEED) {
        throw new Interruption.Superseded("the request was withdrawn, held or deleted");
      }
      request = live;
      // Whatever this pass has read so far may be out of date.
      List<Steps.Step<S>> before = types.get().steps().list().subList(0, index);
      if (before.stream().noneMatch(s -> s.kind() == Steps.Kind.GATE)) {
        guard.protectedNow();
      }
      for (Steps.Step<S> gate : before) {
        if (gate.kind() == Steps.Kind.GATE && !(judge(gate) instanceof Outcome.Done)) {
          throw new Interruption.Reopened(gate.name());
        }
      }
    }

    private Outcome judge(Steps.Step<S> gate) {
      Effects none = Effects.none(gate.name(), journal, now);
      return gate.body().apply(new Turn<>(request, journal, now, none));
    }
  }
}
