package io.secamo.processes.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything we hand out can be applied as it is, and grants no more than it must. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class ManifestsTest {
  private static final Pattern SUBMITTER = Pattern.compile("submitted-by: (\\S+)");

  private static final String FLUX = "system:serviceaccount:flux-system:kustomize-controller";
  private static final String SUBMITS_FOR_PEOPLE =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: documented-submitter, namespace: team-a}
      rules:
      - {apiGroups: [processes.secamo.io], resources: [requests], verbs: [submit-on-behalf]}
      - apiGroups: [processes.secamo.io]
        resources: [firewallchangerequests]
        verbs: [get, create, patch]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: documented-submitter, namespace: team-a}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: documented-submitter}
      subjects: [{kind: ServiceAccount, name: kustomize-controller, namespace: flux-system}]
      """;

  @BeforeAll
  static void theToolsThatThePagesNameAreThere() {
    ControlPlane cluster = ControlPlane.running();
    Result made = cluster.kubectlWith("admin", SUBMITS_FOR_PEOPLE, "apply", "-f", "-");
    assertThat(made.exit()).as(made.text()).isZero();
    Result monitoring =
        cluster.kubectl("admin", "apply", "-f", "src/test/resources/docs/monitoring.yaml");
    assertThat(monitoring.exit()).as(monitoring.text()).isZero();
    cluster.kubectl("admin", "wait", "--for=condition=Established", "crd", "--all");
    cluster.awaitRight(FLUX, "submit-on-behalf", "requests.processes.secamo.io", "team-a");
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("examples"))) {
      return files
          .filter(f -> f.toString().endsWith(".yaml") && !f.endsWith("kustomization.yaml"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsAcceptedByTheApiServer(Path example) {
    Result result =
        ControlPlane.running()
            .kubectl(
                "admin",
                "-n",
                "team-a",
                "apply",
                "--dry-run=server",
                "--validate=strict",
                "-f",
                example.toString());
    assertThat(result.exit()).as(result.text()).isZero();
  }

  private static final Pattern UNTIL = Pattern.compile("(?<=until: \")[^\"]+(?=\")");

  @Test
  void everyResourceInTheDocumentationIsAccepted() throws IOException {
    Pattern block = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    int checked = 0;
    try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
      for (Path page : pages.filter(f -> f.toString().endsWith(".md")).toList()) {
        Matcher yaml = block.matcher(Files.readString(page));
        while (yaml.find()) {
          Matcher submitter = SUBMITTER.matcher(yaml.group(1));
          Result result =
              ControlPlane.running()
                  .kubectlWith(
                      "admin",
                      // The day of an example passes, and a delegation lasts a month at most.
                      UNTIL.matcher(yaml.group(1)).replaceAll(Submitted.inThirtyDays()),
                      "--as",
                      submitter.find() ? submitter.group(1) : "admin",
                      "--as-group",
                      submitter.reset().find() ? "system:serviceaccounts" : "system:masters",
                      "-n",
                      "team-a",
                      "apply",
                      "--dry-run=server",
                      "--validate=strict",
                      "-f",
                      "-");
          assertThat(result.exit()).as(page + "\n" + result.text()).isZero();
          checked++;
        }
      }
    }
    assertThat(checked).isPositive();
  }

  @Test
  void theOperatorHoldsNoWildcardAndReadsNoSecretByItself() {
    Result role =
        ControlPlane.running()
            .kubectl("admin", "get", "clusterrole", "process-orchestrator", "-o", "yaml");
    assertThat(role.out()).contains("firewallchangerequests/status").doesNotContain("'*'");
    Result secrets =
        ControlPlane.running()
            .kubectl(
                "admin",
                "auth",
                "can-i",
                "get",
                "secrets",
                "-n",
                "kube-system",
                "--as",
                "system:serviceaccount:process-orchestrator:process-orchestrator");
    assertThat(secrets.out()).contains("no");
  }

  @Test
  void aRequesterHoldsNoVote() {
    assertThat(mayApprove("approver", "approvers")).isEqualTo("true");
    assertThat(mayApprove("requester", "engineers")).isEqualTo("false");
  }

  /** Asked by a review: "kubectl auth can-i" answers no for what is no kind, whoever asks. */
  private static String mayApprove(String person, String group) {
    return ControlPlane.running()
        .kubectlWith(
            "admin",
            """
            {"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
             "spec": {"user": "%s", "groups": ["%s"], "resourceAttributes": {"namespace": "team-a", "verb": "approve",
               "group": "orchestrator.secamo.io", "resource": "approvalgates",
               "name": "security"}}}
            """
                .formatted(person, group),
            "create",
            "-f",
            "-",
            "-o",
            "jsonpath={.status.allowed}")
        .out();
  }
}
