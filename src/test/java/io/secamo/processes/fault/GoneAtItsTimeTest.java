package io.secamo.processes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What was temporary is gone at its time, and nothing else was touched: whoever fills the request,
 * swaps what it depends on, or answers with something else. A red plan is repeated by {@code ./mvnw
 * test -Dtest=FaultsTest#aPlanAgain -Dfaults.plan='TEMPORARY: state#5 ENDPOINT'}.
 */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class GoneAtItsTimeTest {
  private static Campaign campaign;

  @BeforeAll
  static void setTheStage() {
    campaign = new Campaign("gone");
  }

  @AfterAll
  static void clearTheStage() {
    campaign.close();
  }

  @Test
  void whoeverFillsTheRequest() {
    played("filled requests", DrawnPlans.FILLINGS);
  }

  @Test
  void whateverItsConnectionTicketOrGroupIsByThen() {
    played("swapped dependencies", DrawnPlans.REVERSALS);
  }

  @Test
  void whoeverPutsAUserIntoTheSecretToWhomNothingIsShown() {
    played("users who are shown nothing", DrawnPlans.UNSEEING);
  }

  @Test
  void whateverTheOutsideSystemsAnswer() {
    played("lies of outside systems", DrawnPlans.LIES);
  }

  /** Of two requests, once the second one is there. */
  @Test
  void whatHappensWhileAnotherRequestRemovesWhatStands() {
    played("removals by another request", DrawnPlans.REMOVALS);
  }

  private static void played(String what, DrawnPlans plans) {
    List<Run.Result> results = campaign.play(plans.played(), r -> {});
    assertThat(Campaign.red(what, results)).isEmpty();
    List<Run.Result> refused = results.stream().filter(r -> of(r, Fault.Kind.OWNED)).toList();
    assertThat(refused).as("nobody gives a request an owner").noneMatch(r -> happened(r));
    assertThat(results.stream().filter(r -> happened(r)).count())
        .as("plans whose fault came to pass: if it is few, draw them anew, dev/torture --draw")
        .isGreaterThanOrEqualTo((results.size() - refused.size()) / 2L);
  }

  private static boolean of(Run.Result result, Fault.Kind kind) {
    return result.plan().faults().stream().anyMatch(fault -> fault.kind() == kind);
  }

  private static boolean happened(Run.Result result) {
    return !result.trouble().happened().isEmpty();
  }
}
