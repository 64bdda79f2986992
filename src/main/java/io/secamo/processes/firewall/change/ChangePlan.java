package io.secamo.processes.firewall.change;

import io.secamo.processes.firewall.Exposure;
import io.secamo.processes.firewall.Finding;
import io.secamo.processes.firewall.RiskCatalogue;
import io.secamo.processes.firewall.Rule;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What adding rules to a security group would change, over the time for which they are asked.
 *
 * @param toAdd wanted rules that are not there as long as they are wanted, each once, in the order
 *     they were asked for
 * @param alreadyThere wanted rules that are
 * @param gained what is reachable at some moment before the end of the change that would not be
 *     reachable then without it
 * @param stillOpen which parts of that are open already, and until when
 * @param findings risks of what is gained
 * @param summary one sentence for people
 */
public record ChangePlan(
    List<Rule> toAdd,
    List<Rule> alreadyThere,
    Exposure gained,
    List<StillOpen> stillOpen,
    List<Finding> findings,
    String summary) {

  /** Keeps its own copies. */
  public ChangePlan {
    toAdd = List.copyOf(toAdd);
    alreadyThere = List.copyOf(alreadyThere);
    stillOpen = List.copyOf(stillOpen);
    findings = List.copyOf(findings);
  }

  /**
   * What is wanted.
   *
   * @param begins the first moment at which it may be opened
   * @param temporary whether the access ends by itself
   * @param end the latest moment at which it ends; empty if there is none, or if nobody can know
   */
  public record Wanted(List<Rule> rules, Instant begins, boolean temporary, Optional<Instant> end) {
    /** Keeps its own copy. */
    public Wanted {
      rules = List.copyOf(rules);
    }
  }

  /**
   * Plans the addition of rules. Rules on the firewall only go as time passes, so whatever is there
   * at the end of the change is there all the time: that alone covers what is wanted. What is
   * gained does not depend on the time of day.
   *
   * @param securityGroup for the summary
   * @param wanted what must be allowed
   * @param live what is allowed now, but for what this very change has added
   */
  public static ChangePlan plan(String securityGroup, Wanted wanted, Collection<OpenRule> live) {
    Set<OpenRule> near = touching(wanted.rules(), live);
    Set<Rule> lasting = rules(near, rule -> rule.lastsUntil(wanted.end()));
    List<Rule> toAdd =
        wanted.rules().stream().filter(r -> !lasting.contains(r)).distinct().toList();
    List<Rule> there = wanted.rules().stream().filter(lasting::contains).distinct().toList();
    // The same as (lasting and wanted) minus lasting, without judging the lasting ones twice.
    Exposure gained = Exposure.of(toAdd).minus(Exposure.of(touching(toAdd, lasting)));
    List<OpenRule> ending =
        near.stream()
            .filter(rule -> !rule.lastsUntil(wanted.end()) && !rule.goesBefore(wanted.begins()))
            .toList();
    List<StillOpen> stillOpen = StillOpen.of(gained, ending);
    List<Finding> findings = RiskCatalogue.judge(gained, wanted.temporary());
    PlanSentence sentence =
        new PlanSentence(
            securityGroup, toAdd, gained, gained.isEmpty() ? List.copyOf(lasting) : List.of());
    return new ChangePlan(
        toAdd, there, gained, stillOpen, findings, sentence.text(stillOpen, findings));
  }

  /** The live rules that have something in common with wanted ones. */
  private static Set<OpenRule> touching(List<Rule> wanted, Collection<OpenRule> live) {
    Set<OpenRule> touching = new LinkedHashSet<>();
    for (OpenRule open : live) {
      if (wanted.stream().anyMatch(open.rule()::overlaps)) {
        touching.add(open);
      }
    }
    return touching;
  }

  private static List<Rule> touching(List<Rule> wanted, Set<Rule> live) {
    return live.stream().filter(rule -> wanted.stream().anyMatch(rule::overlaps)).toList();
  }

  /** In a stable order. */
  private static Set<Rule> rules(Set<OpenRule> some, Predicate<OpenRule> which) {
    Set<Rule> rules = new TreeSet<>();
    some.stream().filter(which).map(OpenRule::rule).forEach(rules::add);
    return rules;
  }
}
