package io.secamo.processes.engine;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.effect.Effects;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.effect.Reverter;
import io.secamo.processes.engine.journal.Journal;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.journal.Timing;
import io.secamo.processes.engine.procedure.Outputs;
import io.secamo.processes.engine.procedure.Procedure;
import io.secamo.processes.engine.procedure.ProcessType;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.engine.procedure.Step;
import io.secamo.processes.engine.procedure.StepContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The request of a pass, and the look at it and at the durable record around each effect.
 *
 * @param <S> spec of the process kind
 */
final class LiveLook<S> {
  private final Supplier<? extends ProcessType<S>> types;
  private final Journal journal;
  private final Guard<S> guard;
  private final Instant passTime;
  private Request<S> request;
  private ProcessStatus stored;

  LiveLook(
      Supplier<? extends ProcessType<S>> types,
      Request<S> request,
      Journal journal,
      Guard<S> guard,
      Instant now) {
    this.types = types;
    this.request = request;
    this.journal = journal;
    this.guard = guard;
    this.passTime = now;
    this.stored = journal.base();
  }

  /** The status that is stored, as far as this pass knows. */
  ProcessStatus stored() {
    return stored;
  }

  /** The request as it was seen last. */
  Request<S> request() {
    return request;
  }

  /** The time of what just happened, to the second. */
  Instant now() {
    return guard.now().truncatedTo(ChronoUnit.SECONDS);
  }

  private Reverter reverter() {
    return types.get().reverter(request);
  }

  /** What is looked at before the effects of a step. */
  Effects.Checks before(int step) {
    return new Checks(step);
  }

  /** The precondition at which people have said no to the plan; empty if they have not. */
  OptionalInt rejectingPrecondition() {
    String digest = journal.plan().map(Plan::digest).orElse("");
    boolean no =
        !digest.isEmpty()
            && request.annotations().entrySet().stream()
                .anyMatch(
                    vote ->
                        vote.getKey().startsWith(Annotations.REJECT_PREFIX)
                            && vote.getValue().contains(" " + digest));
    if (!no) {
      return OptionalInt.empty();
    }
    Procedure<S> procedure = types.get().procedure(request);
    List<Step<S>> steps = procedure.steps();
    return IntStream.range(0, steps.size())
        .filter(at -> steps.get(at).isPrecondition())
        .filter(at -> rejected(procedure, steps.get(at)))
        .findFirst();
  }

  /**
   * Found out without a trace: what is held is not approved meanwhile, and nothing goes ahead. What
   * cannot be found out now is no rejection yet.
   */
  private boolean rejected(Procedure<S> procedure, Step<S> precondition) {
    Journal copy = Journal.of(journal.status(passTime));
    Effects none = Effects.forbidden(precondition.name(), copy.effectLog(), passTime);
    Outputs outputs = procedure.outputs(precondition.name(), copy.progress().steps());
    try {
      return precondition.body().apply(new StepContext<>(request, copy, passTime, none, outputs))
              instanceof Outcome.End no
          && no.rejected();
    } catch (ConnectorFailure notNow) {
      return false;
    }
  }

  private final class Checks implements Effects.Checks {
    private final int index;

    private Checks(int index) {
      this.index = index;
    }

    @Override
    public void checkpoint() {
      // Not what this pass is about to announce: what stood before it is seen through to its end.
      if (journal.evidence().isFull() && !reverter().stands(Journal.of(stored).effectLog())) {
        throw new Interruption.EvidenceFull();
      }
      ProcessStatus status = journal.status(passTime);
      guard.checkpoint(status);
      stored = status;
    }

    @Override
    public Instant now() {
      return LiveLook.this.now();
    }

    @Override
    public void requireStillWanted() {
      Request<S> live =
          guard.reread().orElseThrow(() -> new Interruption.Superseded("the request is gone"));
      if (!live.uid().equals(request.uid()) || live.wish() != Wish.PROCEED) {
        throw new Interruption.Superseded("the request was withdrawn, held or deleted");
      }
      request = live;
      if (Timing.dueEnd(reverter(), journal, now()).isPresent()) {
        throw new Interruption.Superseded("its time is over");
      }
      // Whatever this pass has read so far may be out of date.
      Procedure<S> procedure = types.get().procedure(request);
      List<Step<S>> before = procedure.steps().subList(0, index);
      if (before.stream().noneMatch(Step::isPrecondition)) {
        guard.requireProtected();
      }
      for (Step<S> precondition : before) {
        if (precondition.isPrecondition()
            && !(judge(procedure, precondition) instanceof Outcome.Done)) {
          throw new Interruption.PreconditionLost(precondition.name());
        }
      }
    }

    private Outcome judge(Procedure<S> procedure, Step<S> precondition) {
      // Not the time at which the pass began: this process may have stood still since.
      Instant moment = now();
      Effects none = Effects.forbidden(precondition.name(), journal.effectLog(), moment);
      Outputs outputs = procedure.outputs(precondition.name(), journal.progress().steps());
      return precondition.body().apply(new StepContext<>(request, journal, moment, none, outputs));
    }
  }
}
