package io.secamo.processes.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.systems.Patience;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A system gets no more calls than it can take, and one that hangs holds up nobody else. */
class ThrottleTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2027-01-04T09:00:00Z"), ZoneOffset.UTC);
  private static final Limits PATIENT =
      new Limits(Duration.ofSeconds(1), Duration.ofSeconds(20), 1 << 16);

  @Test
  void noCallIsMadeBeforeTheTimeTheSystemAskedFor() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (Misbehaving server =
        Misbehaving.by(
            exchange -> {
              calls.incrementAndGet();
              exchange.getResponseHeaders().set("Retry-After", "30");
              exchange.sendResponseHeaders(429, -1);
            })) {
      Moving clock = new Moving();
      HttpEndpoint endpoint =
          new HttpEndpoint(
              "Test",
              server.address(),
              new Sockets(Limits.DEFAULT).trusting(null),
              PATIENT,
              new Throttle(null, "team-a", clock),
              clock);
      for (int second = 0; second < 30; second++) {
        ConnectorFailure.Throttled told = throttled(endpoint);
        assertThat(told.after()).isEqualTo(Duration.ofSeconds(30 - second));
        clock.now = clock.now.plusSeconds(1);
      }
      assertThat(calls).hasValue(1);

      assertThat(throttled(endpoint).after()).isEqualTo(Duration.ofSeconds(30));
      assertThat(calls).hasValue(2);
    }
  }

  @Test
  void fiftyHangingCallsTakeTheirPlacesAndNobodyElses() throws Exception {
    CountDownLatch hang = new CountDownLatch(1);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (Misbehaving stuck =
            Misbehaving.by(
                exchange -> {
                  most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                  await(hang);
                  inside.decrementAndGet();
                  exchange.sendResponseHeaders(204, -1);
                });
        Misbehaving well = Misbehaving.by(exchange -> exchange.sendResponseHeaders(204, -1));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      HttpEndpoint slow = endpoint(stuck, null);
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        calls.add(threads.submit(() -> slow.send(Request.get("/"))));
      }
      HttpEndpoint other = endpoint(well, null);
      for (int i = 0; i < 100; i++) {
        assertThat(other.send(Request.get("/")).status()).isEqualTo(204);
      }
      // Whoever finds no place gives up by itself; those who have one hang on.
      Awaitility.await()
          .atMost(Patience.LIMIT)
          .until(() -> calls.stream().filter(ThrottleTest::refused).count() == 44);
      ConnectorFailure.Throttled late = throttled(slow);
      hang.countDown();

      assertThat(most).as("two are kept for what is taken back").hasValueLessThanOrEqualTo(6);
      assertThat(late).hasMessageContaining("answers none of the calls");
      assertThat(late.after()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15));
    }
  }

  /** Somebody who asks for looks all the time would keep alive what has to be removed. */
  @ParameterizedTest
  @CsvSource({"8, 1", "3, 1", "2, 1"})
  void whoKeepsAConnectionBusyDoesNotHoldUpARemoval(int concurrency, int perSecond)
      throws Exception {
    CountDownLatch hang = new CountDownLatch(1);
    AtomicInteger hanging = new AtomicInteger();
    try (Misbehaving busy =
            Misbehaving.by(
                exchange -> {
                  if (exchange.getRequestMethod().equals("GET")) {
                    hanging.incrementAndGet();
                    await(hang);
                  }
                  exchange.sendResponseHeaders(204, -1);
                });
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      HttpEndpoint endpoint = endpoint(busy, new ConnectionSpec.Limits(concurrency, perSecond));
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        calls.add(threads.submit(() -> endpoint.send(Request.get("/"))));
      }
      Awaitility.await().atMost(Patience.LIMIT).until(() -> hanging.get() > 0);
      for (int i = 0; i < 10; i++) {
        assertThat(endpoint.send(Request.delete("/rule").takingBack()).status()).isEqualTo(204);
      }
      assertThat(calls).as("others still wait").anyMatch(call -> !call.isDone());
      hang.countDown();
    }
  }

  /** Whoever makes enough calls has the system ask for an hour, and keeps alive what has to go. */
  @Test
  void aRemovalIsTriedSoonerThanASystemThatIsBusyAsksFor() throws Exception {
    try (Misbehaving server =
        Misbehaving.by(
            exchange -> {
              boolean asks = exchange.getRequestMethod().equals("GET");
              exchange.getResponseHeaders().set("Retry-After", "3600");
              exchange.sendResponseHeaders(asks ? 429 : 204, -1);
            })) {
      Moving clock = new Moving();
      HttpEndpoint endpoint =
          new HttpEndpoint(
              "Test",
              server.address(),
              new Sockets(Limits.DEFAULT).trusting(null),
              PATIENT,
              new Throttle(null, "team-a", clock),
              clock);
      throttled(endpoint);
      Request removal = Request.delete("/rule").takingBack();
      assertThat(
              catchThrowableOfType(ConnectorFailure.Throttled.class, () -> endpoint.send(removal))
                  .after())
          .isEqualTo(Duration.ofSeconds(10));

      clock.now = clock.now.plusSeconds(10);

      assertThat(endpoint.send(removal).status()).isEqualTo(204);
      assertThat(throttled(endpoint).after()).isEqualTo(Duration.ofSeconds(3590));
    }
  }

  @Test
  void aConnectionSaysHowManyCallsASecondItsSystemTakes() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (Misbehaving server =
        Misbehaving.by(
            exchange -> {
              calls.incrementAndGet();
              exchange.sendResponseHeaders(204, -1);
            })) {
      HttpEndpoint endpoint = endpoint(server, new ConnectionSpec.Limits(4, 5));
      Instant began = Instant.now();
      for (int i = 0; i < 11; i++) {
        assertThat(endpoint.send(Request.get("/")).status()).isEqualTo(204);
      }
      // Five at once, five in the next second, the eleventh in the third.
      assertThat(Duration.between(began, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
      assertThat(calls).hasValue(11);
    }
  }

  private static HttpEndpoint endpoint(Misbehaving server, ConnectionSpec.Limits limits) {
    return new HttpEndpoint(
        "Test",
        server.address(),
        new Sockets(Limits.DEFAULT).trusting(null),
        PATIENT,
        new Throttle(limits, "team-a", CLOCK),
        CLOCK);
  }

  private static ConnectorFailure.Throttled throttled(HttpEndpoint endpoint) {
    ConnectorFailure.Throttled told =
        catchThrowableOfType(
            ConnectorFailure.Throttled.class, () -> endpoint.send(Request.get("/")));
    assertThat(told).isNotNull();
    return told;
  }

  private static boolean refused(Future<?> call) {
    return call.state() == Future.State.FAILED
        && call.exceptionNow() instanceof ConnectorFailure.Throttled;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(3, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Moving extends Clock {
    private Instant now = CLOCK.instant();

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
