package io.secamo.processes.process.firewallchange;

import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.firewall.Rule;
import java.time.Duration;
import java.util.Optional;

/** A cloud that passes everything on; tests say what is different about theirs. */
class SeenThrough implements FirewallProvider {
  final FirewallProvider real;

  SeenThrough(FirewallProvider real) {
    this.real = real;
  }

  @Override
  public Account check() {
    return real.check();
  }

  @Override
  public Account account() {
    return real.account();
  }

  @Override
  public Group observe(String group) {
    return real.observe(group);
  }

  @Override
  public Optional<Group> group(String id) {
    return real.group(id);
  }

  @Override
  public Duration settleWindow() {
    return real.settleWindow();
  }

  @Override
  public Optional<Found> find(String rule) {
    return real.find(rule);
  }

  @Override
  public LiveRule add(String group, Rule rule, String marker) {
    return real.add(group, rule, marker);
  }

  @Override
  public void remove(String rule) {
    real.remove(rule);
  }
}
