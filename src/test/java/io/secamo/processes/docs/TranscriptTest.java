package io.secamo.processes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The transcript in README is what {@code ./demo} prints. To refresh it: {@code ./mvnw test
 * -Dtest=TranscriptTest -Dfix=true}.
 */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class TranscriptTest {
  private static final String BEGIN = "```text\n";
  private static final String END = "```\n";

  @Test
  void readmeShowsWhatTheDemoPrints() throws Exception {
    Path out = Path.of("target", "demo.out").toAbsolutePath();
    Path progress = Path.of("target", "demo.err").toAbsolutePath();
    Process demo =
        new ProcessBuilder("./demo")
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(progress.toFile())
            .start();
    assertThat(demo.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(demo.exitValue()).as(Files.readString(progress)).isZero();
    String printed = Files.readString(out).strip() + "\n";
    Path readme = Path.of("README.md");
    String text = Files.readString(readme);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END, begin);
    if (Boolean.getBoolean("fix")) {
      text = text.substring(0, begin) + printed + text.substring(end);
      Files.writeString(readme, text);
      end = text.indexOf(END, begin);
    }
    assertThat(masked(text.substring(begin, end))).isEqualTo(masked(printed));
    assertThat(progress).content().doesNotContain("Exception");
  }

  /** Times, ages, hashes and the spaces that make columns differ from run to run. */
  static String masked(String text) {
    return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "TIME")
        .replaceAll("\\b(?:[0-9a-f]{16}|[0-9a-f]{64})\\b", "HASH")
        .replaceAll("([cu])=[0-9a-f]{8}", "$1=HASH")
        .replaceAll("(?m)\\d+m?\\d*s$", "AGE")
        .replaceAll("[ ]+", " ");
  }
}
