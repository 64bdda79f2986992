package io.secamo.processes.fault;

import io.secamo.processes.systems.OperatorClasses;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An operator in a process of its own, as it is installed, with signals to kill or stop it. */
public final class Replica implements AutoCloseable {
  private final Installation installation;
  private final String name;
  private final Path program;
  private final List<String> options;
  private volatile Process process;
  private volatile boolean wanted;
  private volatile int starts;
  private final int port;

  /**
   * Of a program.
   *
   * @param program folder of a built project: its classes and libraries are run
   * @param options of the Java machine
   */
  public Replica(Installation installation, String name, Path program, String... options) {
    this.installation = installation;
    this.name = name;
    this.program = program;
    this.options = List.of(options);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it, and again whenever it ends, as a kubelet does. */
  public Replica start() {
    wanted = true;
    launch();
    Thread.ofVirtual().start(this::keepAlive);
    return this;
  }

  private void keepAlive() {
    while (wanted) {
      if (!process.isAlive()) {
        Front.pause(Duration.ofMillis(300));
        if (wanted) {
          launch();
        }
      }
      Front.pause(Duration.ofMillis(50));
    }
  }

  private synchronized void launch() {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", OperatorClasses.of(program)));
    command.add("io.secamo.processes.operator.Main");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            // What the Java machine itself has to say goes there, the program's log does not.
            .redirectError(
                ProcessBuilder.Redirect.appendTo(
                    installation.folder().resolve(name + ".err").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().put("JDK_JAVA_OPTIONS", asInstalled());
    builder.environment().put("KUBECONFIG", installation.kubeconfig().toString());
    builder.environment().put("LEADER_ELECTION", "process-orchestrator");
    builder.environment().put("HEALTH_PORT", Integer.toString(port));
    try {
      process = builder.start();
      starts++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The options that the deployment gives to the Java machine. */
  private static String asInstalled() {
    try {
      String deployment = Files.readString(Path.of("manifests/operator/deployment.yaml"));
      Matcher options =
          Pattern.compile("JDK_JAVA_OPTIONS, value: \"([^\"]+)\"").matcher(deployment);
      if (!options.find()) {
        throw new IllegalStateException("no JDK_JAVA_OPTIONS in the deployment");
      }
      return options.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path log() {
    return installation.folder().resolve(name + ".log");
  }

  /** How often it was started. */
  int starts() {
    return starts;
  }

  public long pid() {
    return process.pid();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Stands still until {@link #goOn}. */
  void standStill() {
    signal(process.pid(), "STOP");
  }

  void goOn() {
    signal(process.pid(), "CONT");
  }

  /** Asks it to end, and tells how it ended and after how long. */
  public Ended terminate() {
    wanted = false;
    long began = System.nanoTime();
    process.destroy();
    try {
      boolean gone = process.waitFor(40, TimeUnit.SECONDS);
      return new Ended(
          gone ? process.exitValue() : -1, Duration.ofNanos(System.nanoTime() - began));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How a process ended. */
  public record Ended(int status, Duration after) {}

  /** Sends a signal to a process that the test started. */
  static void signal(long pid, String signal) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
      kill.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What one of its pages for kubelet and monitoring answers; empty if nothing does. */
  public String page(String path) {
    try (InputStream in = URI.create("http://127.0.0.1:" + port + path).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException notNow) {
      return "";
    }
  }

  /** What it has logged. */
  String said() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    wanted = false;
    process.destroyForcibly();
  }
}
