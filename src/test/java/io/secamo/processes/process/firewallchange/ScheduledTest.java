package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.ChangeWindowSpec;
import io.secamo.processes.process.firewallchange.Stage.Change;
import io.secamo.processes.window.Calendar;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An approved change that may not be made yet. */
class ScheduledTest {
  private final Stage stage = new Stage();
  private final Wanted web = new Wanted();

  @BeforeEach
  void oneGate() {
    stage.policy(1, Stage.rule("every-change", null, Stage.gate("security", 1)));
  }

  @Test
  void anApprovedChangeWaitsForItsWindowAndSaysWhichAndUntilWhen() {
    stage.windows.add(window(ChangeWindowSpec.Type.FREEZE, "2027-01-04T00:00:00", "2d"));
    Change change = stage.submitted("web", web.build());
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.SCHEDULED);
    assertThat(change.status.waitingFor()).isEqualTo("window 2027-01-06T00:00:00Z");
    assertThat(change.status.message())
        .isEqualTo(
            "approved; freeze 'w' (no changes now) until 2027-01-06T00:00:00Z; the next opening is"
                + " 2027-01-06T00:00:00Z");
    int writes = change.writes;
    stage.pass(Duration.ofHours(30));
    assertThat(change.writes).isEqualTo(writes);
    stage.pass(Duration.ofHours(10));
    assertThat(change.state()).isEqualTo(State.COMPLETED);
  }

  /** The window may be changed before, so that it is not rejected at once. */
  @Test
  void aWindowThatOpensAfterTheEndIsSaidToAndNotWaitedFor() {
    stage.windows.add(window(ChangeWindowSpec.Type.FREEZE, "2027-01-04T00:00:00", "2d"));
    Instant end = stage.now.plus(Duration.ofHours(8));
    Change change = stage.submitted("web", web.expiringAt(end));
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.SCHEDULED);
    assertThat(change.status.message())
        .endsWith(
            "the next opening is 2027-01-06T00:00:00Z; it is to end before that, at "
                + end
                + ", and is rejected then");
    assertThat(change.status.deadline()).isEqualTo(end);
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.REJECTED);
    assertThat(change.status.message()).contains("expiresAt " + end + " is in the past");
  }

  @Test
  void aWindowThatClosesAtTheLastMomentStopsTheEffect() {
    Change change = stage.submitted("web", web.build());
    stage.justBeforeAnEffect =
        () -> stage.windows.add(window(ChangeWindowSpec.Type.FREEZE, "2027-01-04T00:00:00", "2d"));
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.SCHEDULED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aBrokenWindowStopsChangesAndIsNamed() {
    stage.windows.add(
        new Calendar.Named(
            "w",
            new ChangeWindowSpec(
                ChangeWindowSpec.Type.ALLOW,
                "Mars/Olympus",
                "2027-01-04T00:00:00",
                "2d",
                null,
                null,
                null,
                "because")));
    Change change = stage.submitted("web", web.build());
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.SCHEDULED);
    assertThat(change.status.message()).contains("timeZone 'Mars/Olympus' is not known");
  }

  @Test
  void twoRequestsForOneTargetQueueVisibly() {
    stage.busy = "team-a/other";
    Change change = stage.submitted("web", web.build());
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.state()).isEqualTo(State.SCHEDULED);
    assertThat(change.status.waitingFor()).isEqualTo("team-a/other");
    stage.busy = null;
    stage.work();
    assertThat(change.state()).isEqualTo(State.COMPLETED);
  }

  private static Calendar.Named window(ChangeWindowSpec.Type type, String start, String length) {
    return new Calendar.Named(
        "w", new ChangeWindowSpec(type, "UTC", start, length, null, null, null, "no changes now"));
  }
}
