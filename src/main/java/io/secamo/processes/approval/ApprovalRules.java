package io.secamo.processes.approval;

import io.secamo.processes.api.Span;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.expression.Expression;
import io.secamo.processes.expression.ExpressionFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The approval policies of a namespace. The gates of all rules that match a plan add up, so the
 * worst item of a plan decides. What cannot be understood approves nothing.
 */
public final class ApprovalRules {
  private final List<Policy> policies;
  private final Set<String> served;
  private final String revision;
  private final Map<String, Expression> compiled = new HashMap<>();

  /** Conditions take a processor as long as they like: those of one namespace take one of them. */
  private final ReentrantLock turn = new ReentrantLock();

  /**
   * A policy as it was read.
   *
   * @param generation counts changes of its spec
   */
  public record Policy(String name, String uid, long generation, ApprovalPolicySpec spec) {
    String revision() {
      return name + "@" + generation;
    }

    /**
     * With what it says as it was read: whoever drops a field of its schema changes that without
     * another generation.
     */
    private PlanDigest.Part part() {
      List<String> lines = new ArrayList<>(List.of(name, uid + "@" + generation));
      lines.addAll(Content.of(spec));
      return new PlanDigest.Part("policy", lines);
    }
  }

  /** What the policies say to a plan. */
  public sealed interface Answer {
    /** These gates must be passed. */
    record Needed(RequiredGates gates) implements Answer {}

    /** A rule cannot be understood, or has no answer: nothing is approved. */
    record Broken(String message) implements Answer {}

    /** No rule matches: nobody could approve it. */
    record NoRule() implements Answer {}

    /** It would last longer than somebody lets it. */
    record TooLong(String message) implements Answer {}
  }

  /** As many as the status holds. */
  private static final int MOST_GATES = 20;

  /**
   * The policies of a namespace, in any order. Kept, it compiles each condition only once.
   *
   * @param served the kinds that rules can name
   */
  public ApprovalRules(List<Policy> policies, Set<String> served) {
    this.served = Set.copyOf(served);
    this.policies = policies.stream().sorted(Comparator.comparing(Policy::name)).toList();
    this.revision = PlanDigest.of(this.policies.stream().map(Policy::part).toList()).shortForm();
  }

  /** Whether there is no policy at all. */
  public boolean isEmpty() {
    return policies.isEmpty();
  }

  /** Identifies what the policies say: another revision needs another approval. */
  public String revision() {
    return revision;
  }

  /**
   * What a plan needs.
   *
   * @param requesterSeen whether the API server itself saw the requester
   */
  public Answer judge(PlanFacts facts, boolean requesterSeen) {
    turn.lock();
    try {
      return judgeInTurn(facts, requesterSeen);
    } finally {
      turn.unlock();
    }
  }

  private Answer judgeInTurn(PlanFacts facts, boolean requesterSeen) {
    Tally tally = new Tally();
    for (Policy policy : policies) {
      for (ApprovalPolicySpec.Rule rule : policy.spec().rules()) {
        try {
          if (kinds(rule, served).contains(facts.kind())
              && mayMatch(rule, facts)
              && matches(rule, facts)) {
            tally.add(policy, rule);
          }
        } catch (ExpressionFailure failure) {
          return new Answer.Broken(
              "ApprovalPolicy " + policy.name() + ", " + sentence(rule, failure));
        }
      }
    }
    return tally.gates.size() > MOST_GATES
        ? new Answer.Broken(
            "the approval policies ask for %d gates, at most %d can be counted: join some"
                .formatted(tally.gates.size(), MOST_GATES))
        : tally.answer(facts, requesterSeen);
  }

  /**
   * What is wrong with the rules of a policy, for people; empty if each can be compiled.
   *
   * @param served the kinds that rules can name
   */
  public static Optional<String> problem(ApprovalPolicySpec spec, Set<String> served) {
    List<String> problems = new ArrayList<>();
    for (ApprovalPolicySpec.Rule rule : spec.rules()) {
      try {
        var unusedKinds = kinds(rule, served);
        Optional<String> when = condition(rule);
        if (when.isPresent()) {
          var unused = compile(when.get());
        }
      } catch (ExpressionFailure failure) {
        problems.add(sentence(rule, failure));
      }
    }
    return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
  }

  /**
   * When a rule matches; empty for always. A template without a value leaves an empty text, which
   * may ask for more votes than were meant, but never make everything standard.
   */
  private static Optional<String> condition(ApprovalPolicySpec.Rule rule) {
    String when = rule.when();
    if (when != null && when.isBlank() && Boolean.TRUE.equals(rule.standard())) {
      throw new ExpressionFailure(
          "when is empty: write which changes are standard, or leave when out if all are");
    }
    return Optional.ofNullable(when).filter(text -> !text.isBlank());
  }

