package io.secamo.processes.connector.metered;

import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.ForwardingFirewall;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.connector.TicketDraft;
import io.secamo.processes.connector.TicketRef;
import io.secamo.processes.connector.TicketSystem;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A connector that does what the real one does, and tells how long it took and how it ended. */
record MeteredConnector(Connector real, Meter meter) implements Connector {
  @Override
  public Optional<TicketSystem> tickets() {
    return real.tickets().map(tickets -> new Tickets(tickets, meter));
  }

  @Override
  public Optional<FirewallProvider> firewall() {
    return real.firewall().map(firewall -> new Firewall(firewall, meter));
  }

  @Override
  public Account check() {
    return meter.measure("check", real::check);
  }

  @Override
  public Connector outOfItsNamespace() {
    return new MeteredConnector(real.outOfItsNamespace(), meter);
  }

  private record Tickets(TicketSystem real, Meter meter) implements TicketSystem {
    @Override
    public Duration settleWindow() {
      return real.settleWindow();
    }

    @Override
    public String whereKeysAre() {
      return real.whereKeysAre();
    }

    @Override
    public Account check() {
      return meter.measure("check", real::check);
    }

    @Override
    public Optional<TicketRef> find(IdempotencyKey key) {
      return meter.measure("findTicket", () -> real.find(key));
    }

    @Override
    public Optional<TicketRef> read(String id, IdempotencyKey key) {
      return meter.measure("findTicket", () -> real.read(id, key));
    }

    @Override
    public TicketRef create(TicketDraft draft) {
      return meter.measure("createTicket", () -> real.create(draft));
    }

    @Override
    public void comment(String id, String marker, String text) {
      meter.measure("commentTicket", () -> real.comment(id, marker, text));
    }

    @Override
    public void ensureComment(String id, String marker, String text) {
      meter.measure("commentTicket", () -> real.ensureComment(id, marker, text));
    }

    @Override
    public void ensureClosed(String id, boolean success) {
      meter.measure("closeTicket", () -> real.ensureClosed(id, success));
    }
  }

  private static final class Firewall extends ForwardingFirewall {
    private final FirewallProvider real;
    private final Meter meter;

    Firewall(FirewallProvider real, Meter meter) {
      this.real = real;
      this.meter = meter;
    }

    @Override
    protected FirewallProvider real() {
      return real;
    }

    @Override
    protected <T> T call(String operation, Supplier<T> made) {
      return meter.measure(operation, made);
    }

    /** What is known since the sign-in: no call of its own. */
    @Override
    public Account account() {
      return real.account();
    }
  }
}
