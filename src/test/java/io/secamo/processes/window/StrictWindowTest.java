package io.secamo.processes.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.orchestrator.ChangeWindowSpec;
import io.secamo.processes.api.orchestrator.ChangeWindowSpec.Type;
import io.secamo.processes.window.Calendar.Named;
import io.secamo.processes.window.Calendar.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be understood as a whole lets no change through, and says how to write it right. */
class StrictWindowTest {
  /** A Tuesday. */
  private static final String START = "2026-12-01T20:00:00";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=DAILY;BYWEEKDAY=SA,SU|there is no part BYWEEKDAY: write BYDAY=SA,SU",
        "FREQ=DAILY;BYDAY=XX|'XX' in BYDAY=XX is no day: write MO, TU, WE, TH, FR, SA or SU, with"
            + " commas between",
        "FREQ=DAILY;BYDAY=MO-FR|BYDAY=MO-FR is no list: write MO,TU,WE,TH,FR",
        "FREQ=DAILY;BYDAY=SA-MO|BYDAY=SA-MO is no list: write SA,SU,MO",
        "FREQ=DAILY;BYDAY=TU,|'' in BYDAY=TU, is no day: write MO, TU, WE, TH, FR, SA or SU, with"
            + " commas between",
        "FREQ=MONTHLY;BYMONTHDAY=32|'32' in BYMONTHDAY=32 is not possible: write 1 to 31, or -31 to"
            + " -1 from the end, with commas between",
        "FREQ=MONTHLY;BYMONTHDAY=0,1|'0' in BYMONTHDAY=0,1 is not possible: write 1 to 31, or -31"
            + " to -1 from the end, with commas between",
        "FREQ=DAILY;BYMONTH=13"
            + "|'13' in BYMONTH=13 is not possible: write 1 to 12, with commas between",
        "FREQ=DAILY;BYHOUR=24|'24' in BYHOUR=24 is not possible: write 0 to 23, with commas"
            + " between",
        "FREQ=DAILY;BYHOUR=8h|'8H' in BYHOUR=8H is not possible: write 0 to 23, with commas"
            + " between",
        "FREQ=MONTHLY;BYMONTHDAY=1,|'' in BYMONTHDAY=1, is not possible: write 1 to 31, or -31 to"
            + " -1 from the end, with commas between",
        "FREQ=DAILY;INTERVAL=0|INTERVAL=0 is not possible: write a whole number from 1 on",
        "FREQ=DAILY;COUNT=0|COUNT=0 is not possible: write a whole number from 1 on",
        "FREQ=DAILY;COUNT=10001|COUNT is at most 10000: write UNTIL instead",
        "FREQ=DAILY;COUNT=99999999999"
            + "|COUNT=99999999999 is not possible: write a whole number from 1 on",
        "FREQ=DAILY;EXDATE=20261224T200000"
            + "|there is no part EXDATE: write the beginnings to leave out in exceptDates",
        "FREQ=DAILY;WKST=8|WKST=8 is no day: write WKST=MO or WKST=SU",
        "FREQ=DAILY;X-NOTE=1|there is no part X-NOTE: there are FREQ, INTERVAL, COUNT, UNTIL, WKST,"
            + " BYDAY, BYMONTH, BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYHOUR, BYMINUTE, BYSECOND and"
            + " BYSETPOS",
        "FREQ=DAILY;I=2|there is no part I: there are FREQ, INTERVAL, COUNT, UNTIL, WKST,"
            + " BYDAY, BYMONTH, BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYHOUR, BYMINUTE, BYSECOND and"
            + " BYSETPOS",
        "FREQ=DAILY;=2|'=2' is no part: write NAME=VALUE, as in FREQ=WEEKLY;BYDAY=TU,TH",
        "RRULE:FREQ=DAILY|there is no part RRULE:FREQ: leave out RRULE: and begin with FREQ=",
        "FREQ=DAILY;BYDAY=MO;BYDAY=TU"
            + "|BYDAY stands there twice: write it once, with commas in a list",
        "FREQ=DAILY;INTERVAL=1;INTERVAL=2"
            + "|INTERVAL stands there twice: write it once, with commas in a list",
        "FREQ=DAILY;;BYDAY=TU|a part is empty: write one ; between two parts, and none at the end",
        "FREQ=DAILY;BYDAY|'BYDAY' is no part: write NAME=VALUE, as in FREQ=WEEKLY;BYDAY=TU,TH",
        "BYDAY=TU|FREQ is missing: write for example FREQ=WEEKLY;BYDAY=TU,TH",
        "FREQ=NEVER|FREQ=NEVER is unknown: write HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY",
        "FREQ=DAILY;UNTIL=20261332"
            + "|UNTIL=20261332 is no time: write it in UTC, for example UNTIL=20261231T225959Z",
        "FREQ=DAILY;UNTIL=20261131T200000Z|UNTIL=20261131T200000Z is no time: write it in UTC, for"
            + " example UNTIL=20261231T225959Z",
        "FREQ=DAILY;COUNT=2;UNTIL=20261231T225959Z"
            + "|COUNT and UNTIL both end it: write one of them",
        "FREQ=WEEKLY;BYMONTHDAY=1|BYMONTHDAY does not go with FREQ=WEEKLY: write FREQ=MONTHLY",
        "FREQ=MONTHLY;BYYEARDAY=335|BYYEARDAY does not go with FREQ=MONTHLY: write FREQ=YEARLY",
        "FREQ=MONTHLY;BYWEEKNO=49|BYWEEKNO goes with FREQ=YEARLY only",
        "FREQ=WEEKLY;BYDAY=1TU|a number in BYDAY goes with FREQ=MONTHLY or YEARLY only: write"
            + " BYDAY=MO for every Monday",
        "FREQ=YEARLY;BYWEEKNO=49;BYDAY=1TU"
            + "|BYWEEKNO names the week: leave the numbers in BYDAY out",
        "FREQ=MONTHLY;BYDAY=1TU,6FR"
            + "|a month has five of a day at most: write 1MO to 5MO, or -1MO for the last",
        "FREQ=DAILY;BYSETPOS=1"
            + "|BYSETPOS chooses from another list: write one, as in BYDAY=MO,TU",
        "FREQ=YEARLY;RSCALE=CHINESE|there is no part RSCALE: there are FREQ, INTERVAL, COUNT,"
            + " UNTIL, WKST, BYDAY, BYMONTH, BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYHOUR, BYMINUTE,"
            + " BYSECOND and BYSETPOS",
        "FREQ=DAILY;UNTIL=20261130T000000Z|UNTIL is before start: write a later one",
      })
  void aRuleWithAPartThatIsNotUnderstoodOpensNothingAndSaysHowToWriteIt(String rule, String said) {
    ChangeWindowSpec spec = window("UTC", START, rule);

    assertThat(Calendar.problem(spec)).contains("recurrence: " + said);
    assertThat(everOpens(spec)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, 20261125T235959Z",
    "Europe/Berlin, 20261125T225959Z",
    "America/New_York, 20261126T045959Z"
  })
  void anEndThatIsADateIsRefusedWithTheEndOfThatDayInUniversalTime(String zone, String end) {
    ChangeWindowSpec spec = window(zone, "2026-11-20T20:00:00", "FREQ=DAILY;UNTIL=20261125");

    assertThat(Calendar.problem(spec))
        .contains(
            "recurrence: UNTIL=20261125 has no time: write UNTIL="
                + end
                + " for the end of that day in "
                + zone);
    ChangeWindowSpec mended = window(zone, "2026-11-20T20:00:00", "FREQ=DAILY;UNTIL=" + end);
    assertThat(beginnings(mended, 10)).hasSize(6);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-24T19:00:00, 'at 2026-12-24T19:00:00, the next one is 2026-12-24T20:00:00'",
    "2026-12-24T00:00:00, 'at 2026-12-24T00:00:00, the next one is 2026-12-24T20:00:00'",
    "2026-12-25T20:00:00, 'at 2026-12-25T20:00:00, the next one is 2026-12-29T20:00:00'",
    "2025-12-24T20:00:00, 'at 2025-12-24T20:00:00, the next one is 2026-12-01T20:00:00'",
    "2027-12-23T20:00:00, 'at 2027-12-23T20:00:00, and none after it'"
  })
  void anExceptionThatMeetsNoBeginningIsToldAndNotPassedOver(String except, String said) {
    ChangeWindowSpec spec =
        except("FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270131T200000Z", "2026-12-03T20:00:00", except);

    assertThat(Calendar.problem(spec))
        .contains(
            "exceptDates: there is no beginning " + said + ": write a beginning, or take it out");
    assertThat(everOpens(spec)).isFalse();
  }

  @Test
  void theOnlyBeginningOfAWindowCanBeLeftOutToo() {
    assertThat(everOpens(except(null, START))).isFalse();
    assertThat(Calendar.problem(except(null, START))).isEmpty();
    assertThat(Calendar.problem(except(null, "2026-12-02T20:00:00")))
        .contains(
            "exceptDates: there is no beginning at 2026-12-02T20:00:00, and none after it: write a"
                + " beginning, or take it out");
  }

  @ParameterizedTest
  @CsvSource({
    "FREQ=WEEKLY;BYDAY=SA, 2026-12-05T20:00:00",
    "FREQ=DAILY;BYHOUR=6, 2026-12-02T06:00:00",
    "FREQ=MONTHLY;BYMONTHDAY=-1, 2026-12-31T20:00:00"
  })
  void aFreezeWhoseStartItsRuleDoesNotMeetIsNotQuietlyLate(String rule, String first) {
    ChangeWindowSpec freeze =
        new ChangeWindowSpec(Type.FREEZE, "UTC", START, "1h", rule, null, null, "because");

    assertThat(Calendar.problem(freeze))
        .contains(
            "start 2026-12-01T20:00:00 is no beginning by the recurrence: the first one is "
                + first
                + ", write that");
    assertThat(judge(START + "Z", new Named("f", freeze))).isInstanceOf(Verdict.Closed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GMT+2", "UTC+02:00", "+02:00", "+2", "Z", "UT", "utc", " UTC", ""})
  void aTimeZoneIsANameBecauseSignsAreReadBothWays(String zone) {
    assertThat(Calendar.problem(window(zone, START, null)))
        .contains("timeZone '" + zone + "' is not known: write an IANA name, as in Europe/Berlin");
  }

  @Test
  void aFreezeThatIsNotUnderstoodIsOnAndSaysUntilWhen() {
    Named freeze = new Named("quiet", spec(Type.FREEZE, "FREQ=DAILY;BYDAY=XX"));
    Named always = new Named("always", spec(Type.ALLOW, "FREQ=HOURLY"));

    assertThat(judge("2027-06-01T12:00:00Z", freeze, always))
        .isEqualTo(
            new Verdict.Closed(
                "freeze 'quiet' (because) cannot be understood and is on until it is mended:"
                    + " recurrence: 'XX' in BYDAY=XX is no day: write MO, TU, WE, TH, FR, SA or SU,"
                    + " with commas between",
                Optional.empty(),
                true));
  }

  /** Whoever mends the one that is named waits for the other one next. */
  @Test
  void ofSeveralBrokenFreezesEachIsNamed() {
    Named odd = new Named("odd", spec(Type.FREEZE, "FREQ=SOMETIMES"));
    Named other = new Named("other", spec(Type.FREEZE, "FREQ=NEVER"));

    assertThat(judge("2026-11-25T12:00:00Z", odd, other))
        .isInstanceOfSatisfying(
            Verdict.Closed.class,
            closed ->
                assertThat(closed.why())
                    .startsWith("freeze 'odd' (because) cannot be understood")
                    .contains("; freeze 'other' (because) cannot be understood"));
  }

  @Test
  void anAllowanceThatIsNotUnderstoodOpensNothingAndOthersStillOpen() {
    Named broken = new Named("weekend", spec(Type.ALLOW, "FREQ=DAILY;BYWEEKDAY=SA,SU"));
    Named evening = new Named("evening", spec(Type.ALLOW, "FREQ=DAILY"));
    String problem =
        "window 'weekend' (because), which opens nothing until it is mended: recurrence: there is"
            + " no part BYWEEKDAY: write BYDAY=SA,SU";

    assertThat(judge("2026-12-05T12:00:00Z", broken))
        .isEqualTo(new Verdict.Closed("outside of " + problem, Optional.empty(), true));
    assertThat(judge("2026-12-05T20:30:00Z", broken, evening)).isInstanceOf(Verdict.Open.class);
    assertThat(judge("2026-12-05T12:00:00Z", broken, evening))
        .isEqualTo(
            new Verdict.Closed(
                "outside of " + problem + "; and of window 'evening' (because)",
                Optional.of(Instant.parse("2026-12-05T20:00:00Z"))));
  }

  /** RFC 5545, 3.8.5.3, each with a start that it meets. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=DAILY;COUNT=10|1997-09-02T09:00:00",
        "FREQ=DAILY;UNTIL=19971224T000000Z|1997-09-02T09:00:00",
        "FREQ=DAILY;INTERVAL=2|1997-09-02T09:00:00",
        "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA"
            + "|1998-01-01T09:00:00",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU|1997-09-02T09:00:00",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR|1997-09-01T09:00:00",
        "FREQ=MONTHLY;COUNT=10;BYDAY=1FR|1997-09-05T09:00:00",
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU|1997-09-07T09:00:00",
        "FREQ=MONTHLY;BYMONTHDAY=-3|1997-09-28T09:00:00",
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1|1997-09-30T09:00:00",
        "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3|1997-03-10T09:00:00",
        "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200|1997-01-01T09:00:00",
        "FREQ=YEARLY;BYDAY=20MO|1997-05-19T09:00:00",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO|1997-05-12T09:00:00",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13|1998-02-13T09:00:00",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8|1996-11-05T09:00:00",
        "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3|1997-09-04T09:00:00",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2|1997-09-29T09:00:00",
        "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z|1997-09-02T09:00:00",
        "FREQ=DAILY;BYHOUR=9,10,11;BYMINUTE=0,20,40|1997-09-02T09:00:00",
        "freq=weekly;byday=tu,th;count=10|1997-09-02T09:00:00",
      })
  void theExamplesOfTheStandardAreUnderstood(String rule, String start) {
    ChangeWindowSpec spec = window("America/New_York", start, rule);

    assertThat(Calendar.problem(spec)).isEmpty();
    assertThat(beginnings(spec, 3)).isNotEmpty();
  }

  @Test
  void aHundredExceptionsInALongRowOfHoursAreFound() {
    List<String> hours = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      hours.add(LocalDateTime.parse(START).plusHours(97L * i).toString());
    }
    assertThat(Calendar.problem(except("FREQ=HOURLY", hours.toArray(String[]::new)))).isEmpty();
  }

  /** Looks every evening of two months, from a month before the start on. */
  private static boolean everOpens(ChangeWindowSpec spec) {
    Instant first = LocalDateTime.parse(spec.start()).minusMonths(1).toInstant(ZoneOffset.UTC);
    Calendar calendar = new Calendar(List.of(new Named("w", spec)));
    return IntStream.range(0, 62)
        .mapToObj(day -> first.plus(Duration.ofDays(day)).plusSeconds(60))
        .anyMatch(at -> calendar.judge("cloud", Map.of(), at) instanceof Verdict.Open);
  }

  private static List<Instant> beginnings(ChangeWindowSpec spec, int most) {
    List<Instant> all = new ArrayList<>();
    Instant at = LocalDateTime.parse(spec.start()).minusDays(2).toInstant(ZoneOffset.UTC);
    Window window = Window.of(spec);
    while (all.size() < most) {
      Optional<Instant> next = window.next(at).map(Window.Occurrence::begin);
      if (next.isEmpty()) {
        return all;
      }
      at = next.get();
      all.add(at);
    }
    return all;
  }

  private static Verdict judge(String now, Named... windows) {
    return new Calendar(List.of(windows)).judge("cloud", Map.of(), Instant.parse(now));
  }

  private static ChangeWindowSpec spec(Type type, String rule) {
    return new ChangeWindowSpec(type, "UTC", START, "1h", rule, null, null, "because");
  }

  private static ChangeWindowSpec window(String zone, String start, String rule) {
    return new ChangeWindowSpec(Type.ALLOW, zone, start, "1h", rule, null, null, "because");
  }

  private static ChangeWindowSpec except(String rule, String... dates) {
    return new ChangeWindowSpec(
        Type.ALLOW, "UTC", START, "1h", rule, List.of(dates), null, "because");
  }
}
