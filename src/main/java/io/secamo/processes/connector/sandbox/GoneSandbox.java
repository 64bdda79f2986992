package io.secamo.processes.connector.sandbox;

import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.connector.TicketDraft;
import io.secamo.processes.connector.TicketRef;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.firewall.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is left of a sandbox whose namespace is being deleted: its rules and tickets go with it. */
record GoneSandbox(Account account) implements Connector, TicketSystem, FirewallProvider {
  @Override
  public Account check() {
    return account;
  }

  @Override
  public Optional<TicketSystem> tickets() {
    return Optional.of(this);
  }

  @Override
  public Optional<FirewallProvider> firewall() {
    return Optional.of(this);
  }

  @Override
  public Duration settleWindow() {
    return Duration.ZERO;
  }

  @Override
  public String whereKeysAre() {
    return SandboxTickets.KEYS;
  }

  @Override
  public Optional<TicketRef> find(IdempotencyKey key) {
    return Optional.empty();
  }

  @Override
  public Optional<TicketRef> read(String id, IdempotencyKey key) {
    return Optional.empty();
  }

  @Override
  public TicketRef create(TicketDraft draft) {
    throw new ConnectorFailure.Refused("the sandbox is being deleted with its namespace");
  }

  @Override
  public void comment(String id, String marker, String text) {
    // The ticket goes with the namespace.
  }

  @Override
  public void ensureComment(String id, String marker, String text) {
    // The ticket goes with the namespace.
  }

  @Override
  public void ensureClosed(String id, boolean success) {
    // The ticket goes with the namespace.
  }

  @Override
  public Group observe(String securityGroup) {
    return new Group(securityGroup, List.of());
  }

  @Override
  public Optional<Group> group(String groupId) {
    return Optional.empty();
  }

  @Override
  public Optional<Found> find(String ruleId) {
    return Optional.empty();
  }

  @Override
  public LiveRule add(String securityGroup, Rule rule, String marker) {
    throw new ConnectorFailure.Refused("the sandbox is being deleted with its namespace");
  }

  @Override
  public void remove(String ruleId) {
    // The rule goes with the namespace.
  }
}
