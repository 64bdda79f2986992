package io.secamo.processes.kubernetes.connection;

import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.firewall.Rule;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A firewall of which it is remembered that something was added to it: what is refused was not.
 *
 * @param made told the id of the account for which it was
 */
record Remembered(FirewallProvider real, Consumer<String> made) implements FirewallProvider {
  @Override
  public LiveRule add(String securityGroup, Rule rule, String marker) {
    String account = real.account().id();
    try {
      LiveRule added = real.add(securityGroup, rule, marker);
      made.accept(account);
      return added;
    } catch (ConnectorFailure.Unknown mayBeThere) {
      made.accept(account);
      throw mayBeThere;
    }
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
  public Duration settleWindow() {
    return real.settleWindow();
  }

  @Override
  public Group observe(String securityGroup) {
    return real.observe(securityGroup);
  }

  @Override
  public Optional<Group> group(String groupId) {
    return real.group(groupId);
  }

  @Override
  public Optional<Found> find(String ruleId) {
    return real.find(ruleId);
  }

  @Override
  public void remove(String ruleId) {
    real.remove(ruleId);
  }
}
