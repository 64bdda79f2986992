package io.secamo.processes.systems;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says every ten seconds which test is at work, so that a long one is not taken for a dead one. */
public final class StillRunning implements TestExecutionListener {
  private static final long EVERY_SECONDS = 10;
  private final Map<TestIdentifier, Long> running = new ConcurrentHashMap<>();
  private final AtomicBoolean watching = new AtomicBoolean();

  /** Comes once for each class in a JVM that runs several. */
  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    if (watching.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("still-running").start(this::watch);
    }
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    if (test.isTest()) {
      running.put(test, System.nanoTime());
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    running.remove(test);
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(Duration.ofSeconds(EVERY_SECONDS));
        tell();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell() {
    running.forEach(
        (test, began) -> {
          long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
          if (seconds >= EVERY_SECONDS) {
            System.out.printf("  … %s, %d s so far%n", test.getLegacyReportingName(), seconds);
          }
        });
  }
}
