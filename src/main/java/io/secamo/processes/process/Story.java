package io.secamo.processes.process;

import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.approval.Inputs;
import io.secamo.processes.approval.Verdict;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.engine.Turn;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.evidence.Chain.Happening;
import io.secamo.processes.text.Amount;
import io.secamo.processes.text.Limit;
import java.util.ArrayList;
import java.util.List;

/** What the evidence says about plans, votes and what was made. */
public final class Story {
  private static final int LONGEST_WHY = 160;

  private Story() {}

  /** A plan was made, or another one than before. */
  public static void planned(Turn<?> turn) {
    Plan plan = turn.journal().plan().orElseThrow();
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
    turn.journal().tell(new Happening("Planned", null, plan.sha256(), facts), turn.moment());
  }

  private static String why(List<String> differences) {
    String first = Limit.to(LONGEST_WHY, differences.get(0));
    return differences.size() == 1 ? first : first + ", and " + (differences.size() - 1) + " more";
  }

  /** What was made. As many in one entry as it holds: a request may make more. */
  public static void made(Turn<?> turn, List<String> made) {
    tell(turn, Chain.APPLIED, made);
  }

  /** What was there already, by whoever made it: it is not removed at the end. */
  public static void relied(Turn<?> turn, List<String> there) {
    tell(turn, "FoundThere", there);
  }

  private static void tell(Turn<?> turn, String what, List<String> all) {
    for (int i = 0; i < all.size(); i += Happening.MOST_FACTS) {
      List<String> some = all.subList(i, Math.min(all.size(), i + Happening.MOST_FACTS));
      turn.journal().tell(new Happening(what, null, null, some), turn.moment());
    }
  }

  static void votes(Turn<?> turn, List<Vote> votes) {
    for (Vote vote : votes) {
      List<String> facts = new ArrayList<>();
      facts.add(vote.decision().word() + " at gate " + vote.gate());
      vote.standsFor().ifPresent(person -> facts.add("in place of " + person));
      if (!vote.reason().isEmpty()) {
        facts.add("said: " + vote.reason());
      }
      turn.journal().tell(new Happening("Vote", vote.voter(), digest(turn), facts), turn.moment());
    }
  }

  static void approved(Turn<?> turn, Verdict verdict) {
    List<String> facts =
        verdict.counts().stream()
            .map(c -> c.gate().name() + ": " + c.approvals() + " of " + c.gate().required())
            .toList();
    turn.journal().tell(new Happening("Approved", null, digest(turn), facts), turn.moment());
  }

  static void standard(Turn<?> turn, String policies) {
    turn.journal()
        .tell(
            new Happening(
                "Approved", null, digest(turn), List.of("standard change, by " + policies)),
            turn.moment());
  }

  /** What was judged again right before the effect, and is not in the digest. */
  static void judged(Turn<?> turn, Inputs in, List<String> windows) {
    List<String> facts = new ArrayList<>();
    facts.add("admission policies " + in.protection().epoch() + " in force");
    facts.add("the API server itself answers for our groups");
    in.delegations()
        .forEach(
            d ->
                facts.add(
                    d.by() + " lets " + d.to() + " vote at " + d.gate() + " until " + d.until()));
    windows.forEach(name -> facts.add("within window " + name));
    turn.journal().tell(new Happening("Judged", null, digest(turn), facts), turn.moment());
  }

  static void overridden(Turn<?> turn, Vote override) {
    turn.journal()
        .tell(
            new Happening(
                "BreakGlass",
                override.voter(),
                digest(turn),
                List.of("gate " + override.gate(), "incident " + override.reason())),
            turn.moment());
  }

  static void reviewed(Turn<?> turn, List<String> reviewers) {
    turn.journal()
        .tell(
            new Happening(
                "Reviewed", null, digest(turn), List.of("by " + String.join(", ", reviewers))),
            turn.moment());
  }

  private static String digest(Turn<?> turn) {
    return turn.journal().plan().map(Plan::sha256).orElse("");
  }
}
