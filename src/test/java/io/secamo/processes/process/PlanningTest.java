package io.secamo.processes.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.api.plan.Plan.Superseded;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people are told of a plan that replaces the one they voted on. */
class PlanningTest {
  private static final Plan OLD = plan("old", List.of("add a", "add b"));

  @Test
  void aFirstPlanReplacesNone() {
    assertThat(Planning.difference(Optional.empty(), 0, OLD)).isEmpty();
  }

  @Test
  void theSamePlanReplacesNone() {
    assertThat(Planning.difference(Optional.of(OLD), 3, OLD)).isEmpty();
  }

  @Test
  void whatWentAndWhatCameIsToldAndWhatStayedIsNot() {
    assertThat(Planning.difference(Optional.of(OLD), 3, plan("new", List.of("add b", "add c"))))
        .contains(new Superseded("old", 3, List.of("- add a", "+ add c")));
  }

  @Test
  void everyPartOfAPlanThatChangedIsNamed() {
    Plan now =
        new Plan(
            "new",
            "sha of new",
            "summary",
            OLD.effects(),
            null,
            List.of("tcp 443"),
            null,
            List.of("FW-001"),
            null,
            "other account",
            "other connection",
            "other policy",
            "other admission",
            null,
            null,
            null,
            Instant.EPOCH);
    assertThat(lines(OLD, now))
        .containsExactly(
            "+ gained tcp 443",
            "+ risk FW-001",
            "account was account, is other account",
            "connection was connection, is other connection",
            "the approval policies were changed",
            "the admission policies, or the definitions of our kinds, were changed or taken away"
                + " for a while");
    assertThat(lines(now, OLD)).startsWith("- gained tcp 443", "- risk FW-001");
  }

  @Test
  void twentyDifferencesAreToldAndTheRestOfMoreIsCounted() {
    Plan none = plan("none", List.of());
    assertThat(lines(none, plan("twenty", effects(20))))
        .hasSize(20)
        .endsWith("+ add 19", "+ add 20");
    assertThat(lines(none, plan("more", effects(21))))
        .hasSize(20)
        .endsWith("+ add 19", "and 2 more");
    assertThat(lines(none, plan("many", effects(120)))).hasSize(20).endsWith("and 101 more");
  }

  @Test
  void aLongDifferenceIsCutWhereTheStatusHoldsNoMore() {
    Plan none = plan("none", List.of());
    String fits = "x".repeat(398);
    assertThat(lines(none, plan("fits", List.of(fits)))).containsExactly("+ " + fits);
    assertThat(lines(none, plan("long", List.of(fits + "y"))))
        .containsExactly("+ " + "x".repeat(397) + "…");
  }

  private static List<String> effects(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "add " + i).toList();
  }

  private static List<String> lines(Plan before, Plan now) {
    return Stream.of(Planning.difference(Optional.of(before), 0, now).orElseThrow())
        .flatMap(old -> old.differences().stream())
        .toList();
  }

  private static Plan plan(String digest, List<String> effects) {
    return new Plan(
        digest,
        "sha of " + digest,
        "summary",
        effects,
        null,
        null,
        null,
        null,
        null,
        "account",
        "connection",
        "policy",
        "admission",
        null,
        null,
        null,
        Instant.EPOCH);
  }
}
