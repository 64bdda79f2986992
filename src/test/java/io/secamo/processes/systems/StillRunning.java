package io.secamo.processes.systems;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says every ten seconds which test is at work, so that a long one is not taken for a dead one. */
public final class StillRunning implements TestExecutionListener {
  private static final long EVERY_SECONDS = 10;
  private final Map<TestIdentifier, Long> running = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("still-running").unstarted(work));

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    var unused =
        clock.scheduleAtFixedRate(this::tell, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
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

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    clock.shutdownNow();
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
