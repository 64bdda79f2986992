package io.secamo.processes.engine;

import io.secamo.processes.api.State;

/**
 * How a process is ending, for the step that runs at every ending.
 *
 * @param state the state it ends in
 * @param reason CamelCase word
 * @param message in a sentence
 */
public record Ending(State state, String reason, String message) {
  /** Whether what was asked for was done, even if it is over by now. */
  public boolean success() {
    return changeStays() || state == State.EXPIRED;
  }

  /** Whether the change is wanted beyond the end of the process. */
  boolean changeStays() {
    return state == State.COMPLETED || state == State.ALREADY_SATISFIED;
  }
}
