package io.secamo.processes.connector.sandbox;

import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.text.Limit;
import io.secamo.processes.text.Near;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules as entries named after what they allow: the store itself refuses a second equal one. */
final class SandboxFirewall implements FirewallProvider {
  private static final String KIND = "rule";
  private static final String GROUP = "securityGroup";
  private static final String RULE = "rule";
  private static final String MARKER = "marker";

  /** What is longer is no marker of ours, and stays none. */
  private static final int LONGEST_MARKER = 1000;

  private final Account account;
  private final List<String> groups;
  private final SandboxStore store;
  private final Faults faults;

  SandboxFirewall(Account account, List<String> groups, SandboxStore store, Faults faults) {
    this.account = account;
    this.groups = List.copyOf(groups);
    this.store = store;
    this.faults = faults;
  }

  @Override
  public Account check() {
    return faults.call("check", () -> account);
  }

  @Override
  public Account account() {
    return account;
  }

  @Override
  public Duration settleWindow() {
    return Duration.ofSeconds(10);
  }

  @Override
  public Group observe(String securityGroup) {
    known(securityGroup);
    return faults.call("observe", () -> new Group(securityGroup, rules(securityGroup)));
  }

  @Override
  public Optional<Group> group(String groupId) {
    // Taken off the list of groups, its rules are there all the same.
    boolean there = groups.contains(groupId) || !rules(groupId).isEmpty();
    return there
        ? Optional.of(faults.call("observe", () -> new Group(groupId, rules(groupId))))
        : Optional.empty();
  }

  @Override
  public Optional<Found> find(String ruleId) {
    return faults.call(
        "observe",
        () -> entry(ruleId).map(e -> new Found(e.data().getOrDefault(GROUP, ""), live(e))));
  }

  @Override
  public LiveRule add(String securityGroup, Rule rule, String marker) {
    known(securityGroup);
    String name = name(securityGroup, rule);
    faults.call(
        "add",
        () ->
            store.create(
                name, KIND, Map.of(GROUP, securityGroup, RULE, rule.toString(), MARKER, marker)),
        () -> false);
    return store
        .read(name)
        .map(SandboxFirewall::live)
        .orElseThrow(
            () ->
                new ConnectorFailure.Unknown(
                    "the sandbox said it added " + rule + ", but it is not there", null));
  }

  @Override
  public void remove(String ruleId) {
    faults.call(
        "remove",
        () -> {
          // Only what is a rule: the store holds other things as well.
          if (entry(ruleId).isPresent()) {
            store.delete(ruleId);
          }
          return true;
        },
        () -> false);
    if (entry(ruleId).isPresent()) {
      throw new ConnectorFailure.Transient("rule " + ruleId + " is still there", null);
    }
  }

  private Optional<SandboxStore.Entry> entry(String ruleId) {
    return store.read(KIND, ruleId);
  }

  private List<LiveRule> rules(String securityGroup) {
    List<LiveRule> rules = new ArrayList<>();
    store.each(
        KIND,
        entry -> {
          if (securityGroup.equals(entry.data().get(GROUP))) {
            rules.add(live(entry));
          }
        });
    return rules;
  }

  private void known(String securityGroup) {
    if (!groups.contains(securityGroup)) {
      throw new ConnectorFailure.Misnamed(
          "there is no security group '"
              + securityGroup
              + "'; "
              + Near.told("this sandbox", securityGroup, groups));
    }
  }

  private static LiveRule live(SandboxStore.Entry entry) {
    try {
      Rule rule = Rule.parse(entry.data().getOrDefault(RULE, ""));
      String marker = entry.data().getOrDefault(MARKER, "");
      return new LiveRule(entry.name(), rule, Limit.first(LONGEST_MARKER, marker));
    } catch (IllegalArgumentException editedByHand) {
      throw new ConnectorFailure.Refused(
          "ConfigMap " + entry.name() + " of the sandbox is spoilt: " + editedByHand.getMessage());
    }
  }

  private static String name(String securityGroup, Rule rule) {
    return "sandbox-rule-" + EntryName.hash(securityGroup + "\n" + rule);
  }
}
