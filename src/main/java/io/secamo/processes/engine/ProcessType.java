package io.secamo.processes.engine;

/**
 * A process kind: a list of steps that reads like the procedure.
 *
 * @param <S> spec of the process kind
 */
public interface ProcessType<S> {
  /** The procedure. */
  Steps<S> steps();

  /** Whether deleting a request whose lasting change is live removes the change. */
  boolean undoneOnDelete(S spec);
}
