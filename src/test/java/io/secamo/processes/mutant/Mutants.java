package io.secamo.processes.mutant;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays every mutant against the tests: the fast ones first, then the fault runs. Goes on where it
 * was interrupted. Called by dev/mutants.
 */
final class Mutants {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FAILED = Pattern.compile("^FAILED (.+)$", Pattern.MULTILINE);

  /** What finds most of them in seconds comes first. */
  private static final List<List<String>> SUITES =
      List.of(
          List.of(
              "engine.EffectProtocolTest",
              "engine.JournalTest",
              "engine.TimingTest",
              "approval.BallotTest",
              "process.firewallchange.FirewallChangeTest",
              "process.firewallchange.ApprovalsTest",
              "process.firewallchange.EmergenciesTest",
              "process.firewallchange.LateTest",
              "kubernetes.RequestsTest",
              "kubernetes.queue.PassThreadsTest",
              "kubernetes.queue.TargetsTest",
              "kubernetes.queue.TurnsTest",
              "kubernetes.reading.SharedReadsTest",
              "kubernetes.health.ServerClockTest",
              "kubernetes.health.WatchdogTest"),
          List.of(
              "kubernetes.StatusWriterTest",
              "kubernetes.LostUpdatesTest",
              "kubernetes.health.DataVersionTest",
              "connector.http.HttpEndpointTest",
              "connector.http.SocketsTest",
              "connector.http.ThrottleTest",
              "connector.requesttracker.UnansweredTest",
              "evidence.EvidenceTest"),
          List.of("kubernetes.StaleReadTest"),
          List.of("fault.DeletionsTest"),
          List.of("fault.FaultsTest"));

  private final Path results;
  private final Path work;

  private Mutants(Path folder) throws IOException {
    this.results = folder.resolve("mutants.jsonl");
    this.work = Files.createDirectories(folder.resolve("mutant").toAbsolutePath());
  }

  /** Argument: folder of results. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Mutants mutants = new Mutants(Path.of(args[0]));
    Set<String> done = mutants.done();
    List<Mutant> all = new ArrayList<>(Mutant.all());
    all.add(0, new Mutant("none", "engine/Pass.java", "", ""));
    for (Mutant mutant : all) {
      if (!done.contains(mutant.name())) {
        String by = mutants.foundBy(mutant);
        mutants.keep(mutant, by);
        System.out.println((by.isEmpty() ? "LIVES  " : "found  ") + mutant.name() + "  " + by);
        if (mutant.name().equals("none") && !by.isEmpty()) {
          System.out.println("The tests fail without any mutant: mend that first.");
          System.exit(2);
        }
      }
    }
    System.exit(0);
  }

  private Set<String> done() throws IOException {
    Set<String> done = new HashSet<>();
    if (Files.exists(results)) {
      for (String line : Files.readAllLines(results)) {
        done.add(JSON.readTree(line).path("mutant").asText());
      }
    }
    return done;
  }

  private void keep(Mutant mutant, String by) throws IOException {
    ObjectNode line = JSON.createObjectNode().put("mutant", mutant.name()).put("foundBy", by);
    Files.writeString(results, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** The first test that fails; empty if none does. */
  private String foundBy(Mutant mutant) throws IOException, InterruptedException {
    Path broken = work.resolve(mutant.name().replaceAll("[^a-z0-9]+", "-"));
    Path classes = Files.createDirectories(broken.resolve("classes"));
    if (!mutant.there().isEmpty()) {
      Path source = broken.resolve(mutant.file().getFileName());
      Files.writeString(source, mutant.text());
      String compiler = System.getProperty("java.home") + "/bin/javac";
      List<String> compile =
          List.of(
              compiler,
              "-proc:none",
              "-nowarn",
              "-cp",
              path(),
              "-d",
              classes.toString(),
              source + "");
      if (run(compile, broken.resolve("compile.log")) != 0) {
        throw new IllegalStateException(mutant.name() + " does not compile, see " + broken);
      }
    }
    for (List<String> suite : SUITES) {
      String by = failed(classes, suite, broken.resolve(suite.getFirst() + ".log"));
      if (!by.isEmpty()) {
        return by;
      }
    }
    return "";
  }

  private static String path() {
    return System.getProperty("java.class.path");
  }

  private static String failed(Path classes, List<String> suite, Path log)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("-Xmx2g");
    command.add("-Djdk.httpclient.allowRestrictedHeaders=connection");
    command.add("-Dreal.systems=controlplane");
    // Some plans of each sort: a mutant is one that any user would meet, not one in a thousand.
    for (String some :
        List.of("crashes=100", "pairs=40", "held=40", "kinds=100", "old=30", "random=60")) {
      command.add("-Dfaults." + some);
    }
    command.add("-Doperator.first=" + classes + ":");
    command.addAll(List.of("-cp", classes + ":" + path(), Suite.class.getName()));
    command.addAll(suite);
    int status = run(command, log);
    if (status == 0) {
      return "";
    }
    Matcher failed = FAILED.matcher(Files.readString(log));
    return failed.find()
        ? suite.getFirst().startsWith("fault.")
            ? suite.getFirst().substring("fault.".length()) + "." + failed.group(1)
            : failed.group(1)
        : String.format(Locale.ROOT, "ended with %d", status);
  }

  private static int run(List<String> command, Path log) throws IOException, InterruptedException {
    Files.write(log, new byte[0]);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return process.waitFor();
  }
}
