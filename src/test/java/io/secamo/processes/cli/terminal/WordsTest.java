package io.secamo.processes.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.process.opening.OpenEffect;
import org.junit.jupiter.api.Test;

class WordsTest {
  /** Else nothing that is live is seen before an operator is uninstalled. */
  @Test
  void theStepThatOpensSomethingIsKnownByTheNameThatTheOperatorGivesIt() {
    assertThat(Words.CHANGE).isEqualTo(OpenEffect.KEY_STEP);
  }
}
