package io.secamo.processes.kubernetes.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.timer.TimerEventSource;
import io.secamo.processes.systems.Patience;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PassThreadsTest {
  private static final ResourceID REQUEST = new ResourceID("open-https", "customers");

  private final List<Throwable> deaths = new CopyOnWriteArrayList<>();
  private final Thread.UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();
  private final TimerEventSource<ConfigMap> timer = new TimerEventSource<>();
  private final ExecutorService passes = PassThreads.open();

  @BeforeEach
  void hearOfDeaths() {
    Thread.setDefaultUncaughtExceptionHandler((thread, why) -> deaths.add(why));
    timer.setEventHandler(event -> {});
    timer.start();
  }

  @AfterEach
  void clear() {
    passes.close();
    timer.stop();
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  /** The framework cancels the next pass of a request that is gone while it is being scheduled. */
  @Test
  void aRequestThatIsDeletedWhileItsNextPassIsScheduledEndsNothing() {
    AtomicInteger met = new AtomicInteger();
    AtomicBoolean enough = new AtomicBoolean();
    passes.execute(
        () -> {
          while (!enough.get()) {
            timer.cancelOnceSchedule(REQUEST);
          }
        });
    Awaitility.await()
        .atMost(Patience.LIMIT)
        .until(
            () -> {
              passes.execute(() -> scheduleUntilItIsCancelledMeanwhile(met));
              return met.get() > 2;
            });
    enough.set(true);
    passes.close();

    // The executor is closed a moment before the deaths of its last threads are told.
    Awaitility.await().during(Duration.ofMillis(300)).until(deaths::isEmpty);
  }

  private void scheduleUntilItIsCancelledMeanwhile(AtomicInteger met) {
    for (int i = 0; i < 100_000; i++) {
      try {
        timer.scheduleOnce(REQUEST, 60_000);
      } catch (IllegalStateException cancelled) {
        met.incrementAndGet();
        throw cancelled;
      }
    }
  }

  /** Whatever else ends a pass may have lost a wake-up: whoever started us has to hear of it. */
  @Test
  void anythingElseIsHeardOf() {
    IllegalStateException timerDied = new IllegalStateException("Timer already cancelled.");
    IllegalStateException notOfTheTimer =
        new IllegalStateException("Task already scheduled or cancelled");
    passes.execute(
        () -> {
          throw timerDied;
        });
    passes.execute(
        () -> {
          throw notOfTheTimer;
        });

    Awaitility.await()
        .untilAsserted(
            () -> assertThat(deaths).containsExactlyInAnyOrder(timerDied, notOfTheTimer));
  }
}
