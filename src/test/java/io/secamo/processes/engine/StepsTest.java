package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.engine.journal.Outcome;
import org.junit.jupiter.api.Test;

/** A procedure in which something is wrong is seen to be, not carried out as another one. */
class StepsTest {
  private final Steps<String> steps =
      Steps.<String>begin()
          .step("Plan", context -> Outcome.done())
          .precondition("Approve", context -> Outcome.done())
          .step("Apply", context -> Outcome.done())
          .does("firewall.open");

  @Test
  void twoStepsOfOneNameAreRefused() {
    assertThatThrownBy(() -> steps.precondition("Plan", context -> Outcome.done()))
        .hasMessage("two steps are called Plan");
  }

  @Test
  void aProcedureGoesBackToAnEarlierStepOnly() {
    assertThat(steps.earlier("Plan", 2)).isZero();
    assertThat(steps.earlier("Approve", 1)).isEqualTo(1);
    assertThatThrownBy(() -> steps.earlier("Plam", 2))
        .hasMessage("no step before this one is called Plam");
    // The gate would be left out.
    assertThatThrownBy(() -> steps.earlier("Apply", 0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatAnotherVersionStoodAtBeginsAnew() {
    assertThat(steps.indexOf("Elsewhere")).isZero();
    assertThat(steps.indexOf(null)).isZero();
    assertThat(steps.indexOf("Apply")).isEqualTo(2);
    assertThat(steps.verb("Apply")).contains("firewall.open");
    assertThat(steps.verb("Elsewhere")).isEmpty();
  }
}
