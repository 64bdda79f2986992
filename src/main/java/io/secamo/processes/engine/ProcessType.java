package io.secamo.processes.engine;

import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;

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
}
