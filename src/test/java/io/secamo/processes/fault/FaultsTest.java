package io.secamo.processes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsTest {
  private static final long SEED = Long.getLong("faults.seed", 20261124);
  private static final int ALL = Integer.MAX_VALUE;
  private static Plans plans = new Plans(Map.of());
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
    List<Run.Result> results = stories();
    for (Run.Result result : results) {
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
    play("single crashes", Plans.some(plans().crashes(), some("crashes", ALL), SEED));
  }

  @Test
  @Order(3)
  void twoCrashesInOneStory() {
    List<Plan> all = plans().pairs();
    play("pairs of crashes, drawn from " + all.size(), Plans.some(all, some("pairs", 200), SEED));
  }

  @Test
  @Order(4)
  void aReplicaThatStandsStillWhileAnotherOneTakesOver() {
    play("two replicas", Plans.some(plans().held(), some("held", ALL), SEED));
  }

  /** Lost answers, refusals, nonsense, wrong clocks and secrets: each kind at many calls. */
  @Test
  @Order(5)
  void everyKindOfFault() {
    List<Plan> all = plans().kinds();
    play("each kind of fault, drawn from " + all.size(), Plans.some(all, some("kinds", 350), SEED));
  }

  /** After a crash the next one begins with a list of requests that is out of date. */
  @Test
  @Order(6)
  void anOldViewAfterACrash() {
    List<Plan> all = plans().oldViews();
    play("old views, drawn from " + all.size(), Plans.some(all, some("old", 100), SEED));
  }

  @Test
  @Order(7)
  void anythingThatCanGoWrong() {
    play(
        "random faults",
        IntStream.range(0, some("random", 300)).mapToObj(i -> plans().random(SEED, i)).toList());
  }

  @Test
  @Order(8)
  void aPlanAgain() {
    String text = System.getProperty("faults.plan", "TEMPORARY: rt#3 LOSE_REPLY");
    Run.Result result = campaign.play(Plan.parse(text));
    System.out.println(result.trouble().happened() + " came to pass");
    judge("one plan", List.of(result));
  }

  private static int some(String which, int unlessSaid) {
    return Integer.getInteger("faults." + which, unlessSaid);
  }

  private static void play(String what, List<Plan> some) {
    judge(what, campaign.play(some, r -> {}));
  }

  private static List<Run.Result> stories() {
    List<Run.Result> results =
        campaign.play(Arrays.stream(Story.values()).map(Plan::of).toList(), r -> {});
    plans = Campaign.measured(results);
    return results;
  }

  private static Plans plans() {
    if (plans.lengths().isEmpty()) {
      var unused = stories();
    }
    return plans;
  }

  private static void judge(String what, List<Run.Result> results) {
    assertThat(Campaign.red(what, results, SEED)).isEmpty();
  }
}
