package io.secamo.processes.engine.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.effect.Undo;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.engine.journal.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A procedure in which something is wrong is seen to be, not carried out as another one. */
class StepsTest {
  private final Steps<String> steps =
      Steps.<String>begin()
          .step("Plan", context -> Outcome.done())
          .precondition("Approve", context -> Outcome.done())
          .step("Apply", context -> Outcome.done())
          .changesBy("firewall.open");

  @Test
  void twoStepsOfOneNameAreRefused() {
    assertThatThrownBy(() -> steps.precondition("Plan", context -> Outcome.done()))
        .hasMessage("two steps are called Plan");
  }

  @Test
  void aProcedureGoesBackToAnEarlierStepOnly() {
    assertThat(procedure().earlier("Plan", 2)).isZero();
    assertThat(procedure().earlier("Approve", 1)).isEqualTo(1);
    assertThatThrownBy(() -> procedure().earlier("Plam", 2))
        .hasMessage("no step before this one is called Plam");
    // The precondition would be left out.
    assertThatThrownBy(() -> procedure().earlier("Apply", 0))
        .isInstanceOf(IllegalStateException.class);
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
    assertThat(procedure().indexOf("Elsewhere")).isZero();
    assertThat(procedure().indexOf(null)).isZero();
    assertThat(procedure().indexOf("Apply")).isEqualTo(2);
    assertThat(procedure().verb("Apply")).contains("firewall.open");
    assertThat(procedure().verb("Elsewhere")).isEmpty();
  }

  @Test
  void aChangeThatNothingUndoesIsSeenWhenTheProcedureIsBuilt() {
    assertThatThrownBy(() -> steps.checked(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Apply changes something by firewall.open, and nothing undoes that");
  }

  private Procedure<String> procedure() {
    return steps.checked(List.of(new NothingToUndo()));
  }

  private static final class NothingToUndo implements Undo {
    @Override
    public String verb() {
      return "firewall.open";
    }

    @Override
    public void undo(UndoContext context) {}
  }
}
