package io.secamo.processes.api;

/** The annotations through which people act on a process, and the finalizer that keeps promises. */
public final class Annotations {
  /** User name of the requester, stamped or verified at admission and immutable afterwards. */
  public static final String REQUESTED_BY = Groups.PROCESSES + "/requested-by";

  /** Shorthand vote {@code <digest> [reason]} or {@code <gate>:<digest> [reason]}. */
  public static final String APPROVE = Groups.PROCESSES + "/approve";

  /** Shorthand rejection, same form as {@link #APPROVE}. */
  public static final String REJECT = Groups.PROCESSES + "/reject";

  /** Key prefix of a kept approval: {@code approve.processes.secamo.io/<gate>.<any>}. */
  public static final String APPROVE_PREFIX = "approve." + Groups.PROCESSES + "/";

  /** Key prefix of a kept rejection: {@code reject.processes.secamo.io/<gate>.<any>}. */
  public static final String REJECT_PREFIX = "reject." + Groups.PROCESSES + "/";

  /** Key prefix of an override: {@code override.processes.secamo.io/<gate>.<any>}. */
  public static final String OVERRIDE_PREFIX = "override." + Groups.PROCESSES + "/";

  /** What follows the gate in the key of a deputy's vote. */
  public static final String DEPUTY = "deputy";

  /** Who submitted for the requester, if it was somebody else: a service account. */
  public static final String SUBMITTED_BY = Groups.PROCESSES + "/submitted-by";

  /** An answer to NeedsAttention: {@code resume:<Step>}, {@code skip:<Step>} or {@code abandon}. */
  public static final String RESOLVE = Groups.PROCESSES + "/resolve";

  /** Who gave that answer. */
  public static final String RESOLVED_BY = Groups.PROCESSES + "/resolved-by";

  /** Who last changed {@code spec.suspend}. */
  public static final String SUSPEND_BY = Groups.PROCESSES + "/suspend-by";

  /** {@code true}: only who holds the verb hold lets the request go on. */
  public static final String HELD = Groups.PROCESSES + "/held";

  /** Who took the request back. */
  public static final String WITHDRAWN_BY = Groups.PROCESSES + "/withdrawn-by";

  /** Any new value means "retry now". */
  public static final String REQUESTED_AT = Groups.PROCESSES + "/requested-at";

  /** Keeps a deleted request until its duties (revert, ticket) are done. */
  public static final String FINALIZER = Groups.PROCESSES + "/duties";

  private Annotations() {}
}
