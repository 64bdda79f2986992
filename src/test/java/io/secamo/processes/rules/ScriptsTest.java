package io.secamo.processes.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script;
import java.util.List;
import org.junit.jupiter.api.Test;

/** shellcheck finds nothing in the shell scripts. */
@NeedsRealSystem(RealSystem.SHELLCHECK)
class ScriptsTest {
  @Test
  void shellcheckHasNothingToSay() {
    Script.Result result = Script.of(List.of("dev/check-scripts")).run();
    assertThat(result.exit()).as(result.text()).isZero();
  }
}
