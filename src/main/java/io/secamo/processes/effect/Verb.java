package io.secamo.processes.effect;

/**
 * A kind of effect, for example {@code firewall.open}, and how it is undone. A step makes its
 * effects; undoing them must work without that step.
 */
public interface Verb {
  /** Its name, as effects remember it. */
  String name();

  /**
   * Undoes those of its effects that stand, and looks at what the others relied on. It works from
   * what they remember: the last that was made first, each recorded as soon as it is seen gone.
   *
   * @param owner of the effects
   * @throws io.secamo.processes.connector.ConnectorFailure if some of them could not be undone now;
   *     the others are
   */
  void undo(Owner owner);
}
