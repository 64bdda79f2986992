package io.secamo.processes.kubernetes.queue;

import io.secamo.processes.api.ProcessStatus;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Whose pass is next. A start, a policy that changes or a crowd of new requests wakes thousands at
 * once; a few at a time get through sooner than all of them together, which would fill the heap and
 * be turned away by the systems that they ask. What should have been removed already never waits.
 */
public final class Turns {
  /**
   * At a time. Of one connection at most eight passes can hang in a call, and the others are told
   * to come back: only eight systems that hang at once could hold up the rest, for half a minute.
   */
  static final int AT_A_TIME = 64;

  private final Semaphore places = new Semaphore(AT_A_TIME, true);

  /** The turn of one request; ends when it is closed. */
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits for the turn of a request, in the order of coming. */
  public Turn await(@Nullable ProcessStatus status, Instant now) {
    if (overdue(status, now)) {
      return () -> {};
    }
    try {
      places.acquire();
      return places::release;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return () -> {};
    }
  }

  private static boolean overdue(@Nullable ProcessStatus status, Instant now) {
    return status != null && status.overdueSince(now).isPresent();
  }
}
