package io.secamo.processes.engine;

import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.effect.Effects;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.effect.Reverter;
import io.secamo.processes.engine.journal.Journal;
import io.secamo.processes.engine.journal.Outcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes a process from step to step, as far as they let it.
 *
 * @param <S> spec of the process kind
 */
final class Walk<S> {
  private static final int MOST_JUMPS = 3;

  private final Supplier<? extends ProcessType<S>> types;
  private final Steps<S> procedure;
  private final LiveLook<S> look;
  private final Journal journal;
  private final Instant passTime;
  private List<Steps.Step<S>> steps;
  private Reverter reverter;
  private String current = "";

  /**
   * Of one pass.
   *
   * @param type as it was looked at when the pass began
   */
  Walk(
      Supplier<? extends ProcessType<S>> types,
      ProcessType<S> type,
      LiveLook<S> look,
      Journal journal,
      Instant passTime) {
    this.types = types;
    this.procedure = type.steps(look.request());
    this.steps = procedure.list();
    this.reverter = type.reverter(look.request());
    this.look = look;
    this.journal = journal;
    this.passTime = passTime;
  }

  Steps<S> procedure() {
    return procedure;
  }

  /** Undoes what was made; another one once a look before an effect has found something changed. */
  Reverter reverter() {
    return reverter;
  }

  /** The step that was under way last; empty if none was. */
  String current() {
    return current;
  }

  /** The end to which the steps come; empty if the process waits for something. */
  Optional<Outcome.End> end() {
    int index = procedure.resumeAt(journal.progress().step());
    int jumps = 0;
    while (index < steps.size()) {
      List<Integer> together = procedure.together(index);
      switch (all(together)) {
        case Outcome.Done done -> index += together.size();
        case Outcome.LeftOut leftOut -> index += together.size();
        case Outcome.JumpTo jump -> index = back(index + together.size() - 1, jump, ++jumps);
        case Outcome.Wait wait -> {
          journal.progress().waits(wait);
          return Optional.empty();
        }
        case Outcome.Attention attention -> {
          journal.progress().parked(current, attention);
          return Optional.empty();
        }
        case Outcome.End end -> {
          return Optional.of(end);
        }
      }
    }
    return Optional.of(new Outcome.End(State.COMPLETED, Reasons.COMPLETED, "done"));
  }

  /**
   * Tries each of the steps that do not wait for each other. What one waits for, or fails with, is
   * told once the others were tried; an end, or a way back, is followed at once.
   */
  private Outcome all(List<Integer> together) {
    if (together.size() == 1) {
      return one(together.get(0));
    }
    Outcome waits = Outcome.done();
    String waiting = "";
    Map<String, ConnectorFailure> failed = new LinkedHashMap<>();
    for (int index : together) {
      if (journal.progress().steps().isDone(steps.get(index).name())) {
        continue;
      }
      try {
        Outcome outcome = one(index);
        switch (outcome) {
          case Outcome.End end -> {
            return end;
          }
          case Outcome.JumpTo jump -> {
            return jump;
          }
          case Outcome.Wait wait -> {
            waits = wait;
            waiting = current;
          }
          case Outcome.Attention attention -> {
            waits = attention;
            waiting = current;
          }
          case Outcome.Done done -> {}
          case Outcome.LeftOut leftOut -> {}
        }
      } catch (ConnectorFailure failure) {
        failed.put(current, failure);
      }
    }
    fail(failed);
    current = waiting.isEmpty() ? current : waiting;
    return waits;
  }

  /** Throws what a person has to mend before what mends itself; the others are recorded. */
  private void fail(Map<String, ConnectorFailure> failed) {
    Optional<String> worst =
        failed.entrySet().stream()
            .min(Comparator.comparing(one -> mendsItself(one.getValue())))
            .map(Map.Entry::getKey);
    if (worst.isPresent()) {
      failed.forEach(
          (step, failure) -> {
            if (!step.equals(worst.get())) {
              journal.progress().failed(step, failure, look.request().uid(), passTime);
            }
          });
      current = worst.get();
      throw Objects.requireNonNull(failed.get(current));
    }
  }

  private static boolean mendsItself(ConnectorFailure failure) {
    return switch (failure) {
      case ConnectorFailure.Transient t -> true;
      case ConnectorFailure.Throttled t -> true;
      case ConnectorFailure.Unknown u -> true;
      case ConnectorFailure.Refused r -> false;
      case ConnectorFailure.Unauthorized u -> false;
    };
  }

  private Outcome one(int index) {
    Outcome outcome;
    try {
      outcome = run(index);
    } catch (Interruption.Reopened reopened) {
      // What this pass has seen so far is older than what stopped the effect.
      ProcessType<S> anew = types.get();
      steps = anew.steps(look.request()).list();
      reverter = anew.reverter(look.request());
      return Outcome.jumpTo(reopened.precondition(), String.valueOf(reopened.getMessage()));
    }
    if (outcome instanceof Outcome.Done) {
      journal.progress().steps().done(current, passTime);
    }
    if (outcome instanceof Outcome.LeftOut) {
      journal.progress().steps().leftOut(current, passTime);
    }
    return outcome;
  }

  /** Runs one step, also out of its turn. */
  Outcome run(int index) {
    Steps.Step<S> step = steps.get(index);
    current = step.name();
    if (journal.progress().steps().skipped(step.name())) {
      return Outcome.done();
    }
    journal.progress().enter(step.name(), step.state());
    return step.body().apply(context(step.name(), index));
  }

  private int back(int from, Outcome.JumpTo jump, int jumps) {
    int target = procedure.earlier(jump.step(), from);
    if (jumps > MOST_JUMPS) {
      if (!reverter.stands(journal.effectLog())) {
        // It changes nothing now: nobody else has to wait for it at its target.
        journal.progress().enter(jump.step(), steps.get(target).state());
      }
      throw new ConnectorFailure.Transient("the outside world keeps changing: " + jump.why(), null);
    }
    for (int i = target; i <= from; i++) {
      journal.progress().steps().again(steps.get(i).name());
    }
    return target;
  }

  /** What a step of that name and place works with. */
  StepContext<S> context(String step, int index) {
    return new StepContext<>(
        look.request(),
        journal,
        passTime,
        new Effects(step, journal.effectLog(), passTime, look.before(index)),
        new Outputs(procedure, step, journal.progress().steps()));
  }
}
