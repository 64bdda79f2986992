package io.secamo.processes.process;

import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.api.plan.Plan.Basis;
import io.secamo.processes.api.plan.Plan.Superseded;
import io.secamo.processes.engine.journal.StepJournal;
import io.secamo.processes.text.Limit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How plans of every kind follow each other: the last one is kept as long as it says the same. */
public final class Planning {
  /** The step that makes the plan; whatever voids a plan goes back to it. */
  public static final String STEP = "Plan";

  private static final int MOST = 20;
  private static final int LINE = 400;

  private Planning() {}

  /**
   * The plan for people to vote on: the last one if nothing of it is different, or a new one that
   * tells what is.
   *
   * @param digester of the request and its target
   * @param grounds what the votes rest on besides the change
   * @param undigested what would be done now
   */
  public static Plan latest(
      StepJournal journal, PlanDigester digester, Grounds grounds, Plan undigested) {
    Plan same = digester.digested(grounds.kept(undigested));
    if (journal.plan().filter(last -> last.sha256().equals(same.sha256())).isPresent()) {
      return same;
    }
    Plan made = digester.digested(grounds.anew(undigested));
    return difference(journal.plan(), journal.votes().size(), made)
        .map(old -> made.with(made.basis(), old))
        .orElse(made);
  }

  /**
   * What is different from the plan that people voted on.
   *
   * @param before the plan so far
   * @param votes how many votes it had
   * @param fresh the new plan
   * @return empty if there was none, or it is the same
   */
  static Optional<Superseded> difference(Optional<Plan> before, int votes, Plan fresh) {
    return before
        .filter(old -> !old.sha256().equals(fresh.sha256()))
        .map(old -> new Superseded(old.digest(), votes, lines(old, fresh)));
  }

  private static List<String> lines(Plan old, Plan now) {
    List<String> lines = new ArrayList<>();
    compare(lines, "", old.effects(), now.effects());
    compare(lines, "gained ", old.gained(), now.gained());
    compare(lines, "risk ", old.findings(), now.findings());
    compare(lines, "lost ", lost(old), lost(now));
    if (!old.account().equals(now.account())) {
      lines.add("account was " + old.account() + ", is " + now.account());
    }
    if (!Objects.equals(old.connection(), now.connection())) {
      lines.add("connection was " + old.connection() + ", is " + now.connection());
    }
    if (!old.policy().equals(now.policy())) {
      lines.add("the approval policies were changed");
    }
    if (!Objects.equals(old.admission(), now.admission())) {
      lines.add(
          "the admission policies, or the definitions of our kinds, were changed or taken away for"
              + " a while");
    }
    Basis basis = old.basis();
    Basis fresh = now.basis();
    if (basis != null && fresh != null) {
      compare(lines, "gate ", basis.gates(), fresh.gates());
      if (!basis.connection().equals(fresh.connection())) {
        lines.add("the Connection was edited or relabelled");
      }
    } else if (basis == null && fresh != null) {
      lines.add("an earlier version made it, which did not record its gates");
    }
    if (lines.size() > MOST) {
      String more = "and " + (lines.size() - MOST + 1) + " more";
      lines.subList(MOST - 1, lines.size()).clear();
      lines.add(more);
    }
    return lines.stream().map(l -> Limit.to(LINE, l)).toList();
  }

  private static @Nullable List<String> lost(Plan plan) {
    return plan.removes() == null ? null : plan.removes().lost();
  }

  private static void compare(
      List<String> lines, String what, @Nullable List<String> old, @Nullable List<String> now) {
    Set<String> gone = new LinkedHashSet<>(old == null ? List.of() : old);
    Set<String> fresh = new LinkedHashSet<>(now == null ? List.of() : now);
    Set<String> same = new LinkedHashSet<>(gone);
    same.retainAll(fresh);
    gone.removeAll(same);
    fresh.removeAll(same);
    gone.forEach(line -> lines.add("- " + what + line));
    fresh.forEach(line -> lines.add("+ " + what + line));
  }
}
