package io.secamo.processes.connector.http;

import io.secamo.processes.connector.ConnectorFailure;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long the calls of one look at a request may take together. Each call has a limit of its own,
 * but a system that answers slowly decides how many it takes: page after page, half a minute each.
 * Whatever is left is done in the next look.
 */
public final class CallTime implements AutoCloseable {
  /** Far less than after which a look counts as stuck. */
  public static final Duration LIMIT = Duration.ofMinutes(5);

  private static final ThreadLocal<CallTime> CURRENT = new ThreadLocal<>();

  private final LongSupplier nanos;
  private final long end;

  private CallTime(LongSupplier nanos) {
    this.nanos = nanos;
    this.end = nanos.getAsLong() + LIMIT.toNanos();
  }

  /** Begins now, for the calls of this thread, and ends when it is closed. */
  public static CallTime begin() {
    return begin(System::nanoTime);
  }

  static CallTime begin(LongSupplier nanos) {
    CallTime time = new CallTime(nanos);
    CURRENT.set(time);
    return time;
  }

  /**
   * Before a call.
   *
   * @param system for the message
   * @throws ConnectorFailure.Transient if the time is over
   */
  public static void check(String system) {
    CallTime time = CURRENT.get();
    if (time != null && time.nanos.getAsLong() - time.end > 0) {
      throw new ConnectorFailure.Transient(
          system
              + " answers slowly: after "
              + LIMIT.toMinutes()
              + " minutes the rest waits for the next look",
          null);
    }
  }

  @Override
  public void close() {
    CURRENT.remove();
  }
}
