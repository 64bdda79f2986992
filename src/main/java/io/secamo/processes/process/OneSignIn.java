package io.secamo.processes.process;

import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.ForwardingFirewall;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A firewall as one look uses it: once a sign-in failed, every other call is answered with the same
 * failure and not made. A removal goes on to the next rule, and many systems lock a user out after
 * a few sign-ins that fail.
 */
final class OneSignIn extends ForwardingFirewall {
  private final FirewallProvider real;
  private ConnectorFailure.@Nullable NotLetIn failed;

  /** Nobody has been turned away so far. For one thread. */
  OneSignIn(FirewallProvider real) {
    this.real = real;
  }

  @Override
  protected FirewallProvider real() {
    return real;
  }

  @Override
  protected <T> T call(String operation, Supplier<T> made) {
    if (failed != null) {
      throw failed;
    }
    try {
      return made.get();
    } catch (ConnectorFailure.NotLetIn no) {
      failed = no;
      throw no;
    }
  }
}
