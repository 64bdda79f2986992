package io.secamo.processes.kubernetes.connection;

import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.firewall.Rule;
import java.time.Duration;
import java.util.Optional;

/**
 * The firewall as another Connection reaches it, to put something back: it adds nothing, and looks
 * at nothing but what was changed.
 *
 * @param turnedDown told that it is not let in
 */
record Lent(FirewallProvider real, Runnable turnedDown) implements FirewallProvider {
  @Override
  public Account check() {
    try {
      return real.check();
    } catch (ConnectorFailure.Unauthorized no) {
      turnedDown.run();
      throw no;
    }
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
    throw notOurs();
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
  public LiveRule add(String securityGroup, Rule rule, String marker) {
    throw notOurs();
  }

  @Override
  public void remove(String ruleId) {
    real.remove(ruleId);
  }

  private static ConnectorFailure.Refused notOurs() {
    return new ConnectorFailure.Refused(
        "with another Connection's Secret things are put back only");
  }
}
