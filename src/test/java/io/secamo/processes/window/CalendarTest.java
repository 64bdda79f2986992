package io.secamo.processes.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.orchestrator.ChangeWindowSpec;
import io.secamo.processes.api.orchestrator.ChangeWindowSpec.Selector;
import io.secamo.processes.api.orchestrator.ChangeWindowSpec.Type;
import io.secamo.processes.window.Calendar.Named;
import io.secamo.processes.window.Calendar.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When changes may be made: across weeks, time changes and overlapping freezes. */
class CalendarTest {
  private static final String BERLIN = "Europe/Berlin";

  @Test
  void withoutWindowsChangesMayBeMadeAtAnyTime() {
    assertThat(judge("2027-01-04T09:00:00Z")).isInstanceOf(Verdict.Open.class);
  }

  @Test
  void anAllowanceIsOpenInsideAndSaysWhenItOpensNext() {
    Named evenings =
        allow("evenings", BERLIN, "2027-01-05T20:00:00", "4h", "FREQ=WEEKLY;BYDAY=TU,TH");

    assertThat(judge("2027-01-05T19:00:00Z", evenings)).isInstanceOf(Verdict.Open.class);
    assertThat(judge("2027-01-05T23:00:00Z", evenings))
        .as("the end is outside")
        .isEqualTo(
            new Verdict.Closed(
                "outside of window 'evenings' (because)",
                Optional.of(Instant.parse("2027-01-07T19:00:00Z"))));
  }

  @Test
  void aFreezeOutweighsAnAllowanceAndSaysUntilWhen() {
    Named always = allow("always", "UTC", "2027-01-01T00:00:00", "24h", "FREQ=DAILY");
    Named holidays = freeze("holidays", BERLIN, "2026-12-20T00:00:00", "14d", null);

    assertThat(judge("2026-12-24T12:00:00Z", always, holidays))
        .isEqualTo(
            new Verdict.Closed(
                "freeze 'holidays' (because) until 2027-01-03T00:00:00+01:00 Europe/Berlin",
                Optional.of(Instant.parse("2027-01-02T23:00:00Z"))));
  }

  @Test
  void overlappingAndAdjacentFreezesAreOne() {
    Named one = freeze("one", "UTC", "2027-03-01T00:00:00", "2d", null);
    Named two = freeze("two", "UTC", "2027-03-02T00:00:00", "2d", null);
    Named three = freeze("three", "UTC", "2027-03-04T00:00:00", "1d", null);

    assertThat(opening("2027-03-01T12:00:00Z", one, two, three)).contains("2027-03-05T00:00:00Z");
  }

  @Test
  void anOpeningInsideAFreezeDoesNotCount() {
    Named nights = allow("nights", "UTC", "2027-03-01T22:00:00", "2h", "FREQ=DAILY");
    Named week = freeze("week", "UTC", "2027-03-01T00:00:00", "7d", null);

    assertThat(opening("2027-03-02T12:00:00Z", nights, week)).contains("2027-03-08T22:00:00Z");
  }

  @Test
  void windowsAreForTheConnectionsTheySelect() {
    Selector production = new Selector(null, Map.of("stage", "production"));
    Named freeze =
        new Named("f", spec(Type.FREEZE, "UTC", "2027-01-01T00:00:00", "300d", null, production));
    Calendar calendar = new Calendar(List.of(freeze));
    Instant now = Instant.parse("2027-02-01T00:00:00Z");

    assertThat(calendar.judge("cloud", Map.of("stage", "production", "a", "b"), now))
        .isInstanceOf(Verdict.Closed.class);
    assertThat(calendar.judge("cloud", Map.of("stage", "test"), now))
        .isInstanceOf(Verdict.Open.class);
  }

  @Test
  void aBeginningThatTheTimeChangeSkipsComesAnHourLater() {
    // 28 March 2027: from 02:00 the clocks in Berlin show 03:00.
    Named gap = allow("gap", BERLIN, "2027-03-21T02:30:00", "1h", "FREQ=WEEKLY");
    assertThat(opening("2027-03-28T00:00:00Z", gap)).contains("2027-03-28T01:30:00Z");
    assertThat(judge("2027-03-28T02:15:00Z", gap)).isInstanceOf(Verdict.Open.class);
    assertThat(judge("2027-03-28T02:30:00Z", gap)).isInstanceOf(Verdict.Closed.class);
  }

