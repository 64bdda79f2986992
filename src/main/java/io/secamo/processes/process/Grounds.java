package io.secamo.processes.process;

import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.api.plan.Plan.Basis;
import io.secamo.processes.approval.PlanDigest;
import io.secamo.processes.approval.PlanDigest.Part;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the votes on a plan rest on besides the change.
 *
 * @param policies revision of the approval policies
 * @param admission epoch of the admission policies
 * @param basis what the policies ask of a plan, and its Connection
 * @param votesBeforeDigest digest of the votes that were there before the last plan, as it says
 * @param votes all that stand on the request now, for whatever plan
 */
public record Grounds(
    String policies,
    String admission,
    Function<Plan, Basis> basis,
    Optional<String> votesBeforeDigest,
    List<String> votes) {
  /** A plan with these grounds, if it is still the last one. */
  public Plan kept(Plan plan) {
    return under(plan, votesBeforeDigest);
  }

  /**
   * A new plan with these grounds. Everything else in its digest can be known beforehand, so that
   * votes for it could be written while the admission policies are weakened for a moment. A vote
   * cannot name a digest that is made of that vote.
   */
  public Plan anew(Plan plan) {
    return under(
        plan,
        Optional.of(votes)
            .filter(there -> !there.isEmpty())
            .map(there -> PlanDigest.of(List.of(new Part("votes", there))).shortForm()));
  }

  private Plan under(Plan plan, Optional<String> votesBefore) {
    Basis found = basis.apply(plan);
    return plan.with(
        new Basis(found.connection(), found.gates(), votesBefore.orElse(null)), plan.supersedes());
  }
}
