package io.secamo.processes.firewall.change;

import io.secamo.processes.firewall.Exposure;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.text.Amount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What taking rules away from a security group would change.
 *
 * @param asked what becomes of each rule that was asked for, in that order
 * @param lost what is not reachable any more afterwards
 * @param summary one sentence for people
 */
public record RemovalPlan(List<AskedRule> asked, Exposure lost, String summary) {
  private static final int MOST_LOST = 2;

  /** Keeps its own copy. */
  public RemovalPlan {
    asked = List.copyOf(asked);
  }

  /**
   * A rule that was asked for.
   *
   * @param stays why it stays, for people, as in {@code team-b/web needs it}; empty if it goes
   */
  public record AskedRule(Rule rule, String stays) {
    /** Whether it is taken away. */
    public boolean goes() {
      return stays.isEmpty();
    }
  }

  /**
   * Plans the removal of rules.
   *
   * @param securityGroup for people
   * @param by the request that opened them
   * @param asked the rules
   * @param others what else is in the group afterwards
   */
  public static RemovalPlan plan(
      String securityGroup, String by, List<AskedRule> asked, Collection<Rule> others) {
    List<Rule> going = asked.stream().filter(AskedRule::goes).map(AskedRule::rule).toList();
    List<Rule> near =
        others.stream().filter(other -> going.stream().anyMatch(other::overlaps)).toList();
    Exposure lost = Exposure.of(going).minus(Exposure.of(near));
    return new RemovalPlan(
        asked, lost, summary(securityGroup, by, going.size(), asked.size(), lost));
  }

  private static String summary(String group, String by, int going, int asked, Exposure lost) {
    List<String> said = new ArrayList<>();
    said.add(
        (going == 0 ? "removes no rule" : "removes " + Amount.of(going, "rule"))
            + " from security group "
            + group
            + " that "
            + by
            + " opened");
    if (asked > going) {
      said.add(Amount.of(asked - going, "rule stays", "rules stay"));
    }
    List<String> lines = lost.toLines();
    int told = Math.min(MOST_LOST, lines.size());
    said.add(
        lines.isEmpty()
            ? "nothing becomes unreachable"
            : "not reachable any more: "
                + String.join(", ", lines.subList(0, told))
                + (lines.size() > told ? " and " + (lines.size() - told) + " more" : ""));
    return String.join("; ", said);
  }
}