  @Test
  void aBeginningThatComesTwiceCountsTheFirstTime() {
    // 31 October 2027: from 03:00 the clocks in Berlin show 02:00 again.
    Named twice = allow("twice", BERLIN, "2027-10-24T02:30:00", "30m", "FREQ=WEEKLY");
    assertThat(opening("2027-10-30T12:00:00Z", twice)).contains("2027-10-31T00:30:00Z");
    assertThat(judge("2027-10-31T01:30:00Z", twice)).isInstanceOf(Verdict.Closed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2027-03-27T19:00:00Z, 2027-03-28T18:00:00Z",
    "America/New_York, 2027-03-13T01:00:00Z, 2027-03-15T00:00:00Z",
    "Australia/Lord_Howe, 2027-04-03T09:00:00Z, 2027-04-04T09:30:00Z",
    "Asia/Kolkata, 2027-03-27T14:30:00Z, 2027-03-28T14:30:00Z"
  })
  void aDailyWindowKeepsToTheClockOnTheWall(String zone, String last, String next) {
    Named daily = allow("daily", zone, "2027-01-01T20:00:00", "1h", "FREQ=DAILY");
    assertThat(judge(last, daily)).isInstanceOf(Verdict.Open.class);
    Instant after = Instant.parse(next).minus(Duration.ofHours(2));
    assertThat(opening(after.toString(), daily)).contains(next);
  }

  @Test
  void exceptDatesAreLeftOutAndUntilEndsIt() {
    ChangeWindowSpec spec =
        new ChangeWindowSpec(
            Type.ALLOW,
            "UTC",
            "2027-01-01T20:00:00",
            "1h",
            "FREQ=DAILY;UNTIL=20270103T200000Z",
            List.of("2027-01-02T20:00:00"),
            null,
            "because");
    Named named = new Named("n", spec);
    assertThat(opening("2027-01-01T22:00:00Z", named)).contains("2027-01-03T20:00:00Z");
    assertThat(opening("2027-01-03T21:00:00Z", named)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=5",
        "FREQ=NEVER",
        "EVERY DAY",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101T000000Z"
      })
  void aRuleThatIsNoneIsToldAndStopsChanges(String rule) {
    Named broken = allow("broken", "UTC", "2027-01-01T20:00:00", "1h", rule);
    assertThat(Calendar.problem(broken.spec())).isPresent();
    assertThat(judge("2027-01-01T20:30:00Z", broken)).isInstanceOf(Verdict.Closed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;INTERVAL=1;BYMONTH=2;BYMONTHDAY=31"
      })
  void aRuleThatNeverComesIsGivenUpAndTold(String rule) {
    Named odd = allow("odd", "UTC", "2027-01-01T20:00:00", "1h", rule);

    assertThat(judge("2031-01-01T20:30:00Z", odd))
        .isEqualTo(
            new Verdict.Closed(
                "outside of window 'odd' (because), which opens nothing until it is mended:"
                    + " recurrence: no day is found that fits all parts: look at BYMONTH,"
                    + " BYMONTHDAY and BYDAY",
                Optional.empty(),
                true));
  }

  @Test
  void aRuleWithoutEndIsFollowedAsFarAsItIsNeeded() {
    Named daily = allow("daily", "UTC", "2027-01-01T20:00:00", "1h", "FREQ=DAILY;COUNT=10000");
    Named seldom = allow("seldom", "UTC", "2027-01-01T20:00:00", "1h", "FREQ=YEARLY;INTERVAL=9999");

    assertThat(judge("2031-01-01T20:30:00Z", daily)).isInstanceOf(Verdict.Open.class);
    assertThat(opening("2031-01-01T21:00:00Z", daily)).contains("2031-01-02T20:00:00Z");
    assertThat(opening("2031-01-01T20:30:00Z", seldom)).isEmpty();
  }

