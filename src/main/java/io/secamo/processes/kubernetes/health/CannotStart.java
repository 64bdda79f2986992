package io.secamo.processes.kubernetes.health;

/** The operator cannot start, and that is no fault of the program: the message says what to do. */
public final class CannotStart extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final boolean setUpWrongly;

  private CannotStart(String sentence, boolean setUpWrongly) {
    super(sentence);
    this.setUpWrongly = setUpWrongly;
  }

  /** The cluster does not let it. */
  public static CannotStart here(String sentence) {
    return new CannotStart(sentence, false);
  }

  /** What it was told cannot be. */
  public static CannotStart likeThis(String sentence) {
    return new CannotStart(sentence, true);
  }

  /** Whether its own settings are wrong. */
  public boolean setUpWrongly() {
    return setUpWrongly;
  }
}
