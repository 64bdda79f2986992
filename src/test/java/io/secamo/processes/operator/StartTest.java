package io.secamo.processes.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.secamo.processes.systems.OperatorClasses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program itself, as whoever sets it up wrongly sees it: one line, a sentence, and a 2. */
class StartTest {
  private static final String NOWHERE =
      """
      apiVersion: v1
      kind: Config
      clusters: [{name: n, cluster: {server: "https://127.0.0.1:1"}}]
      contexts: [{name: n, context: {cluster: n, user: n}}]
      users: [{name: n, user: {token: t}}]
      current-context: n
      """;

  @TempDir private Path folder;

  private record Said(int exit, List<String> lines) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HEALTH_PORT     | abc        | HEALTH_PORT is 'abc': write a port from 0 to 65535
          HEALTH_ADDRESS  | no address | HEALTH_ADDRESS is 'no address': write an address of this machine, as 127.0.0.1
          NAMESPACES      | Team_A     | NAMESPACES has 'Team_A' in it, which is no name of a namespace
          LEADER_ELECTION | On/Off     | LEADER_ELECTION has 'On/Off' in it, which is no name of a namespace
          KUBECONFIG      | /not/there | KUBECONFIG names /not/there, which cannot be read: name a kubeconfig file
          """)
  void whatIsSetWronglyIsSaidInOneSentence(String variable, String value, String sentence)
      throws Exception {
    Said said = start(Map.of(variable, value));

    assertThat(said.exit()).as("%s", said.lines()).isEqualTo(2);
    assertThat(said.lines()).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(said.lines().get(0));
    assertThat(line.path("message").asText())
        .startsWith("the operator could not start: ")
        .contains(sentence);
    assertThat(line.has("error")).as("a stack trace").isFalse();
  }

  @Test
  void aPortThatSomebodyElseHasIsSaidInOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Said said = start(Map.of("HEALTH_PORT", Integer.toString(taken.getLocalPort())));

      assertThat(said.exit()).as("%s", said.lines()).isEqualTo(2);
      assertThat(said.lines())
          .singleElement()
          .asString()
          .contains("HEALTH_PORT " + taken.getLocalPort() + " of 127.0.0.1 cannot be listened on");
    }
  }

  /** Nobody listens there: it is tried for twenty seconds, and whoever waits has to know. */
  @Test
  void anApiServerThatIsDownIsSaidWhileItIsWaitedForAndWithoutAStackTrace() throws Exception {
    Said said = start(Map.of());

    assertThat(said.exit()).as("%s", said.lines()).isEqualTo(1);
    assertThat(said.lines())
        .as("a line every few seconds")
        .filteredOn(line -> line.contains("waiting for the API server at https://127.0.0.1:1"))
        .hasSizeGreaterThan(1);
    assertThat(said.lines())
        .last()
        .asString()
        .contains("does not answer (connection refused): KUBECONFIG says which cluster to use");
    assertThat(said.lines()).noneMatch(line -> line.contains("Exception"));
  }

  /** With the options of the deployment, on whichever JDK this is. */
  private Said start(Map<String, String> environment) throws IOException, InterruptedException {
    String deployment = Files.readString(Path.of("manifests/operator/deployment.yaml"));
    Matcher options = Pattern.compile("JDK_JAVA_OPTIONS, value: \"([^\"]+)\"").matcher(deployment);
    assertThat(options.find()).isTrue();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options.group(1).split(" ")));
    command.addAll(List.of("-cp", OperatorClasses.of(Path.of("."))));
    command.add("io.secamo.processes.operator.Main");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("J"));
    Path config = Files.writeString(folder.resolve("config"), NOWHERE);
    builder.environment().put("KUBECONFIG", config.toString());
    builder.environment().put("HEALTH_PORT", "0");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text.lines().toList());
  }
}