  @Test
  void fieldsThatCannotBeUnderstoodAreNamed() {
    assertThat(
            Calendar.problem(
                spec(Type.ALLOW, "Europe/Berln", "2027-01-01T20:00:00", "1h", null, null)))
        .contains("timeZone 'Europe/Berln' is not known: write an IANA name, as in Europe/Berlin");
    assertThat(Calendar.problem(spec(Type.ALLOW, "UTC", "2027-13-01T20:00:00", "1h", null, null)))
        .hasValueSatisfying(text -> assertThat(text).startsWith("start '2027-13-01T20:00:00'"));
    assertThat(Calendar.problem(spec(Type.ALLOW, "UTC", "2027-01-01T20:00:00", "367d", null, null)))
        .hasValueSatisfying(text -> assertThat(text).startsWith("duration is longer than a year"));
  }

  @Test
  void itAgreesWithSomebodyWhoLooksAtTheClockEveryQuarterOfAnHour() {
    Random random = new Random(4711);
    int looked = 0;
    for (int round = 0; round < 6; round++) {
      List<Named> windows = new ArrayList<>();
      int count = 1 + random.nextInt(4);
      for (int i = 0; i < count; i++) {
        windows.add(weekly(random, "w" + i));
      }
      Calendar calendar = new Calendar(windows);
      Instant from = Instant.parse("2027-03-25T00:00:00Z");
      Optional<Instant> expected = Optional.empty();
      for (int quarter = 4 * 24 * 8; quarter >= 0; quarter--) {
        Instant now = from.plus(Duration.ofMinutes(15L * quarter));
        boolean open = naive(windows, now);
        if (open) {
          expected = Optional.of(now);
        }
        Verdict verdict = calendar.judge("c", Map.of(), now);
        assertThat(verdict instanceof Verdict.Open).as("%s at %s", windows, now).isEqualTo(open);
        if (verdict instanceof Verdict.Closed closed && expected.isPresent()) {
          assertThat(closed.nextOpening()).as("%s after %s", windows, now).isEqualTo(expected);
        }
        looked++;
      }
    }
    System.out.println(
        "FIGURE change windows: " + looked + " moments agree with the naive calendar");
  }

  private static Named weekly(Random random, String name) {
    String start =
        "2027-01-0%dT%02d:%s:00"
            .formatted(
                4 + random.nextInt(6), random.nextInt(24), random.nextBoolean() ? "00" : "30");
    Type type = random.nextInt(3) == 0 ? Type.FREEZE : Type.ALLOW;
    String zone = random.nextBoolean() ? BERLIN : "UTC";
    String length = (1 + random.nextInt(40)) + "h";
    return new Named(name, spec(type, zone, start, length, "FREQ=WEEKLY", null));
  }

  /** Weekly windows, counted by hand: every beginning since the first one. */
  private static boolean naive(List<Named> windows, Instant now) {
    boolean frozen = false;
    boolean allowances = false;
    boolean allowed = false;
    for (Named window : windows) {
      ChangeWindowSpec spec = window.spec();
      Duration length = Duration.ofHours(Long.parseLong(spec.duration().replace("h", "")));
      boolean on = false;
      for (int week = 0; week < 20; week++) {
        Instant begin =
            ZonedDateTime.of(
                    LocalDateTime.parse(spec.start()).plusWeeks(week), ZoneId.of(spec.timeZone()))
                .toInstant();
        on |= !now.isBefore(begin) && now.isBefore(begin.plus(length));
      }
      if (spec.type() == Type.FREEZE) {
        frozen |= on;
      } else {
        allowances = true;
        allowed |= on;
      }
    }
    return !frozen && (!allowances || allowed);
  }

  private static Verdict judge(String now, Named... windows) {
    return new Calendar(List.of(windows)).judge("cloud", Map.of(), Instant.parse(now));
  }

  private static Optional<String> opening(String now, Named... windows) {
    return ((Verdict.Closed) judge(now, windows)).nextOpening().map(Instant::toString);
  }

  private static Named allow(String name, String zone, String start, String length, String rule) {
    return new Named(name, spec(Type.ALLOW, zone, start, length, rule, null));
  }

  private static Named freeze(String name, String zone, String start, String length, String rule) {
    return new Named(name, spec(Type.FREEZE, zone, start, length, rule, null));
  }

  private static ChangeWindowSpec spec(
      Type type, String zone, String start, String length, String rule, Selector selector) {
    return new ChangeWindowSpec(type, zone, start, length, rule, null, selector, "because");
  }
}
