package io.secamo.processes.fault;

import static java.util.stream.Collectors.toMap;

import java.util.Map;
import java.util.Set;

/** Between which states a request may go, as it is promised to those who read them. */
final class Edges {
  /** Which state may follow which; what ended never goes on. */
  private static final Map<String, Set<String>> ALWAYS =
      table(
          """
          nothing: Running AwaitingApproval Suspended NeedsAttention Rejected Withdrawn
          Suspended: Running AwaitingApproval Scheduled NeedsAttention Applying Verifying InForce \
              Completed Rejected ApprovalTimedOut Reverting Expired RolledBack Withdrawn
          Running: Suspended AwaitingApproval Scheduled NeedsAttention Applying Verifying InForce \
              Completed Rejected ApprovalTimedOut Reverting Expired RolledBack Withdrawn
          AwaitingApproval: Suspended Running Scheduled NeedsAttention Applying Verifying InForce \
              Completed Rejected ApprovalTimedOut Reverting Expired RolledBack Withdrawn
          Scheduled: Suspended Running AwaitingApproval NeedsAttention Applying Verifying InForce \
              Completed Reverting Expired RolledBack Withdrawn
          Applying: Suspended Running AwaitingApproval Scheduled NeedsAttention Verifying InForce \
              Completed Reverting RolledBack Expired Withdrawn
          Verifying: NeedsAttention InForce Completed Reverting RolledBack Expired Withdrawn
          InForce: Completed NeedsAttention Reverting Expired Withdrawn
          Reverting: NeedsAttention Expired Withdrawn RolledBack
          NeedsAttention: Suspended Running AwaitingApproval Scheduled Applying Verifying InForce \
              Completed Reverting Expired Rejected ApprovalTimedOut Withdrawn RolledBack
          """);

  /** What another request has removed that people approved. */
  private static final Map<String, Set<String>> REMOVED =
      table(
          """
          Completed: Reverting NeedsAttention
          Reverting: NeedsAttention Removed
          NeedsAttention: Reverting Removed
          """);

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

  private static Map<String, Set<String>> table(String rows) {
    return rows.lines()
        .map(row -> row.split(": ", 2))
        .collect(toMap(row -> row[0].replace("nothing", ""), row -> Set.of(row[1].split(" +"))));
  }

  /** Whether a request that has come this far may go there next. */
  boolean contains(String before, String now) {
    completed |= removed && before.equals("Completed");
    return (completed ? REMOVED : ALWAYS).getOrDefault(before, Set.of()).contains(now);
  }
}
