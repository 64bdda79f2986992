package io.secamo.processes.process;

import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.firewall.Rule;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A firewall as one look uses it: once a sign-in failed, every other call is answered with the same
 * failure and not made. A removal goes on to the next rule, and many systems lock a user out after
 * a few sign-ins that fail.
 */
final class OneSignIn implements FirewallProvider {
  private final FirewallProvider real;
  private ConnectorFailure.@Nullable NotLetIn failed;

  /** Nobody has been turned away so far. For one thread. */
  OneSignIn(FirewallProvider real) {
    this.real = real;
  }

  private <T> T by(Supplier<T> call) {
    if (failed != null) {
      throw failed;
    }
    try {
      return call.get();
    } catch (ConnectorFailure.NotLetIn no) {
      failed = no;
      throw no;
    }
  }

  @Override
  public Account check() {
    return by(real::check);
  }

  @Override
  public Account account() {
    return by(real::account);
  }

  /** Nobody has to sign in for it. */
  @Override
  public Duration settleWindow() {
    return real.settleWindow();
  }

  @Override
  public Group observe(String securityGroup) {
    return by(() -> real.observe(securityGroup));
  }

  @Override
  public Optional<Group> group(String groupId) {
    return by(() -> real.group(groupId));
  }

  @Override
  public Optional<Found> find(String ruleId) {
    return by(() -> real.find(ruleId));
  }

  @Override
  public LiveRule add(String securityGroup, Rule rule, String marker) {
    return by(() -> real.add(securityGroup, rule, marker));
  }

  @Override
  public void remove(String ruleId) {
    boolean unused =
        by(
            () -> {
              real.remove(ruleId);
              return true;
            });
  }
}
