package io.secamo.processes.process.firewallchange;

import io.secamo.processes.contract.Played;
import io.secamo.processes.contract.ProcedureContract;

/** A firewall change keeps what every procedure has to keep. */
class FirewallChangeContractTest extends ProcedureContract {
  @Override
  protected Played begun() {
    return new PlayedChange();
  }

  /** A ticket and a rule. */
  @Override
  protected int makes() {
    return 2;
  }
}
