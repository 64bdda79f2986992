package io.secamo.processes.approval;

import io.secamo.processes.api.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that decides whether a plan may be carried out, as it was read in one look. The judge
 * asks nothing else. What may not change between a vote and the effect is in the digest of the
 * plan: the plan itself, the gates that it takes, the policies as they were read, the Connection,
 * and the epoch of the admission policies with the schemas of the kinds. The rest is judged again
 * right before the effect.
 *
 * @param plan what people vote on
 * @param facts what the rules of the policies may ask about
 * @param connection {@link PlanDigest#shortForm() digest} of uid, spec and labels of the Connection
 * @param rules the policies of the namespace
 * @param requesterSeen whether the API server itself saw the requester
 * @param askedBy the user names of whoever asks: requester and submitter
 * @param annotations of the request: the votes are among them
 * @param delegations who may vote in whose place
 * @param protection whether votes are a proof
 */
public record Inputs(
    Plan plan,
    PlanFacts facts,
    String connection,
    ApprovalRules rules,
    boolean requesterSeen,
    List<String> askedBy,
    Map<String, String> annotations,
    List<Delegation> delegations,
    Protection protection,
    Instant now) {
  /** Keeps its own copies. */
  public Inputs {
    askedBy = List.copyOf(askedBy);
    annotations = Map.copyOf(annotations);
    delegations = List.copyOf(delegations);
  }
}
