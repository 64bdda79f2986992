package io.secamo.processes.cli.terminal;

import io.secamo.processes.cli.cluster.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Looks again and again, until somebody presses Ctrl-C. */
public final class Watched {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  @Option(
      names = {"-w", "--watch"},
      description = "Look again and again and show what changes, until Ctrl-C. Exit code: 0.")
  private boolean watch;

  private List<String> shown = List.of();

  /** Whether that was asked for. */
  public boolean wanted() {
    return watch;
  }

  /** Shows it for as long as the program runs; the end of it is no failure. */
  public int show(Console console, Supplier<List<String>> look) throws InterruptedException {
    Thread end = new Thread(() -> Runtime.getRuntime().halt(0));
    update(console, look.get());
    Runtime.getRuntime().addShutdownHook(end);
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(PAUSE);
        update(console, later(look));
      }
      return 0;
    } finally {
      Runtime.getRuntime().removeShutdownHook(end);
    }
  }

  /** A cluster that does not answer for a while is no reason to look no more. */
  private static List<String> later(Supplier<List<String>> look) {
    try {
      return look.get();
    } catch (Refusal now) {
      return List.of(String.valueOf(now.getMessage()));
    }
  }

  /** On a terminal in the place of what was shown; elsewhere only the lines that are new. */
  void update(Console console, List<String> lines) {
    if (lines.equals(shown)) {
      return;
    }
    if (console.screen().redraws()) {
      console.takeBack(shown);
      lines.forEach(console::say);
    } else {
      List<String> before = shown;
      lines.stream().filter(line -> !before.contains(line)).forEach(console::say);
    }
    shown = List.copyOf(lines);
  }
}
