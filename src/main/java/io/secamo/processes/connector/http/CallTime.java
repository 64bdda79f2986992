package io.secamo.processes.connector.http;

import io.secamo.processes.connector.ConnectorFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long the calls of one look at a request may take together. Each call has a limit of its own,
 * but a system that answers slowly decides how many it takes: page after page, half a minute each.
 * Whatever is left is done in the next look.
 */
public final class CallTime implements AutoCloseable {
  /** Far less than after which a look counts as stuck. */
  public static final Duration LIMIT = Duration.ofMinutes(5);

  private static final ThreadLocal<CallTime> CURRENT = new ThreadLocal<>();

  /** A call that is given less than this would never be answered. */
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final Map<String, Runnable> atEnd = new HashMap<>();
  private final @Nullable CallTime outer = CURRENT.get();
  private final LongSupplier nanos;
  private long end;
  private String why = "after " + LIMIT.toMinutes() + " minutes";

  private CallTime(LongSupplier nanos) {
    this.nanos = nanos;
    this.end = nanos.getAsLong() + LIMIT.toNanos();
  }

  /**
   * Begins now, for the calls of this thread, and ends when it is closed: then one that had begun
   * before goes on. What takes something back begins one of its own.
   */
  public static CallTime begin() {
    return begin(System::nanoTime);
  }

  static CallTime begin(LongSupplier nanos) {
    CallTime time = new CallTime(nanos);
    CURRENT.set(time);
    return time;
  }

  /**
   * Something has to be removed then: what is still to be told or looked at waits for a later look.
   *
   * @param left until then; if nothing is left, it is being removed now, and that takes its time
   */
  public static void endBy(Duration left) {
    CallTime time = CURRENT.get();
    // What ends later than any call is cut by nothing; and centuries have too many nanoseconds.
    if (time == null || !left.isPositive() || left.compareTo(LIMIT) > 0) {
      return;
    }
    long then = time.nanos.getAsLong() + left.toNanos();
    if (then - time.end < 0) {
      time.end = then;
      time.why = "something has to be removed now,";
    }
  }

  /**
   * How long the next call may take.
   *
   * @param limit its own limit
   */
  public static Duration atMost(Duration limit) {
    CallTime time = CURRENT.get();
    if (time == null) {
      return limit;
    }
    Duration left = Duration.ofNanos(time.end - time.nanos.getAsLong());
    Duration most = left.compareTo(LEAST) < 0 ? LEAST : left;
    return most.compareTo(limit) < 0 ? most : limit;
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
          system + " answers slowly: " + time.why + " the rest waits for the next look", null);
    }
  }

  /**
   * Has something done when this look ends, or at once outside of a look.
   *
   * @param what names it: what was to be done for the one before of that name is done at once
   */
  static void atEnd(String what, Runnable done) {
    CallTime time = CURRENT.get();
    Runnable now = time == null ? done : time.atEnd.put(what, done);
    if (now != null) {
      now.run();
    }
  }

  @Override
  public void close() {
    atEnd.values().forEach(Runnable::run);
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }
}
