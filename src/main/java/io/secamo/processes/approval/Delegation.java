package io.secamo.processes.approval;

import java.time.Instant;
import java.util.List;

/**
 * An approver's word that somebody may vote in their place; admission saw to it that the approver
 * gave it.
 *
 * @param gate where
 * @param by the approver
 * @param groups groups of the approver, which admission saw; may be empty
 * @param to the deputy
 * @param until when it ends
 */
public record Delegation(String gate, String by, List<String> groups, String to, Instant until) {
  /** Keeps its own copy. */
  public Delegation {
    groups = List.copyOf(groups);
  }

  /**
   * Whether it covers a deputy's vote. To the API server two spellings are two users: who may vote
   * is whom the approver wrote, letter by letter.
   */
  public boolean covers(Vote vote, Instant now) {
    return gate.equals(vote.gate()) && to.equals(vote.voter()) && now.isBefore(until);
  }
}
