package io.secamo.processes.expression;

/** An expression cannot be understood, or has no answer for what it was asked about. */
public final class ExpressionFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence that says what is wrong. */
  public ExpressionFailure(String message) {
    super(message, null, false, false);
  }
}
