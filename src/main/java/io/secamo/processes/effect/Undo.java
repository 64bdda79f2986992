package io.secamo.processes.effect;

/**
 * How the effects of a verb, for example {@code firewall.open}, are undone. A step makes them;
 * undoing them must work without that step.
 */
public interface Undo {
  /** The verb whose effects it undoes, as they remember it. */
  String verb();

  /**
   * Undoes those of its effects that stand, and looks at what the others relied on. It works from
   * what they remember: the last that was made first, each recorded as soon as it is seen gone.
   *
   * @param context the process whose effects they are
   * @throws io.secamo.processes.connector.ConnectorFailure if some of them could not be undone now;
   *     the others are
   */
  void undo(UndoContext context);
}
