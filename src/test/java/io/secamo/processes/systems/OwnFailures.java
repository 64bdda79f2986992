package io.secamo.processes.systems;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * A test that waits fails of its own accord only. Operators of the fault plans die in this JVM in
 * the middle of their work, and their threads may still stumble while the next test waits.
 */
public final class OwnFailures implements TestExecutionListener {
  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }
}
