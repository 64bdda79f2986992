package io.secamo.processes.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Who runs the operator reads its settings where all else is written, and the same as it says. */
class SettingsPageTest {
  private static final Path PAGE = Path.of("docs/reference/operator.md");
  private static final String BEGIN =
      """
      # The operator

      What it takes from its environment, and how it ends. Generated from what it says itself:
      `java -jar process-orchestrator.jar --help`.

      ```text
      """;
  private static final String END =
      """
      ```

      In a pod, [the Deployment](../../manifests/operator/deployment.yaml) sets them. Outside of a pod, name the cluster with
      `KUBECONFIG`: as the ServiceAccount of the operator, for the admission policies take nobody else's word. `/livez`,
      `/readyz` and `/metrics` are for the kubelet and for [monitoring](../how-to/day-two.md#watch-it).

      What is set wrongly is one line in the log, and exit code 2. While the API server does not answer, a line says so every
      few seconds; after about twenty seconds it ends with 1, and whoever runs it starts it again.
      """;

  @Test
  void thePageOfSettingsSaysWhatTheProgramSays() throws IOException {
    String expected = BEGIN + Main.HELP + END;
    if (Boolean.getBoolean("fix")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(PAGE).exists().hasContent(expected);
  }
}
