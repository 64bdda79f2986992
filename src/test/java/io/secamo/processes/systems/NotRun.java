package io.secamo.processes.systems;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says at the end which tests did not run, and why: a skipped test has proved nothing. Tests that
 * lack the same thing share a line.
 */
public final class NotRun implements TestExecutionListener {
  private final Map<String, List<String>> tests = new TreeMap<>();

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    tests.computeIfAbsent(reason, any -> new ArrayList<>()).add(test.getDisplayName());
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    tests.forEach(
        (reason, some) -> System.out.printf("NOT RUN (%s): %s%n", reason, String.join(", ", some)));
  }
}
