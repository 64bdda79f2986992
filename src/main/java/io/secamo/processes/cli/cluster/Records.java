package io.secamo.processes.cli.cluster;

import static io.secamo.processes.cli.cluster.Answers.answered;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.orchestrator.EvidenceRecord;
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

  /** Of which requests, in all namespaces, there is a record: their uids. */
  public Set<String> subjects() {
    return answered(
        () -> {
          Set<String> uids = new HashSet<>();
          @Nullable String next = null;
          do {
            var page =
                client
                    .resources(EvidenceRecord.class)
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build());
            page.getItems().forEach(record -> uids.add(record.getSpec().process().uid()));
            next = page.getMetadata() == null ? null : page.getMetadata().getContinue();
          } while (next != null && !next.isEmpty());
          return uids;
        });
  }
}
