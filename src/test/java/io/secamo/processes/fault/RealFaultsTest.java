package io.secamo.processes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Exactly one ticket, at most one change, also with the real Request Tracker and the real Neutron
 * behind the fronts. {@code -Dfaults.real-lost=N} plays more plans; a red one is repeated by {@code
 * -Dtest=RealFaultsTest#aPlanAgain -Dfaults.plan='TEMPORARY: rt#5 CRASH_AFTER'}.
 */
@NeedsRealSystem({RealSystem.CONTROL_PLANE, RealSystem.REQUEST_TRACKER, RealSystem.OPEN_STACK})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealFaultsTest {
  /** Request Tracker has two workers and takes 0.2 to 0.45 seconds for a call. */
  private static final int AT_ONCE = Integer.getInteger("faults.real.at.once", 3);

  private static Campaign campaign;

  @BeforeAll
  static void setTheStage() {
    RealServers servers = new RealServers();
    campaign =
        new Campaign("real", AT_ONCE, ledger -> new Genuine(ledger, servers), servers::furnish);
  }

  @AfterAll
  static void clearTheStage() {
    campaign.close();
  }

  private static List<Run.Result> play(String what, List<Plan> plans) {
    long began = System.nanoTime();
    List<Run.Result> results = campaign.play(plans, r -> {});
    judge(what, began, results);
    return results;
  }

  private static void judge(String what, long began, List<Run.Result> results) {
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
    String all = "real systems, " + what + ", " + seconds + " s";
    assertThat(Campaign.red(all, results)).isEmpty();
  }

  @Test
  @Order(1)
  void storiesWithoutAnyFault() {
    var unused = play("no fault", Plans.REAL.stream().map(Plan::of).toList());
  }

  @Test
  @Order(2)
  void aLostAnswerOrACrashAtOneCall() {
    List<Run.Result> results = play("lost answers and crashes", DrawnPlans.REAL_LOST.played(10));
    assertThat(results)
        .as("whose fault came to pass: if it did not, draw them anew, dev/torture --draw")
        .allMatch(result -> !result.trouble().happened().isEmpty());
  }

  @Test
  @Order(3)
  void aSlowOrABusySystem() {
    var unused = play("slow or busy", DrawnPlans.REAL_BUSY.played(2));
  }

  /** One after the other: each takes the systems away from everybody. */
  @Test
  @Order(4)
  void aSystemThatIsKilledOrStandsStillInTheMiddleOfAChange() {
    long began = System.nanoTime();
    List<Run.Result> results = new ArrayList<>();
    for (Plan plan : DrawnPlans.REAL_KILLED.played(2)) {
      results.add(campaign.play(plan));
    }
    judge("killed or stopped", began, results);
  }

  @Test
  @Order(5)
  void aPlanAgain() {
    String text = System.getProperty("faults.plan", "TEMPORARY: rt#3 LOSE_REPLY");
    var unused = play(text, List.of(Plan.parse(text)));
  }
}
