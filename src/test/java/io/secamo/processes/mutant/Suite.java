package io.secamo.processes.mutant;

import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes and ends at the first test that fails: with 1, and its name. */
final class Suite {
  private Suite() {}

  /** Arguments: names of test classes. */
  public static void main(String[] classes) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Arrays.stream(classes).map(DiscoverySelectors::selectClass).toList())
            .build();
    LauncherFactory.create().execute(request, new FirstFailure());
    System.exit(0);
  }

  private static final class FirstFailure implements TestExecutionListener {
    private static final List<TestExecutionResult.Status> BAD =
        List.of(TestExecutionResult.Status.FAILED, TestExecutionResult.Status.ABORTED);

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (BAD.contains(result.getStatus())) {
        String what = test.getLegacyReportingName();
        result.getThrowable().ifPresent(Throwable::printStackTrace);
        System.out.println("FAILED " + what);
        System.exit(1);
      }
    }
  }
}
