package io.secamo.processes.systems;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of a test in a Java of its own: with a heap that it may fill, and an end of its own.
 */
public final class OwnJava {
  /** With the heap that the operator is installed with. */
  public static final List<String> INSTALLED =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private OwnJava() {}

  /** What it said until its end; or that it had none, after {@link Patience#LIMIT}. */
  public static String said(List<String> options, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
    if (!java.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      java.destroyForcibly().waitFor();
      return "had to be stopped: " + new String(java.getInputStream().readAllBytes());
    }
    return new String(java.getInputStream().readAllBytes());
  }
}
