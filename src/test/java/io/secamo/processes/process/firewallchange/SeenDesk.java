package io.secamo.processes.process.firewallchange;

import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.connector.TicketDraft;
import io.secamo.processes.connector.TicketRef;
import io.secamo.processes.connector.TicketSystem;
import java.time.Duration;
import java.util.Optional;

/** A ticket system whose search shows new tickets late, or that looks for keys elsewhere. */
record SeenDesk(TicketSystem real, boolean lags, Optional<String> keysAt) implements TicketSystem {
  @Override
  public Duration settleWindow() {
    return lags ? Duration.ofSeconds(10) : real.settleWindow();
  }

  @Override
  public String whereKeysAre() {
    return keysAt.orElseGet(real::whereKeysAre);
  }

  @Override
  public Account check() {
    return real.check();
  }

  @Override
  public Optional<TicketRef> find(IdempotencyKey key) {
    return lags ? Optional.empty() : real.find(key);
  }

  @Override
  public Optional<TicketRef> read(String id, IdempotencyKey key) {
    return real.read(id, key);
  }

  @Override
  public TicketRef create(TicketDraft draft) {
    return real.create(draft);
  }

  @Override
  public void comment(String id, String marker, String text) {
    real.comment(id, marker, text);
  }

  @Override
  public void ensureComment(String id, String marker, String text) {
    real.ensureComment(id, marker, text);
  }

  @Override
  public void ensureClosed(String id, boolean success) {
    real.ensureClosed(id, success);
  }
}
