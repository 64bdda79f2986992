package io.secamo.processes.process.opening;

import io.secamo.processes.effect.Owner;
import io.secamo.processes.effect.Verb;
import io.secamo.processes.process.Surroundings;

/** The verb {@code firewall.open}: how the rules that it added are removed again. */
public final class FirewallOpen implements Verb {
  private final Surroundings around;

  /** Finds its systems, and who else needs a rule, in the surroundings. */
  public FirewallOpen(Surroundings around) {
    this.around = around;
  }

  @Override
  public String name() {
    return OpenEffect.VERB;
  }

  /** Removes what was added, unless another request needs it, and sees that it is gone. */
  @Override
  public void undo(Owner owner) {
    new OpenRulesUndo(around, owner).all();
  }
}
