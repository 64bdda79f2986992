package io.secamo.processes.kubernetes.queue;

import io.secamo.processes.api.ProcessStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is looked at first after a start, when every request is looked at once. What should have been
 * removed meanwhile goes first; the rest follows a few at a time, so that neither the API server
 * nor outside systems are asked by thousands in the same second.
 */
public final class StartingOrder {
  private static final int AT_A_TIME = 32;

  /** After that a start is over. */
  private static final Duration START = Duration.ofMinutes(1);

  /** Longer than this nobody waits: those before may all hang at a system that does not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Semaphore places = new Semaphore(AT_A_TIME, true);
  private final LongSupplier nanos;
  private final long began;

  /** A start that begins now. */
  public StartingOrder() {
    this(System::nanoTime);
  }

  StartingOrder(LongSupplier nanos) {
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /** The turn of one request; ends when it is closed. */
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits for the turn of a request. */
  public Turn await(@Nullable ProcessStatus status, Instant now) {
    if (nanos.getAsLong() - began > START.toNanos() || overdue(status, now)) {
      return () -> {};
    }
    try {
      return places.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS) ? places::release : () -> {};
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return () -> {};
    }
  }

  private static boolean overdue(@Nullable ProcessStatus status, Instant now) {
    ProcessStatus.InForce live = status == null ? null : status.inForce();
    return live != null
        && live.revertedAt() == null
        && live.until() != null
        && !now.isBefore(live.until());
  }
}
