package io.secamo.processes.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a process stands, in words for people; automation reads the conditions. */
public enum State {
  /** Admitted, nothing done yet. */
  @JsonProperty("Received")
  RECEIVED("Received", false),
  /** Working on a step that changes nothing outside yet, or retrying one. */
  @JsonProperty("Running")
  RUNNING("Running", false),
  /** Waits for people to vote on the plan. */
  @JsonProperty("AwaitingApproval")
  AWAITING_APPROVAL("AwaitingApproval", false),
  /** Approved; waits for its start time. */
  @JsonProperty("Scheduled")
  SCHEDULED("Scheduled", false),
  /** Held by {@code spec.suspend}. */
  @JsonProperty("Suspended")
  SUSPENDED("Suspended", false),
  /** The change is being made. */
  @JsonProperty("Applying")
  APPLYING("Applying", false),
  /** The change is being read back. */
  @JsonProperty("Verifying")
  VERIFYING("Verifying", false),
  /** What was temporary is being removed. */
  @JsonProperty("Reverting")
  REVERTING("Reverting", false),
  /** Applied, verified and live until its expiry. */
  @JsonProperty("InForce")
  IN_FORCE("InForce", false),
  /** Applied and verified for good. */
  @JsonProperty("Completed")
  COMPLETED("Completed", true),
  /** Nothing had to be changed: the access was open already. */
  @JsonProperty("AlreadySatisfied")
  ALREADY_SATISFIED("AlreadySatisfied", true),
  /** Was in force and was observed gone after its expiry. */
  @JsonProperty("Expired")
  EXPIRED("Expired", true),
  /** Was lasting, and a later request removed it. */
  @JsonProperty("Removed")
  REMOVED("Removed", true),
  /** Refused by a person, impossible as it was written, or not made before its own end. */
  @JsonProperty("Rejected")
  REJECTED("Rejected", true),
  /** Nobody decided in time. */
  @JsonProperty("ApprovalTimedOut")
  APPROVAL_TIMED_OUT("ApprovalTimedOut", true),
  /** Taken back by its requester, or deleted. */
  @JsonProperty("Withdrawn")
  WITHDRAWN("Withdrawn", true),
  /** Applied, and undone: it failed its verification, or an emergency was not reviewed in time. */
  @JsonProperty("RolledBack")
  ROLLED_BACK("RolledBack", true),
  /** Parked: only a person can decide; the message says what. */
  @JsonProperty("NeedsAttention")
  NEEDS_ATTENTION("NeedsAttention", false);

  private final String word;
  private final boolean terminal;

  State(String word, boolean terminal) {
    this.word = word;
    this.terminal = terminal;
  }

  /** The word as it stands in {@code status.state}. */
  public String word() {
    return word;
  }

  /** Whether the process has ended and will never act again. */
  public boolean terminal() {
    return terminal;
  }
}
