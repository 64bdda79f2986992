package io.secamo.processes.kubernetes.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.approval.Ballot.Holders;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import io.secamo.processes.systems.Script.Result;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who could pass a gate is found out among whatever roles there are. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class GateHoldersTest {
  private static final ControlPlane CLUSTER = ControlPlane.running();
  private final KubernetesClient operator = CLUSTER.client("operator");
  private final GateHolders holders = new GateHolders(operator, Clock.systemUTC(), changed -> {});

  @BeforeEach
  void emptyRoles() {
    apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: empty, namespace: team-a}
        rules: null
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: empty-everywhere}
        rules: null
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: empty, namespace: team-a}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: empty}
        subjects: [{kind: User, name: somebody, apiGroup: rbac.authorization.k8s.io}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: nobody, namespace: team-a}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: empty-everywhere}
        subjects: null
        """);
  }

  @AfterEach
  void tidy() {
    operator.close();
    must(CLUSTER.kubectl("admin", "-n", "team-a", "delete", "rolebinding", "empty", "nobody"));
    must(CLUSTER.kubectl("admin", "-n", "team-a", "delete", "role", "empty"));
    must(CLUSTER.kubectl("admin", "delete", "clusterrole", "empty-everywhere"));
  }

  @Test
  void aRoleWithoutRulesStopsNobodysApproval() {
    Map<String, Holders> may = holders.at("team-a", List.of("security", "nowhere")).orElseThrow();
    assertThat(may.get("security").others()).as("a group").isTrue();
    assertThat(may.get("nowhere")).isEqualTo(new Holders(Set.of(), false));
  }

  private static void apply(String yaml) {
    must(CLUSTER.kubectlWith("admin", yaml, "apply", "-f", "-"));
  }

  private static void must(Result result) {
    assertThat(result.exit()).as(result.text()).isZero();
  }
}
