package io.secamo.processes.process.opening;

import io.secamo.processes.effect.Undo;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.process.Surroundings;

/** Removes the rules that {@code firewall.open} added. */
public final class FirewallOpenUndo implements Undo {
  private final Surroundings around;

  /** Finds its systems, and who else needs a rule, in the surroundings. */
  public FirewallOpenUndo(Surroundings around) {
    this.around = around;
  }

  @Override
  public String verb() {
    return OpenEffect.VERB;
  }

  /** Removes what was added, unless another request needs it, and sees that it is gone. */
  @Override
  public void undo(UndoContext context) {
    new OpenRulesUndo(around, context).all();
  }
}
