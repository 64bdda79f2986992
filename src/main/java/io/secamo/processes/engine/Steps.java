package io.secamo.processes.engine;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.engine.journal.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A procedure: named steps in order, what undoes them, and what runs at every ending.
 *
 * @param <S> spec of the process kind
 */
public final class Steps<S> {
  private final List<Step<S>> steps = new ArrayList<>();

  /** The name of the group of each step that is in one. */
  private final Map<String, String> groups = new HashMap<>();

  private final DeclaredOutputs outputs = new DeclaredOutputs();
  private @Nullable Closing<S> closing;

  private Steps() {}

  /**
   * One step.
   *
   * @param name what it does, for example {@code OpenTicket}
   * @param state what people see while it is under way
   * @param kind what the engine makes of it
   * @param body what it does
   * @param verb of its effects: at an end they are undone by it; null if it has none
   * @param optional whether people may skip it when it cannot be done
   * @param <S> spec of the process kind
   */
  public record Step<S>(
      String name,
      State state,
      Kind kind,
      Function<StepContext<S>, Outcome> body,
      @Nullable String verb,
      boolean optional) {}

  /** What runs at every ending. */
  record Closing<S>(String name, Consumer<StepContext<S>> body) {}

  /** What the engine makes of a step. */
  public enum Kind {
    /** Done once. */
    ACTION,
    /** Must hold again, on live data, right before every later effect. */
    PRECONDITION,
    /** Has another request make the change, which goes on then whatever becomes of this one. */
    DELEGATED
  }

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
    return add(new Step<>(name, state, Kind.ACTION, body, null, false));
  }

  /**
   * Adds a step that waits until something holds, and that must hold again, on live data, right
   * before every later effect.
   */
  public Steps<S> precondition(String name, Function<StepContext<S>, Outcome> body) {
    return add(new Step<>(name, State.RUNNING, Kind.PRECONDITION, body, null, false));
  }

  private Steps<S> add(Step<S> step) {
    if (find(step.name()).isPresent()) {
      // Which of the two a process stands at, its status would not tell.
      throw new IllegalArgumentException("two steps are called " + step.name());
    }
    steps.add(step);
    return this;
  }

  private Optional<Step<S>> find(@Nullable String name) {
    return steps.stream().filter(step -> step.name().equals(name)).findFirst();
  }

  /** Names the verb of the effects of the step before: at an end they are undone by it. */
  public Steps<S> does(String verb) {
    Step<S> last = steps.remove(steps.size() - 1);
    steps.add(
        new Step<>(last.name(), last.state(), last.kind(), last.body(), verb, last.optional()));
    return this;
  }

  /** Says that another request makes the change of the step before, and undoes its own effects. */
  public Steps<S> throughAnotherRequest() {
    Step<S> last = steps.remove(steps.size() - 1);
    steps.add(
        new Step<>(
            last.name(), last.state(), Kind.DELEGATED, last.body(), last.verb(), last.optional()));
    return this;
  }

  /** Leaves the step before out of a request for which this does not hold. */
  public Steps<S> when(Predicate<StepContext<S>> holds) {
    Step<S> last = steps.remove(steps.size() - 1);
    if (last.kind() == Kind.PRECONDITION) {
      throw new IllegalArgumentException(last.name() + " is a precondition: judge it in its body");
    }
    Function<StepContext<S>, Outcome> body =
        context -> holds.test(context) ? last.body().apply(context) : new Outcome.LeftOut();
    steps.add(
        new Step<>(last.name(), last.state(), last.kind(), body, last.verb(), last.optional()));
    return this;
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
      if (member.kind() == Kind.PRECONDITION || groups.put(member.name(), name) != null) {
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

  DeclaredOutputs outputs() {
    return outputs;
  }

  /** The places of the steps that are tried together with this one, itself included. */
  List<Integer> together(int index) {
    String group = groups.get(steps.get(index).name());
    return group == null
        ? List.of(index)
        : IntStream.range(0, steps.size())
            .filter(at -> group.equals(groups.get(steps.get(at).name())))
            .boxed()
            .toList();
  }

  /** Lets people skip the step before when it cannot be done. */
  public Steps<S> orSkipped() {
    Step<S> last = steps.remove(steps.size() - 1);
    steps.add(new Step<>(last.name(), last.state(), last.kind(), last.body(), last.verb(), true));
    return this;
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
    closing = new Closing<>(name, body);
    return this;
  }

  /**
   * The place of a step that a status names; the first one if it names none, or one of another
   * version: there everything is judged anew, and what was done is not done twice.
   */
  int indexOf(@Nullable String stored) {
    return find(stored).map(steps::indexOf).orElse(0);
  }

  /**
   * The place of a step to which a procedure goes back.
   *
   * @param from where it stands
   * @throws IllegalStateException if there is none, or it is a later one: gates would be left out
   */
  int earlier(String name, int from) {
    int place = find(name).map(steps::indexOf).orElse(Integer.MAX_VALUE);
    if (place > from) {
      throw new IllegalStateException("no step before this one is called " + name);
    }
    return place;
  }

  /**
   * Where a process goes on that stands at a step: at the first of the gates in a row, for what let
   * it through the ones before may have been taken back since.
   */
  int resumeAt(@Nullable String name) {
    int at = indexOf(name);
    while (at > 0 && isPrecondition(at) && isPrecondition(at - 1)) {
      at--;
    }
    return steps.isEmpty() ? at : together(at).get(0);
  }

  private boolean isPrecondition(int index) {
    return steps.get(index).kind() == Kind.PRECONDITION;
  }

  /** Whether a step changes something. */
  boolean changes(@Nullable String name) {
    return !steps.isEmpty()
        && together(indexOf(name)).stream().anyMatch(at -> changes(steps.get(at)));
  }

  /** Whether no step from this one on changes anything, but one before it does. */
  boolean madeBefore(@Nullable String name) {
    int at = resumeAt(name);
    return steps.subList(at, steps.size()).stream().noneMatch(Steps::changes)
        && steps.subList(0, at).stream().anyMatch(Steps::changes);
  }

  private static boolean changes(Step<?> step) {
    return step.verb() != null || step.kind() == Kind.DELEGATED;
  }

  /** The verb of a step; empty if there is no such step, or it does nothing outside. */
  Optional<String> verb(String name) {
    return find(name).map(Step::verb);
  }

  List<Step<S>> list() {
    return List.copyOf(steps);
  }

  Optional<Closing<S>> closing() {
    return Optional.ofNullable(closing);
  }

  private static <S> Outcome keep(
      StepContext<S> context, Function<StepContext<S>, Optional<Instant>> until) {
    Optional<Instant> end = context.journal().keepInForce(context.passTime(), until.apply(context));
    if (end.isEmpty()) {
      return Outcome.end(State.COMPLETED, Reasons.COMPLETED, "applied and verified");
    }
    Instant due = end.get();
    if (context.passTime().isBefore(due)) {
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
