package io.secamo.processes.cli.cluster;

/** The end of a command, in one sentence that says how to go on. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the sentence. */
  public Refusal(String sentence) {
    super(sentence, null, false, false);
  }
}
