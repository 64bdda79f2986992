package io.secamo.processes.connector.http;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectorFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps to what one outside system can take: so many calls at a time, so many a second, and none
 * before the time at which it asked us to come back (RFC 9110, Retry-After). Shared by all
 * endpoints of a connection. Who gets no place is told to come back and holds nothing meanwhile.
 *
 * <p>Some of the places are kept for calls that take something back, and these are not counted as
 * calls of a second: whoever keeps a connection busy must not keep alive what has to be removed.
 */
public final class Throttle {
  private static final int CONCURRENCY = 8;

  /** Kept for what is taken back; of very few places fewer, so that one is left for the rest. */
  private static final int KEPT = 2;

  /** Longer than this nobody waits inside a call: the process comes back instead. */
  private static final Duration WAIT = Duration.ofSeconds(2);

  /**
   * So long a removal waits at most when the system asks for more: whoever makes enough calls has
   * it ask, and for an hour if it likes.
   */
  private static final Duration BACK = Duration.ofSeconds(10);

  /** About so long those stay away who find that a system stands still. */
  private static final Duration STANDSTILL = Duration.ofSeconds(10);

  private final Bulkhead places;

  /** Those that are not kept for what is taken back. */
  private final Bulkhead ordinary;

  private final Optional<RateLimiter> rate;
  private final String namespace;
  private final Room room;
  private final Clock clock;
  private final AtomicReference<Instant> closedUntil = new AtomicReference<>(Instant.MIN);

  /** When the system asked to be left alone for the last time. */
  private volatile Instant closed = Instant.EPOCH;

  /** When a place was taken or given back for the last time. */
  private volatile long moved = System.nanoTime();

  /**
   * For one connection.
   *
   * @param limits of its spec; null for eight calls at a time and any number a second
   * @param namespace that has it: all of one namespace share the room for answers
   */
  public Throttle(ConnectionSpec.@Nullable Limits limits, String namespace, Clock clock) {
    this(limits, namespace, Room.OF_ALL, clock);
  }

  /** With room of its own for answers. */
  Throttle(ConnectionSpec.@Nullable Limits limits, String namespace, Room room, Clock clock) {
    Integer concurrency = limits == null ? null : limits.concurrency();
    Integer perSecond = limits == null ? null : limits.requestsPerSecond();
    this.namespace = namespace;
    this.room = room;
    this.clock = clock;
    int all = concurrency == null ? CONCURRENCY : concurrency;
    this.places = places(all);
    this.ordinary = places(Math.max(1, all - KEPT));
    this.rate =
        Optional.ofNullable(perSecond)
            .map(
                calls ->
                    RateLimiter.of(
                        "rate",
                        RateLimiterConfig.custom()
                            .limitForPeriod(calls)
                            .limitRefreshPeriod(Duration.ofSeconds(1))
                            .timeoutDuration(WAIT)
                            .build()));
  }

  private static Bulkhead places(int number) {
    return Bulkhead.of(
        "places",
        BulkheadConfig.custom()
            .maxConcurrentCalls(number)
            .maxWaitDuration(WAIT)
            .writableStackTraceEnabled(false)
            .build());
  }

  /**
   * Waits for a place; {@link #leave} gives it back.
   *
   * @param takesBack whether the call is needed to take something back
   * @throws ConnectorFailure.Throttled if the call must not be made yet; nothing was sent
   */
  void enter(String system, boolean takesBack) {
    Instant now = clock.instant();
    Instant open = takesBack ? earlier(closed.plus(BACK), closedUntil.get()) : closedUntil.get();
    if (now.isBefore(open)) {
      throw new ConnectorFailure.Throttled(
          system + " asked us to wait until " + open, Duration.between(now, open));
    }
    Bulkhead first = takesBack ? places : ordinary;
    boolean full = first.getMetrics().getAvailableConcurrentCalls() == 0;
    if (full && System.nanoTime() - moved > WAIT.toNanos()) {
      // All who wait would wait for nothing, and hold up others meanwhile.
      Duration apart = STANDSTILL.multipliedBy(50 + ThreadLocalRandom.current().nextInt(100));
      throw new ConnectorFailure.Throttled(
          system + " answers none of the calls that limits.concurrency allows",
          apart.dividedBy(100));
    }
    if (!taken(takesBack)) {
      throw new ConnectorFailure.Throttled(
          system + " is busy with all the calls that limits.concurrency allows", WAIT);
    }
    moved = System.nanoTime();
    if (!takesBack && rate.isPresent() && !rate.get().acquirePermission()) {
      leave(false);
      throw new ConnectorFailure.Throttled(
          system + " gets as many calls a second as limits.requestsPerSecond allows", WAIT);
    }
  }

  /** Room for an answer of the system. */
  Room.Held answer(boolean takesBack) {
    return room.answer(namespace, takesBack);
  }

  private boolean taken(boolean takesBack) {
    if (takesBack) {
      return places.tryAcquirePermission();
    }
    if (!ordinary.tryAcquirePermission()) {
      return false;
    }
    boolean taken = places.tryAcquirePermission();
    if (!taken) {
      ordinary.releasePermission();
    }
    return taken;
  }

  /** The call has ended. */
  void leave(boolean takesBack) {
    places.releasePermission();
    if (!takesBack) {
      ordinary.releasePermission();
    }
    moved = System.nanoTime();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** The system asked us to come back later: until then nothing is asked, planned or made. */
  void closedFor(Duration wait) {
    closed = clock.instant();
    Instant until = closed.plus(wait);
    closedUntil.updateAndGet(known -> known.isAfter(until) ? known : until);
  }
}
