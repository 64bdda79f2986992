package io.secamo.processes.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From when, how long and until when. */
class LifetimeTest {
  private static final Instant NINE = Instant.parse("2027-01-04T09:00:00Z");
  private static final Instant TEN = NINE.plusSeconds(3600);

  @Test
  void aTimeIsCountedFromTheLaterOneOfItsBeginningAndItsSubmission() {
    assertThat(new Lifetime(null, TEN, null).longest(NINE)).contains(Duration.ofHours(1));
    assertThat(new Lifetime(NINE.plusSeconds(600), TEN, null).longest(NINE))
        .contains(Duration.ofMinutes(50));
    assertThat(new Lifetime(NINE.minusSeconds(600), TEN, null).longest(NINE))
        .contains(Duration.ofHours(1));
    assertThat(new Lifetime(null, NINE, null).longest(TEN)).contains(Duration.ZERO);
  }

  @Test
  void aDurationHasNoLatestEndAndATimeIsItsOwn() {
    assertThat(new Lifetime(null, null, Duration.ofHours(8)).latestEnd()).isEmpty();
    assertThat(new Lifetime(null, TEN, null).latestEnd()).contains(TEN);
    assertThat(new Lifetime(null, null, Duration.ofHours(8)).lasting()).isFalse();
    assertThat(new Lifetime(null, null, null).lasting()).isTrue();
    assertThat(new Lifetime(TEN, null, Duration.ofHours(8)).words(NINE))
        .isEqualTo("8 hours from when it is opened, not before " + TEN);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 seconds",
    "1, 1 second",
    "60, 1 minute",
    "119, 1 minute 59 seconds",
    "5400, 1 hour 30 minutes",
    "7201, 2 hours 1 second",
    "86400, 1 day",
    "97384, 1 day 4 hours",
    "172799, 2 days",
    "7776005, 90 days 5 seconds",
    "2593800, 30 days 30 minutes",
    "31536000, 365 days"
  })
  void aLengthIsSaidInItsTwoLargestUnitsAndNeverShorterThanItIs(long seconds, String words) {
    assertThat(Span.words(Duration.ofSeconds(seconds))).isEqualTo(words);
  }
}
