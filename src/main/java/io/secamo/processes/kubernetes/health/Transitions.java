package io.secamo.processes.kubernetes.health;

import java.time.Duration;
import java.util.Optional;

/** Told of each change of state of a process. */
public interface Transitions {
  /** Nobody listens. */
  Transitions UNHEARD = (process, from, to, spent) -> {};

  /**
   * A process changed its state.
   *
   * @param process kind of process
   * @param from the state before; empty for a new one
   * @param spent how long it was in that state; empty if that began before this program did
   */
  void moved(String process, String from, String to, Optional<Duration> spent);
}
