package io.secamo.processes.connector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why an outside system did not do what it was asked. The kinds are all there are; the engine alone
 * turns them into retries, states and conditions. Messages are shown to people: they name the
 * system and what to do, and never contain a secret.
 */
public abstract sealed class ConnectorFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ConnectorFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Nothing happened and trying again later makes sense: connection refused, 503. */
  public static final class Transient extends ConnectorFailure {
    private static final long serialVersionUID = 1L;

    public Transient(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The system asks to be left alone for a while; waiting does not count as an attempt. */
  public static final class Throttled extends ConnectorFailure {
    private static final long serialVersionUID = 1L;
    private final Duration after;

    public Throttled(String message, Duration after) {
      super(message, null);
      this.after = after;
    }

    /** How long to wait at least. */
    public Duration after() {
      return after;
    }
  }

  /** The system said no, and will say so again until a person changes something. */
  public static sealed class Refused extends ConnectorFailure {
    private static final long serialVersionUID = 1L;

    public Refused(String message) {
      super(message, null);
    }
  }

  /**
   * What a request names is not there, is there twice or is another kind of thing: whoever wrote
   * the name has to write another one.
   */
  public static final class Misnamed extends Refused {
    private static final long serialVersionUID = 1L;

    public Misnamed(String message) {
      super(message);
    }
  }

  /** Our credentials are missing, wrong or lack a right. */
  public static sealed class Unauthorized extends ConnectorFailure {
    private static final long serialVersionUID = 1L;

    public Unauthorized(String message) {
      super(message, null);
    }
  }

  /**
   * A sign-in failed, so any other call would be a sign-in that fails too: a few of them may lock
   * the user out.
   */
  public static final class NotLetIn extends Unauthorized {
    private static final long serialVersionUID = 1L;

    public NotLetIn(String message) {
      super(message);
    }
  }

  /**
   * The call may or may not have happened: the answer was lost. Look before doing anything else.
   */
  public static final class Unknown extends ConnectorFailure {
    private static final long serialVersionUID = 1L;

    public Unknown(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
