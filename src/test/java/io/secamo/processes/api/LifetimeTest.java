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
    "0, 0 seconds, 0 seconds",
    "1, 1 second, 1 second",
    "60, 1 minute, 1 minute",
    "119, 119 seconds, 119 seconds",
    "121, 121 seconds, 3 minutes",
    "5400, 90 minutes, 90 minutes",
    "7201, 7201 seconds, 3 hours",
    "86400, 1 day, 1 day",
    "172799, 172799 seconds, 2 days",
    "172801, 172801 seconds, 3 days",
    "31536000, 365 days, 365 days"
  })
  void aLengthIsSaidExactlyOrInUnitsOfWhichThereAreTwo(long seconds, String exact, String about) {
    assertThat(Span.words(Duration.ofSeconds(seconds))).isEqualTo(exact);
    assertThat(Span.roundedUp(Duration.ofSeconds(seconds))).isEqualTo(about);
  }
}
