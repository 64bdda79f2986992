package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Plays every plan there is and as many random ones as are asked for, for hours if need be; each
 * result is kept at once, so that it goes on where it was interrupted. Called by dev/torture.
 */
final class Torture {
  /**
   * A life that is killed in the middle of its start leaves threads: then another process goes on.
   */
  private static final int MOST = 800;

  private static final int GO_ON = 75;
  private final Path file;
  private final long seed;
  private final String commit;
  private final Set<String> done = new HashSet<>();
  private int violations;
  private int room = MOST;

  private Torture(Path file, long seed, String commit) throws IOException {
    this.file = file;
    this.seed = seed;
    this.commit = commit;
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        var result = ApiServer.JSON.readTree(line);
        done.add(result.path("group").asText() + "/" + result.path("plan").asText());
        violations += result.path("violations").size();
      }
    }
  }

  /**
   * Arguments: folder of results, seed, number of random plans, groups (comma-separated), commit
   * that is played.
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    long seed = Long.parseLong(args[1]);
    if (args[3].equals("draw")) {
      draw(seed);
      System.exit(0);
    }
    Torture torture = new Torture(folder.resolve("results-" + seed + ".jsonl"), seed, args[4]);
    try (Campaign campaign = new Campaign("torture")) {
      torture.play(campaign, folder, Integer.parseInt(args[2]), List.of(args[3].split(",")));
    }
    if (torture.room <= 0) {
      System.exit(GO_ON);
    }
    System.out.printf(
        "%d plans played so far with seed %d, %d violations; dev/reliability writes the page%n",
        torture.done.size(), seed, torture.violations);
    System.exit(torture.violations == 0 ? 0 : 1);
  }

  /** Writes the lists of plans that the tests play. */
  private static void draw(long seed) throws IOException {
    try (Campaign campaign = new Campaign("draw")) {
      Plans measured = measured(campaign);
      for (DrawnPlans plans : DrawnPlans.values()) {
        plans.draw(measured, seed);
      }
    }
  }

  private void play(Campaign campaign, Path folder, int random, List<String> groups)
      throws IOException {
    Plans plans = plans(campaign, folder.resolve("lengths-" + seed + ".json"));
    Map<String, List<Plan>> all = new LinkedHashMap<>();
    all.put("no fault", Arrays.stream(Story.values()).map(Plan::of).toList());
    all.put("one crash", plans.crashes());
    all.put("two replicas", plans.held());
    all.put("one fault of any kind", plans.kinds());
    all.put("old view after a crash", plans.oldViews());
    all.put(
        "random faults", IntStream.range(0, random).mapToObj(i -> plans.random(seed, i)).toList());
    all.put("filled", plans.fillings());
    all.put(
        "swapped", Stream.of(plans.reversals(), plans.unseeing()).flatMap(List::stream).toList());
    all.put("lied to", plans.lies());
    all.put("removed by another request", plans.removals());
    all.put(
        "meddled with",
        IntStream.range(0, random / 2).mapToObj(i -> plans.meddled(seed, i)).toList());
    all.put("two crashes", Plans.some(plans.pairs(), Integer.MAX_VALUE, seed));
    for (Map.Entry<String, List<Plan>> group : all.entrySet()) {
      if (groups.contains("all") || groups.contains(group.getKey())) {
        play(campaign, group.getKey(), group.getValue());
      }
    }
  }

  private void play(Campaign campaign, String group, List<Plan> plans) {
    List<Plan> open =
        new ArrayList<>(
            plans.stream().distinct().filter(p -> !done.contains(group + "/" + p)).toList());
    System.out.printf("%s: %d plans, %d left%n", group, plans.size(), open.size());
    for (int i = 0; i < open.size() && room > 0; i += 200) {
      room -= 200;
      List<Plan> some = open.subList(i, Math.min(i + 200, open.size()));
      var unused = campaign.play(some, result -> keep(group, result));
    }
  }

  private synchronized void keep(String group, Run.Result result) {
    ObjectNode line = ApiServer.JSON.createObjectNode();
    line.put("commit", commit).put("group", group).put("plan", result.plan().toString());
    line.put("happened", result.trouble().happened().size());
    result.violations().forEach(line.putArray("violations")::add);
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    done.add(group + "/" + result.plan());
    violations += result.violations().size();
    if (!result.violations().isEmpty()) {
      System.out.println("VIOLATED " + result.plan() + " => " + result.violations());
    }
  }

  /** Measured once for a seed: a plan must stay the same when the run is taken up again. */
  private static Plans plans(Campaign campaign, Path lengths) throws IOException {
    if (!Files.exists(lengths)) {
      Files.writeString(lengths, ApiServer.JSON.writeValueAsString(measured(campaign)));
    }
    return ApiServer.JSON.readValue(lengths.toFile(), Plans.class);
  }

  private static Plans measured(Campaign campaign) {
    return Campaign.measured(
        campaign.play(Arrays.stream(Story.values()).map(Plan::of).toList(), r -> {}));
  }
}
