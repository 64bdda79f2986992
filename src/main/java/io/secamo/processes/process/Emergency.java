package io.secamo.processes.process;

import io.secamo.processes.api.BreakGlass;
import io.secamo.processes.api.BreakGlass.Overridden;
import io.secamo.processes.api.Effect;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.approval.RequiredGates;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.approval.Vote.Decision;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.StepContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Break-glass: somebody who may override a gate goes ahead for an incident; others must look at it
 * afterwards, in time, or it is taken back.
 */
final class Emergency {
  private Emergency() {}

  /** Records the emergency; the change may go ahead. */
  static void begin(StepContext<?> context, RequiredGates.BreakGlass rule, List<Vote> overrides) {
    List<Overridden> gates = overrides.stream().map(Emergency::overridden).toList();
    Optional<BreakGlass> known =
        context.journal().breakGlass().filter(it -> it.overridden().equals(gates));
    // What waits for a window is reviewed from when it is made.
    boolean made = context.journal().effectLog().all().stream().anyMatch(Effect::toBeUndone);
    if (known.isPresent() && (made || known.get().reviewedAt() != null)) {
      return;
    }
    Overridden first = gates.get(0);
    context
        .journal()
        .breakGlass(
            new BreakGlass(
                first.incident(),
                first.by(),
                first.gate(),
                rule.reviewers(),
                context.asOf().plus(rule.within()),
                null,
                gates));
    overrides.forEach(override -> StepEvidence.overridden(context, override));
  }

  private static Overridden overridden(Vote override) {
    return new Overridden(override.gate(), override.voter(), override.incident().orElseThrow());
  }

  /** Whether there was an emergency that not enough people have approved yet. */
  static boolean underReview(StepContext<?> context) {
    return context.journal().breakGlass().filter(it -> it.reviewedAt() == null).isPresent();
  }

  /** Until when it has to be reviewed. */
  static Instant reviewUntil(StepContext<?> context) {
    return context
        .journal()
        .breakGlass()
        .map(BreakGlass::reviewUntil)
        .orElseGet(() -> context.asOf().plus(Duration.ofHours(8)));
  }

  /**
   * Done if enough people have approved it afterwards, at each gate that was overridden. Nobody who
   * overrode one reviews any, also if somebody else's override of that gate is the one that counts.
   * A rejection at any gate that was asked takes the change back.
   *
   * @param noProof why votes are no proof, so that none is given here; empty if they are
   */
  static Outcome review(StepContext<?> context, List<Vote> votes, Optional<String> noProof) {
    BreakGlass it = context.journal().breakGlass().orElseThrow();
    Map<String, List<String>> reviewers = new LinkedHashMap<>();
    List<String> overriders = overriders(it, votes);
    it.overridden().forEach(gate -> reviewers.put(gate.gate(), reviewers(overriders, gate, votes)));
    Set<String> asked = new HashSet<>(reviewers.keySet());
    context.journal().gates().forEach(gate -> asked.add(gate.name()));
    // Whom a gate is escalated to may say no as well, and does so from the beginning.
    context
        .journal()
        .plan()
        .map(Plan::basis)
        .ifPresent(basis -> asked.addAll(RequiredGates.named(basis.gates())));
    List<Vote> counted = votes.stream().filter(v -> asked.contains(v.gate())).toList();
    Optional<Vote> no = counted.stream().filter(v -> v.decision() == Decision.REJECT).findFirst();
    List<Vote> told =
        counted.stream().filter(v -> counts(v, reviewers.keySet(), overriders)).toList();
    ballot(context, it, told, reviewers);
    StepEvidence.votes(context, told);
    if (no.isPresent()) {
      return Outcome.end(State.ROLLED_BACK, Reasons.NOT_REVIEWED, ApprovalTexts.rejected(no.get()));
    }
    if (reviewers.values().stream().allMatch(people -> people.size() >= it.reviewers())) {
      context.journal().breakGlass(reviewed(it, context.asOf()));
      StepEvidence.reviewed(
          context, reviewers.values().stream().flatMap(List::stream).distinct().toList());
      return Outcome.done();
    }
    return waitForReview(context, it, reviewers, noProof);
  }

  private static List<String> overriders(BreakGlass it, List<Vote> votes) {
    return Stream.concat(
            it.overridden().stream().map(Overridden::by),
            votes.stream().filter(v -> v.decision() == Decision.OVERRIDE).map(Vote::voter))
        .toList();
  }

