package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.BreakGlass;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.engine.journal.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What went ahead without approval goes again in time, whoever looks at it or does not. */
class EmergenciesTest {
  private final Rehearsal process = new Rehearsal().makes("Apply").step("Review");
  private final Instant begin = process.now;

  /** Also if its own time is over by then: that nobody came is what people have to know. */
  @ParameterizedTest
  @ValueSource(longs = {60, 90})
  void whoseReviewWasOverFirstIsRolledBackForThat(long ownEnd) {
    goAhead(begin.plusSeconds(60), begin.plusSeconds(ownEnd));
    process.story.clear();

    process.passAfter(Duration.ofSeconds(200));

    assertThat(process.story).containsExactly("undo Apply");
    assertThat(process.status.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(process.status.message())
        .startsWith("the emergency was not reviewed by 2 people before 2027-01-04T09:01:00Z");
    assertThat(process.condition("Stalled").reason()).isEqualTo("NotReviewed");
  }

  /** Nobody is blamed for a review that was not needed any more. */
  @Test
  void whoseOwnTimeWasOverFirstHasExpired() {
    goAhead(begin.plusSeconds(90), begin.plusSeconds(60));
    process.story.clear();

    process.passAfter(Duration.ofSeconds(200));

    assertThat(process.story).containsExactly("undo Apply");
    assertThat(process.status.state()).isEqualTo(State.EXPIRED);
    assertThat(process.status.message()).startsWith("its time is over");
  }

  /** The step that waits for the review may have said nothing about it. */
  @Test
  void theEndOfAReviewIsNotSleptThrough() {
    assertThat(goAhead(begin.plusSeconds(60), null)).contains(begin.plusSeconds(60));
  }

  @Test
  void aRemovalThatIsDueAndRefusedIsTriedSoonAndNotWithoutAPause() {
    goAhead(begin.plusSeconds(60), null);
    process.fails("undo Apply", new ConnectorFailure.Refused("the cloud says no"));

    PassResult.Settled refused = process.passAfter(Duration.ofSeconds(60));
    assertThat(refused.wakeAt()).contains(process.now.plusSeconds(10));
    refused = process.passAfter(Duration.ofSeconds(60));

    assertThat(refused.wakeAt()).contains(process.now.plusSeconds(10));
    assertThat(process.status.message()).startsWith("should have been removed at");
  }

  /** A version that has been mended may run by then. */
  @Test
  void aRemovalThatIsDueAndFailsByADefectIsTriedEveryMinuteThoughItIsParked() {
    goAhead(begin.plusSeconds(60), null);
    process.fails("undo Apply", new IllegalStateException("a bug"));
    PassResult.Settled parked = process.passAfter(Duration.ofSeconds(60));
    for (int i = 2; i <= 5; i++) {
      parked = process.passAfter(Duration.ofMinutes(1));
    }

    assertThat(process.status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(parked.wakeAt()).contains(process.now.plusSeconds(60));
    process.works("undo Apply");
    process.passAfter(Duration.ofMinutes(1));
    assertThat(process.outside).isEmpty();
  }

  @Test
  void anEmergencyThatIsGivenUpBeforeItsReviewIsRemoved() {
    goAhead(begin.plusSeconds(60), null);
    process.answer("abandon");

    process.pass();

    assertThat(process.outside).isEmpty();
    assertThat(process.status.state()).isEqualTo(State.WITHDRAWN);
    assertThat(process.status.message()).isEqualTo("given up by duty; removed, observed gone");
  }

  /** Others have said that it may stay, as what was approved beforehand. */
  @Test
  void anEmergencyThatIsGivenUpAfterItsReviewStays() {
    goAhead(emergency(begin.plusSeconds(60), begin), null);
    process.answer("abandon");

    process.pass();

    assertThat(process.outside).containsExactly("Apply");
    assertThat(process.status.message())
        .isEqualTo("given up by duty; what was changed may still be there: Apply");
  }

  private Optional<Instant> goAhead(Instant reviewUntil, Instant ownEnd) {
    return goAhead(emergency(reviewUntil, null), ownEnd);
  }

  /** Makes the change and waits for its review; says when it is looked at again. */
  private Optional<Instant> goAhead(BreakGlass emergency, Instant ownEnd) {
    process.does(
        "Review",
        context -> {
          context.journal().breakGlass(emergency);
          context.journal().expiresAt(ownEnd);
          return new Outcome.Wait(
              State.AWAITING_APPROVAL, "BreakGlass", "security", "review it", null, null);
        });
    Optional<Instant> wakeAt = process.pass().wakeAt();
    assertThat(process.outside).containsExactly("Apply");
    return wakeAt;
  }

  private static BreakGlass emergency(Instant reviewUntil, Instant reviewedAt) {
    return new BreakGlass("INC-1", "oscar", "security", 2, reviewUntil, reviewedAt);
  }
}
