package io.secamo.processes.systems;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Writes down which tests did not run, and why: a skipped test has proved nothing. The build prints
 * the file at its very end.
 */
public final class NotRun implements TestExecutionListener {
  private static final Path FILE = Path.of("target", "not-run.txt");

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    try {
      Files.writeString(
          FILE,
          "NOT RUN %s: %s%n".formatted(test.getDisplayName(), reason),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
