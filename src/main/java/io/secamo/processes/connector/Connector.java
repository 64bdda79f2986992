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
}
