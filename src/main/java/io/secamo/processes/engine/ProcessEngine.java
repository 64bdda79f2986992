package io.secamo.processes.engine;

import io.secamo.processes.api.ProcessStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Advances processes of one kind. It holds no state: everything it needs is in the request and its
 * status, so any replica can take over after any crash.
 *
 * @param <S> spec of the process kind
 */
public final class ProcessEngine<S> {
  private final ProcessType<S> type;

  /** An engine for a process kind. */
  public ProcessEngine(ProcessType<S> type) {
    this.type = type;
  }

  /**
   * Takes a process as far as it can get now. Never throws for a reason outside this program.
   *
   * @param request the request as read
   * @param status its stored status, null if it has none
   * @param guard the way to the durable record and to the live request
   * @param time now
   */
  public PassResult pass(
      Request<S> request, @Nullable ProcessStatus status, Guard<S> guard, Instant time) {
    Instant now = time.truncatedTo(ChronoUnit.SECONDS);
    return new Pass<>(type, request, Journal.of(status), guard, now).run();
  }
}
