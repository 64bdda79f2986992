package io.secamo.processes.process;

import io.secamo.processes.api.ProcessStatus.Basis;
import io.secamo.processes.api.ProcessStatus.Plan;
import java.util.function.Function;

/**
 * What the votes on a plan rest on besides the change.
 *
 * @param policies revision of the approval policies
 * @param admission epoch of the admission policies
 * @param basis what the policies ask of a plan, and its Connection
 */
public record Grounds(String policies, String admission, Function<Plan, Basis> basis) {
  /** The same plan, with these grounds. */
  public Plan under(Plan plan) {
    return plan.with(basis.apply(plan), plan.supersedes());
  }
}
