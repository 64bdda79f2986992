package io.secamo.processes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.controlplane.OnControlPlane;
import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.fault.Fault.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Exactly one ticket, at most one change, whatever fails. A plan that came out red is repeated by
 * {@code ./mvnw test -Dtest=FaultsTest#aPlanAgain -Dfaults.plan='TEMPORARY: rt#5 CRASH_AFTER'}.
 */
@OnControlPlane
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsTest {
  private static final long SEED = Long.getLong("faults.seed", 20261124);
  private static final Map<Story, Trouble> NOMINAL = new EnumMap<>(Story.class);
  private static Campaign campaign;

  @BeforeAll
  static void setTheStage() {
    campaign = new Campaign("ci");
  }

  @AfterAll
  static void clearTheStage() {
    campaign.close();
  }

  @Test
  @Order(1)
  void everyStoryWithoutAnyFault() {
    List<Run.Result> results =
        campaign.play(Arrays.stream(Story.values()).map(Plan::of).toList(), r -> {});
    for (Run.Result result : results) {
      NOMINAL.put(result.plan().story(), result.trouble());
      System.out.printf(
          "FIGURE %s: %d writes, %d calls to the desk, %d to the cloud%n",
          result.plan().story(),
          result.writes().size(),
          result.trouble().count(Channel.RT),
          result.trouble().count(Channel.OS));
    }
    judge("stories without faults", results);
  }

  @Test
  @Order(2)
  void aCrashBeforeAndAfterEveryWriteAndEveryCall() {
    List<Plan> plans = new ArrayList<>();
    for (Story story : Story.values()) {
      for (Fault fault : crashes(story)) {
        plans.add(Plan.of(story, fault));
      }
    }
    judge("single crashes", campaign.play(plans, r -> {}));
  }

  @Test
  @Order(3)
  void twoCrashesInOneStory() {
    Random random = new Random(SEED);
    List<Plan> plans = new ArrayList<>();
    for (int i = 0; i < Integer.getInteger("faults.pairs", 200); i++) {
      Story story = Story.values()[random.nextInt(Story.values().length)];
      List<Fault> crashes = crashes(story);
      plans.add(
          Plan.of(
              story,
              crashes.get(random.nextInt(crashes.size())),
              crashes.get(random.nextInt(crashes.size()))));
    }
    judge("pairs of crashes", campaign.play(plans, r -> {}));
  }

  /** The leader stands still before each call, loses its place, wakes up and goes on. */
  @Test
  @Order(4)
  void aReplicaThatStandsStillWhileAnotherOneTakesOver() {
    List<Plan> plans = new ArrayList<>();
    for (Story story : List.of(Story.TEMPORARY, Story.DELETED_IN_FORCE)) {
      for (Fault crash : crashes(story)) {
        if (crash.kind() == Kind.CRASH_BEFORE) {
          plans.add(Plan.of(story, new Fault(crash.channel(), crash.number(), Kind.HOLD)));
        }
      }
    }
    judge("two replicas", campaign.play(plans, r -> {}));
  }

  @Test
  @Order(5)
  void anythingThatCanGoWrong() {
    Random random = new Random(SEED + 1);
    List<Plan> plans = new ArrayList<>();
    for (int i = 0; i < Integer.getInteger("faults.random", 300); i++) {
      plans.add(RandomPlans.next(random, NOMINAL));
    }
    judge("random faults", campaign.play(plans, r -> {}));
  }

  @Test
  @Order(6)
  void aPlanAgain() {
    String text = System.getProperty("faults.plan", "TEMPORARY: rt#3 LOSE_REPLY");
    Run.Result result = campaign.play(Plan.parse(text));
    System.out.println(result.trouble().happened() + " came to pass");
    judge("one plan", List.of(result));
  }

  /** Before and after every write and every call of a run without faults. */
  private static List<Fault> crashes(Story story) {
    if (NOMINAL.isEmpty()) {
      campaign
          .play(Arrays.stream(Story.values()).map(Plan::of).toList(), r -> {})
          .forEach(r -> NOMINAL.put(r.plan().story(), r.trouble()));
    }
    List<Fault> crashes = new ArrayList<>();
    for (Channel channel : List.of(Channel.API, Channel.RT, Channel.OS)) {
      for (int i = 1; i <= NOMINAL.get(story).count(channel); i++) {
        crashes.add(new Fault(channel, i, Kind.CRASH_BEFORE));
        crashes.add(new Fault(channel, i, Kind.CRASH_AFTER));
      }
    }
    return crashes;
  }

  private static void judge(String what, List<Run.Result> results) {
    List<String> red = new ArrayList<>();
    for (Run.Result result : results) {
      if (!result.violations().isEmpty()) {
        red.add(result.plan() + " => " + result.violations() + ", see " + result.folder());
      }
    }
    long faults = results.stream().mapToLong(r -> r.trouble().happened().size()).sum();
    System.out.printf(
        "FIGURE %s: %d runs, %d faults came to pass, %d runs with violations, seed %d%n",
        what, results.size(), faults, red.size(), SEED);
    assertThat(red).isEmpty();
  }
}
