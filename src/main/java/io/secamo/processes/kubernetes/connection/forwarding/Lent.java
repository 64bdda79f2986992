package io.secamo.processes.kubernetes.connection.forwarding;

import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.ForwardingFirewall;
import io.secamo.processes.firewall.Rule;

/**
 * The firewall as another Connection reaches it, to put something back: it adds nothing, and looks
 * at nothing but what was changed.
 */
public final class Lent extends ForwardingFirewall {
  private final FirewallProvider real;
  private final Runnable turnedDown;

  /**
   * The other Connection's.
   *
   * @param turnedDown told that it is not let in
   */
  public Lent(FirewallProvider real, Runnable turnedDown) {
    this.real = real;
    this.turnedDown = turnedDown;
  }

  @Override
  protected FirewallProvider real() {
    return real;
  }

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
  public Group observe(String securityGroup) {
    throw notOurs();
  }

  @Override
  public LiveRule add(String securityGroup, Rule rule, String marker) {
    throw notOurs();
  }

  private static ConnectorFailure.Refused notOurs() {
    return new ConnectorFailure.Refused(
        "with another Connection's Secret things are put back only");
  }
}
