package io.secamo.processes.mutant;

import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs tests in a Java machine of their own, with broken classes before those of the program. */
final class Player {
  private static final Pattern FAILED = Pattern.compile("^FAILED (.+)$", Pattern.MULTILINE);

  /** Longer than all of them take, and a test that waits in vain: its patience is an answer. */
  private static final Duration MEMORY_LIMIT = Patience.LIMIT.plusMinutes(5);

  private static final Duration FAULTS_LIMIT = Duration.ofMinutes(45);

  private final Path folder;

  /**
   * For one mutant.
   *
   * @param folder of its own; broken classes and logs go there
   */
  Player(Path folder) {
    this.folder = folder;
  }

  /** Where the broken classes have to be. */
  Path classes() {
    return folder.resolve("classes");
  }

  /**
   * The first test that fails among those that need memory only; empty if none does.
   *
   * @throws NotPlayed if that is not known
   */
  String foundInMemory() throws IOException, InterruptedException {
    return failed("memory", Suites.inMemory(broken()), NeedsRealSystem.NONE, MEMORY_LIMIT);
  }

  private Set<String> broken() throws IOException {
    try (Stream<Path> files = Files.walk(classes())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> classes().relativize(file).toString().replace(File.separatorChar, '.'))
          .map(name -> name.replaceFirst("([$].*)?\\.class$", ""))
          .collect(Collectors.toSet());
    }
  }

  /**
   * Whether a test class that needs the real API server fails: at which test; empty if not.
   *
   * @throws NotPlayed if that is not known
   */
  String foundBy(String test) throws IOException, InterruptedException {
    String by = failed(test, List.of(Suites.named(test)), NeedsRealSystem.ALL, FAULTS_LIMIT);
    return by.isEmpty() ? "" : test + "." + by;
  }

  /** The first test that fails; only a test that says so has found something. */
  String failed(String what, List<String> tests, String systems, Duration limit)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx2g");
    command.add("-Djdk.httpclient.allowRestrictedHeaders=connection");
    command.add("-Djdk.virtualThreadScheduler.parallelism=96");
    command.add("-D" + NeedsRealSystem.PROPERTY + "=" + systems);
    String first = classes().toAbsolutePath() + File.pathSeparator;
    command.add("-Doperator.first=" + first);
    command.addAll(
        List.of("-cp", first + System.getProperty("java.class.path"), Suite.class.getName()));
    command.addAll(tests);
    Path log = folder.resolve(what + ".log");
    Integer status = run(command, log, limit);
    if (status == null) {
      throw new NotPlayed(what + " did not end within " + limit.toSeconds() + " s, see " + log);
    }
    if (status == 0) {
      return "";
    }
    Matcher failed = FAILED.matcher(Files.readString(log));
    if (status != 1 || !failed.find()) {
      // Killed, or out of memory: as it would have ended without the mutant.
      throw new NotPlayed(what + " ended with " + status + " and named no test, see " + log);
    }
    return failed.group(1);
  }

  /** How the command ended; null if it had to be ended. */
  private static Integer run(List<String> command, Path log, Duration limit)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    // Also if we are interrupted: nobody would end what it has started.
    Thread end = new Thread(() -> end(process));
    Runtime.getRuntime().addShutdownHook(end);
    try {
      boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
      return ended ? process.exitValue() : null;
    } finally {
      end(process);
      Runtime.getRuntime().removeShutdownHook(end);
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
