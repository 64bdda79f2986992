package io.secamo.processes.cli.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terminal of this process; it is asked for its size only by who needs to know. */
public final class ThisTerminal implements Screen {
  private static final Pattern COLUMNS = Pattern.compile("[1-9][0-9]{1,3}");
  private static final Pattern SIZE = Pattern.compile("^[0-9]+ ([1-9][0-9]{1,3})\\s*$");
  private static final List<String> IS_TERMINAL = List.of("test", "-t", "1");
  private static final List<String> HOW_LARGE = List.of("sh", "-c", "stty size < /dev/tty");

  private final Map<String, String> environment;
  private final Shell shell;

  /** Runs a program that is on every system. */
  interface Shell {
    /** What it wrote; empty if it failed. */
    Optional<String> run(List<String> command);
  }

  /** The terminal that the environment tells of. */
  public ThisTerminal(Map<String, String> environment) {
    this(environment, ThisTerminal::started);
  }

  ThisTerminal(Map<String, String> environment, Shell shell) {
    this.environment = environment;
    this.shell = shell;
  }

  /** COLUMNS goes first; what is written into a file or another program is not cut. */
  @Override
  public int columns() {
    String said = environment.getOrDefault("COLUMNS", "").strip();
    if (COLUMNS.matcher(said).matches()) {
      return Integer.parseInt(said);
    }
    return isTerminal()
        ? shell
            .run(HOW_LARGE)
            .map(SIZE::matcher)
            .filter(Matcher::find)
            .map(m -> m.group(1))
            .map(Integer::parseInt)
            .orElse(80)
        : NONE.columns();
  }

  @Override
  public boolean redraws() {
    return !environment.getOrDefault("TERM", "dumb").equals("dumb") && isTerminal();
  }

  private boolean isTerminal() {
    return shell.run(IS_TERMINAL).isPresent();
  }

  private static Optional<String> started(List<String> command) {
    try {
      boolean reads = command.equals(HOW_LARGE);
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(
                  reads ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      String text =
          reads
              ? new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              : "";
      return process.waitFor(2, TimeUnit.SECONDS) && process.exitValue() == 0
          ? Optional.of(text)
          : Optional.empty();
    } catch (IOException none) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
