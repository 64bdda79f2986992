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
  void whatNoEarlierStepGivesCannotBeTaken() {
    assertThatThrownBy(() -> steps.takes("rule"))
        .hasMessage("Apply takes rule, which no step before it gives");
    steps.gives("rule");
    assertThatThrownBy(() -> steps.takes("rule"))
        .hasMessage("Apply takes rule, which no step before it gives");
    steps.step("Verify", context -> Outcome.done()).takes("rule");
    assertThatThrownBy(() -> steps.gives("rule")).hasMessage("two steps give rule");
  }

  @Test
  void stepsBesideEachOtherTakeNothingOfEachOtherAndAreNoPreconditions() {
    assertThatThrownBy(
            () ->
                steps.together(
                    "Both",
                    both ->
                        both.step("One", context -> Outcome.done())
                            .gives("one")
                            .step("Two", context -> Outcome.done())
                            .takes("one")))
        .hasMessage("Two takes one, which a step beside it gives");
    assertThatThrownBy(
            () -> steps.together("Votes", votes -> votes.precondition("A", c -> Outcome.done())))
        .hasMessage("A cannot be one of group Votes");
    assertThatThrownBy(() -> steps.precondition("B", c -> Outcome.done()).when(context -> true))
        .hasMessage("B is a precondition: judge it in its body");
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
