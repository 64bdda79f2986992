package io.secamo.processes.systems;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command of the repository that a test calls. What it says on stderr while it works, that
 * something is built or installed, is shown at once: nobody looks at a silent screen for minutes.
 */
public final class Script {
  private static final Duration PATIENCE = Duration.ofMinutes(40);
  private final List<String> command;
  private final String input;
  private final boolean aloud;

  private Script(List<String> command, String input, boolean aloud) {
    this.command = command;
    this.input = input;
    this.aloud = aloud;
  }

  /** What a command answered. */
  public record Result(int exit, String out, String err) {
    /** Everything it said. */
    public String text() {
      return out + err;
    }
  }

  /** A command and its arguments, from the folder of the project. */
  public static Script of(List<String> command) {
    return new Script(List.copyOf(command), "", false);
  }

  /** With text on its standard input. */
  public Script given(String text) {
    return new Script(command, text, aloud);
  }

  /** Shows its progress while it runs. */
  public Script aloud() {
    return new Script(command, input, true);
  }

  /** Runs it and waits for its end. */
  public Result run() {
    try {
      Process process = new ProcessBuilder(command).start();
      Reading out = new Reading(process.getInputStream(), false);
      Reading err = new Reading(process.getErrorStream(), aloud);
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException ended) {
        // It has read as much as it wanted.
      }
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " did not end within " + PATIENCE);
      }
      return new Result(process.exitValue(), out.text(), err.text());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  /** Reads beside the process, which would stop at a full pipe otherwise. */
  private static final class Reading {
    private final StringWriter text = new StringWriter();
    private final Thread thread;

    Reading(InputStream stream, boolean aloud) {
      thread = Thread.ofVirtual().start(() -> read(stream, aloud));
    }

    private void read(InputStream stream, boolean aloud) {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        if (aloud) {
          lines.lines().forEach(this::tell);
        } else {
          lines.transferTo(text);
        }
      } catch (IOException ended) {
        text.append(ended.getMessage());
      }
    }

    private void tell(String line) {
      text.append(line).append('\n');
      System.out.println("  … " + line);
    }

    String text() throws InterruptedException {
      thread.join();
      return text.toString();
    }
  }
}
