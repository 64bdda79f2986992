package io.secamo.processes.fault;

import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.fault.Fault.Channel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Plays many plans, several at a time, each in a namespace of its own. */
final class Campaign implements AutoCloseable {
  private static final int AT_ONCE = Integer.getInteger("faults.at.once", 24);
  private final BlockingQueue<Slot> free = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Path folder;
  private final Outside.Maker world;

  Campaign(String name) {
    this(name, AT_ONCE, Imitation::new, slot -> {});
  }

  /**
   * In another world.
   *
   * @param atOnce how many plans are played at a time
   * @param furnish gives a namespace what that world needs
   */
  Campaign(String name, int atOnce, Outside.Maker world, Consumer<Slot> furnish) {
    this.folder = Path.of("target", "faults", name);
    this.world = world;
    Stalls.noticed();
    ApiServer server = new ApiServer(ControlPlane.running());
    for (int i = 0; i < atOnce; i++) {
      Slot slot = Slot.prepare(server, "faults-" + name + "-" + i, Slot.NOWHERE);
      furnish.accept(slot);
      free.add(slot);
    }
  }

  /** How long the stories are, from runs of them without faults. */
  static Plans measured(List<Run.Result> results) {
    Map<Story, Map<Channel, Integer>> lengths = new EnumMap<>(Story.class);
    for (Run.Result result : results) {
      Map<Channel, Integer> counts = new EnumMap<>(Channel.class);
      for (Channel channel : Channel.values()) {
        // To tidy up after two requests takes as many writes as their stories.
        boolean two = result.plan().story().requests() > 1;
        counts.put(
            channel,
            two ? result.trouble().countWhenOver(channel) : result.trouble().count(channel));
      }
      lengths.put(result.plan().story(), counts);
    }
    return new Plans(lengths);
  }

  /** Says how it went, and which plans came out red. */
  static List<String> red(String what, List<Run.Result> results) {
    List<String> red = new ArrayList<>();
    for (Run.Result result : results) {
      if (!result.violations().isEmpty()) {
        red.add(result.plan() + " => " + result.violations() + ", see " + result.folder());
      }
    }
    long faults = results.stream().mapToLong(r -> r.trouble().happened().size()).sum();
    System.out.printf(
        "FIGURE %s: %d runs, %d faults came to pass, %d runs with violations%n",
        what, results.size(), faults, red.size());
    return red;
  }

  /** Plays one plan. */
  Run.Result play(Plan plan) {
    return play(List.of(plan), result -> {}).getFirst();
  }

  /** Plays them all; tells each result as it comes. */
  List<Run.Result> play(List<Plan> plans, Consumer<Run.Result> told) {
    Instant began = Instant.now();
    ConcurrentLinkedQueue<Run.Result> results = new ConcurrentLinkedQueue<>();
    List<Future<?>> all = new ArrayList<>();
    for (Plan plan : plans) {
      all.add(
          threads.submit(
              () -> {
                Slot slot = free.take();
                try {
                  Run.Result result = new Run(slot, plan, folder, world).play();
                  results.add(result);
                  told.accept(result);
                  progress(results, plans.size(), began);
                } finally {
                  free.add(slot);
                }
                return null;
              }));
    }
    all.forEach(Campaign::join);
    return List.copyOf(results);
  }

  private static void progress(ConcurrentLinkedQueue<Run.Result> results, int of, Instant began) {
    int done = results.size();
    if (done % 50 == 0) {
      System.out.printf(
          "%d of %d plans played in %s, %d with violations%n",
          done,
          of,
          Duration.between(began, Instant.now()).truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
          results.stream().filter(r -> !r.violations().isEmpty()).count());
    }
  }

  private static void join(Future<?> one) {
    try {
      one.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new AssertionError("a run could not be played", e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
