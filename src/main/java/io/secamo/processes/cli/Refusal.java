package io.secamo.processes.cli;

/** The end of a command, in one sentence that says how to go on. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refusal(String sentence) {
    super(sentence, null, false, false);
  }
}
