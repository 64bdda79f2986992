package io.secamo.processes.process.opening;

import io.secamo.processes.effect.Owner;
import io.secamo.processes.effect.Verb;
import io.secamo.processes.process.Surroundings;

/** Rules of a security group that are opened, and removed again. */
public final class OpenRules implements Verb {
  private final Surroundings around;

  /** Finds its systems, and who else needs a rule, in the surroundings. */
  public OpenRules(Surroundings around) {
    this.around = around;
  }

  @Override
  public String name() {
    return Opened.VERB;
  }

  /** Removes what was added, unless another request needs it, and sees that it is gone. */
  @Override
  public void undo(Owner owner) {
    new Removal(around, owner).all();
  }
}
