package io.secamo.processes.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.systems.Script.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A request on the real API server, and what people do to it. */
public final class Submitted {
  public static final String DIGEST = "0f3a9c2e5b7d1846";
  private static final String PLAN =
      "{\"digest\":\"%1$s\",\"sha256\":\"%1$s\",\"summary\":\"s\",\"effects\":[],\"account\":\"a\","
          + "\"policy\":\"p\",\"computedAt\":\"2027-01-01T00:00:00Z\"}";

  private static final String OPEN =
      "{\"name\":\"%s\",\"state\":\"Open\",\"required\":1,\"approvals\":0}";

  private final ControlPlane cluster;
  private final KubernetesClient operator;
  private final String name;

  public Submitted(ControlPlane cluster, KubernetesClient operator, String name) {
    this.cluster = cluster;
    this.operator = operator;
    this.name = name;
  }

  static String yaml(String name, String... annotations) {
    try {
      String yaml =
          Files.readString(Path.of("examples/sandbox/request.yaml")).replace("acme-web-443", name);
      return annotations.length == 0
          ? yaml
          : yaml.replace(
              "name: " + name,
              "name: " + name + "\n  annotations: {" + String.join(", ", annotations) + "}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Who is not one of the known persons speaks through an administrator that impersonates them. */
  public Result as(String user, String group, String... command) {
    return cluster.kubectl("admin", impersonating(user, group, command));
  }

  private static String[] impersonating(String user, String group, String... command) {
    List<String> all =
        new ArrayList<>(
            List.of("-n", "team-a", "--as", user, "--as-group", "system:authenticated"));
    if (!group.isEmpty()) {
      all.addAll(List.of("--as-group", group));
    }
    all.addAll(List.of(command));
    return all.toArray(String[]::new);
  }

  public Result submittedBy(String user, String group, String... annotations) {
    return cluster.kubectlWith(
        "admin", yaml(name, annotations), impersonating(user, group, "apply", "-f", "-"));
  }

  Result annotate(String person, String... what) {
    List<String> all = new ArrayList<>(List.of("-n", "team-a", "annotate", "fcr", name));
    all.addAll(List.of(what));
    return cluster.kubectl(person, all.toArray(String[]::new));
  }

  Result annotateAs(String user, String group, String... what) {
    List<String> all = new ArrayList<>(List.of("annotate", "fcr", name));
    all.addAll(List.of(what));
    return as(user, group, all.toArray(String[]::new));
  }

  /** Only the operator may: as an earlier version let others, or a later one will. */
  void stored(String annotations) {
    var unused =
        operator
            .resources(FirewallChangeRequest.class)
            .inNamespace("team-a")
            .withName(name)
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"metadata\":{\"annotations\":{" + annotations + "}}}");
  }

  /** Who repeats what is there as one more field manager, again and again, until it is refused. */
  Result appliedByManyManagers() {
    String prefix = ("a".repeat(60) + ".").repeat(3) + "example.com/n";
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      names.append(i == 0 ? "" : ", ").append('"').append(prefix).append(i).append("\": v");
    }
    String file =
        """
        apiVersion: processes.secamo.io/v1alpha1
        kind: FirewallChangeRequest
        metadata: {name: %s, namespace: team-a, annotations: {%s}}
        """
            .formatted(name, names);
    Result last = null;
    for (int i = 0; i < 60 && (last == null || last.exit() == 0); i++) {
      last =
          cluster.kubectlWith(
              "admin", file, "apply", "--server-side", "--field-manager=m" + i, "-f", "-");
    }
    return last;
  }

  public Map<String, String> annotations() {
    return get().getMetadata().getAnnotations();
  }

  public FirewallChangeRequest get() {
    return operator
        .resources(FirewallChangeRequest.class)
        .inNamespace("team-a")
        .withName(name)
        .get();
  }

  /** Sets the state as the operator would, with these gates open. */
  public Submitted in(String state, String... gates) {
    String open =
        Stream.of(gates.length == 0 ? new String[] {"security"} : gates)
            .map(OPEN::formatted)
            .collect(Collectors.joining(","));
    return status(
        "{\"status\":{\"state\":\"%s\",\"plan\":%s,\"gates\":[%s]}}"
            .formatted(state, PLAN.formatted(DIGEST), open));
  }

  /** Sets the state as the operator would, with a rule that it has made. */
  public Submitted made(String state) {
    return status(
        "{\"status\":{\"state\":\"%s\",\"effects\":[{\"key\":\"k\",\"step\":\"Apply\","
                .formatted(state)
            + "\"state\":\"Done\",\"intendedAt\":\"2027-01-01T00:00:00Z\"}]}}");
  }

  /** In force, as the operator saw it when it last looked. */
  public Submitted live() {
    Long generation = get().getMetadata().getGeneration();
    made("InForce");
    return status(
        "{\"status\":{\"observedGeneration\":%d,\"waitingFor\":\"expiry\",\"conditions\":[{"
                .formatted(generation)
            + "\"type\":\"Ready\",\"status\":\"True\",\"reason\":\"InForce\",\"message\":\"live\","
            + "\"lastTransitionTime\":\"2027-01-01T00:00:00Z\"}]}}");
  }

  /** Waits for votes, asked for by this person. */
  public Submitted askedBy(String person) {
    in("AwaitingApproval");
    return status(
        "{\"status\":{\"requestedBy\":{\"name\":\"%s\",\"source\":\"Admission\"}}}"
            .formatted(person));
  }

  /** What the votes on its plan rest on asks for this. */
  public Submitted gatesAskFor(String line) {
    return status(
        "{\"status\":{\"plan\":{\"basis\":{\"connection\":\"c\",\"gates\":[\"%s\"]}}}}"
            .formatted(line));
  }

  /** Needs attention, and says which answers there are. */
  public Submitted stuck(String... answers) {
    String list = "\"" + String.join("\",\"", answers) + "\"";
    return status("{\"status\":{\"state\":\"NeedsAttention\",\"answers\":[" + list + "]}}");
  }

  private Submitted status(String merge) {
    operator
        .resources(FirewallChangeRequest.class)
        .inNamespace("team-a")
        .withName(name)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), merge);
    return this;
  }

  public void remove() {
    FirewallChangeRequest left = get();
    if (left != null) {
      operator
          .resource(left)
          .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
      cluster.kubectl("admin", "-n", "team-a", "delete", "fcr", name, "--ignore-not-found");
    }
  }

  /** As long as a delegation may last, but for a day. */
  public static String inThirtyDays() {
    return Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static void refused(Result result, String sentence) {
    assertThat(result.exit()).as(result.text()).isNotZero();
    assertThat(result.err()).contains(sentence);
  }

  public static void accepted(Result result) {
    assertThat(result.exit()).as(result.text()).isZero();
  }
}
