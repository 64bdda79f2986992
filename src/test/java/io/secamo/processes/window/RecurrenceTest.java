package io.secamo.processes.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.orchestrator.ChangeWindowSpec;
import io.secamo.processes.api.orchestrator.ChangeWindowSpec.Type;
import io.secamo.processes.window.Calendar.Standing;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When one window is on, when it changes next, and when it comes for the last time. */
class RecurrenceTest {
  private static final String DAILY = "FREQ=DAILY";

  @Test
  void aWindowIsOnFromItsBeginningToItsEnd() {
    ChangeWindowSpec once = window("UTC", "2027-01-01T20:00:00", "1h", null);

    assertThat(standing(once, "2027-01-01T19:59:59Z")).isEqualTo("off until 2027-01-01T20:00:00Z");
    assertThat(standing(once, "2027-01-01T20:00:00Z")).isEqualTo("on until 2027-01-01T21:00:00Z");
    assertThat(standing(once, "2027-01-01T20:59:59Z")).isEqualTo("on until 2027-01-01T21:00:00Z");
    assertThat(standing(once, "2027-01-01T21:00:00Z")).isEqualTo("off for ever");
  }

  @Test
  void aWindowThatComesBackSaysWhen() {
    ChangeWindowSpec daily = window("UTC", "2027-01-01T20:00:00", "1h", DAILY);

    assertThat(standing(daily, "2026-06-01T20:30:00Z")).isEqualTo("off until 2027-01-01T20:00:00Z");
    assertThat(standing(daily, "2027-06-01T20:30:00Z")).isEqualTo("on until 2027-06-01T21:00:00Z");
    assertThat(standing(daily, "2027-06-01T21:00:00Z")).isEqualTo("off until 2027-06-02T20:00:00Z");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void withoutARuleItComesOnce(String rule) {
    ChangeWindowSpec once = window(null, "2027-01-01T20:00:00", "1h", rule);

    assertThat(standing(once, "2027-01-01T20:30:00Z")).isEqualTo("on until 2027-01-01T21:00:00Z");
    assertThat(standing(once, "2027-01-02T20:30:00Z")).isEqualTo("off for ever");
  }

  @ParameterizedTest(name = "{0}: until {1} it comes on 3 January: {2}")
  @CsvSource({
    "UTC, 20270103T200000Z, true",
    "UTC, 20270103T195959Z, false",
    "Europe/Berlin, 20270103T190000Z, true",
    "Europe/Berlin, 20270103T185959Z, false",
    "America/New_York, 20270104T010000Z, true",
    "America/New_York, 20270104T005959Z, false"
  })
  void anEndInUniversalTimeIsAMomentWhateverTheTimeZone(String zone, String until, boolean comes) {
    assertThat(comesOnTheThird(zone, until)).isEqualTo(comes);
  }

  @ParameterizedTest(name = "{0}: until {1} it comes on 3 January: {2}")
  @CsvSource({
    "UTC, 20270103T200000, true",
    "UTC, 20270103T195959, false",
    "Europe/Berlin, 20270103T200000, true",
    "Europe/Berlin, 20270103T195959, false",
    "America/New_York, 20270103T200000, true",
    "America/New_York, 20270103T195959, false"
  })
  void anEndWithoutATimeZoneIsReadOnTheClockOnTheWall(String zone, String until, boolean comes) {
    assertThat(comesOnTheThird(zone, until)).isEqualTo(comes);
  }

  @Test
  void aWindowComesAsOftenAsItsRuleCounts() {
    ChangeWindowSpec twice = window("UTC", "2027-01-01T20:00:00", "1h", "FREQ=DAILY;COUNT=2");

    assertThat(standing(twice, "2027-01-01T21:00:00Z")).isEqualTo("off until 2027-01-02T20:00:00Z");
    assertThat(standing(twice, "2027-01-02T21:00:00Z")).isEqualTo("off for ever");
  }

  @Test
  void theFifthOfADayComesInTheMonthsThatHaveFive() {
    ChangeWindowSpec fifth = window("UTC", "2027-01-29T20:00:00", "1h", "FREQ=MONTHLY;BYDAY=5FR");

    assertThat(standing(fifth, "2027-01-29T20:30:00Z")).isEqualTo("on until 2027-01-29T21:00:00Z");
    assertThat(standing(fifth, "2027-01-29T21:00:00Z")).isEqualTo("off until 2027-04-30T20:00:00Z");
  }

  @Test
  void whatIsLeftOutNeitherOpensNorIsAnnounced() {
    ChangeWindowSpec daily =
        except(DAILY, "2027-01-01T20:00:00", "2027-01-03T20:00:00", "2027-01-04T20:00:00");

    assertThat(standing(daily, "2027-01-01T20:30:00Z")).isEqualTo("off until 2027-01-02T20:00:00Z");
    assertThat(standing(daily, "2027-01-02T21:00:00Z")).isEqualTo("off until 2027-01-05T20:00:00Z");
    assertThat(standing(daily, "2027-01-03T20:30:00Z")).isEqualTo("off until 2027-01-05T20:00:00Z");
  }

  @Test
  void aWindowLongerThanItsRhythmIsAlwaysOn() {
    ChangeWindowSpec overlapping = window("UTC", "2027-01-01T00:00:00", "366d", DAILY);

    assertThat(standing(overlapping, "2026-12-31T23:59:59Z"))
        .isEqualTo("off until 2027-01-01T00:00:00Z");
    assertThat(Calendar.standing(overlapping, Instant.parse("2030-06-01T12:00:00Z")).inside())
        .isTrue();
  }

  @Test
  void aWindowThatBeganCenturiesAgoIsNotCountedFromItsBeginning() {
    ChangeWindowSpec old =
        window("UTC", "1601-01-01T00:00:00", "30s", "FREQ=HOURLY;BYMINUTE=" + to(59));

    assertThat(standing(old, "2027-06-01T12:00:29Z")).isEqualTo("on until 2027-06-01T12:00:30Z");
    assertThat(standing(old, "2027-06-01T12:00:30Z")).isEqualTo("off until 2027-06-01T12:01:00Z");
  }

  @Test
  void aWindowLastsAYearAtMost() {
    assertThat(Calendar.problem(window("UTC", "2027-01-01T00:00:00", "366d", null))).isEmpty();
    assertThat(Calendar.problem(window("UTC", "2027-01-01T00:00:00", "8785h", null)))
        .contains("duration is longer than a year: write several windows");
  }

  @Test
  void whatCannotBeUnderstoodIsNamedWithItsField() {
    assertThat(Calendar.problem(except(DAILY, "24 December")))
        .contains("exceptDates '24 December' is not a time: write for example 2026-12-01T20:00:00");
    assertThat(Calendar.problem(window("UTC", "2027-01-01T00:00:00", "1 hour", null)).orElse(""))
        .startsWith("'1 hour' is not a length of time");
    assertThat(problem("FREQ=MINUTELY"))
        .isEqualTo("recurrence: FREQ is HOURLY or longer, not MINUTELY");
    assertThat(problem("FREQ=SECONDLY"))
        .isEqualTo("recurrence: FREQ is HOURLY or longer, not SECONDLY");
    assertThat(problem("EVERY DAY"))
        .isEqualTo(
            "recurrence: 'EVERY DAY' is no part: write NAME=VALUE, as in FREQ=WEEKLY;BYDAY=TU,TH");
  }

  @Test
  void everyHourIsNotTooOftenAndEveryMinuteWithinItNeither() {
    ChangeWindowSpec halves =
        window("UTC", "2027-01-01T00:00:00", "10m", "FREQ=HOURLY;BYMINUTE=0,30");
    ChangeWindowSpec minutes =
        window("UTC", "2027-01-01T00:00:00", "30s", "FREQ=HOURLY;BYMINUTE=" + to(59));

    assertThat(standing(halves, "2027-06-01T12:35:00Z")).isEqualTo("on until 2027-06-01T12:40:00Z");
    assertThat(standing(halves, "2027-06-01T12:45:00Z"))
        .isEqualTo("off until 2027-06-01T13:00:00Z");
    assertThat(standing(minutes, "2027-06-01T12:35:29Z"))
        .isEqualTo("on until 2027-06-01T12:35:30Z");
    assertThat(standing(minutes, "2027-06-01T12:35:30Z"))
        .isEqualTo("off until 2027-06-01T12:36:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FREQ=HOURLY;BYMINUTE=%s;BYSECOND=0,30",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;"
            + "BYMINUTE=0,30;BYSECOND=%s"
      })
  void aFreezeThatComesMoreOftenThanEveryMinuteIsToldAndStopsChanges(String rule) {
    ChangeWindowSpec always =
        new ChangeWindowSpec(
            Type.FREEZE,
            "UTC",
            "2027-01-01T00:00:00",
            "30s",
            rule.formatted(to(59)),
            null,
            null,
            "because");
    Calendar calendar = new Calendar(List.of(new Calendar.Named("always", always)));

    assertThat(calendar.judge("cloud", Map.of(), Instant.parse("2027-06-01T12:00:10Z")))
        .isEqualTo(
            new Calendar.Verdict.Closed(
                "freeze 'always' (because) cannot be understood and is on until it is mended:"
                    + " recurrence: BYMINUTE and BYSECOND give more than 60 beginnings in an hour",
                Optional.empty(),
                true));
  }

  private static boolean comesOnTheThird(String zone, String until) {
    ChangeWindowSpec spec = window(zone, "2027-01-01T20:00:00", "1h", "FREQ=DAILY;UNTIL=" + until);
    Instant evening =
        LocalDateTime.parse("2027-01-03T20:30:00").atZone(ZoneId.of(zone)).toInstant();
    return Calendar.standing(spec, evening).inside();
  }

  private static String standing(ChangeWindowSpec spec, String now) {
    Standing standing = Calendar.standing(spec, Instant.parse(now));
    return (standing.inside() ? "on" : "off")
        + standing.nextChange().map(at -> " until " + at).orElse(" for ever");
  }

  private static String problem(String rule) {
    return Calendar.problem(window("UTC", "2027-01-01T20:00:00", "1h", rule)).orElse("");
  }

  private static String to(int last) {
    return IntStream.rangeClosed(0, last)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }

  private static ChangeWindowSpec window(String zone, String start, String length, String rule) {
    return new ChangeWindowSpec(Type.ALLOW, zone, start, length, rule, null, null, "because");
  }

  private static ChangeWindowSpec except(String rule, String... dates) {
    return new ChangeWindowSpec(
        Type.ALLOW, "UTC", "2027-01-01T20:00:00", "1h", rule, List.of(dates), null, "because");
  }
}
