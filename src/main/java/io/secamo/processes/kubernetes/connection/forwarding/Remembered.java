package io.secamo.processes.kubernetes.connection.forwarding;

import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.ForwardingFirewall;
import io.secamo.processes.firewall.Rule;
import java.util.function.Consumer;

/** A firewall of which it is remembered that something was added to it: what is refused was not. */
public final class Remembered extends ForwardingFirewall {
  private final FirewallProvider real;
  private final Consumer<String> made;

  /**
   * A real one.
   *
   * @param made told the id of the account for which it was
   */
  public Remembered(FirewallProvider real, Consumer<String> made) {
    this.real = real;
    this.made = made;
  }

  @Override
  protected FirewallProvider real() {
    return real;
  }

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
}
