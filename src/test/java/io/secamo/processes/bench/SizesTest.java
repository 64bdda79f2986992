package io.secamo.processes.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.Script;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who mistypes a size waits minutes for what cannot work, unless it is said at once. */
class SizesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --sizes   | abc    | --sizes is 'abc': write numbers with commas between, as in 200,2000
          --sizes   | 200,   | --sizes is '200,': write numbers with commas between, as in 200,2000
          --waiting | many   | --waiting is 'many': write a number, as in 10000
          """)
  void whatIsNoNumberIsSaidBeforeAnythingIsCompiled(String option, String value, String sentence) {
    Script.Result said = Script.of(List.of("dev/bench", option, value)).run();

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains(sentence).doesNotContain("compiling");
  }
}
