package io.secamo.processes.controlplane;

import static io.secamo.processes.controlplane.Submitted.accepted;
import static io.secamo.processes.controlplane.Submitted.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Evidence is added by the operator only, and nobody takes anything away from it. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class EvidencePolicyTest {
  private final ControlPlane cluster = ControlPlane.running();

  @Test
  void onlyTheOperatorWritesAndNobodyDeletes() {
    refused(apply("admin", record("r-admin", List.of("Submitted"))), "only the operator writes");
    accepted(apply("operator", record("r-1", List.of("Submitted"))));

    refused(kubectl("admin", "delete", "evr", "r-1"), "evidence is not deleted");
    refused(kubectl("admin", "delete", "evr", "--all"), "evidence is not deleted");
    refused(
        kubectl(
            "admin", "patch", "evr", "r-1", "--type=merge", "-p", "{\"spec\":{\"entries\":[]}}"),
        "only the operator writes");
  }

  /** Its name can be borrowed by who may impersonate; that the namespace goes cannot. */
  @Test
  void theNamespaceControllersNameAloneDeletesNothing() {
    accepted(apply("operator", record("r-4", List.of("Submitted"))));
    refused(
        kubectl(
            "admin",
            "--as",
            "system:serviceaccount:kube-system:namespace-controller",
            "--as-group",
            "system:masters",
            "delete",
            "evr",
            "r-4"),
        "evidence is not deleted");
  }

  /** With it would go every record of the cluster. */
  @Test
  void theDefinitionOfAKindIsNotDeletedByChance() {
    String kind = "evidencerecords.orchestrator.secamo.io";
    refused(
        cluster.kubectl("admin", "delete", "crd", kind, "--dry-run=server"),
        "with " + kind + " goes every EvidenceRecord of the cluster");
    refused(
        cluster.kubectl("admin", "delete", "crd", "--all", "--dry-run=server"),
        "of the cluster: see kubectl process uninstall --check");
    String key = "orchestrator.secamo.io/delete-with-all-evidence";
    accepted(cluster.kubectl("admin", "annotate", "crd", kind, key + "=yes"));
    refused(
        cluster.kubectl("admin", "delete", "crd", kind, "--dry-run=server"),
        "then annotate it " + key + "=" + kind);
    accepted(cluster.kubectl("admin", "annotate", "--overwrite", "crd", kind, key + "=" + kind));
    accepted(cluster.kubectl("admin", "delete", "crd", kind, "--dry-run=server"));
    accepted(cluster.kubectl("admin", "annotate", "crd", kind, key + "-"));
  }

  /** Who deletes all that was applied, and again because the first time had errors. */
  @Test
  void whatAsksForThatIsNotGoneAfterTheFirstTry() {
    String[] policies = {"validatingadmissionpolicy", "validatingadmissionpolicybinding"};
    String name = "definitions.orchestrator.secamo.io";
    String kind = "evidencerecords.orchestrator.secamo.io";
    try {
      for (String policy : policies) {
        accepted(cluster.kubectl("admin", "delete", policy, name, "--wait=false"));
      }
      for (String policy : policies) {
        assertThat(cluster.kubectl("admin", "get", policy, name).exit()).isZero();
      }
      refused(
          cluster.kubectl("admin", "delete", "crd", kind, "--dry-run=server"),
          "with " + kind + " goes every EvidenceRecord of the cluster");
    } finally {
      for (String policy : policies) {
        accepted(
            cluster.kubectl(
                "admin",
                "patch",
                policy,
                name,
                "--type=merge",
                "-p",
                "{\"metadata\":{\"finalizers\":null}}"));
      }
      accepted(
          cluster.kubectl(
              "admin", "apply", "--server-side", "-f", "manifests/policies/definitions.yaml"));
    }
  }

  @Test
  void evenTheOperatorOnlyAdds() {
    accepted(apply("operator", record("r-2", List.of("Submitted", "Vote"))));
    accepted(patch("r-2", List.of("Submitted", "Vote", "Ended")));

    String sentence = "entries of evidence are added, never changed or removed";
    refused(patch("r-2", List.of("Submitted", "Vote")), sentence);
    refused(patch("r-2", List.of("Submitted", "Forged", "Ended")), sentence);
    refused(patch("r-2", List.of("Vote", "Submitted", "Ended")), sentence);
    refused(
        kubectl(
            "operator",
            "patch",
            "evr",
            "r-2",
            "--type=merge",
            "-p",
            "{\"spec\":{\"process\":{\"name\":\"other\"}}}"),
        sentence);
  }

  @Test
  void aRecordAtItsLimitIsStillJudged() {
    List<String> many = IntStream.range(0, 200).mapToObj(i -> "Vote").toList();
    accepted(apply("operator", record("r-3", many.subList(0, 199))));
    accepted(patch("r-3", many));
  }

  private Result patch(String name, List<String> entries) {
    return kubectl(
        "operator",
        "patch",
        "evr",
        name,
        "--type=merge",
        "-p",
        "{\"spec\":{\"entries\":" + entries(entries) + "}}");
  }

  private Result apply(String person, String json) {
    return cluster.kubectlWith(person, json, "-n", "team-a", "create", "-f", "-");
  }

  private Result kubectl(String person, String... command) {
    String[] all = new String[command.length + 2];
    all[0] = "-n";
    all[1] = "team-a";
    System.arraycopy(command, 0, all, 2, command.length);
    return cluster.kubectl(person, all);
  }

  private static String record(String name, List<String> entries) {
    return "{\"apiVersion\":\"orchestrator.secamo.io/v1alpha1\",\"kind\":\"EvidenceRecord\","
        + "\"metadata\":{\"name\":\""
        + name
        + "\"},\"spec\":{\"process\":{\"kind\":\"FirewallChangeRequest\",\"namespace\":\"team-a\","
        + "\"name\":\"web\",\"uid\":\"u\",\"cluster\":\"c\"},\"entries\":"
        + entries(entries)
        + "}}";
  }

  private static String entries(List<String> whats) {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < whats.size(); i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"seq\":")
          .append(i + 1)
          .append(",\"at\":\"2027-01-01T00:00:00Z\",\"what\":\"")
          .append(whats.get(i))
          .append(
              "\",\"facts\":[\"one fact\",\"another fact\"],\"previous\":\"p\",\"hash\":\"h\"}");
    }
    return json.append("]").toString();
  }
}
