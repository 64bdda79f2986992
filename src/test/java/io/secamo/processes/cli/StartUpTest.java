package io.secamo.processes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The plugin as people start it: the launcher, prepared on its first call, beside kubectl. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class StartUpTest {
  private static final int RUNS = 7;

  @Test
  void aPersonDoesNotWaitForTheJvm() throws Exception {
    String kubeconfig = ControlPlane.running().kubeconfig("admin").toString();
    List<String> plugin = List.of("bin/kubectl-process", "--version");
    List<String> asking =
        List.of("bin/kubectl-process", "inbox", "-n", "default", "--kubeconfig", kubeconfig);
    List<String> kubectl = List.of("dev/controlplane", "assets");
    String assets = output(kubectl).strip();
    List<String> client = List.of(assets + "/kubectl", "version", "--client");
    run(plugin);

    long version = median(plugin);
    long inbox = median(asking);
    long compared = median(client);

    System.out.printf(
        "FIGURE start of kubectl process: version %d ms, inbox %d ms; kubectl version --client %d"
            + " ms; ratios %.1f and %.1f%n",
        version, inbox, compared, (double) version / compared, (double) inbox / compared);
    assertThat(output(plugin)).startsWith("kubectl process ");
    assertThat(output(asking)).startsWith("Nothing waits for you in namespace ");
  }

  private static long median(List<String> command) throws Exception {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      long began = System.nanoTime();
      run(command);
      times.add(Duration.ofNanos(System.nanoTime() - began).toMillis());
    }
    Collections.sort(times);
    return times.get(RUNS / 2);
  }

  private static void run(List<String> command) throws Exception {
    output(command);
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> environment = builder.environment();
    environment.put("NO_COLOR", "1");
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
