package io.secamo.processes.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.sandbox.SandboxFactory;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.kubernetes.Controllers;
import io.secamo.processes.kubernetes.Settings;
import io.secamo.processes.kubernetes.health.Transitions;
import io.secamo.processes.kubernetes.sandbox.ConfigMapStore;
import io.secamo.processes.operator.Kinds;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests for access to one port that overlap and end at different times, on the real API server,
 * under a policy that lets through what gains nothing. A few lines here know who has to be asked.
 */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class OverlappingTest {
  private static final int STORIES = 40;
  private static final int QUARTERS = 4;
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final ControlPlane CLUSTER = ControlPlane.running();
  private static final String NAMESPACE = "overlapping";
  private static final Path STAGE = Path.of("src/test/resources/story/overlapping.yaml");

  private static KubernetesClient admin;
  private static KubernetesClient requester;
  private static KubernetesClient approver;
  private static KubernetesClient operator;
  private static Controllers controllers;

  /** When an access ends: in hours, or never. */
  private enum End {
    ONE(1, "expiresAt"),
    TWO(2, "expiresAt"),
    THREE(3, "expiresAt"),
    /** Two hours from a moment that nobody knows beforehand. */
    AFTER_TWO(2, "expiresAfter"),
    NEVER(0, "");

    private final int hours;
    private final String field;

    End(int hours, String field) {
      this.hours = hours;
      this.field = field;
    }

    String yaml() {
      return switch (field) {
        case "expiresAt" -> "expiresAt: " + NOW.plus(Duration.ofHours(hours));
        case "expiresAfter" -> "expiresAfter: " + hours + "h";
        default -> "onDelete: Revert";
      };
    }

    /** Up to which moment others have to keep it open, so that it gains nothing. */
    Instant latest() {
      return field.equals("expiresAt") ? NOW.plus(Duration.ofHours(hours)) : Instant.MAX;
    }
  }

  /** One request: some of the four quarters of a network. */
  private record Ask(Set<Integer> quarters, End end) {
    static Ask random(Random random) {
      int first = random.nextInt(QUARTERS);
      Set<Integer> quarters =
          switch (random.nextInt(3)) {
            case 0 -> Set.of(0, 1, 2, 3);
            case 1 -> Set.of(first & 2, (first & 2) + 1);
            default -> Set.of(first);
          };
      return new Ask(quarters, End.values()[random.nextInt(End.values().length)]);
    }

    String peer() {
      int lowest = quarters.stream().min(Integer::compare).orElseThrow();
      return "203.0.113." + lowest * 64 + "/" + (24 + QUARTERS / 2 - log2(quarters.size()));
    }

    private static int log2(int number) {
      return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number);
    }
  }

  /** What is open, and until when. */
  private record Open(Ask ask, Instant until) {}

  @BeforeAll
  static void setTheStage() throws Exception {
    admin = CLUSTER.client("admin");
    requester = CLUSTER.client("requester");
    approver = CLUSTER.client("approver");
    operator = CLUSTER.client("operator");
    var applied = CLUSTER.kubectlWith("admin", Files.readString(STAGE), "apply", "-f", "-");
    assertThat(applied.exit()).as(applied.text()).isZero();
    controllers =
        Controllers.start(
            operator,
            Kinds.shipped(),
            Map.of(
                ConnectionSpec.Type.SANDBOX,
                new SandboxFactory(namespace -> new ConfigMapStore(operator, namespace))),
            new Settings(Clock.systemUTC(), "", why -> {}, Set.of(NAMESPACE), Transitions.UNHEARD));
  }

  @AfterAll
  static void clearTheStage() {
    controllers.close();
    List.of(admin, requester, approver, operator).forEach(KubernetesClient::close);
  }

  static IntStream stories() {
    return IntStream.range(0, STORIES);
  }

  @ParameterizedTest
  @MethodSource("stories")
  void whoeverGainsSomethingAtSomeMomentHasToBeApproved(int number) {
    Random random = new Random(20270104L + number);
    List<Open> open = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int requests = 3 + random.nextInt(3);
    for (int i = 0; i < requests; i++) {
      Ask ask = Ask.random(random);
      String name = "story-" + number + "-" + i;
      names.add(name);
      Set<Integer> gained = gained(ask, open);
      ProcessStatus planned = submitted(name, number, ask);
      String what = name + " " + ask + " beside " + open;
      if (gained.isEmpty()) {
        assertThat(planned.approvedBy()).as(what).contains("policy overlapping");
      } else {
        assertThat(planned.state()).as(what).isEqualTo(State.AWAITING_APPROVAL);
        approve(name, planned);
      }
      ProcessStatus live = until(name, s -> s.state() == State.IN_FORCE || over(s));
      assertThat(live.state()).as(what).isIn(State.IN_FORCE, State.COMPLETED);
      open.add(new Open(ask, live.expiresAt() == null ? Instant.MAX : live.expiresAt()));
    }
    names.forEach(name -> requester.resource(of(name).get()).delete());
    names.forEach(name -> await(name).atMost(Patience.LIMIT).until(() -> of(name).get() == null));
    assertThat(rules(number)).as("rules that are left of story %d", number).isEmpty();
  }

  /** The judge: what nobody else keeps open as long as it is asked for. */
  private static Set<Integer> gained(Ask ask, List<Open> open) {
    Set<Integer> gained = new java.util.TreeSet<>(ask.quarters());
    for (Open other : open) {
      if (!other.until().isBefore(ask.end().latest())) {
        gained.removeAll(other.ask().quarters());
      }
    }
    return gained;
  }

  private static ProcessStatus submitted(String name, int story, Ask ask) {
    String yaml =
        """
        apiVersion: processes.secamo.io/v1alpha1
        kind: FirewallChangeRequest
        metadata: {name: %s, namespace: %s}
        spec:
          connection: sandbox
          target: {securityGroup: web}
          rules:
          - {name: access, protocol: tcp, ports: ["%d"], peers: ["%s"]}
          justification: Requests that overlap
          %s
        """
            .formatted(name, NAMESPACE, port(story), ask.peer(), ask.end().yaml());
    requester.resource(Serialization.unmarshal(yaml, FirewallChangeRequest.class)).create();
    return until(
        name, s -> s.state() == State.AWAITING_APPROVAL || s.approvedBy() != null || over(s));
  }

  private static void approve(String name, ProcessStatus planned) {
    approver
        .resources(FirewallChangeRequest.class)
        .inNamespace(NAMESPACE)
        .withName(name)
        .edit(
            request -> {
              request
                  .getMetadata()
                  .getAnnotations()
                  .put(
                      Annotations.APPROVE_PREFIX + "security.1",
                      "approver " + planned.plan().digest());
              return request;
            });
  }

  private static boolean over(ProcessStatus status) {
    return status.state() != null && status.state().terminal();
  }

  private static ProcessStatus until(
      String name, java.util.function.Predicate<ProcessStatus> condition) {
    return await(name)
        .atMost(Patience.LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> of(name).get().getStatus(), status -> status != null && condition.test(status));
  }

  private static Resource<FirewallChangeRequest> of(String name) {
    return admin.resources(FirewallChangeRequest.class).inNamespace(NAMESPACE).withName(name);
  }

  private static List<String> rules(int story) {
    return admin
        .configMaps()
        .inNamespace(NAMESPACE)
        .withLabel("orchestrator.secamo.io/sandbox", "rule")
        .list()
        .getItems()
        .stream()
        .map(map -> map.getData().toString())
        .filter(rule -> rule.contains("tcp " + port(story) + " "))
        .toList();
  }

  private static int port(int story) {
    return 8000 + story;
  }
}
