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
 * where only the Connection does, some rule. A rule that asks nobody has a limit in any case.
 */
final class Longest {
  /** Where nobody votes, and nobody has said how long that may be. */
  private static final Duration UNLESS_SAID = Duration.ofDays(90);

  private final List<Bound> rules = new ArrayList<>();
  private final List<Bound> unlessSaid = new ArrayList<>();
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
    String by = "rule " + rule.name() + " of ApprovalPolicy " + policy;
    if (rule.longest() != null) {
      rules.add(new Bound(Span.parse(rule.longest()), by, orNoEnd));
    } else if (Boolean.TRUE.equals(rule.standard()) && !orNoEnd) {
      unlessSaid.add(new Bound(UNLESS_SAID, by + ", which asks nobody and sets no other", false));
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
    } else if (standard) {
      bounds.addAll(unlessSaid);
    }
    List<Bound> exceeded =
        bounds.stream()
            .filter(bound -> facts.lasting() ? !bound.orNoEnd() : exceeds(facts, bound))
            .sorted(Comparator.comparing(Bound::longest))
            .toList();
    return exceeded.isEmpty()
        ? Optional.empty()
        : Optional.of(facts.lasting() ? noEnd(exceeded) : text(facts, exceeded.get(0)));
  }

  private static boolean exceeds(PlanFacts facts, Bound bound) {
    return facts.seconds() > bound.longest().toSeconds();
  }

  private static String text(PlanFacts facts, Bound bound) {
    return "it would last "
        + Span.words(Duration.ofSeconds(facts.seconds()))
        + ", and "
        + Span.words(bound.longest())
        + " is the most. That is set by "
        + bound.by()
        + ". Ask for less in a new request";
  }

  private static String noEnd(List<Bound> bounds) {
    Bound smallest = bounds.get(0);
    String more = bounds.size() > 1 ? " and " + (bounds.size() - 1) + " more" : "";
    return "it has no end, and "
        + Span.words(smallest.longest())
        + " is the most. That is set by "
        + smallest.by()
        + more
        + ". Submit a new request with expiresAfter or expiresAt, or have lasting: true added"
        + " there";
  }
}
