package io.secamo.processes.engine.procedure;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.effect.Undo;
import io.secamo.processes.engine.journal.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes down a procedure: named steps in order, and what runs at every ending.
 *
 * @param <S> spec of the process kind
 */
public final class Steps<S> {
  private final List<Step<S>> steps = new ArrayList<>();

  /** The name of the group of each step that is in one. */
  private final Map<String, String> groups = new HashMap<>();

  private final DeclaredOutputs outputs = new DeclaredOutputs();
  private Procedure.@Nullable Closing<S> closing;

  private Steps() {}

  /** Begins a procedure. */
  public static <S> Steps<S> begin() {
    return new Steps<>();
  }

  /** Adds a step. */
  public Steps<S> step(String name, Function<StepContext<S>, Outcome> body) {
    return step(name, State.RUNNING, body);
  }

  /** Adds a step that people see under a state of its own. */
  public Steps<S> step(String name, State state, Function<StepContext<S>, Outcome> body) {
    return add(new Step<>(name, state, Step.Kind.ACTION, body, null, false));
  }

  /**
   * Adds a step that waits until something holds, and that must hold again, on live data, right
   * before every later effect.
   */
  public Steps<S> precondition(String name, Function<StepContext<S>, Outcome> body) {
    return add(new Step<>(name, State.RUNNING, Step.Kind.PRECONDITION, body, null, false));
  }

  private Steps<S> add(Step<S> step) {
    if (steps.stream().anyMatch(other -> other.name().equals(step.name()))) {
      // Which of the two a process stands at, its status would not tell.
      throw new IllegalArgumentException("two steps are called " + step.name());
    }
    steps.add(step);
    return this;
  }

  /** Makes something else of the step before. */
  private Steps<S> last(UnaryOperator<Step<S>> other) {
    steps.add(other.apply(steps.remove(steps.size() - 1)));
    return this;
  }

  /** Says that the step before changes something, and by which verb: its effects remember that. */
  public Steps<S> changesBy(String verb) {
    return last(step -> step.changesBy(verb));
  }

  /** Says that another request makes the change of the step before, and undoes its own effects. */
  public Steps<S> throughAnotherRequest() {
    return last(Step::delegated);
  }

  /** Leaves the step before out of a request for which this does not hold. */
  public Steps<S> when(Predicate<StepContext<S>> holds) {
    return last(
        step -> {
          if (step.isPrecondition()) {
            throw new IllegalArgumentException(
                step.name() + " is a precondition: judge it in its body");
          }
          return step.does(
              context -> holds.test(context) ? step.body().apply(context) : new Outcome.LeftOut());
        });
  }

  /**
   * Adds steps that do not wait for each other: each of them is tried in a pass, and what follows
   * begins when all are done.
   *
   * @param name of the group, for whoever reads the procedure
   */
  public Steps<S> together(String name, Consumer<Steps<S>> members) {
    int from = steps.size();
    members.accept(this);
    for (Step<S> member : steps.subList(from, steps.size())) {
      if (member.isPrecondition() || groups.put(member.name(), name) != null) {
        throw new IllegalArgumentException(member.name() + " cannot be one of group " + name);
      }
      outputs.notBeside(member.name(), other -> name.equals(groups.get(other)));
    }
    return this;
  }

  /**
   * Names what the step before gives to later ones, such as the id of what it made.
   *
   * @throws IllegalArgumentException if another step gives one of these
   */
  public Steps<S> gives(String... names) {
    outputs.gives(steps.get(steps.size() - 1).name(), List.of(names));
    return this;
  }

  /**
   * Names what the step before takes of that which earlier ones give.
   *
   * @throws IllegalArgumentException if no earlier step gives one of these
   */
  public Steps<S> takes(String... names) {
    outputs.takes(steps.get(steps.size() - 1).name(), List.of(names));
    return this;
  }

  /** Lets people skip the step before when it cannot be done. */
  public Steps<S> orSkipped() {
    return last(Step::orSkipped);
  }

  /**
   * Keeps the change until a time, then undoes it and ends as Expired; without a time the process
   * ends as Completed.
   */
  public Steps<S> inForceUntil(Function<StepContext<S>, Optional<Instant>> until) {
    return step("KeepInForce", State.IN_FORCE, context -> keep(context, until));
  }

  /** Runs at every ending, good or bad, before the process is over. */
  public Steps<S> atTheEnd(String name, Consumer<StepContext<S>> body) {
    closing = new Procedure.Closing<>(name, body);
    return this;
  }

  /**
   * What the engine plays.
   *
   * @param undos how what the steps change is undone
   * @throws IllegalArgumentException if a step changes something by a verb that none of them undoes
   */
  Procedure<S> checked(List<Undo> undos) {
    Set<String> known = undos.stream().map(Undo::verb).collect(Collectors.toSet());
    for (Step<S> step : steps) {
      if (step.verb() != null && !known.contains(step.verb())) {
        throw new IllegalArgumentException(
            step.name() + " changes something by " + step.verb() + ", and nothing undoes that");
      }
    }
    return new Procedure<>(steps, groups, outputs, closing);
  }

  private static <S> Outcome keep(
      StepContext<S> context, Function<StepContext<S>, Optional<Instant>> until) {
    Optional<Instant> end = context.journal().recordInForce(context.asOf(), until.apply(context));
    if (end.isEmpty()) {
      return Outcome.end(State.COMPLETED, Reasons.COMPLETED, "applied and verified");
    }
    Instant due = end.get();
    if (context.asOf().isBefore(due)) {
      return new Outcome.Wait(
          State.IN_FORCE,
          Reasons.IN_FORCE,
          ProcessStatus.EXPIRY,
          "live and verified until " + due,
          due,
          null);
    }
    return Outcome.end(State.EXPIRED, Reasons.EXPIRED, "its time is over");
  }
}
