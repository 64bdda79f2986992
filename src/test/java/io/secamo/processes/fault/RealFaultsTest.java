package io.secamo.processes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.fault.Fault.Kind;
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
 * behind the fronts. {@code -Dfaults.real=N} plays more plans; a red one is repeated by {@code
 * -Dtest=RealFaultsTest#aPlanAgain -Dfaults.plan='TEMPORARY: rt#5 CRASH_AFTER'}.
 */
@NeedsRealSystem({RealSystem.CONTROL_PLANE, RealSystem.REQUEST_TRACKER, RealSystem.OPEN_STACK})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealFaultsTest {
  private static final long SEED = 20261124;
  private static final List<Story> STORIES = List.of(Story.TEMPORARY, Story.LASTING);

  /** Request Tracker has two workers and takes 0.2 to 0.45 seconds for a call. */
  private static final int AT_ONCE = Integer.getInteger("faults.real.at.once", 3);

  private static Campaign campaign;
  private static Plans plans;

  @BeforeAll
  static void setTheStage() {
    RealServers servers = new RealServers();
    campaign =
        new Campaign("real", AT_ONCE, ledger -> new Genuine(ledger, servers), servers::furnish);
    List<Run.Result> results = campaign.play(STORIES.stream().map(Plan::of).toList(), r -> {});
    assertThat(Campaign.red("real systems, no fault", results)).isEmpty();
    plans = Campaign.measured(results);
    assertThat(plans.each(STORIES, List.of(Channel.EFFECT), Kind.LOSE_REPLY))
        .as("calls that change something")
        .hasSizeGreaterThan(8);
  }

  @AfterAll
  static void clearTheStage() {
    campaign.close();
  }

  private static int some(String which, int unlessSaid) {
    return Integer.getInteger("faults." + which, unlessSaid);
  }

  /** So many at a time of some plans that were drawn from all. */
  private static void play(String what, int of, List<Plan> some) {
    long began = System.nanoTime();
    judge(what, of, began, campaign.play(some, r -> {}));
  }

  private static void judge(String what, int of, long began, List<Run.Result> results) {
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
    String all = "real systems, " + what + ", drawn from " + of + ", " + seconds + " s";
    assertThat(Campaign.red(all, results)).isEmpty();
  }

  /** At the calls that change something first, then at any. */
  @Test
  @Order(1)
  void aLostAnswerOrACrashAtOneCall() {
    int count = some("real", 10);
    List<Plan> changes = plans.lostOutside(STORIES, Channel.EFFECT);
    List<Plan> any = plans.lostOutside(STORIES, Channel.RT, Channel.OS);
    List<Plan> some = new ArrayList<>(Plans.some(changes, count, SEED));
    some.addAll(Plans.some(any, count - some.size(), SEED));
    play("lost answers and crashes", changes.size() + any.size(), some);
  }

  @Test
  @Order(2)
  void aSlowOrABusySystem() {
    List<Plan> all = new ArrayList<>();
    for (Kind kind : List.of(Kind.SLOW, Kind.BUSY)) {
      all.addAll(plans.each(STORIES, List.of(Channel.RT, Channel.OS), kind));
    }
    play("slow or busy", all.size(), Plans.some(all, some("real.busy", 2), SEED));
  }

  /** One after the other: each takes the systems away from everybody. */
  @Test
  @Order(3)
  void aSystemThatIsKilledOrStandsStillInTheMiddleOfAChange() {
    List<Plan> all = new ArrayList<>();
    for (Kind kind : List.of(Kind.KILLED, Kind.STOPPED)) {
      all.addAll(plans.each(List.of(Story.TEMPORARY), List.of(Channel.EFFECT), kind));
    }
    long began = System.nanoTime();
    List<Run.Result> results = new ArrayList<>();
    for (Plan plan : Plans.some(all, some("real.killed", 2), SEED)) {
      results.add(campaign.play(plan));
    }
    judge("killed or stopped", all.size(), began, results);
  }

  @Test
  @Order(4)
  void aPlanAgain() {
    String text = System.getProperty("faults.plan", "TEMPORARY: rt#3 LOSE_REPLY");
    play(text, 1, List.of(Plan.parse(text)));
  }
}
