package io.secamo.processes.kubernetes.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.secamo.processes.api.Condition;
import io.secamo.processes.api.orchestrator.ChangeWindow;
import io.secamo.processes.api.orchestrator.ChangeWindowSpec;
import io.secamo.processes.api.orchestrator.ChangeWindowSpec.Type;
import io.secamo.processes.api.orchestrator.ChangeWindowStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the status of a window says. */
class ChangeWindowReconcilerTest {
  private static final Instant NOW = Instant.parse("2026-12-01T20:30:00Z");

  @Test
  void aWindowThatIsUnderstoodSaysWhereItStands() {
    ChangeWindowStatus status = told(Type.ALLOW, "FREQ=DAILY", null);

    assertThat(status.state()).isEqualTo("Inside");
    assertThat(status.nextChange()).isEqualTo("2026-12-01T21:00:00Z");
    assertThat(ready(status)).isEqualTo("True Ready: the window is understood");
  }

  /** It holds every change, and looks as if it were fine. */
  @Test
  void aWindowThatNeverComesAgainSaysSo() {
    String once = "FREQ=DAILY;UNTIL=20261201T210000Z";
    Instant later = NOW.plusSeconds(86_400);
    assertThat(ready(ChangeWindowReconciler.status(window(Type.ALLOW, once, null), later)))
        .isEqualTo(
            "True Ready: it is over and never opens again, so it holds every change that no other"
                + " window lets through: delete it, or give it a new start");
    assertThat(ready(ChangeWindowReconciler.status(window(Type.FREEZE, once, null), later)))
        .isEqualTo("True Ready: it is over, and holds nothing any more");
  }

  @Test
  void aStoredFreezeThatIsNotUnderstoodSaysThatItIsOn() {
    ChangeWindowStatus status = told(Type.FREEZE, "FREQ=DAILY;BYWEEKDAY=SA,SU", null);

    assertThat(status.state()).isEqualTo("Invalid");
    assertThat(status.nextChange()).isNull();
    assertThat(ready(status))
        .isEqualTo(
            "False Invalid: no change is made until this is mended: recurrence: there is no part"
                + " BYWEEKDAY: write BYDAY=SA,SU");
  }

  @Test
  void anAllowanceWhoseExceptionMeetsNoBeginningSaysSo() {
    ChangeWindowStatus status = told(Type.ALLOW, "FREQ=DAILY", List.of("2026-12-24T00:00:00"));

    assertThat(status.state()).isEqualTo("Invalid");
    assertThat(ready(status))
        .isEqualTo(
            "False Invalid: it opens nothing until this is mended: exceptDates: there is no"
                + " beginning at 2026-12-24T00:00:00, the next one is 2026-12-24T20:00:00: write a"
                + " beginning, or take it out");
  }

  @Test
  void aWindowThatIsMendedIsInForceAgainAndSaysSinceWhen() {
    ChangeWindow window = window(Type.ALLOW, "FREQ=DAILY;BYDAY=XX", null);
    window.setStatus(ChangeWindowReconciler.status(window, NOW));
    window.setSpec(window(Type.ALLOW, "FREQ=DAILY", null).getSpec());

    ChangeWindowStatus status = ChangeWindowReconciler.status(window, NOW.plusSeconds(60));

    assertThat(status.state()).isEqualTo("Inside");
    assertThat(ready(status)).isEqualTo("True Ready: the window is understood");
    assertThat(status.conditions().get(0).lastTransitionTime()).isEqualTo(NOW.plusSeconds(60));
  }

  @Test
  void aSentenceThatIsTooLongForTheStatusIsCut() {
    String long500 = "FREQ=DAILY;BYDAY=" + "MO-FR,".repeat(80) + "XX";

    assertThat(ready(told(Type.ALLOW, long500, null)).length()).isLessThan(1100);
  }

  private static ChangeWindowStatus told(Type type, String rule, List<String> except) {
    return ChangeWindowReconciler.status(window(type, rule, except), NOW);
  }

  private static ChangeWindow window(Type type, String rule, List<String> except) {
    ChangeWindow window = new ChangeWindow();
    window.setMetadata(
        new ObjectMetaBuilder().withNamespace("team-a").withName("evenings").build());
    window.setSpec(
        new ChangeWindowSpec(
            type, "UTC", "2026-12-01T20:00:00", "1h", rule, except, null, "because"));
    return window;
  }

  private static String ready(ChangeWindowStatus status) {
    assertThat(status.conditions()).hasSize(1);
    Condition ready = status.conditions().get(0);
    return ready.status() + " " + ready.reason() + ": " + ready.message();
  }
}
