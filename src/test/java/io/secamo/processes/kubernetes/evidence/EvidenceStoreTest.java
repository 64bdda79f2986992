package io.secamo.processes.kubernetes.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.orchestrator.EvidenceRecord;
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

  /** A status that was rewritten, or a record: neither takes the place of the other. */
  @Test
  void whatDoesNotGoOnFromWhatWasKeptIsKeptBesideIt() {
    String uid = "uid-" + System.nanoTime();
    Subject subject = new Subject("FirewallChangeRequest", "team-a", "web", uid, "c");
    EvidenceEntry first = entry(1, "Submitted");
    EvidenceEntry forged = entry(1, "Forged");

    try (KubernetesClient operator = cluster.client("operator")) {
      EvidenceStore store = new EvidenceStore(operator);
      assertThat(store.keep(subject, List.of(first))).isTrue();
      assertThat(store.keep(subject, List.of(first, entry(2, "Applied")))).isTrue();
      assertThat(store.keep(subject, List.of(forged))).as("said once").isFalse();

      EvidenceStore restarted = new EvidenceStore(operator);
      assertThat(restarted.keep(subject, List.of(forged, entry(2, "Ended")))).isTrue();
      assertThat(words(operator, uid)).containsExactly("Submitted", "Applied");
      assertThat(words(operator, uid + "-2")).containsExactly("Forged", "Ended");
    }
  }

  private static List<String> words(KubernetesClient operator, String name) {
    return operator
        .resources(EvidenceRecord.class)
        .inNamespace("team-a")
        .withName(name)
        .get()
        .getSpec()
        .entries()
        .stream()
        .map(EvidenceEntry::what)
        .toList();
  }

  private static EvidenceEntry entry(int seq, String what) {
    return new EvidenceEntry(seq, Instant.EPOCH, what, null, null, List.of("f"), "0", what + seq);
  }
}
