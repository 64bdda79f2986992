package io.secamo.processes.approval;

import io.secamo.processes.api.Span;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How long a change may last: the smallest of the limits that its Connection and the rules that
 * match it set. No end is longer than any limit: each rule that sets one has to let that be, and
 * where only the Connection does, or nobody votes, some rule.
 */
final class Longest {
  /** Where nobody votes, and nobody has said how long that may be. */
  private static final Duration UNLESS_SAID = Duration.ofDays(90);

  private final List<Bound> rules = new ArrayList<>();
  private boolean lasting;

  /**
   * One limit.
   *
   * @param by who set it, for people
   * @param orNoEnd whether whoever set it lets changes have no end as well
   */
  private record Bound(Duration longest, String by, boolean orNoEnd) {}

  /** Adds what a rule that matches says. */
  void add(String policy, ApprovalPolicySpec.Rule rule) {
    boolean orNoEnd = Boolean.TRUE.equals(rule.lasting());
    lasting |= orNoEnd;
    if (rule.longest() != null) {
      String by = "rule " + rule.name() + " of ApprovalPolicy " + policy;
      rules.add(new Bound(Span.parse(rule.longest()), by, orNoEnd));
    }
  }

  /**
   * Why a change may not last as long as it would, for people.
   *
   * @param standard whether nobody votes on it
   */
  Optional<String> exceededBy(PlanFacts facts, boolean standard) {
    List<Bound> bounds = new ArrayList<>(rules);
    String connection = facts.ofConnection("longest");
    if (!connection.isEmpty()) {
      String by = "Connection " + facts.ofConnection("name");
      bounds.add(new Bound(Span.parse(connection), by, lasting));
    } else if (standard && rules.isEmpty()) {
      String by = "the default for changes on which nobody votes";
      bounds.add(new Bound(UNLESS_SAID, by, lasting));
    }
    return bounds.stream()
        .filter(bound -> facts.lasting() ? !bound.orNoEnd() : exceeds(facts, bound))
        .min(Comparator.comparing(Bound::longest))
        .map(bound -> text(facts, bound));
  }

  private static boolean exceeds(PlanFacts facts, Bound bound) {
    return facts.seconds() > bound.longest().toSeconds();
  }

  private static String text(PlanFacts facts, Bound bound) {
    String limit = Span.words(bound.longest()) + " at most, as " + bound.by() + " says";
    return facts.lasting()
        ? "it has no end, and may last "
            + limit
            + ": submit a new request with expiresAfter or expiresAt, or let a rule have lasting:"
            + " true"
        : "it would last "
            + Span.words(Duration.ofSeconds(facts.seconds()))
            + ", and may last "
            + limit
            + ": ask for less in a new request";
  }
}
