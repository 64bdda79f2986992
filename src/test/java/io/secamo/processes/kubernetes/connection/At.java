package io.secamo.processes.kubernetes.connection;

import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.TicketSystem;
import java.util.Optional;

/** A connector that can do nothing, and tells for which endpoint it was made. */
record At(String endpoint) implements Connector {
  @Override
  public Optional<TicketSystem> tickets() {
    return Optional.empty();
  }

  @Override
  public Optional<FirewallProvider> firewall() {
    return Optional.empty();
  }

  @Override
  public Account check() {
    return new Account(endpoint);
  }
}
