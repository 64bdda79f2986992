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
import io.secamo.processes.api.orchestrator.EvidenceRecord;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.kubernetes.leaving.LeavingNamespaces;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the evidence of a process into an object of its own, which stays when the request is
 * deleted. Entries are only ever added; an admission policy refuses everything else.
 */
public final class EvidenceStore {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceStore.class);

  /** More than one only if somebody wrote to the status, or to a record. */
  private static final int MOST_RECORDS = 9;

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
   * @return whether they go on from what was kept before. If not, somebody wrote to one of them,
   *     and both are kept: these entries in a record of their own, whose name ends in a number
   * @throws KubernetesClientException if that cannot be made sure; try again then
   */
  public boolean keep(Subject subject, List<EvidenceEntry> entries) {
    if (entries.isEmpty()) {
      return true;
    }
    String head = entries.get(entries.size() - 1).hash();
    if (head.equals(kept.get(subject.uid()))) {
      return true;
    }
    for (int i = 1; i <= MOST_RECORDS; i++) {
      String name = i == 1 ? subject.uid() : subject.uid() + "-" + i;
      EvidenceRecord record = stored(subject, name);
      if (record == null) {
        create(subject, name, entries);
        kept.put(subject.uid(), head);
        return i == 1;
      }
      if (agrees(told(record), entries)) {
        extend(record, entries);
        kept.put(subject.uid(), head);
        return true;
      }
    }
    LOG.error("the evidence of {} disagrees with all that was kept of it", subject.name());
    return false;
  }

  /** A definition that somebody made thinner may have dropped them. */
  private static List<EvidenceEntry> told(EvidenceRecord record) {
    List<EvidenceEntry> entries = record.getSpec() == null ? null : record.getSpec().entries();
    return entries == null ? List.of() : entries;
  }

  /** Whether one of them goes on from the other. */
  private static boolean agrees(List<EvidenceEntry> there, List<EvidenceEntry> entries) {
    int common = Math.min(there.size(), entries.size());
    return there.subList(0, common).equals(entries.subList(0, common));
  }

  /** Whether the record of a process tells how it ended. */
  public boolean ended(Subject subject) {
    EvidenceRecord record = stored(subject, subject.uid());
    return record != null && new Chain(told(record)).tells(Chain.ENDED);
  }

  /** Forgets that a record is known. */
  public void forget(String uid) {
    kept.remove(uid);
  }

  private @Nullable EvidenceRecord stored(Subject subject, String name) {
    return client
        .resources(EvidenceRecord.class)
        .inNamespace(subject.namespace())
        .withName(name)
        .get();
  }

  private void create(Subject subject, String name, List<EvidenceEntry> entries) {
    EvidenceRecord record = new EvidenceRecord();
    record.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(subject.namespace())
            .withName(name)
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
    List<EvidenceEntry> there = told(record);
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
