package io.secamo.processes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.cli.terminal.Seen;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What kubectl offers when somebody presses Tab. */
class CompletionTest {
  @Test
  void commandsAndOptionsAreOfferedAndNoFiles() {
    assertThat(typed("re")).containsExactly("reject", "remove", "resolve", "resume", "retry", ":4");
    assertThat(typed("list", "--w")).containsExactly("--waiting", ":4");
    assertThat(typed("list", "-n", "team-a", "--li")).containsExactly("--live", ":4");
    assertThat(typed("nothing", "--wai")).containsExactly(":4");
    assertThat(typed("")).contains("approve", "ls").doesNotContain("__complete");
    assertThat(typed("approve", "")).containsExactly(":4");
  }

  private static List<String> typed(String... words) {
    StringWriter out = new StringWriter();
    List<String> all = new ArrayList<>(List.of("__complete", "--"));
    all.addAll(List.of(words));
    assertThat(
            KubectlProcess.run(
                Seen.atNine(80, out, new StringWriter()), all.toArray(String[]::new)))
        .isZero();
    return out.toString().lines().toList();
  }
}