  private static List<String> reviewers(
      List<String> overriders, Overridden gate, List<Vote> votes) {
    List<String> reviewers = new ArrayList<>();
    votes.stream()
        .filter(v -> v.gate().equals(gate.gate()) && v.decision() == Decision.APPROVE)
        .filter(v -> overriders.stream().noneMatch(by -> isOrStandsFor(v, by)))
        .map(Vote::voter)
        .filter(voter -> reviewers.stream().noneMatch(other -> Vote.samePerson(voter, other)))
        .forEach(reviewers::add);
    return reviewers;
  }

  /** What does not count is not told as a vote: whoever reads it would believe it. */
  private static boolean counts(Vote vote, Set<String> overridden, List<String> overriders) {
    return vote.decision() != Decision.APPROVE
        || !overridden.contains(vote.gate())
        || overriders.stream().noneMatch(by -> isOrStandsFor(vote, by));
  }

  private static boolean isOrStandsFor(Vote vote, String person) {
    return Vote.samePerson(vote.voter(), person)
        || vote.standsFor().filter(other -> Vote.samePerson(other, person)).isPresent();
  }

  private static Outcome waitForReview(
      StepContext<?> context,
      BreakGlass it,
      Map<String, List<String>> reviewers,
      Optional<String> noProof) {
    Instant until = reviewUntil(context);
    if (!context.asOf().isBefore(until)) {
      return Outcome.end(
          State.ROLLED_BACK,
          Reasons.NOT_REVIEWED,
          it.notReviewed(until) + (removes(context) ? "" : ", so the change was removed"));
    }
    boolean never = noProof.filter(ApprovalTexts.NO_REVIEW::equals).isPresent();
    String turnOf = never ? ProcessStatus.EXPIRY : missing(it, reviewers);
    Optional<Instant> itsOwnEnd = context.journal().expiresAt().filter(end -> end.isBefore(until));
    return new Outcome.Wait(
        State.AWAITING_APPROVAL,
        Reasons.BREAK_GLASS,
        turnOf,
        noProof.map(why -> why + (never ? "; " : ", so no vote counts; ")).orElse("")
            + (removes(context) ? "removed without approval: " : "live without approval: ")
            + it.words()
            + itsOwnEnd
                .map(end -> "; it is removed at " + end + ", reviewed or not")
                .orElseGet(
                    () ->
                        (never ? "; at " : "; approve it afterwards before ")
                            + until
                            + (never ? " " : ", or ")
                            + (removes(context) ? "it ends as rejected" : "it is removed")),
        itsOwnEnd.orElse(until),
        null);
  }

  private static String missing(BreakGlass it, Map<String, List<String>> reviewers) {
    return "review at "
        + reviewers.entrySet().stream()
            .filter(gate -> gate.getValue().size() < it.reviewers())
            .map(gate -> progress(gate.getKey(), gate.getValue().size(), it))
            .collect(Collectors.joining(", "));
  }

  /** What was taken away is not opened again by a review. */
  private static boolean removes(StepContext<?> context) {
    return context.journal().plan().map(Plan::removes).isPresent();
  }

  private static String progress(String gate, int reviewers, BreakGlass it) {
    return gate + " (" + reviewers + " of " + it.reviewers() + ")";
  }

  private static BreakGlass reviewed(BreakGlass it, Instant now) {
    return new BreakGlass(
        it.incident(), it.by(), it.gate(), it.reviewers(), it.reviewUntil(), now, it.gates());
  }

  /** The gates are open again while people review, so that they vote as they always do. */
  private static void ballot(
      StepContext<?> context,
      BreakGlass it,
      List<Vote> votes,
      Map<String, List<String>> reviewers) {
    Map<String, ProcessStatus.Gate> gates = new LinkedHashMap<>();
    context.journal().gates().forEach(gate -> gates.put(gate.name(), gate));
    reviewers.forEach((name, people) -> gates.put(name, gate(it, name, people.size())));
    String digest = context.journal().plan().map(Plan::digest).orElse("");
    context
        .journal()
        .ballot(List.copyOf(gates.values()), BallotStatus.votes(context, votes, digest));
  }

  private static ProcessStatus.Gate gate(BreakGlass it, String name, int reviewers) {
    boolean enough = reviewers >= it.reviewers();
    return new ProcessStatus.Gate(
        name,
        enough ? "Passed" : "Open",
        it.reviewers(),
        reviewers,
        enough ? null : it.reviewUntil(),
        null,
        null);
  }
}
