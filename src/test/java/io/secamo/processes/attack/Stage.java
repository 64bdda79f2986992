package io.secamo.processes.attack;

/** What the request that is attacked has been through already. */
enum Stage {
  /** Has a plan and no votes. */
  FRESH,
  /** Carries the approval of the approver. */
  VOTED,
  /** Carries the approval of the approver of a plan that has been replaced. */
  SUPERSEDED,
  /** Awaits votes, but the plan is gone. */
  UNPLANNED,
  /** Two gates are open. */
  TWO_GATES,
  /** The other gate is asked as well if nobody answers in time. */
  ESCALATES,
  /** The change was announced, or made. */
  MADE,
  /** Carries the approvals of fifty people. */
  FULL,
  /** Suspended by a colleague of its requester. */
  HELD,
  /** Suspended by the approver, who may hold it. */
  HELD_BY_APPROVER,
  /** Submitted for its requester by a machine that may vote. */
  ON_BEHALF,
  /** Answered by who is on duty, and nobody has followed that yet. */
  ANSWERED,
  /** Withdrawn by its requester. */
  WITHDRAWN,
  /** Asks that what another request opened is removed. */
  REMOVING
}
