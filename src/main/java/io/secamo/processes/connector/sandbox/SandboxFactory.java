package io.secamo.processes.connector.sandbox;

import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFactory;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.TicketSystem;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes sandboxes: each is a ticket system and a firewall in one. */
public final class SandboxFactory implements ConnectorFactory {
  private static final List<String> DEFAULT_GROUPS = List.of("web");

  private final Function<String, SandboxStore> stores;

  /** Sandboxes that keep their state in the store of their namespace. */
  public SandboxFactory(Function<String, SandboxStore> stores) {
    this.stores = stores;
  }

  @Override
  public Connector connect(ConnectionSettings settings) {
    ConnectionSpec.Sandbox wanted = settings.spec().sandbox();
    SandboxStore store = stores.apply(settings.namespace());
    List<ConnectionSpec.Fault> asked =
        wanted == null || wanted.faults() == null ? List.of() : wanted.faults();
    Faults faults = new Faults(store, settings.name(), asked);
    List<String> groups =
        wanted == null || wanted.securityGroups() == null
            ? DEFAULT_GROUPS
            : wanted.securityGroups();
    Account account = new Account("Sandbox " + settings.namespace() + "/" + settings.name());
    return new Sandbox(
        account,
        store,
        new SandboxTickets(account, settings, store, faults),
        new SandboxFirewall(account, groups, store, faults));
  }

  private record Sandbox(
      Account account, SandboxStore store, SandboxTickets ticketSystem, SandboxFirewall wall)
      implements Connector {
    @Override
    public Account check() {
      store.check();
      return ticketSystem.check();
    }

    @Override
    public Optional<TicketSystem> tickets() {
      return Optional.of(ticketSystem);
    }

    @Override
    public Optional<FirewallProvider> firewall() {
      return Optional.of(wall);
    }

    @Override
    public Connector outOfItsNamespace() {
      return new GoneSandbox(account);
    }
  }
}
