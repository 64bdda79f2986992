package io.secamo.processes.mutant;

/** What a mutant names is not there as it says; the message tells what is there. */
final class OutOfDate extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutOfDate(String message) {
    super(message);
  }
}
