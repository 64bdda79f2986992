package io.secamo.processes.engine.procedure;

import io.secamo.processes.engine.journal.StepStates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A procedure as checked data: what the engine asks of its steps.
 *
 * @param <S> spec of the process kind
 */
public final class Procedure<S> {
  private final List<Step<S>> steps;
  private final Map<String, String> groups;
  private final DeclaredOutputs outputs;
  private final @Nullable Closing<S> closing;

  Procedure(
      List<Step<S>> steps,
      Map<String, String> groups,
      DeclaredOutputs outputs,
      @Nullable Closing<S> closing) {
    this.steps = List.copyOf(steps);
    this.groups = Map.copyOf(groups);
    this.outputs = outputs;
    this.closing = closing;
  }

  /** What runs at every ending. */
  public record Closing<S>(String name, Consumer<StepContext<S>> body) {}

  /** Its steps in order. */
  public List<Step<S>> steps() {
    return steps;
  }

  /** What runs at every ending. */
  public Optional<Closing<S>> closing() {
    return Optional.ofNullable(closing);
  }

  /** What a step gives and takes. */
  public Outputs outputs(String step, StepStates states) {
    return new Outputs(outputs, step, states);
  }

  /** The places of the steps that are tried together with this one, itself included. */
  public List<Integer> together(int index) {
    String group = groups.get(steps.get(index).name());
    return group == null
        ? List.of(index)
        : IntStream.range(0, steps.size())
            .filter(at -> group.equals(groups.get(steps.get(at).name())))
            .boxed()
            .toList();
  }

  private Optional<Step<S>> find(@Nullable String name) {
    return steps.stream().filter(step -> step.name().equals(name)).findFirst();
  }

  /**
   * The place of a step that a status names; the first one if it names none, or one of another
   * version: there everything is judged anew, and what was done is not done twice.
   */
  public int indexOf(@Nullable String stored) {
    return find(stored).map(steps::indexOf).orElse(0);
  }

  /**
   * The place of a step to which a procedure goes back.
   *
   * @param from where it stands
   * @throws IllegalStateException if there is none, or it is a later one: preconditions would be
   *     left out
   */
  public int earlier(String name, int from) {
    int place = find(name).map(steps::indexOf).orElse(Integer.MAX_VALUE);
    if (place > from) {
      throw new IllegalStateException("no step before this one is called " + name);
    }
    return place;
  }

  /**
   * Where a process goes on that stands at a step: at the first of the preconditions in a row, for
   * those before may not hold any more.
   */
  public int resumeAt(@Nullable String name) {
    int at = indexOf(name);
    while (at > 0 && steps.get(at).isPrecondition() && steps.get(at - 1).isPrecondition()) {
      at--;
    }
    return steps.isEmpty() ? at : together(at).get(0);
  }

  /** Whether a step, or one that is tried together with it, changes something. */
  public boolean changes(@Nullable String name) {
    return !steps.isEmpty()
        && together(indexOf(name)).stream().anyMatch(at -> steps.get(at).changes());
  }

  /** Whether no step from this one on changes anything, but one before it does. */
  public boolean pastLastChange(@Nullable String name) {
    int at = resumeAt(name);
    return steps.subList(at, steps.size()).stream().noneMatch(Step::changes)
        && steps.subList(0, at).stream().anyMatch(Step::changes);
  }

  /** The verb of a step; empty if there is no such step, or it changes nothing outside. */
  public Optional<String> verb(String name) {
    return find(name).map(Step::verb);
  }
}
