package io.secamo.processes.process;

import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.approval.Inputs;
import io.secamo.processes.approval.Verdict;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.evidence.Chain.Happening;
import io.secamo.processes.text.Amount;
import io.secamo.processes.text.Limit;
import java.util.ArrayList;
import java.util.List;

/** What the evidence says about plans, votes and what was made. */
public final class StepEvidence {
  private static final int LONGEST_WHY = 160;

  private StepEvidence() {}

  /** A plan was made, or another one than before. */
  public static void planned(StepContext<?> context) {
    Plan plan = context.journal().plan().orElseThrow();
    List<String> facts = new ArrayList<>();
    Plan.Superseded old = plan.supersedes();
    if (old != null && !old.differences().isEmpty()) {
      // First, because it is what a table of the entries shows.
      facts.add("again, because " + why(old.differences()));
    }
    facts.add(plan.summary());
    facts.add("account " + plan.account());
    facts.add("approval policies " + plan.policy() + ", admission policies " + plan.admission());
    plan.effects().stream().limit(10).forEach(facts::add);
    if (old != null) {
      facts.add("replaces " + old.digest() + ", which had " + Amount.of(old.votes(), "vote"));
    }
    context
        .journal()
        .recordEvidence(new Happening("Planned", null, plan.sha256(), facts), context.now());
  }

  private static String why(List<String> differences) {
    String first = Limit.to(LONGEST_WHY, differences.get(0));
    return differences.size() == 1 ? first : first + ", and " + (differences.size() - 1) + " more";
  }

  /** What was made. As many in one entry as it holds: a request may make more. */
  public static void made(StepContext<?> context, List<String> made) {
    tell(context, Chain.APPLIED, made);
  }

  /** What was there already, by whoever made it: it is not removed at the end. */
  public static void relied(StepContext<?> context, List<String> there) {
    tell(context, "FoundThere", there);
  }

  private static void tell(StepContext<?> context, String what, List<String> all) {
    for (int i = 0; i < all.size(); i += Happening.MOST_FACTS) {
      List<String> some = all.subList(i, Math.min(all.size(), i + Happening.MOST_FACTS));
      context.journal().recordEvidence(new Happening(what, null, null, some), context.now());
    }
  }

  static void votes(StepContext<?> context, List<Vote> votes) {
    for (Vote vote : votes) {
      List<String> facts = new ArrayList<>();
      facts.add(vote.decision().word() + " at gate " + vote.gate());
      vote.standsFor().ifPresent(person -> facts.add("in place of " + person));
      if (!vote.reason().isEmpty()) {
        facts.add("said: " + vote.reason());
      }
      context
          .journal()
          .recordEvidence(
              new Happening("Vote", vote.voter(), digest(context), facts), context.now());
    }
  }

  static void approved(StepContext<?> context, Verdict verdict) {
    List<String> facts =
        verdict.counts().stream()
            .map(c -> c.gate().name() + ": " + c.approvals() + " of " + c.gate().required())
            .toList();
    context
        .journal()
        .recordEvidence(new Happening("Approved", null, digest(context), facts), context.now());
  }

  static void standard(StepContext<?> context, String policies) {
    context
        .journal()
        .recordEvidence(
            new Happening(
                "Approved", null, digest(context), List.of("standard change, by " + policies)),
            context.now());
  }

  /** What was judged again right before the effect, and is not in the digest. */
  static void judged(StepContext<?> context, Inputs in, List<String> windows) {
    List<String> facts = new ArrayList<>();
    facts.add("admission policies " + in.protection().epoch() + " in force");
    facts.add("the API server itself answers for our groups");
    in.delegations()
        .forEach(
            d ->
                facts.add(
                    d.by() + " lets " + d.to() + " vote at " + d.gate() + " until " + d.until()));
    windows.forEach(name -> facts.add("within window " + name));
    context
        .journal()
        .recordEvidence(new Happening("Judged", null, digest(context), facts), context.now());
  }

  static void overridden(StepContext<?> context, Vote override) {
    context
        .journal()
        .recordEvidence(
            new Happening(
                "BreakGlass",
                override.voter(),
                digest(context),
                List.of("gate " + override.gate(), "incident " + override.reason())),
            context.now());
  }

  static void reviewed(StepContext<?> context, List<String> reviewers) {
    context
        .journal()
        .recordEvidence(
            new Happening(
                "Reviewed", null, digest(context), List.of("by " + String.join(", ", reviewers))),
            context.now());
  }

  private static String digest(StepContext<?> context) {
    return context.journal().plan().map(Plan::sha256).orElse("");
  }
}
