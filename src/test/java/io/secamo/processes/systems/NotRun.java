package io.secamo.processes.systems;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says at the end which tests did not run, and why: a skipped test has proved nothing. */
public final class NotRun implements TestExecutionListener {
  private final Map<String, String> reasons = new TreeMap<>();

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    reasons.put(test.getDisplayName(), reason);
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    reasons.forEach((test, reason) -> System.out.println("NOT RUN " + test + ": " + reason));
  }
}
