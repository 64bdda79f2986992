package io.secamo.processes.approval;

import io.secamo.processes.api.plan.Plan;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a plan may be carried out, from what was read in one look and from nothing else.
 */
public final class Judge {
  private Judge() {}

  /** What was found. */
  public sealed interface Finding {
    /** Votes are no proof now. */
    record Unprotected(String problem) implements Finding {}

    /** What the plan rests on is not what it was: another plan has to be made. */
    record Changed(String what) implements Finding {}

    /** A rule cannot be understood, or has no answer. */
    record Broken(String message) implements Finding {}

    /** No rule matches: nobody could approve it. */
    record NoRule() implements Finding {}

    /** It would last longer than somebody lets it. */
    record TooLong(String message) implements Finding {}

    /** Nobody has to vote. */
    record Standard(List<String> policies) implements Finding {}

    /**
     * It takes votes.
     *
     * @param votes those that count
     */
    record Voted(RequiredGates gates, List<Vote> votes, Verdict verdict) implements Finding {}
  }

  /**
   * What the inputs come to. A rejection of the plan that people were shown needs no other basis:
   * it counts also if something has changed since, or if nobody could approve it now, at whatever
   * gate they may vote.
   */
  public static Finding judge(Inputs in) {
    if (in.protection().problem().isPresent()) {
      return new Finding.Unprotected(in.protection().problem().get());
    }
    Finding found = asPlanned(in);
    return switch (found) {
      case Finding.Changed none -> rejected(votes(in)).orElse(found);
      case Finding.Broken none -> rejected(votes(in)).orElse(found);
      case Finding.NoRule none -> rejected(votes(in)).orElse(found);
      default -> found;
    };
  }

  /** What a no among these votes comes to, where nothing else is known of the plan. */
  public static Optional<Finding> rejected(List<Vote> votes) {
    return rejected(RequiredGates.of(), votes);
  }

  private static Optional<Finding> rejected(RequiredGates gates, List<Vote> votes) {
    return votes.stream()
        .filter(v -> v.decision() == Vote.Decision.REJECT)
        .findFirst()
        .map(no -> new Finding.Voted(gates, votes, new Verdict.Rejected(List.of(), no)));
  }

  private static Finding asPlanned(Inputs in) {
    Plan plan = in.plan();
    if (!in.rules().revision().equals(plan.policy())) {
      return new Finding.Changed("the approval policies have changed");
    }
    if (!in.protection().epoch().equals(plan.admission())) {
      return new Finding.Changed("the admission policies have been changed");
    }
    Plan.Basis basis = plan.basis();
    if (basis == null) {
      return new Finding.Changed("an earlier version made the plan, and did not record its gates");
    }
    if (!in.connection().equals(basis.connection())) {
      return new Finding.Changed("its Connection has been edited or relabelled");
    }
    return switch (in.rules().judge(in.facts(), in.requesterSeen())) {
      case ApprovalRules.Answer.Broken broken -> new Finding.Broken(broken.message());
      case ApprovalRules.Answer.NoRule none -> new Finding.NoRule();
      case ApprovalRules.Answer.TooLong tooLong -> new Finding.TooLong(tooLong.message());
      case ApprovalRules.Answer.Needed needed -> needed(in, needed.gates(), basis.gates());
    };
  }

  private static Finding needed(Inputs in, RequiredGates gates, List<String> asked) {
    if (!gates.lines().equals(asked)) {
      return new Finding.Changed("which votes it takes has changed");
    }
    List<Vote> votes = votes(in);
    if (gates.standard()) {
      // Nobody has to vote, and a person who may at some gate can still say no.
      return rejected(gates, votes).orElseGet(() -> new Finding.Standard(gates.standardBy()));
    }
    Ballot ballot = new Ballot(gates, votes, in.plan().computedAt(), in.now());
    return new Finding.Voted(gates, votes, ballot.judge());
  }

  /** Which gates the policies ask for; none if they cannot be asked, which is said at the gate. */
  public static List<String> gates(Inputs in) {
    return in.rules().judge(in.facts(), in.requesterSeen())
            instanceof ApprovalRules.Answer.Needed needed
        ? needed.gates().lines()
        : List.of();
  }

  /** Why a plan that is made now would last too long. */
  public static Optional<String> tooLong(Inputs in) {
    return in.rules().judge(in.facts(), in.requesterSeen())
            instanceof ApprovalRules.Answer.TooLong tooLong
        ? Optional.of(tooLong.message())
        : Optional.empty();
  }

  /** The votes that count. */
  public static List<Vote> votes(Inputs in) {
    return Ballot.counting(
        Vote.read(in.annotations(), in.plan().digest()), in.delegations(), in.askedBy(), in.now());
  }
}
