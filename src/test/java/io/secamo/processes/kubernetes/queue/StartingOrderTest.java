package io.secamo.processes.kubernetes.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.kubernetes.queue.StartingOrder.Turn;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class StartingOrderTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private final AtomicLong nanos = new AtomicLong(-17);
  private final StartingOrder order = new StartingOrder(nanos::get);

  @Test
  void whatShouldHaveBeenRemovedWhileTheOperatorWasDownDoesNotWaitBehindTheRest() {
    List<Turn> places = allPlaces();
    CompletableFuture<Turn> waiting = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().start(() -> waiting.complete(order.await(null, NOW)));
    Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);

    order.await(liveUntil(NOW), NOW).close();
    order.await(liveUntil(NOW.minusSeconds(3600)), NOW).close();

    assertThat(waiting).as("somebody whose time has not come").isNotDone();
    places.get(0).close();
    assertThat(waiting).succeedsWithin(5, TimeUnit.SECONDS);
  }

  @Test
  void afterTheStartNobodyWaits() {
    var unused = allPlaces();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
    order.await(null, NOW).close();
    order.await(liveUntil(NOW.plusSeconds(1)), NOW).close();
  }

  private List<Turn> allPlaces() {
    return IntStream.range(0, 32).mapToObj(i -> order.await(null, NOW)).toList();
  }

  private static ProcessStatus liveUntil(Instant until) {
    ProcessStatus.InForce live = new ProcessStatus.InForce(NOW.minusSeconds(7200), until, null);
    return new ProcessStatus(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, live, null, null, null, null, null, null);
  }
}
