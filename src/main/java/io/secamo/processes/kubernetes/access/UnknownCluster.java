package io.secamo.processes.kubernetes.access;

/** The cluster that somebody named is not known. The message says what there is. */
public final class UnknownCluster extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence that says what there is. */
  public UnknownCluster(String sentence) {
    super(sentence, null, false, false);
  }
}
