package io.secamo.processes.engine.procedure;

import io.secamo.processes.api.State;
import io.secamo.processes.engine.journal.Outcome;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One step of a procedure.
 *
 * @param name what it does, for example {@code OpenTicket}
 * @param state what people see while it is under way
 * @param kind what the engine makes of it
 * @param body what it does
 * @param verb of what it changes, as its effects remember it; null if it changes nothing
 * @param optional whether people may skip it when it cannot be done
 * @param <S> spec of the process kind
 */
public record Step<S>(
    String name,
    State state,
    Kind kind,
    Function<StepContext<S>, Outcome> body,
    @Nullable String verb,
    boolean optional) {
  /** What the engine makes of a step. */
  public enum Kind {
    /** Done once. */
    ACTION,
    /** Must hold again, on live data, right before every later effect. */
    PRECONDITION,
    /** Has another request make the change, which goes on then whatever becomes of this one. */
    DELEGATED
  }

  /** Whether it must hold again before every later effect. */
  public boolean isPrecondition() {
    return kind == Kind.PRECONDITION;
  }

  /** Whether it changes something, or has another request change it. */
  public boolean changes() {
    return verb != null || kind == Kind.DELEGATED;
  }

  Step<S> changesBy(String by) {
    return new Step<>(name, state, kind, body, by, optional);
  }

  Step<S> delegated() {
    return new Step<>(name, state, Kind.DELEGATED, body, verb, optional);
  }

  Step<S> does(Function<StepContext<S>, Outcome> other) {
    return new Step<>(name, state, kind, other, verb, optional);
  }

  Step<S> orSkipped() {
    return new Step<>(name, state, kind, body, verb, true);
  }
}
