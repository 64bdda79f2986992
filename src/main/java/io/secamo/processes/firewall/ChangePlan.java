package io.secamo.processes.firewall;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What adding rules to a security group would change.
 *
 * @param toAdd wanted rules that are not there, each once, in the order they were asked for
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

  /** Keeps its own copies. */
  public ChangePlan {
    toAdd = List.copyOf(toAdd);
    alreadyThere = List.copyOf(alreadyThere);
    findings = List.copyOf(findings);
  }

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
    Set<Rule> now = new LinkedHashSet<>(live);
    List<Rule> toAdd = wanted.stream().filter(rule -> !now.contains(rule)).distinct().toList();
    List<Rule> there = wanted.stream().filter(now::contains).distinct().toList();
    // The same as (live and wanted) minus live, without judging the live rules twice.
    Exposure gained = Exposure.of(toAdd).minus(Exposure.of(touched(toAdd, now)));
    List<Finding> findings = RiskCatalogue.judge(gained, temporary);
    List<Rule> covering = gained.isEmpty() ? touched(wanted, now) : List.of();
    String summary = PlanSentence.of(securityGroup, toAdd, gained, covering, findings);
    return new ChangePlan(toAdd, there, gained, findings, summary);
  }

  /** The live rules that have something in common with wanted ones, in a stable order. */
  private static List<Rule> touched(List<Rule> wanted, Set<Rule> live) {
    Set<Rule> touched = new TreeSet<>();
    for (Rule rule : live) {
      if (wanted.stream().anyMatch(rule::overlaps)) {
        touched.add(rule);
      }
    }
    return List.copyOf(touched);
  }
}
