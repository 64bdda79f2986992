package io.secamo.processes.kubernetes.queue;

import io.secamo.processes.api.ProcessStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whose pass is next. A start, a policy that changes or a crowd of new requests wakes thousands at
 * once; a few at a time get through sooner than all of them together, which would fill the heap and
 * be turned away by the systems that they ask. What has to be removed waits until its end and no
 * longer: the others may stand in front of systems that do not answer.
 */
public final class Turns {
  /** At a time. */
  static final int AT_A_TIME = 64;

  private final Semaphore places = new Semaphore(AT_A_TIME, true);

  /** The turn of one request; ends when it is closed. */
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits for the turn of a request, in the order of coming, but not beyond its end. */
  public Turn await(@Nullable ProcessStatus status, Instant now) {
    Optional<Instant> end = status == null ? Optional.empty() : status.end();
    try {
      if (end.isEmpty()) {
        places.acquire();
        return places::release;
      }
      long left = Duration.between(now, end.get()).toMillis();
      return left > 0 && places.tryAcquire(left, TimeUnit.MILLISECONDS)
          ? places::release
          : () -> {};
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return () -> {};
    }
  }
}
