package io.secamo.processes.systems;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The real outside systems, each started at most once and stopped when the tests end. */
public final class RealSystems {
  private RealSystems() {}

  /** How to reach Request Tracker: RT_URL, RT_TOKEN, RT_QUEUE, RT_KEY_FIELD. */
  public static Map<String, String> requestTracker() {
    return RequestTrackerHolder.ENVIRONMENT.values();
  }

  /** How to reach OpenStack: OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME and more. */
  public static Map<String, String> openStack() {
    return OpenStackHolder.ENVIRONMENT.values();
  }

  /** Where OpenStack keeps its settings, for tests that need its administrator. */
  public static Path openStackFolder() {
    return OpenStackHolder.ENVIRONMENT.folder();
  }

  /** Where Request Tracker keeps its settings and its process id. */
  public static Path requestTrackerFolder() {
    return RequestTrackerHolder.ENVIRONMENT.folder();
  }

  /** Starts Request Tracker again, with its data and at its address, after it was killed. */
  public static void startRequestTrackerAgain() {
    RequestTrackerHolder.ENVIRONMENT.again("rt");
  }

  /** Starts OpenStack again, with its data and at its addresses, after it was killed. */
  public static void startOpenStackAgain() {
    OpenStackHolder.ENVIRONMENT.again("openstack");
  }

  /** Sends a signal to a server that was started here, and to its workers. */
  public static void signal(Path pid, String signal) {
    try {
      String group = "-" + Files.readString(pid).strip();
      int status = new ProcessBuilder("kill", "-" + signal, "--", group).start().waitFor();
      if (status != 0) {
        throw new AssertionError("no signal " + signal + " to " + pid);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  private static final class RequestTrackerHolder {
    static final Started ENVIRONMENT = Started.of("rt");
  }

  private static final class OpenStackHolder {
    static final Started ENVIRONMENT = Started.of("openstack");
  }

  /** A start that failed is remembered too: every test tells the reason, none tries again. */
  private record Started(Path folder, Map<String, String> environment, String failure) {
    static Started of(String system) {
      try {
        Path folder = Files.createTempDirectory("processes-test-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(folder, system)));
        String failure = run(folder, "up", system);
        Path own = folder.resolve(system);
        return new Started(own, failure.isEmpty() ? read(own.resolve("env")) : Map.of(), failure);
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }

    void again(String system) {
      try {
        String problem = run(folder.getParent(), "up", system);
        if (!problem.isEmpty() || !read(folder.resolve("env")).equals(environment)) {
          throw new AssertionError(system + " did not come back as it was: " + problem);
        }
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }

    Map<String, String> values() {
      if (!failure.isEmpty()) {
        throw new AssertionError(failure);
      }
      return environment;
    }
  }

  private static void stop(Path folder, String system) {
    String failure = run(folder, "down", system);
    if (!failure.isEmpty()) {
      System.err.println(failure);
    }
  }

  /** Empty if all is well. */
  private static String run(Path folder, String command, String system) {
    Script.Result result =
        Script.of(List.of("dev/systems", "--dir", folder.toString(), command, system))
            .aloud()
            .run();
    return result.exit() == 0
        ? ""
        : "dev/systems " + command + " " + system + " failed:\n" + result.text();
  }

  private static Map<String, String> read(Path file) throws IOException {
    Map<String, String> values = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return values;
  }
}
