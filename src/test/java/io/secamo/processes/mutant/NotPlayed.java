package io.secamo.processes.mutant;

/** Tests ended before they could tell whether they notice a mutant. */
final class NotPlayed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotPlayed(String how) {
    super(how);
  }
}
