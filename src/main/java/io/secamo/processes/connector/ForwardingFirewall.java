package io.secamo.processes.connector;

import io.secamo.processes.firewall.Rule;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A firewall that passes every call on to another one. Who extends it writes down only what is
 * different: one call, or what happens around each of them.
 */
public abstract class ForwardingFirewall implements FirewallProvider {
  /** To whom a call goes, asked again each time a call is made. */
  protected abstract FirewallProvider real();

  /**
   * Makes a call for which the system may have to be asked; what it throws is thrown.
   *
   * @param operation what the metrics call it, say {@code addRule}
   * @param made the call, which can be made more than once
   */
  protected <T> T call(String operation, Supplier<T> made) {
    return made.get();
  }

  @Override
  public Account check() {
    return call("check", () -> real().check());
  }

  @Override
  public Account account() {
    return call("account", () -> real().account());
  }

  /** Nobody has to be asked for it. */
  @Override
  public Duration settleWindow() {
    return real().settleWindow();
  }

  @Override
  public Group observe(String securityGroup) {
    return call("observeRules", () -> real().observe(securityGroup));
  }

  @Override
  public Optional<Group> group(String groupId) {
    return call("observeRules", () -> real().group(groupId));
  }

  @Override
  public Optional<Found> find(String ruleId) {
    return call("findRule", () -> real().find(ruleId));
  }

  @Override
  public LiveRule add(String securityGroup, Rule rule, String marker) {
    return call("addRule", () -> real().add(securityGroup, rule, marker));
  }

  @Override
  public void remove(String ruleId) {
    Object unused =
        call(
            "removeRule",
            () -> {
              real().remove(ruleId);
              return true;
            });
  }
}
