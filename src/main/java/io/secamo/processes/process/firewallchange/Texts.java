package io.secamo.processes.process.firewallchange;

import io.secamo.processes.connector.FirewallProvider.LiveRule;

/** What the firewall change says to people outside of its tickets. */
final class Texts {
  /** What people still can judge and the status can hold; few rules around many make many. */
  static final int MOST_GAINED = 1000;

  private Texts() {}

  /** A request cannot be edited: what is wrong with it is put right in another one. */
  static String misnamed(String what) {
    return what + ". If the name is wrong, withdraw this request and write a new one";
  }

  static String ruleExists(LiveRule rule) {
    return rule.rule()
        + " is there already (rule "
        + rule.id()
        + ") and spec.adoption is Never: remove it first, or submit a request with adoption"
        + " Reference";
  }

  static String openAlready(String group) {
    return "nothing was added to security group " + group + ": all of it is open already";
  }

  static String tooMuchToJudge(int gained) {
    return "beside what is open already this opens "
        + gained
        + " separate accesses, at most "
        + MOST_GAINED
        + " can be judged: ask for less in a new request";
  }

  static String tooManyRules(String group, long overlapping) {
    return "too many rules to judge in security group "
        + group
        + ": "
        + overlapping
        + " rules there have something in common with what is asked for. Ask for less in a new"
        + " request, or remove or join rules there and request a retry";
  }

  static String anotherGroup(String group, String id) {
    return "security group " + group + " was another one, is " + id;
  }
}
