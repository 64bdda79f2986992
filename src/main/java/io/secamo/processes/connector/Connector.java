package io.secamo.processes.connector;

import java.util.Optional;

/** A vendor's connector, made for one connection. */
public interface Connector {
  /** Proves endpoint and credentials by a real call. */
  Account check();

  /** This system as a ticket system, if it is one. */
  Optional<TicketSystem> tickets();

  /** This system as a firewall, if it is one. */
  Optional<FirewallProvider> firewall();

  /**
   * What to undo things with while the namespace of the connection is being deleted with all that
   * is in it. An outside system is not in it.
   */
  default Connector outOfItsNamespace() {
    return this;
  }
}
