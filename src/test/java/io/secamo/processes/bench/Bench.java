package io.secamo.processes.bench;

import io.secamo.processes.fault.ApiServer;
import io.secamo.processes.fault.Installation;
import io.secamo.processes.fault.Replica;
import io.secamo.processes.fault.Story;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of the performance table, one after the other, on one installation. */
final class Bench {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private final Installation installation = new Installation("bench");
  private final ApiServer server = installation.server();
  private final String collection = installation.slot().requests();
  private final Report report = new Report();
  private final Crowd crowd = new Crowd(server, collection);
  private Replica operator =
      new Replica(installation, "bench", Path.of("").toAbsolutePath(), options());
  private double ceiling;

  /** Arguments: folder of results, sizes of the runs, number of requests that wait. */
  public static void main(String[] args) throws Exception {
    Bench bench = new Bench();
    try {
      PlanningCost.rows(bench.report);
      bench.ceiling();
      bench.operator = bench.operator.start();
      bench.ready(Duration.ofSeconds(60));
      bench.warmUp();
      for (String size : args[1].split(",")) {
        bench.throughput(Integer.parseInt(size));
      }
      bench.latency(1, 20);
      bench.latency(10, 12);
      bench.waiting(Integer.parseInt(args[2]));
      bench.report.write(Files.createDirectories(Path.of(args[0])).resolve("bench.json"));
    } finally {
      bench.crowd.close();
      bench.operator.terminate();
      bench.installation.close();
    }
    System.exit(0);
  }

  /** More options of the operator's Java machine, for example to profile it. */
  private static String[] options() {
    String options = System.getProperty("bench.options", "");
    return options.isEmpty() ? new String[0] : options.split(" ");
  }

  private void ready(Duration within) {
    if (!Installation.until(within, () -> operator.page("/readyz").equals("ok\n"))) {
      throw new IllegalStateException("the operator did not get ready, see " + operator.log());
    }
  }

  private Cpu cpu() throws IOException {
    return Cpu.now(
        operator.pid(),
        installation.cluster().pid("kube-apiserver"),
        installation.cluster().pid("etcd"));
  }

