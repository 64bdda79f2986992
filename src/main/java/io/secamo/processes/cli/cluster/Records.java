package io.secamo.processes.cli.cluster;

import static io.secamo.processes.cli.cluster.Answers.answered;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.orchestrator.EvidenceRecord;
import java.util.Comparator;
import java.util.List;

/** The evidence that the cluster keeps, as far as the person may read it. */
public final class Records {
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

  /** How many records there are in all namespaces; the API server counts them. */
  public long count() {
    return answered(
        () -> {
          var first =
              client
                  .resources(EvidenceRecord.class)
                  .inAnyNamespace()
                  .list(new ListOptionsBuilder().withLimit(1L).build());
          Long more = first.getMetadata().getRemainingItemCount();
          return first.getItems().size() + (more == null ? 0 : more);
        });
  }
}
