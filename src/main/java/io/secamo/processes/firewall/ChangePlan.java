package io.secamo.processes.firewall;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * What adding rules to a security group would change.
 *
 * @param toAdd wanted rules that are not there
 * @param alreadyThere wanted rules that are
 * @param gained what becomes reachable that was not
 * @param findings risks of what becomes reachable
 * @param summary one sentence for people
 */
public record ChangePlan(
    List<Rule> toAdd,
    List<Rule> alreadyThere,
    Exposure gained,
    List<Finding> findings,
    String summary) {

  /**
   * Plans the addition of rules.
   *
   * @param securityGroup for the summary
   * @param wanted what must be allowed
   * @param live what is allowed now
   * @param temporary whether the change ends by itself
   */
  public static ChangePlan plan(
      String securityGroup, List<Rule> wanted, Collection<Rule> live, boolean temporary) {
    List<Rule> toAdd = wanted.stream().filter(r -> !live.contains(r)).distinct().toList();
    List<Rule> there = wanted.stream().filter(live::contains).distinct().toList();
    List<Rule> after = new ArrayList<>(live);
    after.addAll(toAdd);
    Exposure gained = Exposure.of(after).minus(Exposure.of(live));
    List<Finding> findings = RiskCatalogue.judge(gained, temporary);
    return new ChangePlan(
        toAdd, there, gained, findings, summary(securityGroup, toAdd, gained, findings));
  }

  private static String summary(
      String group, List<Rule> toAdd, Exposure gained, List<Finding> findings) {
    String adds =
        toAdd.isEmpty()
            ? "adds no rule to security group " + group
            : "adds " + count(toAdd.size(), "rule") + " to security group " + group;
    if (gained.isEmpty()) {
      return adds + "; nothing becomes reachable that is not already";
    }
    List<Rule> rules = gained.asRules();
    List<String> reach = rules.stream().limit(2).map(ChangePlan::reach).toList();
    String more = rules.size() > 2 ? " and " + (rules.size() - 2) + " more" : "";
    String risks = findings.isEmpty() ? "" : "; " + count(findings.size(), "risk") + " found";
    return adds + ": " + String.join(", ", reach) + more + risks;
  }

  /** For example {@code +256 IPv4 addresses can reach tcp 443}. */
  private static String reach(Rule rule) {
    String ports = rule.ports().equals(PortRange.ALL) ? "" : " " + rule.ports();
    String what = rule.protocol().name().toLowerCase(Locale.ROOT) + ports;
    BigInteger size = rule.peer().size();
    String addresses =
        (size.bitLength() > 33 ? "2^" + (size.bitLength() - 1) : size.toString())
            + (rule.peer().ipv6() ? " IPv6" : " IPv4")
            + (size.equals(BigInteger.ONE) ? " address" : " addresses");
    return rule.direction() == Rule.Direction.INGRESS
        ? "+" + addresses + " can reach " + what
        : "it can reach " + what + " on " + addresses + " more";
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
