package io.secamo.processes.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an open gate ends, lets others vote and reminds people. */
class RequiredGateTest {
  private static final Instant ASKED = Instant.parse("2027-01-04T09:00:00Z");

  @Test
  void aGateWithoutTimesStaysOpenAndQuietForEver() {
    RequiredGate gate = new RequiredGate("security", 1);
    Instant muchLater = ASKED.plus(Duration.ofDays(1000));

    assertThat(gate.deadline(ASKED)).isEmpty();
    assertThat(gate.escalatedTo(ASKED, muchLater)).isEmpty();
    assertThat(gate.reminders(ASKED, muchLater)).isZero();
    assertThat(gate.nextChange(ASKED, muchLater)).isEmpty();
  }

  @Test
  void theTimePeopleHaveBeginsWhenThePlanIsShown() {
    assertThat(gate("72h", null, null).deadline(ASKED))
        .contains(Instant.parse("2027-01-07T09:00:00Z"));
  }

  @Test
  void othersMayVoteFromTheMomentOfTheEscalationOn() {
    RequiredGate gate = gate(null, "24h", null);
    Instant moment = ASKED.plus(Duration.ofHours(24));

    assertThat(gate.escalatedTo(ASKED, moment.minusSeconds(1))).isEmpty();
    assertThat(gate.escalatedTo(ASKED, moment)).contains("lead");
    assertThat(gate.escalatedTo(ASKED, moment.plusSeconds(1))).contains("lead");
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 0", "PT7H59M59S, 0", "PT8H, 1", "PT15H59M59S, 1", "PT16H, 2", "PT240H, 30"})
  void peopleAreRemindedOnceAnInterval(Duration open, int reminders) {
    assertThat(gate(null, null, "8h").reminders(ASKED, ASKED.plus(open))).isEqualTo(reminders);
  }

  @Test
  void aClockThatWasSetBackNeitherRemindsNorHurries() {
    RequiredGate gate = gate(null, null, "8h");
    Instant before = ASKED.minus(Duration.ofHours(17));

    assertThat(gate.reminders(ASKED, before)).isZero();
    assertThat(gate.nextChange(ASKED, before)).contains(ASKED.plus(Duration.ofHours(8)));
  }

  @ParameterizedTest(name = "after {0}: {1}, a {2}")
  @CsvSource({
    "PT0S, PT4H, reminder",
    "PT4H, PT6H, escalation",
    "PT6H, PT8H, reminder",
    "PT19H59M59S, PT20H, reminder",
    "PT20H, PT23H, end"
  })
  void whatChangesNextIsTheFirstOfEscalationReminderAndEnd(
      Duration open, Duration next, String what) {
    assertThat(gate("23h", "6h", "4h").nextChange(ASKED, ASKED.plus(open)))
        .as(what)
        .contains(ASKED.plus(next));
  }

  @Test
  void anEscalationIsNoChangeAnyMoreOnceItHasCome() {
    RequiredGate gate = gate(null, "6h", null);
    Instant moment = ASKED.plus(Duration.ofHours(6));

    assertThat(gate.nextChange(ASKED, moment.minusSeconds(1))).contains(moment);
    assertThat(gate.nextChange(ASKED, moment)).isEmpty();
  }

  private static RequiredGate gate(String within, String escalateAfter, String remindEvery) {
    return new RequiredGate(
        "security",
        1,
        span(within),
        span(escalateAfter).map(after -> new RequiredGate.Escalation(after, "lead")),
        span(remindEvery));
  }

  private static Optional<Duration> span(String text) {
    return Optional.ofNullable(text).map(Span::parse);
  }
}
