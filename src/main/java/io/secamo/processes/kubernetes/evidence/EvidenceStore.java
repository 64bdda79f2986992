package io.secamo.processes.kubernetes.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.Groups;
import io.secamo.processes.api.orchestrator.EvidenceRecord;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.kubernetes.leaving.LeavingNamespaces;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the evidence of a process into an object of its own, which stays when the request is
 * deleted. Entries are only ever added; an admission policy refuses everything else.
 */
public final class EvidenceStore {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceStore.class);

  private static final String ENDED = "Ended";

  private final KubernetesClient client;
  private final Map<String, String> kept = new ConcurrentHashMap<>();

  /** Keeps evidence in the namespace of each process. */
  public EvidenceStore(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Makes sure that the record has these entries. Costs nothing if it is known to have them.
   *
   * <p>In a namespace that is being deleted there is nowhere to keep it: then its hash is logged.
   *
   * @throws KubernetesClientException if that cannot be made sure; try again then
   */
  public void keep(Subject subject, List<EvidenceEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    String head = entries.get(entries.size() - 1).hash();
    if (head.equals(kept.get(subject.uid()))) {
      return;
    }
    EvidenceRecord record = stored(subject);
    if (record == null) {
      create(subject, entries);
    } else {
      extend(record, entries);
    }
    kept.put(subject.uid(), head);
  }

  /** Whether the record of a process tells how it ended. */
  public boolean ended(Subject subject) {
    EvidenceRecord record = stored(subject);
    return record != null
        && record.getSpec().entries().stream().anyMatch(entry -> entry.what().equals(ENDED));
  }

  /** Forgets that a record is known. */
  public void forget(String uid) {
    kept.remove(uid);
  }

  private EvidenceRecord stored(Subject subject) {
    return client
        .resources(EvidenceRecord.class)
        .inNamespace(subject.namespace())
        .withName(subject.uid())
        .get();
  }

  private void create(Subject subject, List<EvidenceEntry> entries) {
    EvidenceRecord record = new EvidenceRecord();
    record.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(subject.namespace())
            .withName(subject.uid())
            .addToLabels("app.kubernetes.io/managed-by", "process-orchestrator")
            .build());
    record.setSpec(new EvidenceRecordSpec(subject, entries));
    try {
      client.resource(record).create();
    } catch (KubernetesClientException e) {
      if (!LeavingNamespaces.refused(e)) {
        throw e;
      }
      // It would go with the namespace anyway, and the request must not keep that from going.
      LOG.warn(
          "the evidence of {} in {} is not kept, its namespace is being deleted; its last hash is"
              + " {}",
          subject.name(),
          subject.namespace(),
          entries.get(entries.size() - 1).hash());
    }
  }

  private void extend(EvidenceRecord record, List<EvidenceEntry> entries) {
    List<EvidenceEntry> there = record.getSpec().entries();
    int common = Math.min(there.size(), entries.size());
    if (!there.subList(0, common).equals(entries.subList(0, common))) {
      LOG.error(
          "the evidence of {} in {} does not agree with its status: somebody wrote to one of them",
          record.getSpec().process().name(),
          Groups.ORCHESTRATOR);
      return;
    }
    if (there.size() >= entries.size()) {
      return;
    }
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("resourceVersion", record.getMetadata().getResourceVersion());
    JsonNode list = client.getKubernetesSerialization().convertValue(entries, JsonNode.class);
    patch.putObject("spec").set("entries", list);
    client
        .resources(EvidenceRecord.class)
        .inNamespace(record.getMetadata().getNamespace())
        .withName(record.getMetadata().getName())
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
  }
}
