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
 */
public final class Throttle {
  private static final int CONCURRENCY = 8;

  /** Longer than this nobody waits inside a call: the process comes back instead. */
  private static final Duration WAIT = Duration.ofSeconds(2);

  /** About so long those stay away who find that a system stands still. */
  private static final Duration STANDSTILL = Duration.ofSeconds(10);

  private final Bulkhead places;
  private final Optional<RateLimiter> rate;
  private final Clock clock;
  private final AtomicReference<Instant> closedUntil = new AtomicReference<>(Instant.MIN);

  /** When a place was taken or given back for the last time. */
  private volatile long moved = System.nanoTime();

  /**
   * For one connection.
   *
   * @param limits of its spec; null for eight calls at a time and any number a second
   */
  public Throttle(ConnectionSpec.@Nullable Limits limits, Clock clock) {
    Integer concurrency = limits == null ? null : limits.concurrency();
    Integer perSecond = limits == null ? null : limits.requestsPerSecond();
    this.clock = clock;
    this.places =
        Bulkhead.of(
            "places",
            BulkheadConfig.custom()
                .maxConcurrentCalls(concurrency == null ? CONCURRENCY : concurrency)
                .maxWaitDuration(WAIT)
                .writableStackTraceEnabled(false)
                .build());
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

  /**
   * Waits for a place; {@link #leave} gives it back.
   *
   * @throws ConnectorFailure.Throttled if the call must not be made yet; nothing was sent
   */
  void enter(String system) {
    Instant now = clock.instant();
    Instant open = closedUntil.get();
    if (now.isBefore(open)) {
      throw new ConnectorFailure.Throttled(
          system + " asked us to wait until " + open, Duration.between(now, open));
    }
    boolean full = places.getMetrics().getAvailableConcurrentCalls() == 0;
    if (full && System.nanoTime() - moved > WAIT.toNanos()) {
      // All who wait would wait for nothing, and hold up others meanwhile.
      Duration apart = STANDSTILL.multipliedBy(50 + ThreadLocalRandom.current().nextInt(100));
      throw new ConnectorFailure.Throttled(
          system + " answers none of the calls that limits.concurrency allows",
          apart.dividedBy(100));
    }
    if (!places.tryAcquirePermission()) {
      throw new ConnectorFailure.Throttled(
          system + " is busy with all the calls that limits.concurrency allows", WAIT);
    }
    moved = System.nanoTime();
    if (rate.isPresent() && !rate.get().acquirePermission()) {
      places.releasePermission();
      throw new ConnectorFailure.Throttled(
          system + " gets as many calls a second as limits.requestsPerSecond allows", WAIT);
    }
  }

  /** The call has ended. */
  void leave() {
    places.releasePermission();
    moved = System.nanoTime();
  }

  /** The system asked us to come back later: until then no call is made by anybody. */
  void closedFor(Duration wait) {
    Instant until = clock.instant().plus(wait);
    closedUntil.updateAndGet(known -> known.isAfter(until) ? known : until);
  }
}
