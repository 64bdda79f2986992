package io.secamo.processes.cli.cluster;

import static io.secamo.processes.cli.cluster.Answers.answered;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.orchestrator.EvidenceRecord;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.evidence.Chain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The evidence that the cluster keeps, as far as the person may read it. */
public final class Records {
  /** So many are in memory at a time. */
  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final String namespace;

  Records(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** The records of requests of that name, newest last: names are reused. */
  public List<EvidenceRecord> of(String name) {
    return all(false).stream()
        .filter(r -> r.getSpec().process().name().equals(name))
        .sorted(Comparator.comparing(r -> r.getMetadata().getCreationTimestamp()))
        .toList();
  }

  /** All records of the namespace, or of all of them. */
  public List<EvidenceRecord> all(boolean everywhere) {
    return answered(
        () -> {
          var all = client.resources(EvidenceRecord.class);
          return everywhere
              ? all.inAnyNamespace().list().getItems()
              : all.inNamespace(namespace).list().getItems();
        });
  }

  /**
   * What the records of all namespaces tell.
   *
   * @param subjects uids of the requests of which there is one
   * @param notRemoved those of which something was made, and nothing tells that it was removed
   */
  public record Kept(Set<String> subjects, List<Subject> notRemoved) {}

  /** What the records of all namespaces tell, of which not all are in memory at a time. */
  public Kept kept() {
    return answered(
        () -> {
          Kept kept = new Kept(new HashSet<>(), new ArrayList<>());
          @Nullable String next = null;
          do {
            var page =
                client
                    .resources(EvidenceRecord.class)
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build());
            page.getItems().forEach(record -> add(record.getSpec(), kept));
            next = page.getMetadata() == null ? null : page.getMetadata().getContinue();
          } while (next != null && !next.isEmpty());
          return kept;
        });
  }

  private static void add(EvidenceRecordSpec record, Kept kept) {
    kept.subjects().add(record.process().uid());
    List<String> told = record.entries().stream().map(EvidenceEntry::what).toList();
    if (told.contains(Chain.APPLIED) && !told.contains(EvidenceEntry.REVERTED)) {
      kept.notRemoved().add(record.process());
    }
  }
}