  /** Merge patches of a small status by eight clients, before the operator is there. */
  private void ceiling() throws Exception {
    AtomicInteger patches = new AtomicInteger();
    Instant end = Instant.now().plusSeconds(10);
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String name = "ceiling-" + i;
      server.post("requester", collection, Story.TIMED_OUT.yaml(name)).orFail();
      clients.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (Instant.now().isBefore(end)) {
                      int n = patches.incrementAndGet();
                      server
                          .patch(
                              "operator",
                              collection + "/" + name + "/status",
                              "{\"status\":{\"message\":\"" + n + "\"}}")
                          .orFail();
                    }
                  }));
    }
    for (Thread client : clients) {
      client.join();
    }
    for (int i = 0; i < 8; i++) {
      server.delete("requester", collection + "/ceiling-" + i);
    }
    ceiling = patches.get() / 10.0;
    report.row("ceiling: status patches by 8 clients", ceiling, "per second", 0, 0, true);
  }

  private void warmUp() throws InterruptedException {
    crowd.vote(true);
    crowd.ask("warm", 100, Story.LASTING);
    crowd.awaitFinished(100);
    crowd.awaitWaiting(100);
  }

  private void throughput(int size) throws Exception {
    crowd.vote(true);
    int writes = writes();
    Cpu before = cpu();
    Requests asked = Requests.now(server);
    int outside = installation.calls();
    long began = System.nanoTime();
    crowd.ask("run" + size, size, Story.LASTING);
    crowd.awaitFinished(size);
    double seconds = (System.nanoTime() - began) / 1e9;
    Cpu cost = cpu().minus(before);
    int calls = installation.calls() - outside;
    Map<String, Double> each = Requests.now(server).each(asked, size);
    crowd.awaitWaiting(size);
    Thread.sleep(2_000);
    String run = ", " + size + " requests";
    double perSecond = size / seconds;
    report.row("processes per second" + run, perSecond, "per second", 0, 0, true);
    report.row(
        "processes per second, of the ceiling" + run, perSecond / ceiling, "", 0.12, 0.06, true);
    report.row(
        "operator writes each" + run, (writes() - writes) / (double) size, "writes", 3, 4, false);
    report.row("outside calls each" + run, calls / (double) size, "calls", 0, 0, false);
    each.forEach((what, count) -> report.row("- " + what, count, "requests", 0, 0, false));
    report.row("operator CPU each" + run, cost.operator() * 1000 / size, "ms", 5, 8, false);
    report.row(
        "API server CPU each, people included" + run,
        cost.apiServer() * 1000 / size,
        "ms",
        0,
        0,
        false);
    report.row(
        "etcd CPU each, people included" + run, cost.etcd() * 1000 / size, "ms", 0, 0, false);
  }

  private int writes() {
    return (int)
        installation.cluster().audit().stream()
            .filter(line -> line.contains(Installation.OPERATOR) && !line.contains("dryRun=All"))
            .filter(line -> line.contains("/namespaces/customer/"))
            .count();
  }

  /** So many votes in the same moment, until the change reaches the cloud. */
  private void latency(int votes, int rounds) throws Exception {
    crowd.vote(false);
    List<Long> times = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      String prefix = "late" + votes + "-" + round;
      crowd.ask(prefix, votes, Story.LASTING);
      crowd.awaitWaiting(votes);
      Thread.sleep(200);
      CountDownLatch together = new CountDownLatch(1);
      List<Thread> voters = new ArrayList<>();
      Instant[] voted = new Instant[votes];
      for (int i = 0; i < votes; i++) {
        int number = i;
        voters.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        together.await();
                      } catch (InterruptedException e) {
                        return;
                      }
                      voted[number] = Instant.now();
                      crowd.approve(prefix + "-" + number);
                    }));
      }
      together.countDown();
      for (Thread voter : voters) {
        voter.join();
      }
      crowd.awaitFinished(votes);
      for (int i = 0; i < votes; i++) {
        String name = prefix + "-" + i;
        Instant at =
            installation.ledger().entries("rule.added").stream()
                .filter(e -> e.text().startsWith(name + " "))
                .findFirst()
                .orElseThrow()
                .at();
        times.add(Duration.between(voted[i], at).toMillis());
      }
    }
    times.sort(Long::compare);
    String row = "vote to change at the cloud, " + votes + " at once, ";
    report.row(row + "p50", times.get(times.size() / 2), "ms", 20, 50, false);
    report.row(row + "p99", times.get(times.size() * 99 / 100), "ms", 60, 150, false);
  }

  /** Many requests that wait for people: memory, silence, restart. */
  private void waiting(int count) throws Exception {
    crowd.vote(false);
    double before = heap();
    crowd.ask("wait", count, Story.LASTING);
    crowd.awaitWaiting(count);
    Thread.sleep(5_000);
    double after = heap();
    report.row("heap in use with " + count + " waiting", after / 1024, "MB", 250, 250, false);
    report.row("memory per waiting request", (after - before) / count, "KiB", 12, 25, false);
    int writes = writes();
    int calls = installation.calls();
    Thread.sleep(60_000);
    report.row(
        "writes in a minute with " + count + " waiting", writes() - writes, "writes", 0, 0, false);
    report.row("outside calls in that minute", installation.calls() - calls, "calls", 0, 0, false);
    Object unused = operator.terminate();
    Thread.sleep(1_000);
    calls = installation.calls();
    long began = System.nanoTime();
    operator = operator.start();
    ready(Duration.ofSeconds(120));
    report.row(
        "restart with " + count + " waiting: ready",
        (System.nanoTime() - began) / 1e6,
        "ms",
        0,
        0,
        false);
    crowd.ask("after", 1, Story.LASTING);
    crowd.awaitWaiting(1);
    report.row(
        "... and a new request is planned", (System.nanoTime() - began) / 1e6, "ms", 0, 0, false);
    Thread.sleep(20_000);
    report.row(
        "outside calls in the 20 s after the restart",
        installation.calls() - calls,
        "calls",
        0,
        0,
        false);
  }

  /** In KiB, after a collection. */
  private double heap() throws IOException, InterruptedException {
    String jcmd = System.getProperty("java.home") + "/bin/jcmd";
    String pid = Long.toString(operator.pid());
    for (int i = 0; i < 2; i++) {
      new ProcessBuilder(jcmd, pid, "GC.run").redirectErrorStream(true).start().waitFor();
    }
    Process info = new ProcessBuilder(jcmd, pid, "GC.heap_info").start();
    String text = new String(info.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    double used = 0;
    for (String line : text.split("\n")) {
      Matcher found = USED.matcher(line);
      // Class data is no heap.
      if (found.find() && !line.contains("Metaspace") && !line.contains("class space")) {
        used += Double.parseDouble(found.group(1));
      }
    }
    return used;
  }
}
