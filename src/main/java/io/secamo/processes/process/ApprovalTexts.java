package io.secamo.processes.process;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.approval.Ballot.OutOfReach;
import io.secamo.processes.approval.RequiredGate;
import io.secamo.processes.approval.Verdict;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.approval.Vote.Decision;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.text.Limit;
import java.util.List;
import java.util.Optional;

/** What approvals say to people, in one place so that it can be read aloud. */
final class ApprovalTexts {
  /** Said of an emergency: its plan is live, and cannot be made anew under the new policies. */
  static final String NO_REVIEW =
      "the admission policies have been changed since its plan was made, so it cannot be reviewed"
          + " any more";

  private static final int SUMMARY = 600;

  private ApprovalTexts() {}

  /**
   * How to vote is told by {@code kubectl process status}: a command in here is broken over lines.
   */
  static String waiting(Plan plan, Verdict.Open open) {
    return limited(plan.summary())
        + changed(plan)
        + ". Waiting for votes on plan "
        + plan.digest()
        + ": "
        + open.waitingFor();
  }

  private static String changed(Plan plan) {
    Plan.Superseded old = plan.supersedes();
    if (old == null || old.differences().isEmpty()) {
      return "";
    }
    String first = old.differences().get(0);
    String more = old.differences().size() > 1 ? " and more, see status.plan.supersedes" : "";
    return " (replaces plan "
        + old.digest()
        + old.voided()
        + ": "
        + Limit.to(160, first)
        + more
        + ")";
  }

  /** Why a vote that admission let in does not count: it compares names as they are written. */
  static Optional<String> onePerson(StepContext<?> context, Plan plan) {
    List<String> voters =
        Vote.read(context.request().annotations(), plan.digest()).stream()
            .map(Vote::voter)
            .toList();
    for (String voter : voters) {
      for (String asking : context.request().askedBy()) {
        if (Vote.samePerson(voter, asking)) {
          return Optional.of(
              "the vote of " + voter + " does not count: " + asking + " asks for it");
        }
      }
      for (String other : voters) {
        if (!voter.equals(other) && Vote.samePerson(voter, other)) {
          return Optional.of(voter + " and " + other + " are one person, with one vote");
        }
      }
    }
    return Optional.empty();
  }

  /** Why a plan waits in vain, and what an administrator can do. */
  static String nobody(String namespace, OutOfReach missing) {
    List<String> gates = missing.gates().stream().map(RequiredGate::name).toList();
    int people = missing.gates().stream().mapToInt(RequiredGate::required).sum();
    String who =
        missing.names().isEmpty() ? "nobody" : "only " + Limit.to(160, list(missing.names()));
    String where = (gates.size() == 1 ? " gate " : " gates ") + list(gates);
    String may = who + " may approve at" + where + " in namespace " + namespace;
    String verb = "grant the verb approve on approvalgates/";
    if (gates.size() == 1) {
      String needed = missing.names().isEmpty() ? "" : ", and it takes " + people;
      return may + needed + ": " + verb + gates.get(0);
    }
    return may
        + ", one person counts at one gate, and it takes "
        + people
        + ": "
        + verb
        + String.join(" or approvalgates/", gates)
        + " to somebody else, or set onePersonManyGates in the policies";
  }

  private static String list(List<String> names) {
    return names.size() < 2
        ? String.join("", names)
        : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  static Optional<String> overrideNotEnough(Verdict.Open open, List<Vote> votes) {
    Optional<Vote> counts = open.counts().stream().flatMap(c -> c.overridden().stream()).findAny();
    if (counts.isPresent()) {
      return Optional.of("the override opens gate " + counts.get().gate() + " and no other");
    }
    return votes.stream().anyMatch(v -> v.decision() == Decision.OVERRIDE)
        ? Optional.of(
            "the override does not count: not every policy that asks for votes on this plan has"
                + " breakGlass, or its gate is not asked")
        : Optional.empty();
  }

  static String rejected(Vote vote) {
    return "rejected by "
        + vote.voter()
        + " at gate "
        + vote.gate()
        + (vote.reason().isEmpty() ? "" : ": " + vote.reason());
  }

  static Outcome unprotected(State state, String problem) {
    return new Outcome.Wait(
        state,
        Reasons.ADMISSION_UNPROTECTED,
        ProcessStatus.ADMINISTRATOR,
        problem + "; until then no vote counts and nothing is changed",
        null,
        null);
  }

  static String broken(String problem) {
    return problem + ". Whoever keeps the policies mends it: then this goes on by itself";
  }

  static String noPolicy(Request<?> request) {
    return "namespace "
        + request.namespace()
        + " has no ApprovalPolicy, so nobody could approve this: create one that names the gates";
  }

  static String noRule(Request<?> request) {
    return "no rule of the ApprovalPolicies in namespace "
        + request.namespace()
        + " matches this plan, so nobody could approve it: add a rule that does";
  }

  private static String limited(String text) {
    return Limit.to(SUMMARY, text);
  }
}
