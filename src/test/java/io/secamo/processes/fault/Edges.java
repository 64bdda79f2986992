package io.secamo.processes.fault;

import java.util.Map;
import java.util.Set;

/** Between which states a request may go, as it is promised to those who read them. */
final class Edges {
  /** Which state may follow which; what ended never goes on. */
  private static final Map<String, Set<String>> ALWAYS =
      Map.of(
          "",
              Set.of(
                  "Running",
                  "AwaitingApproval",
                  "Suspended",
                  "NeedsAttention",
                  "Rejected",
                  "Withdrawn"),
          "Suspended",
              Set.of(
                  "Running",
                  "AwaitingApproval",
                  "Scheduled",
                  "NeedsAttention",
                  "Applying",
                  "Verifying",
                  "InForce",
                  "Completed",
                  "Rejected",
                  "ApprovalTimedOut",
                  "Reverting",
                  "Expired",
                  "RolledBack",
                  "Withdrawn"),
          "Running",
              Set.of(
                  "Suspended",
                  "AwaitingApproval",
                  "Scheduled",
                  "NeedsAttention",
                  "Applying",
                  "Verifying",
                  "InForce",
                  "Completed",
                  "Rejected",
                  "ApprovalTimedOut",
                  "Reverting",
                  "Expired",
                  "RolledBack",
                  "Withdrawn"),
          "AwaitingApproval",
              Set.of(
                  "Suspended",
                  "Running",
                  "Scheduled",
                  "NeedsAttention",
                  "Applying",
                  "Verifying",
                  "InForce",
                  "Completed",
                  "Rejected",
                  "ApprovalTimedOut",
                  "Reverting",
                  "Expired",
                  "RolledBack",
                  "Withdrawn"),
          "Scheduled",
              Set.of(
                  "Suspended",
                  "Running",
                  "AwaitingApproval",
                  "NeedsAttention",
                  "Applying",
                  "Verifying",
                  "InForce",
                  "Completed",
                  "Reverting",
                  "Expired",
                  "RolledBack",
                  "Withdrawn"),
          "Applying",
              Set.of(
                  "Suspended",
                  "Running",
                  "AwaitingApproval",
                  "Scheduled",
                  "NeedsAttention",
                  "Verifying",
                  "InForce",
                  "Completed",
                  "Reverting",
                  "RolledBack",
                  "Expired",
                  "Withdrawn"),
          "Verifying",
              Set.of(
                  "NeedsAttention",
                  "InForce",
                  "Completed",
                  "Reverting",
                  "RolledBack",
                  "Expired",
                  "Withdrawn"),
          "InForce", Set.of("Completed", "NeedsAttention", "Reverting", "Expired", "Withdrawn"),
          "Reverting", Set.of("NeedsAttention", "Expired", "Withdrawn", "RolledBack"),
          "NeedsAttention",
              Set.of(
                  "Suspended",
                  "Running",
                  "AwaitingApproval",
                  "Scheduled",
                  "Applying",
                  "Verifying",
                  "InForce",
                  "Completed",
                  "Reverting",
                  "Expired",
                  "Rejected",
                  "ApprovalTimedOut",
                  "Withdrawn",
                  "RolledBack"));

  /** What another request has removed that people approved. */
  private static final Map<String, Set<String>> REMOVED =
      Map.of(
          "Completed", Set.of("Reverting", "NeedsAttention"),
          "Reverting", Set.of("NeedsAttention", "Removed"),
          "NeedsAttention", Set.of("Reverting", "Removed"));

  private final boolean removed;
  private boolean completed;

  /**
   * Of one request.
   *
   * @param removed whether another one has removed what it opened for good
   */
  Edges(boolean removed) {
    this.removed = removed;
  }

  /** Whether a request that has come this far may go there next. */
  boolean contains(String before, String now) {
    completed |= removed && before.equals("Completed");
    return (completed ? REMOVED : ALWAYS).getOrDefault(before, Set.of()).contains(now);
  }
}
