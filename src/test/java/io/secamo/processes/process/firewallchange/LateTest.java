package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.engine.ProcessEngine.StillLookedAfter;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cloud whose lists lag, and a replica that acts late: each was found by the fault runs. */
class LateTest {
  private final Stage stage = new Stage();
  private final Wanted web = new Wanted();

  @Test
  void aRuleThatIsListedLateIsNotCalledMissing() {
    Change change = stage.submitted("web", web.build());
    stage.blind = true;
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.VERIFYING);
    assertThat(change.status.message()).contains("does not show");

    stage.blind = false;
    stage.pass(Duration.ofSeconds(8));
    assertThat(change.state()).isEqualTo(State.COMPLETED);
  }

  /** A cloud that takes nine seconds to make a rule lags just as long afterwards. */
  @Test
  void aRuleIsNotCalledMissingBecauseItTookLongToMake() {
    Change change = stage.submitted("web", web.build());
    stage.blind = true;
    stage.justBeforeAnEffect = () -> stage.now = stage.now.plusSeconds(9);
    stage.vote(change, "ann", "security", true, "");
    stage.justBeforeAnEffect = () -> {};
    stage.pass(Duration.ofSeconds(4));
    assertThat(change.state()).isEqualTo(State.VERIFYING);

    stage.blind = false;
    stage.pass(Duration.ofSeconds(8));
    assertThat(change.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void aRuleThatNeverShowsUpIsRolledBackAndReallyRemoved() {
    Change change = stage.submitted("web", web.build());
    stage.blind = true;
    stage.vote(change, "ann", "security", true, "");
    stage.pass(Duration.ofSeconds(20));

    assertThat(change.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aChangeThatWasMadeAndNotRecordedLivesNoLongerThanItWasAskedFor() {
    Change change = stage.submitted("web", web.expiringAfter("25s"));
    stage.faults.add(new Fault("add", FaultKind.REPLY_LOST, 1));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.APPLYING);
    assertThat(stage.cloud()).hasSize(1);
    stage.pass(Duration.ofSeconds(25));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aChangeThatWasMadeAndNotRecordedKeepsItsEnd() {
    Change change = stage.submitted("web", web.expiringAfter("25s"));
    Instant end = stage.now.plusSeconds(25);
    stage.faults.add(new Fault("add", FaultKind.REPLY_LOST, 1));
    stage.vote(change, "ann", "security", true, "");
    stage.pass(Duration.ofSeconds(10));

    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    assertThat(change.status.expiresAt()).isEqualTo(end);
  }

  /** In lists it would look like something that is open. */
  @Test
  void whatWasNeverOpenedHasNoTimeAtWhichItExpires() {
    Change change = stage.submitted("web", web.expiringAfter("8h"));
    stage.faults.add(new Fault("add", FaultKind.REFUSED, 1));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(stage.cloud()).isEmpty();
    assertThat(change.status.expiresAt()).isNull();

    change.annotate(Annotations.RESOLVED_BY, "duty");
    change.annotate(Annotations.RESOLVE, "resume:Apply");
    stage.pass(Duration.ofHours(1));
    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    assertThat(change.status.expiresAt()).isEqualTo(stage.now.plus(Duration.ofHours(8)));
  }

  @Test
  void whatWasNotOpenedBecauseItCouldNotBeRecordedHasNoTimeAtWhichItExpires() {
    Change change = stage.submitted("web", web.expiringAfter("8h"));
    for (int generation = 2; change.status.evidence().size() < 59; generation++) {
      stage.policy(generation, Stage.rule("every-change", null, Stage.gate("security", 1)));
      stage.work();
    }
    stage.vote(change, "ann", "security", true, "");

    assertThat(change.status.message()).contains("no more can be recorded");
    assertThat(stage.cloud()).isEmpty();
    assertThat(change.status.expiresAt()).isNull();
  }

  @Test
  void whoDiesAfterARemovalDoesNotHaveTheChangeMadeAgain() {
    Change change = stage.submitted("web", web.expiringAfter("25s"));
    stage.faults.add(new Fault("add", FaultKind.REPLY_LOST, 1));
    stage.vote(change, "ann", "security", true, "");
    stage.cloudSeenThrough = Deadly::new;
    assertThatThrownBy(() -> stage.pass(Duration.ofSeconds(25))).isInstanceOf(Killed.class);
    assertThat(stage.cloud()).isEmpty();
    stage.cloudSeenThrough = real -> real;
    stage.work();

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** The operator dies when a rule was removed, and nothing is recorded. */
  private static final class Deadly extends SeenThrough {
    Deadly(FirewallProvider real) {
      super(real);
    }

    @Override
    public void remove(String rule) {
      super.remove(rule);
      throw new Killed();
    }
  }

  @Test
  void aChangeThatCouldNotBeMadeForAWhileHasItsWholeTimeThen() {
    Change change = stage.submitted("web", web.expiringAfter("25s"));
    stage.faults.add(new Fault("add", FaultKind.UNAVAILABLE, 1));
    stage.vote(change, "ann", "security", true, "");
    assertThat(stage.cloud()).isEmpty();
    stage.pass(Duration.ofMinutes(2));

    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    assertThat(change.status.expiresAt()).isEqualTo(stage.now.plusSeconds(25));
  }

  @Test
  void aRuleThatIsNotListedAtItsExpiryIsRemovedAllTheSame() {
    Change change = stage.submitted("web", web.expiringAfter("8h"));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.IN_FORCE);
    stage.blind = true;
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.EXPIRED);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aChangeThatALateReplicaMakesAfterTheEndDoesNotStay() {
    Change change = stage.submitted("web", web.expiringAfter("8h"));
    stage.vote(change, "ann", "security", true, "");
    ProcessStatus late = change.status;
    LiveRule rule = stage.cloud().get(0);
    change.wish(Wish.DELETE);
    stage.work();
    assertThat(change.released).isTrue();
    assertThat(stage.cloud()).isEmpty();

    FirewallProvider cloud = stage.sandbox().firewall().orElseThrow();
    cloud.add("web", rule.rule(), rule.marker());
    assertThat(
            stage.engine.undoUnrecorded(
                change.request, late, null, StillLookedAfter.ANNOUNCED_TOO, stage.now))
        .containsExactly(rule.id());
    assertThat(stage.cloud()).isEmpty();

    cloud.add("web", rule.rule(), rule.marker());
    assertThat(
            stage.engine.undoUnrecorded(
                change.request, late, change.status, StillLookedAfter.ANNOUNCED_TOO, stage.now))
        .hasSize(1);
    assertThat(stage.cloud()).isEmpty();
  }

  @Test
  void aChangeThatIsOverIsNotMadeAgainWhenAnOldBackupForgetsIt() {
    Change change = stage.submitted("web", web.expiringAfter("8h"));
    ProcessStatus backup = change.status;
    stage.vote(change, "ann", "security", true, "");
    stage.pass(Duration.ofHours(8));
    assertThat(change.state()).isEqualTo(State.EXPIRED);

    change.status = backup;
    stage.work();

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message()).contains("is closed", "reopen it", "withdraw");
    assertThat(stage.cloud()).isEmpty();
    assertThat(stage.tickets()).hasSize(1);
  }

  @Test
  void aTicketThatTheProcessItselfClosedBeforeACrashDoesNotStopIt() {
    Change change = stage.submitted("web", web.build());
    AtomicReference<ProcessStatus> announced = new AtomicReference<>();
    stage.justBeforeAnEffect = () -> announced.set(change.status);
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.state()).isEqualTo(State.COMPLETED);

    change.status = announced.get();
    stage.work();

    assertThat(change.state()).isEqualTo(State.COMPLETED);
    assertThat(stage.cloud()).hasSize(1);
  }

  @Test
  void nobodyIsToldThatARemovedRuleIsStillInForce() {
    Change change = stage.submitted("web", web.expiringAfter("8h"));
    stage.vote(change, "ann", "security", true, "");
    stage.faults.add(new Fault("close", FaultKind.UNAVAILABLE, 3));
    stage.pass(Duration.ofHours(8));
    for (int i = 0; i < 2; i++) {
      assertThat(stage.cloud()).isEmpty();
      assertThat(change.state()).isEqualTo(State.REVERTING);
      stage.pass(Duration.ofMinutes(2));
    }
    stage.pass(Duration.ofMinutes(6));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
  }

  /** Somebody took it over by giving it a description of their own. */
  @Test
  void aRuleThatIsSomebodyElsesByNowIsLeftAtItsExpiryAndNotCalledGone() {
    Change change = stage.submitted("web", web.expiringAfter("8h"));
    stage.vote(change, "ann", "security", true, "");
    stage.cloudSeenThrough =
        real -> new Distorted(real, rules -> rules.stream().map(LateTest::takenOver).toList());
    stage.pass(Duration.ofHours(8));

    assertThat(change.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(change.status.message()).contains("the description 'kept by somebody'");
    assertThat(stage.cloud()).hasSize(1);
  }

  private static LiveRule takenOver(LiveRule rule) {
    return new LiveRule(rule.id(), rule.rule(), "kept by somebody");
  }

  /** Whether the desk does not answer or says no: what people asked for ends when they said. */
  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "REFUSED"})
  void aTicketSystemThatTakesNoCommentKeepsNoAccessOpenLongerThanAsked(FaultKind kind) {
    Change change = stage.submitted("web", web.expiringAfter("8h"));
    stage.faults.add(new Fault("comment", kind, 1000));
    stage.vote(change, "ann", "security", true, "");
    assertThat(change.status.expiresAt()).isEqualTo(stage.now.plus(Duration.ofHours(8)));
    stage.pass(Duration.ofHours(8).minusSeconds(1));
    assertThat(stage.cloud()).hasSize(1);

    stage.pass(Duration.ofSeconds(1));

    assertThat(stage.cloud()).isEmpty();
    stage.faults.clear();
    stage.pass(Duration.ofMinutes(6));
    assertThat(change.state()).isEqualTo(State.EXPIRED);
  }

  private Change submittedWithoutAnAnswerOfTheDesk() {
    stage.faults.add(new Fault("create", FaultKind.REPLY_LOST, 1));
    Change change = stage.submitted("web", web.build());
    assertThat(change.status.ticket()).isNull();
    assertThat(stage.tickets()).hasSize(1);
    return change;
  }

  @Test
  void aTicketWhoseAnswerWasLostIsClosedThoughItsRequestIsWithdrawnAtOnce() {
    Change change = submittedWithoutAnAnswerOfTheDesk();
    change.wish(Wish.WITHDRAW);
    stage.pass(Duration.ofMinutes(1));

    assertThat(change.state()).isEqualTo(State.WITHDRAWN);
    assertThat(stage.tickets()).singleElement().extracting("status").isEqualTo("rejected");
  }

  /** Nobody would ever look for it again. */
  @Test
  void aRequestIsNotOverWhileATicketThatItAskedForMayStillShowUp() {
    stage.deskSearchLags = true;
    Change change = submittedWithoutAnAnswerOfTheDesk();
    change.wish(Wish.DELETE);
    stage.pass(Duration.ofSeconds(9));
    assertThat(change.released).isFalse();

    stage.deskSearchLags = false;
    stage.pass(Duration.ofSeconds(1));

    assertThat(change.released).isTrue();
    assertThat(stage.tickets()).singleElement().extracting("status").isEqualTo("rejected");
  }

  @Test
  void aTicketThatNeverCameToBeKeepsNoRequestForEver() {
    stage.deskSearchLags = true;
    Change change = submittedWithoutAnAnswerOfTheDesk();
    change.wish(Wish.DELETE);

    stage.pass(Duration.ofSeconds(10));

    assertThat(change.released).isTrue();
  }

  @Test
  void whatAnotherReplicaAnswersForIsLeftAlone() {
    Change change = stage.submitted("web", web.expiringAfter("8h"));
    stage.vote(change, "ann", "security", true, "");

    assertThat(
            stage.engine.undoUnrecorded(
                change.request,
                change.status,
                change.status,
                StillLookedAfter.ANNOUNCED_TOO,
                stage.now))
        .isEmpty();
    assertThat(stage.cloud()).hasSize(1);
  }
}
