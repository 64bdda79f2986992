package io.secamo.processes.process.firewallchange;

import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.ForwardingFirewall;

/** A cloud that passes everything on; tests say what is different about theirs. */
class SeenThrough extends ForwardingFirewall {
  final FirewallProvider real;

  SeenThrough(FirewallProvider real) {
    this.real = real;
  }

  @Override
  protected FirewallProvider real() {
    return real;
  }
}
