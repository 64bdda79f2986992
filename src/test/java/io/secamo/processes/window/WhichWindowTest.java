package io.secamo.processes.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.orchestrator.ChangeWindowSpec;
import io.secamo.processes.api.orchestrator.ChangeWindowSpec.Selector;
import io.secamo.processes.api.orchestrator.ChangeWindowSpec.Type;
import io.secamo.processes.window.Calendar.Named;
import io.secamo.processes.window.Calendar.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which windows are for a connection, and what people are told while it is closed. */
class WhichWindowTest {
  private static final Instant NOW = Instant.parse("2027-02-01T00:00:00Z");
  private static final Map<String, String> PRODUCTION = Map.of("stage", "production");

  @Test
  void aWindowWithoutASelectorIsForEveryConnection() {
    assertThat(isClosed(null, "cloud", Map.of())).isTrue();
    assertThat(isClosed(new Selector(null, null), "cloud", Map.of())).isTrue();
    assertThat(isClosed(new Selector(List.of(), Map.of()), "cloud", PRODUCTION)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "cloud, production, true",
    "edge, production, true",
    "other, production, false",
    "cloud, test, false",
    "other, test, false"
  })
  void nameAndLabelsMustBothFit(String connection, String stage, boolean closed) {
    Selector selector = new Selector(List.of("cloud", "edge"), PRODUCTION);

    assertThat(isClosed(selector, connection, Map.of("stage", stage, "region", "eu")))
        .isEqualTo(closed);
  }

  @Test
  void everyLabelMustFit() {
    Selector selector = new Selector(null, Map.of("stage", "production", "region", "eu"));

    assertThat(isClosed(selector, "cloud", PRODUCTION)).isFalse();
    assertThat(isClosed(selector, "cloud", Map.of("stage", "production", "region", "eu"))).isTrue();
  }

  @Test
  void aBrokenWindowStopsOnlyTheChangesItIsFor() {
    Named broken =
        new Named("odd", spec(Type.FREEZE, "soon", new Selector(List.of("cloud"), null)));
    Calendar calendar = new Calendar(List.of(broken));

    assertThat(calendar.judge("other", Map.of(), NOW)).isInstanceOf(Verdict.Open.class);
    assertThat(calendar.judge("cloud", Map.of(), NOW))
        .isEqualTo(
            new Verdict.Closed(
                "freeze 'odd' (because) cannot be understood and is on until it is mended: start"
                    + " 'soon' is not a time: write for example 2026-12-01T20:00:00",
                Optional.empty(),
                true));
  }

  @Test
  void amongSeveralAllowancesTheNextToBeginOpens() {
    Named late = new Named("late", spec(Type.ALLOW, "2027-02-03T08:00:00", null));
    Named soon = new Named("soon", spec(Type.ALLOW, "2027-02-02T08:00:00", null));
    Named over = new Named("over", spec(Type.ALLOW, "2027-01-02T08:00:00", null));

    assertThat(new Calendar(List.of(late, soon, over)).judge("cloud", Map.of(), NOW))
        .isEqualTo(
            new Verdict.Closed(
                "outside of window 'late' (because); and of window 'soon' (because); and of window"
                    + " 'over' (because)",
                Optional.of(Instant.parse("2027-02-02T08:00:00Z"))));
  }

  @Test
  void oneAllowanceThatIsOnIsEnough() {
    Named on = new Named("on", spec(Type.ALLOW, "2027-01-31T23:30:00", null));
    Named off = new Named("off", spec(Type.ALLOW, "2027-02-03T08:00:00", null));

    assertThat(new Calendar(List.of(off, on)).judge("cloud", Map.of(), NOW))
        .isInstanceOf(Verdict.Open.class);
  }

  @Test
  void theEndOfAFreezeIsToldOnItsOwnClock() {
    Named freeze = new Named("f", spec(Type.FREEZE, "2027-01-31T23:30:00", null));

    assertThat(why(freeze)).isEqualTo("freeze 'f' (because) until 2027-02-01T00:30:00Z");
  }

  @Test
  void anOpeningIsToldIfItIsWithinFiveYears() {
    Named soon = new Named("w", spec(Type.ALLOW, "2032-02-01T00:00:00", null));
    Named late = new Named("w", spec(Type.ALLOW, "2032-03-01T00:00:00", null));

    assertThat(opening(soon)).contains(Instant.parse("2032-02-01T00:00:00Z"));
    assertThat(opening(late)).isEmpty();
  }

  @Test
  void aFreezeThatNeverEndsHasNoOpening() {
    Named always = new Named("always", freeze("1d", "FREQ=DAILY"));

    assertThat(opening(always)).isEmpty();
  }

  @Test
  void manyShortFreezesDoNotHideAnOpeningBehindThem() {
    Named hourly = new Named("hourly", freeze("10m", "FREQ=HOURLY"));
    Named summer = new Named("summer", spec(Type.ALLOW, "2027-07-01T08:00:00", null));

    assertThat(opening(hourly, summer)).contains(Instant.parse("2027-07-01T08:10:00Z"));
  }

  /** They are recorded with the change: one that was off, or not for it, did not let it through. */
  @Test
  void theWindowsThatLetAChangeThroughAreNamedInOrder() {
    Selector edge = new Selector(List.of("edge"), null);
    Selector production = new Selector(null, PRODUCTION);
    Calendar calendar =
        new Calendar(
            List.of(
                new Named("z", spec(Type.ALLOW, "2027-01-31T23:30:00", null)),
                new Named("a", spec(Type.ALLOW, "2027-02-01T00:00:00", production)),
                new Named("edge", spec(Type.ALLOW, "2027-01-31T23:30:00", edge)),
                new Named("over", spec(Type.ALLOW, "2027-01-31T23:00:00", null)),
                new Named("later", spec(Type.ALLOW, "2027-02-01T08:00:00", null)),
                new Named("broken", spec(Type.ALLOW, "soon", null)),
                new Named("freeze", spec(Type.FREEZE, "2027-01-31T23:30:00", null))));

    assertThat(calendar.open("cloud", PRODUCTION, NOW)).containsExactly("a", "z");
    assertThat(calendar.open("edge", Map.of(), NOW)).containsExactly("edge", "z");
  }

  private static boolean isClosed(
      Selector selector, String connection, Map<String, String> labels) {
    Named freeze = new Named("f", spec(Type.FREEZE, "2027-01-31T23:30:00", selector));
    Verdict verdict = new Calendar(List.of(freeze)).judge(connection, labels, NOW);
    return verdict instanceof Verdict.Closed;
  }

  private static String why(Named... windows) {
    return closed(windows).why();
  }

  private static Optional<Instant> opening(Named... windows) {
    return closed(windows).nextOpening();
  }

  private static Verdict.Closed closed(Named... windows) {
    return (Verdict.Closed) new Calendar(List.of(windows)).judge("cloud", Map.of(), NOW);
  }

  private static ChangeWindowSpec spec(Type type, String start, Selector selector) {
    return new ChangeWindowSpec(type, "UTC", start, "1h", null, null, selector, "because");
  }

  private static ChangeWindowSpec freeze(String length, String rule) {
    return new ChangeWindowSpec(
        Type.FREEZE, "UTC", "2027-01-01T00:00:00", length, rule, null, null, "because");
  }
}