  /** Of which kinds a rule speaks. One that is misspelt would ask nobody for their vote. */
  private static List<String> kinds(ApprovalPolicySpec.Rule rule, Set<String> served) {
    List<String> kinds = rule.kinds() == null ? List.of(PlanFacts.FIRST_KIND) : rule.kinds();
    kinds.stream()
        .filter(kind -> !served.contains(kind))
        .findFirst()
        .ifPresent(
            kind -> {
              throw new ExpressionFailure(
                  "kinds names '"
                      + kind
                      + "', which is not served: write one of "
                      + String.join(", ", new TreeSet<>(served)));
            });
    return kinds;
  }

  private static String sentence(ApprovalPolicySpec.Rule rule, ExpressionFailure failure) {
    return "rule " + rule.name() + ": " + failure.getMessage();
  }

  /** A rule that says which openings are standard says nothing of what is taken away. */
  private static boolean mayMatch(ApprovalPolicySpec.Rule rule, PlanFacts facts) {
    return !facts.removes() || !Boolean.TRUE.equals(rule.standard());
  }

  private boolean matches(ApprovalPolicySpec.Rule rule, PlanFacts facts) {
    return condition(rule)
        .map(when -> compiled.computeIfAbsent(when, ApprovalRules::compile).holds(facts.values()))
        .orElse(true);
  }

  private static Expression compile(String when) {
    return Expression.compile(when, PlanFacts.VOCABULARY);
  }

  /** Adds up what matching rules ask for. */
  private static final class Tally {
    private final Map<String, RequiredGate> gates = new TreeMap<>();
    private final List<String> standardBy = new ArrayList<>();
    private boolean manyGates = true;
    private boolean accept = true;
    private boolean mayBreakGlass = true;
    private final Longest longest = new Longest();
    private Optional<RequiredGates.BreakGlass> breakGlass = Optional.empty();

    private void add(Policy policy, ApprovalPolicySpec.Rule rule) {
      accept &= policy.spec().onBehalf() == ApprovalPolicySpec.OnBehalf.ACCEPT;
      manyGates &= Boolean.TRUE.equals(policy.spec().onePersonManyGates());
      longest.add(policy.name(), rule);
      if (Boolean.TRUE.equals(rule.standard())) {
        standardBy.add(policy.revision());
        return;
      }
      List<ApprovalPolicySpec.Gate> asked = rule.gates() == null ? List.of() : rule.gates();
      asked.forEach(gate -> gates.merge(gate.name(), gate(gate), RequiredGate::and));
      emergency(policy.spec().breakGlass());
    }

    private void emergency(ApprovalPolicySpec.@org.jspecify.annotations.Nullable BreakGlass asked) {
      if (asked == null) {
        mayBreakGlass = false;
        return;
      }
      var rule =
          new RequiredGates.BreakGlass(
              asked.reviewers(), Span.parse(asked.within() == null ? "8h" : asked.within()));
      breakGlass = Optional.of(breakGlass.map(b -> b.and(rule)).orElse(rule));
    }

    private Answer answer(PlanFacts facts, boolean requesterSeen) {
      if (gates.isEmpty() && standardBy.isEmpty()) {
        return new Answer.NoRule();
      }
      Optional<String> tooLong = longest.exceededBy(facts, gates.isEmpty());
      if (tooLong.isPresent()) {
        return new Answer.TooLong(tooLong.get());
      }
      if (!gates.isEmpty() && !requesterSeen && !accept) {
        // Who really asked may vote at any one of them.
        gates.replaceAll((name, gate) -> gate.oneMore());
        breakGlass = breakGlass.map(RequiredGates.BreakGlass::oneMore);
      }
      List<String> standard = standardBy.stream().distinct().sorted().toList();
      return new Answer.Needed(
          new RequiredGates(
              List.copyOf(gates.values()),
              standard,
              manyGates,
              mayBreakGlass ? breakGlass : Optional.empty()));
    }

    private static RequiredGate gate(ApprovalPolicySpec.Gate gate) {
      Optional<ApprovalPolicySpec.Escalation> escalate = Optional.ofNullable(gate.escalate());
      return new RequiredGate(
          gate.name(),
          Math.max(1, gate.required()),
          Optional.ofNullable(gate.within()).map(Span::parse),
          escalate.map(e -> new RequiredGate.Escalation(Span.parse(e.after()), e.to())),
          Optional.ofNullable(gate.remindEvery()).map(Span::parse));
    }
  }
}
