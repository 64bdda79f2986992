package io.secamo.processes.engine.procedure;

import io.secamo.processes.engine.journal.StepStates;
import java.util.Optional;

/**
 * What a step gives to later ones, and takes of earlier ones. It counts once the step that gives it
 * is done, and is forgotten when that step is to be done again.
 */
public final class Outputs {
  /** As much as the status holds. */
  static final int LONGEST = 512;

  private final DeclaredOutputs declared;
  private final String step;
  private final StepStates states;

  Outputs(DeclaredOutputs declared, String step, StepStates states) {
    this.declared = declared;
    this.step = step;
    this.states = states;
  }

  /**
   * Gives something to later steps.
   *
   * @param value at most 512 letters; it is shown in the status, so that it is no secret
   * @throws IllegalStateException if the procedure does not say so of this step
   */
  public void give(String name, String value) {
    if (!declared.gives(step, name)) {
      throw new IllegalStateException("step " + step + " gives no " + name);
    }
    if (value.codePointCount(0, value.length()) > LONGEST) {
      throw new IllegalStateException("output " + name + " is longer than " + LONGEST);
    }
    states.give(step, name, value);
  }

  /**
   * What an earlier step gave; empty if it was left out, or skipped.
   *
   * @throws IllegalStateException if the procedure does not say so of this step
   */
  public Optional<String> take(String name) {
    if (!declared.takes(step, name)) {
      throw new IllegalStateException("step " + step + " takes no " + name);
    }
    return states.given(name);
  }
}
