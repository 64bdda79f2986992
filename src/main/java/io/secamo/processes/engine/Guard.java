package io.secamo.processes.engine;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.engine.procedure.Request;
import java.time.Instant;
import java.util.Optional;

/**
 * What stands between a decision and its effect: the durable record, and a fresh look at the
 * request. Both go to the API server itself, never to a cache.
 *
 * @param <S> spec of the process kind
 */
public interface Guard<S> {
  /**
   * Makes the status durable, if nobody else wrote since it was read.
   *
   * @throws Interruption.Conflict if somebody did; nothing was written then
   */
  void checkpoint(ProcessStatus status);

  /**
   * The request as it is now, or empty if it is gone.
   *
   * @throws Interruption.Conflict if its status is not the one we act on
   */
  Optional<Request<S>> reread();

  /**
   * Makes sure that the admission policies hold, right before an effect that has no precondition.
   *
   * @throws Interruption.Unprotected if they do not
   */
  void requireProtected();

  /** The time, asked anew: what a pass has done by now may have taken long. */
  Instant now();
}
