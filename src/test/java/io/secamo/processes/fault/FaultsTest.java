package io.secamo.processes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.util.Arrays;
import java.util.List;
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
  void aCrashBeforeOrAfterAnyWriteOrCall() {
    played("single crashes", DrawnPlans.CRASHES);
  }

  @Test
  @Order(3)
  void twoCrashesInOneStory() {
    played("pairs of crashes", DrawnPlans.PAIRS);
  }

  @Test
  @Order(4)
  void aReplicaThatStandsStillWhileAnotherOneTakesOver() {
    played("two replicas", DrawnPlans.HELD);
  }

  /** Lost answers, refusals, nonsense, wrong clocks and secrets: each kind at many calls. */
  @Test
  @Order(5)
  void everyKindOfFault() {
    played("each kind of fault", DrawnPlans.KINDS);
  }

  /** After a crash the next one begins with a list of requests that is out of date. */
  @Test
  @Order(6)
  void anOldViewAfterACrash() {
    played("old views", DrawnPlans.OLD_VIEWS);
  }

  @Test
  @Order(7)
  void anythingThatCanGoWrong() {
    judge("random faults", campaign.play(DrawnPlans.RANDOM.played(), r -> {}));
  }

  @Test
  @Order(8)
  void aPlanAgain() {
    String text = System.getProperty("faults.plan", "TEMPORARY: rt#3 LOSE_REPLY");
    Run.Result result = campaign.play(Plan.parse(text));
    System.out.println(result.trouble().happened() + " came to pass");
    judge("one plan", List.of(result));
  }

  private static void played(String what, DrawnPlans plans) {
    List<Run.Result> results = campaign.play(plans.played(), r -> {});
    judge(what, results);
    long hit = results.stream().filter(r -> !r.trouble().happened().isEmpty()).count();
    assertThat(hit)
        .as("plans whose fault came to pass: if it is few, draw them anew, dev/torture --draw")
        .isGreaterThanOrEqualTo(results.size() * 3L / 4);
  }

  private static void judge(String what, List<Run.Result> results) {
    assertThat(Campaign.red(what, results)).isEmpty();
  }
}
