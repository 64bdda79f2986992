package io.secamo.processes.kubernetes.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of requests, on the real API server. */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class EvidenceStoreTest {
  private final ControlPlane cluster = ControlPlane.running();

  @Test
  void aNamespaceThatIsDeletedIsNotHeldUpByTheEvidenceOfItsRequests() {
    assertThat(cluster.kubectl("admin", "create", "namespace", "gone").exit()).isZero();
    cluster.kubectl("admin", "delete", "namespace", "gone", "--wait=false");
    Subject subject = new Subject("FirewallChangeRequest", "gone", "web", "uid-of-web", "c");
    EvidenceEntry entry =
        new EvidenceEntry(1, Instant.EPOCH, "Submitted", null, null, List.of(), "0", "1");

    try (KubernetesClient operator = cluster.client("operator")) {
      EvidenceStore store = new EvidenceStore(operator);
      assertThatCode(() -> store.keep(subject, List.of(entry))).doesNotThrowAnyException();
    }
  }
}
