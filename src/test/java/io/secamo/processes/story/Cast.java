package io.secamo.processes.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectorFactory;
import io.secamo.processes.connector.openstack.OpenStackFactory;
import io.secamo.processes.connector.requesttracker.RequestTrackerFactory;
import io.secamo.processes.connector.sandbox.SandboxFactory;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.kubernetes.Controllers;
import io.secamo.processes.kubernetes.Settings;
import io.secamo.processes.kubernetes.health.Transitions;
import io.secamo.processes.kubernetes.sandbox.ConfigMapStore;
import io.secamo.processes.operator.Kinds;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.Script.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The people of a story, each with their own kubectl, and operators with the operator's rights. */
final class Cast implements AutoCloseable {
  static final String NAMESPACE = "team-a";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPERATOR =
      "system:serviceaccount:process-orchestrator:process-orchestrator";

  private final ControlPlane cluster = ControlPlane.running();
  private final KubernetesClient admin = cluster.client("admin");
  private final List<AutoCloseable> running = new ArrayList<>();

  /** Starts one more operator, without leader election: several may act at once. */
  void operatorStarts() {
    KubernetesClient client = cluster.client("operator");
    Controllers controllers =
        Controllers.start(
            client,
            Kinds.shipped(),
            vendors(client),
            new Settings(Clock.systemUTC(), "", why -> {}, Set.of(), Transitions.UNHEARD));
    running.add(controllers);
    running.add(client);
  }

  void operatorsStop() throws Exception {
    for (AutoCloseable one : running) {
      one.close();
    }
    running.clear();
  }

  private static Map<ConnectionSpec.Type, ConnectorFactory> vendors(KubernetesClient client) {
    return Map.of(
        ConnectionSpec.Type.SANDBOX,
        new SandboxFactory(namespace -> new ConfigMapStore(client, namespace)),
        ConnectionSpec.Type.REQUEST_TRACKER,
        new RequestTrackerFactory(Clock.systemUTC()),
        ConnectionSpec.Type.OPEN_STACK,
        new OpenStackFactory(Clock.systemUTC()));
  }

  /**
   * The example of a folder, under another name and changed in places. Each story has a port of its
   * own: a rule that it shares with another one goes when that one ends, and then the plan that
   * people have approved is another one.
   *
   * @param changes pairs of old and new
   */
  static String request(String folder, String name, String... changes) {
    try {
      String yaml =
          Files.readString(Path.of("examples", folder, "request.yaml"))
              .replace("acme-web-443", name);
      for (int i = 0; i < changes.length; i += 2) {
        assertThat(yaml).contains(changes[i]);
        yaml = yaml.replace(changes[i], changes[i + 1]);
      }
      return yaml.replace(
          "\"443\"", "\"" + (20_000 + Math.floorMod(name.hashCode(), 5_000)) + "\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void requesterSubmits(String yaml) {
    must(cluster.kubectlWith("requester", yaml, "-n", NAMESPACE, "apply", "-f", "-"));
  }

  void approverApproves(String name) {
    String digest = get(name).getStatus().plan().digest();
    must(
        as(
            "approver",
            "annotate",
            "fcr",
            name,
            Annotations.APPROVE + "=" + digest + " looks fine"));
  }

  Result as(String person, String... command) {
    String[] whole = new String[command.length + 2];
    whole[0] = "-n";
    whole[1] = NAMESPACE;
    System.arraycopy(command, 0, whole, 2, command.length);
    return cluster.kubectl(person, whole);
  }

  Result asWith(String person, String input, String... command) {
    String[] whole = new String[command.length + 2];
    whole[0] = "-n";
    whole[1] = NAMESPACE;
    System.arraycopy(command, 0, whole, 2, command.length);
    return cluster.kubectlWith(person, input, whole);
  }

  void adminApplies(String yaml) {
    must(cluster.kubectlWith("admin", yaml, "-n", NAMESPACE, "apply", "-f", "-"));
  }

  FirewallChangeRequest get(String name) {
    return admin.resources(FirewallChangeRequest.class).inNamespace(NAMESPACE).withName(name).get();
  }

  void sees(String name, State state) {
    await("state " + state.word() + " of " + name)
        .atMost(Patience.LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              var status = get(name).getStatus();
              assertThat(status).isNotNull();
              assertThat(status.state()).as(status.message()).isEqualTo(state);
            });
  }

  void seesMessage(String name, String part) {
    await("message of " + name)
        .atMost(Patience.LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              var status = get(name).getStatus();
              assertThat(status).isNotNull();
              assertThat(status.message()).contains(part);
            });
  }

  void seesGone(String name) {
    await(name + " is gone")
        .atMost(Patience.LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> get(name) == null);
  }

  /**
   * What the operator wrote to the API server about one request, its evidence included, from the
   * audit log. The canary's forged votes are dry runs and write nothing.
   */
  List<String> writesAbout(String name) {
    List<String> writes = new ArrayList<>();
    String uid = get(name).getMetadata().getUid();
    for (String line : cluster.audit()) {
      JsonNode entry = json(line);
      JsonNode object = entry.path("objectRef");
      boolean about =
          object.path("name").asText().equals(name)
              || object.path("name").asText().equals(uid)
              || object.path("name").asText().startsWith(name + ".");
      boolean dryRun = entry.path("requestURI").asText().contains("dryRun=All");
      if (about && !dryRun && OPERATOR.equals(entry.path("user").path("username").asText())) {
        writes.add(
            entry.path("verb").asText()
                + " "
                + object.path("resource").asText()
                + (object.has("subresource") ? "/" + object.path("subresource").asText() : "")
                + " "
                + entry.path("responseStatus").path("code").asInt());
      }
    }
    return writes;
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void must(Result result) {
    assertThat(result.exit()).as(result.text()).isZero();
  }

  @Override
  public void close() throws Exception {
    operatorsStop();
    admin.close();
  }
}
