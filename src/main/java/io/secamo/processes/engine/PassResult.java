package io.secamo.processes.engine;

import io.secamo.processes.api.ProcessStatus;
import java.time.Instant;
import java.util.Optional;

/** What one pass over a process came to. */
public sealed interface PassResult {
  /**
   * The process is where it can get for now.
   *
   * @param status to be stored if it differs from what is stored
   * @param wakeAt when to look again without being woken
   * @param mayBeDeleted whether the object may go: it is being deleted and every duty is done
   * @param defect our own failure, for the log
   */
  record Settled(
      ProcessStatus status,
      Optional<Instant> wakeAt,
      boolean mayBeDeleted,
      Optional<RuntimeException> defect)
      implements PassResult {}

  /**
   * Somebody else wrote in the meantime: begin again from what is stored now.
   *
   * @param unrecorded what this pass would have stored
   */
  record Again(String why, ProcessStatus unrecorded) implements PassResult {}
}
