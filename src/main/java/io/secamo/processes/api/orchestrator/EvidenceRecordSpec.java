package io.secamo.processes.api.orchestrator;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.schema.ReadableTimes;
import java.util.List;

/** What happened in one process, in order. */
@JsonClassDescription("What happened in one process, in order; written by the operator only.")
@JsonPropertyOrder({"process", "entries"})
@SchemaCustomizer(value = ReadableTimes.class, input = ReadableTimes.ANY)
public record EvidenceRecordSpec(
    @Required @JsonPropertyDescription("The process the record is about.") Subject process,
    @Required
        @Size(max = 200)
        @JsonPropertyDescription("The entries; each carries the hash of the one before.")
        List<EvidenceEntry> entries) {

  /** Which process it is; the first entry says the same, so that its hash covers it. */
  @JsonPropertyOrder({"kind", "namespace", "name", "uid", "cluster"})
  public record Subject(
      @Required
          @Size(max = 63)
          @JsonPropertyDescription("Kind of the request. Example: FirewallChangeRequest.")
          String kind,
      @Required @Size(max = 63) @JsonPropertyDescription("Namespace of the request.")
          String namespace,
      @Required @Size(max = 253) @JsonPropertyDescription("Name of the request.") String name,
      @Required @Size(max = 63) @JsonPropertyDescription("Uid of the request: names are reused.")
          String uid,
      @Required @Size(max = 63) @JsonPropertyDescription("Uid of the cluster's kube-system.")
          String cluster) {}
}
