package io.secamo.processes.kubernetes.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.kubernetes.queue.Turns.Turn;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60) // Who is not let through would wait for ever.
class TurnsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private final Turns turns = new Turns();

  @Test
  void whatShouldHaveBeenRemovedWhileTheOperatorWasDownDoesNotWaitBehindTheRest() {
    List<Turn> places = allPlaces();
    CompletableFuture<Turn> waiting = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().start(() -> waiting.complete(turns.await(null, NOW)));
    Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);

    turns.await(liveUntil(NOW), NOW).close();
    turns.await(liveUntil(NOW.minusSeconds(3600)), NOW).close();

    assertThat(waiting).as("somebody whose time has not come").isNotDone();
    places.get(0).close();
    assertThat(waiting).succeedsWithin(5, TimeUnit.SECONDS);
  }

  /** The others may stand in front of systems that do not answer, for as long as they like. */
  @Test
  void whoseEndComesWhileItWaitsDoesNotWaitOn() {
    List<Turn> places = allPlaces();
    CompletableFuture<Turn> waiting = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> waiting.complete(turns.await(liveUntil(NOW.plusMillis(300)), NOW)));

    assertThat(waiting).succeedsWithin(30, TimeUnit.SECONDS);
    waiting.join().close();
    assertThat(places).hasSize(Turns.AT_A_TIME);
  }

  private List<Turn> allPlaces() {
    return IntStream.range(0, Turns.AT_A_TIME).mapToObj(i -> turns.await(null, NOW)).toList();
  }

  private static ProcessStatus liveUntil(Instant until) {
    ProcessStatus.InForce live = new ProcessStatus.InForce(NOW.minusSeconds(7200), until, null);
    List<Effect> effects = List.of(new Effect("key", "Apply", EffectState.DONE, null, "r1"));
    return new ProcessStatus(
        null, null, null, null, null, null, null, null, until, null, null, null, null, null, null,
        null, effects, live, null, null, null, null, null, null, null, null);
  }
}
