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
      `KUBECONFIG`: as the ServiceAccount of the operator, for the admission policies take nobody else's word. There is no
      jar to download yet: from a clone, `./demo --kubeconfig FILE --stay` makes such a kubeconfig and starts it. `/livez`,
      `/readyz` and `/metrics` are for the kubelet and for [monitoring](../how-to/day-two.md#watch-it).

      What is set wrongly is one line in the log, and exit code 2: also a user for whom the admission policies are not. What
      the cluster does not let it do, as a right that is missing, is one line that names the user, and exit code 1. At the
      start a line says every few seconds that the API server does not answer. After about twenty seconds without it ends
      with 1, also later, when the lease that it holds is lost, and whoever runs it starts it again.
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
