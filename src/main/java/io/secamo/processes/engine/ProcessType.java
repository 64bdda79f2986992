package io.secamo.processes.engine;

import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import java.util.Optional;

/**
 * A process kind: a list of steps that reads like the procedure.
 *
 * @param <S> spec of the process kind
 */
public interface ProcessType<S> {
  /** The procedure. */
  Steps<S> steps();

  /** What the evidence says a request is. */
  Subject subject(Request<S> request);

  /** Whether deleting a request whose lasting change is live removes the change. */
  boolean undoneOnDelete(S spec);

  /**
   * The end that another request brings to a lasting change of this one; empty while none does.
   * Asked while the change lasts, whenever its request is looked at.
   */
  default Optional<Outcome.End> endedByAnother(Request<S> request) {
    return Optional.empty();
  }
}
