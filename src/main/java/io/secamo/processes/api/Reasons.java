package io.secamo.processes.api;

/** The reasons that conditions carry. Each is user documentation: what it means, what to do. */
public final class Reasons {
  /** Work is under way; nothing to do. */
  public static final String PROGRESSING = "Progressing";

  /** People must vote: read {@code status.plan}, then approve or reject it. */
  public static final String AWAITING_APPROVAL = "AwaitingApproval";

  /** Approved; the change begins at {@code spec.notBefore}. */
  public static final String SCHEDULED = "Scheduled";

  /** Held by {@code spec.suspend}; set it to false to go on. */
  public static final String SUSPENDED = "Suspended";

  /** An outside system did not answer or was busy; the operator tries again by itself. */
  public static final String RETRYING = "ProgressingWithRetry";

  /** An answer was lost; the operator finds out what happened before it does anything else. */
  public static final String CHECKING_OUTCOME = "CheckingOutcome";

  /** The outside system refused; the message has its words. Mend it there, then request a retry. */
  public static final String REFUSED = "Refused";

  /** Credentials are missing, wrong or lack a right; mend what the message names. */
  public static final String CREDENTIALS_REJECTED = "CredentialsRejected";

  /** A defect of the operator; its log has the details. Please report it. */
  public static final String INTERNAL_ERROR = "InternalError";

  /** The namespace has no ApprovalPolicy, so nobody could approve; create one. */
  public static final String NO_APPROVAL_POLICY = "NoApprovalPolicy";

  /** Nobody is recorded as the requester; submit it again on a cluster with our policies. */
  public static final String NO_REQUESTER = "NoRequester";

  /** The request cannot be carried out as it was written; submit a corrected one. */
  public static final String INVALID_REQUEST = "InvalidRequest";

  /** What the request names is not there: withdraw it and submit it with the right name. */
  public static final String MISNAMED = "Misnamed";

  /** The access would last longer than a policy or the Connection lets it; ask for less. */
  public static final String TOO_LONG = "TooLong";

  /** A rule is there already and {@code spec.adoption} is Never. */
  public static final String RULE_EXISTS = "RuleExists";

  /** The ticket was closed before the change was made: reopen it, or withdraw the request. */
  public static final String TICKET_CLOSED = "TicketClosed";

  /** The change is live and verified. */
  public static final String IN_FORCE = "InForce";

  /** The change is live for good. */
  public static final String COMPLETED = "Completed";

  /** What was asked for was there already. */
  public static final String ALREADY_SATISFIED = "AlreadySatisfied";

  /** The time is over and the change was observed gone. */
  public static final String EXPIRED = "Expired";

  /** It was lasting, and another request had it removed. */
  public static final String REMOVED = "Removed";

  /** Somebody who may vote rejected the plan. */
  public static final String REJECTED = "Rejected";

  /** Nobody decided in the time that the gate or {@code spec.expiresAt} gives; submit it again. */
  public static final String APPROVAL_TIMED_OUT = "ApprovalTimedOut";

  /** The requester took the request back. */
  public static final String WITHDRAWN = "Withdrawn";

  /** The change did not pass verification and was undone. */
  public static final String VERIFICATION_FAILED = "VerificationFailed";

  /** Too few people hold the verb that gates ask for: grant it to more, or change the policy. */
  public static final String NOBODY_MAY_APPROVE = "NobodyMayApprove";

  /** A rule of an ApprovalPolicy cannot be understood: mend the policy that the message names. */
  public static final String POLICY_BROKEN = "PolicyBroken";

  /** No rule of any ApprovalPolicy matches the plan, so nobody could approve it: add a rule. */
  public static final String NO_RULE_MATCHES = "NoRuleMatches";

  /** The admission policies are missing or changed: no vote counts until they are put back. */
  public static final String ADMISSION_UNPROTECTED = "AdmissionUnprotected";

  /** The admission policies are in force as shipped. */
  public static final String ADMISSION_PROTECTED = "AdmissionProtected";

  /** The admission policies, or our definitions, were changed or taken away for a while. */
  public static final String ADMISSION_CHANGED = "AdmissionChanged";

  /** Others may rewrite requests before they are validated. */
  public static final String ADMISSION_REWRITTEN = "AdmissionRewritten";

  /** An emergency went ahead before it was approved; people must review it in time. */
  public static final String BREAK_GLASS = "BreakGlass";

  /** The emergency was reviewed by enough people. */
  public static final String REVIEWED = "Reviewed";

  /** An emergency was not reviewed in time, or its reviewers said no; the change was removed. */
  public static final String NOT_REVIEWED = "NotReviewed";

  /** A change window is closed; the message says which and when the next one opens. */
  public static final String WINDOW_CLOSED = "WindowClosed";

  /** Another request is changing the same target; this one goes on as soon as that one is done. */
  public static final String TARGET_BUSY = "TargetBusy";

  /** Somebody who may do so gave the request up; what it changed may still be there. */
  public static final String ABANDONED = "Abandoned";

  /** The record of the request has no room for more: withdraw it and submit a new one. */
  public static final String EVIDENCE_FULL = "EvidenceFull";

  /** The request is full, so how it stands cannot be recorded: remove labels or annotations. */
  public static final String NOT_RECORDED = "NotRecorded";

  /** Somebody else wrote to the status, and it does not say any more what was made. */
  public static final String STATUS_REWRITTEN = "StatusRewritten";

  /** What is kept of the request says something else than its status: somebody wrote to one. */
  public static final String EVIDENCE_DISAGREES = "EvidenceDisagrees";

  /** No record of its own can be written for the evidence of what is live, as by a quota. */
  public static final String EVIDENCE_NOT_KEPT = "EvidenceNotKept";

  /** A newer operator wrote the status: nothing is done with the request until it runs again. */
  public static final String NEWER_OPERATOR = "NewerOperator";

  /** Every gate has been passed for the current plan. */
  public static final String APPROVED = "Approved";

  /** Something was begun outside, and nobody has seen yet what came of it. */
  public static final String NOT_VERIFIED = "NotVerified";

  /** Not (yet, or any more) so. */
  public static final String NOT_YET = "NotYet";

  /** The ticket is open. */
  public static final String OPEN = "Open";

  /** The ticket was closed with the story. */
  public static final String CLOSED = "Closed";

  private Reasons() {}
}
