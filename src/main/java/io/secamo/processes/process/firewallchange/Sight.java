package io.secamo.processes.process.firewallchange;

import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.Group;

/**
 * What the firewall shows at one moment of what a request names.
 *
 * @param group the security group with the rules that are there
 * @param account whose firewall it is
 */
record Sight(Group group, Account account) {
  static Sight of(FirewallProvider firewall, String group) {
    Group live = firewall.observe(group);
    // After the look, which may have signed in anew: the account must be that of these rules.
    return new Sight(live, firewall.account());
  }
}
