package io.secamo.processes.mutant;

import java.util.List;
import java.util.function.Consumer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes and ends at the first test that fails: with 1, and its name. */
final class Suite {
  /** All of them are loaded before the first one runs, which takes seconds for hundreds. */
  private static final int AT_ONCE = 10;

  private Suite() {}

  /** Arguments: names of test classes. */
  public static void main(String[] classes) {
    play(
        List.of(classes),
        failed -> {
          System.out.println("FAILED " + failed);
          System.exit(1);
        });
    System.exit(0);
  }

  /**
   * Runs test classes.
   *
   * @param failed gets the name of each test that fails; or that all were skipped, which proves as
   *     little
   */
  static void play(List<String> classes, Consumer<String> failed) {
    Listener listener = new Listener(failed);
    Launcher launcher = LauncherFactory.create();
    for (int i = 0; i < classes.size(); i += AT_ONCE) {
      List<String> some = classes.subList(i, Math.min(i + AT_ONCE, classes.size()));
      launcher.execute(
          LauncherDiscoveryRequestBuilder.request()
              .selectors(some.stream().map(DiscoverySelectors::selectClass).toList())
              .build(),
          listener);
    }
    if (!listener.tested) {
      failed.accept("nothing, because all tests were skipped");
    }
  }

  private static final class Listener implements TestExecutionListener {
    private static final List<TestExecutionResult.Status> BAD =
        List.of(TestExecutionResult.Status.FAILED, TestExecutionResult.Status.ABORTED);

    private final Consumer<String> failed;
    private boolean tested;

    private Listener(Consumer<String> failed) {
      this.failed = failed;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      tested |= test.isTest() || BAD.contains(result.getStatus());
      if (BAD.contains(result.getStatus())) {
        result.getThrowable().ifPresent(Throwable::printStackTrace);
        failed.accept(test.getLegacyReportingName());
      }
    }
  }
}
