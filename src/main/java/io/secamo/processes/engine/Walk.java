package io.secamo.processes.engine;

import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.effect.Effects;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.effect.Reverter;
import io.secamo.processes.engine.journal.Journal;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.Procedure;
import io.secamo.processes.engine.procedure.ProcessType;
import io.secamo.processes.engine.procedure.Step;
import io.secamo.processes.engine.procedure.StepContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes a process from step to step, as far as they let it.
 *
 * @param <S> spec of the process kind
 */
final class Walk<S> {
  private static final int MOST_JUMPS = 3;

  private final Supplier<? extends ProcessType<S>> types;
  private final Procedure<S> procedure;
  private final LiveLook<S> look;
  private final Journal journal;
  private final Instant passTime;
  private List<Step<S>> steps;
  private Reverter reverter;
  private String current = "";
  private @Nullable Instant again;

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
    this.procedure = type.procedure(look.request());
    this.steps = procedure.steps();
    this.reverter = type.reverter(look.request());
    this.look = look;
    this.journal = journal;
    this.passTime = passTime;
  }

  Procedure<S> procedure() {
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
  Optional<Outcome.End> untilEndOrWait() {
    int index = procedure.resumeAt(journal.progress().step());
    int jumps = 0;
    while (index < steps.size()) {
      List<Integer> together = procedure.together(index);
      switch (together.size() == 1 ? one(index) : all(together)) {
        case Outcome.Done done -> index += together.size();
        case Outcome.LeftOut leftOut -> index += together.size();
        case Outcome.JumpTo jump -> index = back(index + together.size() - 1, jump, ++jumps);
        case Outcome.End end -> {
          return Optional.of(end);
        }
        case Outcome.Wait wait -> {
          journal.progress().waits(wait);
          return Optional.empty();
        }
        case Outcome.Attention attention -> {
          journal.progress().parked(current, attention);
          return Optional.empty();
        }
      }
    }
    return Optional.of(new Outcome.End(State.COMPLETED, Reasons.COMPLETED, "done"));
  }

  /**
   * Tries each of the steps that do not wait for each other. What some wait for, or fail with, is
   * told once all were tried; an end, or a way back, is followed at once.
   */
  private Outcome all(List<Integer> together) {
    List<Held> held = new ArrayList<>();
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
          case Outcome.Wait wait -> held.add(waits(wait));
          case Outcome.Attention attention -> held.add(needsAttention(attention));
          case Outcome.Done done -> {}
          case Outcome.LeftOut leftOut -> {}
        }
      } catch (ConnectorFailure failure) {
        held.add(fails(failure));
      }
    }
    return gravest(held);
  }

  /**
   * A step beside others that does not let the process go on.
   *
   * @param gravity how much it needs a person
   * @param tells writes it to the journal
   * @param answer what becomes of the walk
   */
  private record Held(String step, int gravity, Runnable tells, Supplier<Outcome> answer) {}

  private Held waits(Outcome.Wait wait) {
    return new Held(current, 0, () -> journal.progress().waits(wait), () -> wait);
  }

  private Held needsAttention(Outcome.Attention attention) {
    String step = current;
    return new Held(step, 2, () -> journal.progress().parked(step, attention), () -> attention);
  }

  private Held fails(ConnectorFailure failure) {
    String step = current;
    return new Held(
        step,
        mendsItself(failure) ? 1 : 2,
        () -> journal.progress().failed(step, failure, look.request().uid(), passTime),
        () -> {
          throw failure;
        });
  }

  /** People read what needs them most, and of equals the first. No other is looked at too late. */
  private Outcome gravest(List<Held> held) {
    Optional<Held> gravest = held.stream().max(Comparator.comparingInt(Held::gravity));
    if (gravest.isEmpty()) {
      return Outcome.done();
    }
    held.remove(gravest.get());
    for (Held other : held) {
      other.tells().run();
      journal.progress().again().ifPresent(this::lookAgainBefore);
    }
    current = gravest.get().step();
    journal.progress().enter(current, steps.get(procedure.indexOf(current)).state());
    return gravest.get().answer().get();
  }

  private void lookAgainBefore(Instant time) {
    again = again == null || again.isAfter(time) ? time : again;
  }

  /** By when a step has to be looked at again besides the one of which people read. */
  Optional<Instant> lookAgainBefore() {
    return Optional.ofNullable(again);
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
    } catch (Interruption.PreconditionLost reopened) {
      // What this pass has seen so far is older than what stopped the effect.
      ProcessType<S> anew = types.get();
      steps = anew.procedure(look.request()).steps();
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
    Step<S> step = steps.get(index);
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
        new Effects(step, procedure.verb(step), journal.effectLog(), passTime, look.before(index)),
        procedure.outputs(step, journal.progress().steps()));
  }
}
