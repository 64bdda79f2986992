package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.engine.journal.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Of steps that do not wait for each other people read of the one that needs them most. */
class BesideEachOtherTest {
  private final Rehearsal process = new Rehearsal().beside("One", "Two", "Three");
  private final Instant begin = process.now;

  @Test
  void whoNeedsAPersonIsNotHiddenByWhatOnlyWaits() {
    process.comesTo("One", Outcome.attention("Stuck", "nobody knows"));
    process.comesTo("Two", waits("an answer", 60));

    PassResult.Settled settled = process.pass();

    assertThat(process.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(process.status.message()).isEqualTo("nobody knows");
    assertThat(process.stepState("One")).contains("Failed");
    assertThat(process.stepState("Three")).contains("Done");
    assertThat(settled.wakeAt()).as("the other one is looked at").contains(begin.plusSeconds(60));
  }

  @Test
  void whoNeedsAPersonIsNotHiddenByWhatMendsItself() {
    process.comesTo("One", Outcome.attention("Stuck", "nobody knows"));
    process.fails("Two", new ConnectorFailure.Transient("the cloud is away", null));

    PassResult.Settled settled = process.pass();

    assertThat(process.status.message()).isEqualTo("nobody knows");
    assertThat(process.stepState("Two")).contains("Retrying");
    assertThat(settled.wakeAt()).hasValueSatisfying(at -> assertThat(at).isAfter(begin));
    process.works("Two");
    process.passAfter(Duration.ofMinutes(5));
    assertThat(process.stepState("Two")).contains("Done");
    assertThat(process.status.message()).isEqualTo("nobody knows");
  }

  @Test
  void aFailureIsNotTriedAgainTooLateBecauseAnotherOneIsRefused() {
    process.fails("One", new ConnectorFailure.Transient("the cloud is away", null));
    process.fails("Two", new ConnectorFailure.Refused("the cloud says no"));
    process.comesTo("Three", waits("an answer", 1));

    PassResult.Settled settled = process.pass();

    assertThat(process.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(process.status.message()).isEqualTo("the cloud says no");
    assertThat(process.stepState("One")).contains("Retrying");
    assertThat(settled.wakeAt()).contains(begin.plusSeconds(1));
  }

  @Test
  void ofTwoThatWaitTheFirstIsToldAndBothAreLookedAtInTime() {
    process.comesTo("One", waits("the first", 60));
    process.comesTo("Two", waits("the second", 30));

    PassResult.Settled settled = process.pass();

    assertThat(process.status.waitingFor()).isEqualTo("the first");
    assertThat(process.status.step()).isEqualTo("One");
    assertThat(settled.wakeAt()).contains(begin.plusSeconds(30));
  }

  private Outcome waits(String who, int seconds) {
    Instant until = begin.plusSeconds(seconds);
    return new Outcome.Wait(State.RUNNING, "Waits", who, "it waits for " + who, until, null);
  }
}
