package io.secamo.processes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.controlplane.Submitted;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever makes one of the mistakes of the page on messages reads the very words that it says. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class RefusedTest {
  private static final String NAMESPACE = "team-a";
  private static final String NAME = "acme-web-443";

  private static ControlPlane cluster;
  private static KubernetesClient requester;
  private static KubernetesClient operator;
  private static KubernetesClient admin;
  private static Submitted request;

  @BeforeAll
  static void connect() {
    cluster = ControlPlane.running();
    requester = cluster.client("requester");
    operator = cluster.client("operator");
    admin = cluster.client("admin");
    request = new Submitted(cluster, operator, NAME);
  }

  @AfterAll
  static void disconnect() {
    Stream.of(requester, operator, admin).forEach(KubernetesClient::close);
  }

  @AfterEach
  void cleanUp() {
    request.remove();
    cluster.kubectl("admin", "-n", NAMESPACE, "delete", "approvaldelegations", "--all");
  }

  static Stream<Message> files() {
    return Message.all().stream().filter(m -> m.changesAFile() && !m.isToldLater());
  }

  @ParameterizedTest
  @MethodSource("files")
  void whoWritesAFileWronglyReadsWhy(Message mistake) {
    refused(
        cluster.kubectlWith(
            mistake.person(),
            mistake.yaml(),
            "-n",
            NAMESPACE,
            "apply",
            "--dry-run=server",
            "--validate=strict",
            "-f",
            "-"),
        mistake);
  }

  static Stream<Message> commands() {
    return Message.all().stream().filter(m -> !m.changesAFile() && !m.isToldLater());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whoTypesWhatIsRefusedReadsWhy(Message mistake) throws IOException {
    requester
        .resources(FirewallChangeRequest.class)
        .inNamespace(NAMESPACE)
        .load(Files.newInputStream(Path.of(Message.REQUEST)))
        .create();
    mistake.state().ifPresent(state -> stand(state, mistake));
    mistake
        .before()
        .map(it -> typed(it))
        .ifPresent(before -> assertThat(before.exit()).as(before.text()).isZero());
    refused(typed(mistake), mistake);
  }

  /** As the operator would leave it. */
  private static void stand(String state, Message mistake) {
    if (mistake.list("answers").isEmpty()) {
      request.in(state, mistake.list("gates").toArray(String[]::new));
    } else {
      request.stuck(mistake.list("answers").toArray(String[]::new));
    }
  }

  private static Result typed(Message what) {
    return cluster.shell(what.person(), NAMESPACE, what.text("type"));
  }

  private static void refused(Result result, Message mistake) {
    assertThat(result.exit()).as(result.text()).isNotZero();
    assertThat(Message.sentences(result.err())).containsExactlyInAnyOrderElementsOf(mistake.says());
  }
}
