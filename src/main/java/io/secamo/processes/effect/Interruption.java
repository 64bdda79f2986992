package io.secamo.processes.effect;

import java.time.Instant;

/**
 * Ends a pass early without being a failure: somebody else wrote in the meantime, or the world has
 * to be looked at again. Nothing is lost; the next pass begins from what is stored.
 */
public abstract sealed class Interruption extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private Interruption(String message) {
    super(message, null, false, false);
  }

  /** Our view was older than what the API server has: the write was refused, nothing happened. */
  public static final class Conflict extends Interruption {
    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
      super(message);
    }
  }

  /** The API server will never take what was to be recorded: the object is full, or not valid. */
  public static final class NotRecorded extends Interruption {
    /** What people are told who have to make room. */
    public static final String UNRECORDED =
        "how it stands cannot be recorded, so nothing goes on, and nothing new stays: the request"
            + " is full. Remove labels, annotations, finalizers or field managers, then request"
            + " another try";

    private static final long serialVersionUID = 1L;

    public NotRecorded(String why) {
      super(why);
    }
  }

  /** What would be done next could not be recorded as a whole any more: nothing may be changed. */
  public static final class EvidenceFull extends Interruption {
    private static final long serialVersionUID = 1L;

    public EvidenceFull() {
      super("no more can be recorded of this request: withdraw it and submit a new one");
    }
  }

  /** Between decision and effect the request changed: votes, spec, deletion. */
  public static final class Superseded extends Interruption {
    private static final long serialVersionUID = 1L;

    public Superseded(String message) {
      super(message);
    }
  }

  /** The admission policies do not hold, so nothing may be changed. */
  public static final class Unprotected extends Interruption {
    private static final long serialVersionUID = 1L;

    public Unprotected(String problem) {
      super(problem);
    }
  }

  /** A precondition that had held does not hold on the live request. */
  public static final class PreconditionLost extends Interruption {
    private static final long serialVersionUID = 1L;
    private final String precondition;

    public PreconditionLost(String precondition) {
      super(precondition + " does not hold any more");
      this.precondition = precondition;
    }

    /** The step that has to be judged anew. */
    public String precondition() {
      return precondition;
    }
  }

  /** An earlier call may still show up in the outside system; it must not be repeated yet. */
  public static final class MayStillShowUp extends Interruption {
    private static final long serialVersionUID = 1L;
    private final transient Instant until;

    public MayStillShowUp(String message, Instant until) {
      super(message);
      this.until = until;
    }

    /** From when on the call may be repeated. */
    public Instant until() {
      return until;
    }
  }
}
