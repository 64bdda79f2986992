package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.State;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.Request.Wish;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who says no is heard wherever a process stands, and nobody else ends what is held. */
class RejectionsTest {
  private static final Outcome NO = Outcome.end(State.REJECTED, "Rejected", "ann said no");

  private final Rehearsal process =
      new Rehearsal().step("Plan").gate("First").gate("Second").makes("Apply");

  @BeforeEach
  void aHeldRequestWithAPlanAndAVoteAgainstIt() {
    process.does(
        "Plan",
        context -> {
          context.journal().plan(plan());
          return Outcome.attention("Stuck", "nobody knows");
        });
    process.pass();
    process.story.clear();
    process.wish = Wish.SUSPEND;
    process.annotations.put(Annotations.REJECT_PREFIX + "second.ann", "ann abc too wide");
  }

  @Test
  void aNoAtOneOfTheLaterGatesEndsWhatIsHeld() {
    process.comesTo("Second", NO);

    process.pass();

    assertThat(process.status.state()).isEqualTo(State.REJECTED);
    assertThat(process.status.message()).isEqualTo("ann said no");
    assertThat(process.story).doesNotContain("Plan", "Apply");
  }

  /** Time goes on while it is held, but only a no takes it away from its people. */
  @Test
  void aGateThatHasTimedOutEndsNothingThatIsHeld() {
    process.comesTo(
        "First", Outcome.end(State.APPROVAL_TIMED_OUT, "ApprovalTimedOut", "nobody came"));

    process.pass();

    assertThat(process.status.state()).isEqualTo(State.SUSPENDED);
    assertThat(process.evidence("Ended")).isEmpty();
  }

  @Test
  void aVoteThatCannotBeJudgedNowLeavesWhatIsHeldAsItIs() {
    process.fails("Second", new ConnectorFailure.Transient("the directory is away", null));

    process.pass();

    assertThat(process.status.state()).isEqualTo(State.SUSPENDED);
    assertThat(process.stepState("Second")).isEmpty();

    process.comesTo("Second", NO);
    process.pass();
    assertThat(process.status.state()).isEqualTo(State.REJECTED);
  }

  private Plan plan() {
    return new Plan(
        "abc",
        "abc",
        "s",
        List.of(),
        null,
        null,
        null,
        null,
        null,
        "account",
        null,
        "policy",
        null,
        null,
        null,
        null,
        process.now);
  }
}
