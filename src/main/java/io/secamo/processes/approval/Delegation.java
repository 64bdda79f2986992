package io.secamo.processes.approval;

import java.time.Instant;

/**
 * An approver's word that somebody may vote in their place; admission saw to it that the approver
 * gave it.
 *
 * @param gate where
 * @param by the approver
 * @param to the deputy
 * @param until when it ends
 */
public record Delegation(String gate, String by, String to, Instant until) {
  /** Whether it covers a deputy's vote. */
  boolean covers(Vote vote, Instant now) {
    return gate.equals(vote.gate()) && to.equals(vote.voter()) && now.isBefore(until);
  }
}
