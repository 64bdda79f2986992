package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.engine.journal.Journal;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.evidence.Chain.Happening;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A status to which somebody else wrote must not make anybody forget what is live. */
class RewrittenTest {
  private static final Outcome STUCK = Outcome.attention("Stuck", "nobody knows");

  private final Rehearsal process = new Rehearsal().makes("Apply").step("Last");

  @Test
  void whatIsCalledOverAndStillStandsIsSeenAsBeingRemovedUntilItIsGone() {
    stuckAfterItWasMade();
    callItOver("Expired");
    process.wish = Wish.WITHDRAW;
    process.fails("undo Apply", new ConnectorFailure.Transient("the cloud is away", null));

    PassResult.Settled failed = process.pass();

    assertThat(process.status.state()).isEqualTo(State.REVERTING);
    assertThat(process.status.finishedAt()).isNull();
    assertThat(process.evidence("StatusRewritten")).hasSize(1);
    assertThat(failed.wakeAt()).as("it is tried again by itself").isPresent();
    process.works("undo Apply");
    process.passAfter(Duration.ofMinutes(1));
    assertThat(process.outside).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.WITHDRAWN);
  }

  /** An answer was given, but not that one. */
  @Test
  void whatNobodyGaveUpIsRemovedBeforeItsRequestGoesWhateverItsStatusSays() {
    stuckAfterItWasMade();
    process.answer("resume:Last");
    process.pass();
    assertThat(process.evidence("Resolved")).hasSize(1);
    callItOver(Reasons.NOT_RECORDED);
    process.wish = Wish.DELETE;

    assertThat(process.pass().mayBeDeleted()).isTrue();

    assertThat(process.outside).isEmpty();
    assertThat(process.evidence("StatusRewritten")).hasSize(1);
  }

  /** Somebody who shortened the record must not stop the process for good. */
  @Test
  void anEndOfWhichTheRecordTellsOnlyHalfIsNoEndToGoOnWith() {
    Rehearsal idle = new Rehearsal().step("Last");
    idle.does(
        "Last",
        context -> {
          context.journal().recordEvidence(Happening.of("Ended", "Expired"), context.asOf());
          return STUCK;
        });
    idle.pass();
    idle.works("Last");

    PassResult.Settled settled = idle.pass();

    assertThat(settled.defect()).isEmpty();
    assertThat(idle.status.state()).isEqualTo(State.COMPLETED);
  }

  private void stuckAfterItWasMade() {
    process.comesTo("Last", STUCK);
    process.pass();
    assertThat(process.outside).containsExactly("Apply");
  }

  /** As somebody would write it who wants the operator to look away. */
  private void callItOver(String reason) {
    Journal journal = Journal.of(process.status);
    journal.progress().ended(State.EXPIRED, reason, "its time is over", process.now);
    process.status = journal.status(process.now);
  }
}
