package io.secamo.processes.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.OperatorClasses;
import io.secamo.processes.systems.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may write Connections of one namespace fills them, and makes as many as they like. */
class HeavyObjectsTest {
  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Config
      clusters: [{name: n, cluster: {server: "%s"}}]
      contexts: [{name: n, context: {cluster: n, user: n}}]
      users: [{name: n, user: {}}]
      current-context: n
      """;

  private static final int OF_EACH_KIND = 600;

  /** What a collection left. */
  private static final Pattern COLLECTED = Pattern.compile("->([0-9]+)M\\(");

  @TempDir private Path folder;

  /**
   * It never started again, so that what should have been removed stayed open for everybody. With
   * several namespaces each has an informer of its own.
   */
  @ParameterizedTest
  @ValueSource(strings = {"", "evil,other"})
  void theOperatorStartsWhateverOneTenantHasStored(String namespaces) throws Exception {
    try (HeavyCluster cluster = new HeavyCluster(OF_EACH_KIND)) {
      Process operator = start(cluster, namespaces);
      try {
        until(() -> !operator.isAlive() || said().contains("running, version"));
        assertThat(said()).contains("running, version");
        until(() -> !operator.isAlive() || cluster.allLookedAt());
        assertThat(said()).doesNotContain("OutOfMemoryError");
        collect(operator);
        System.out.println("FIGURE MB of the heap in use, 1,800 objects of 255 KB: " + left());
        assertThat(left()).isLessThan(100);
      } finally {
        operator.destroyForcibly().waitFor();
      }
    }
  }

  private static void until(Callable<Boolean> so) {
    Awaitility.await().atMost(Patience.LIMIT).until(so);
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("log"), StandardCharsets.UTF_8);
  }

  /** In megabytes, by the last collection. */
  private int left() throws IOException {
    Matcher found = COLLECTED.matcher(Files.readString(folder.resolve("gc")));
    int left = Integer.MAX_VALUE;
    while (found.find()) {
      left = Integer.parseInt(found.group(1));
    }
    return left;
  }

  private static void collect(Process operator) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    new ProcessBuilder(jcmd, Long.toString(operator.pid()), "GC.run")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** In the heap of the deployment. */
  private Process start(HeavyCluster cluster, String namespaces) throws IOException {
    String deployment = Files.readString(Path.of("manifests/operator/deployment.yaml"));
    Matcher options = Pattern.compile("JDK_JAVA_OPTIONS, value: \"([^\"]+)\"").matcher(deployment);
    assertThat(options.find()).isTrue();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options.group(1).split(" ")));
    command.add("-Xlog:gc:file=" + folder.resolve("gc"));
    command.addAll(List.of("-cp", OperatorClasses.of(Path.of("."))));
    command.add("io.secamo.processes.operator.Main");
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("J"));
    Path config = folder.resolve("config");
    Files.writeString(config, CLUSTER.formatted(cluster.address()));
    builder.environment().put("KUBECONFIG", config.toString());
    builder.environment().put("HEALTH_PORT", "0");
    builder.environment().put("NAMESPACES", namespaces);
    return builder.start();
  }
}
