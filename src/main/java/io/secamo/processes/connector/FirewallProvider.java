package io.secamo.processes.connector;

import io.secamo.processes.firewall.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A firewall whose rules only allow, are unordered and do not depend on each other (security
 * groups). Every call ends with what was read back, or throws {@link ConnectorFailure}. Adding is
 * idempotent by nature: the system refuses a second equal rule.
 */
public interface FirewallProvider {
  /** Proves endpoint and credentials by a real call, and that groups are shown to us at all. */
  Account check();

  /**
   * Whose firewall it is. Makes no call while a session is known, so it names whom the calls before
   * it stood for: ask after them.
   */
  Account account();

  /** How long what was added may not be shown, the time that the call takes included. */
  Duration settleWindow();

  /**
   * All rules of a security group as they are now.
   *
   * @param securityGroup name or id
   * @throws ConnectorFailure.Misnamed if there is no such group, or several of that name
   */
  Group observe(String securityGroup);

  /**
   * The same of a group by its id, whatever its name is by now.
   *
   * @param groupId as {@link Group#id} told it
   * @return empty only if the system says that there is no such group, and shows us others: who may
   *     not look is often answered as if nothing were there
   */
  Optional<Group> group(String groupId);

  /**
   * One rule by the system's own id.
   *
   * @return empty only if the system says that there is no such rule, which it may also say to who
   *     may not look: that it is gone is told by {@link #group} only
   */
  Optional<Found> find(String ruleId);

  /**
   * Makes sure that the rule is there and reads it back. When an equal rule is there already,
   * whoever made it, nothing is changed and that rule is returned; the marker tells whose it is.
   *
   * @param marker text that identifies the owner, at most 140 characters, no line breaks
   */
  LiveRule add(String securityGroup, Rule rule, String marker);

  /**
   * Removes a rule by the system's own id, and reads back that it is gone. Gone already is fine:
   * whether it is gone from its group is told by {@link #group}.
   */
  void remove(String ruleId);

  /**
   * A security group as it is at one moment.
   *
   * @param id the system's own id, which stays when the group is renamed; at most 200 characters
   * @param rules all that are in it
   */
  record Group(String id, List<LiveRule> rules) {}

  /**
   * A rule that was asked for by its id.
   *
   * @param group id of the group that it is in
   */
  record Found(String group, LiveRule rule) {}

  /**
   * A rule on the firewall.
   *
   * @param id the system's own id
   * @param rule what it allows
   * @param marker the text that stands with it, empty if none
   */
  record LiveRule(String id, Rule rule, String marker) {}
}
