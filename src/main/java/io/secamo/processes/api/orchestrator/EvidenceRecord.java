package io.secamo.processes.api.orchestrator;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import io.secamo.processes.api.Groups;

/** The hash-chained record of one process; it stays when the request is deleted. */
@Group(Groups.ORCHESTRATOR)
@Version(Groups.VERSION)
@Kind("EvidenceRecord")
@Plural("evidencerecords")
@Singular("evidencerecord")
@ShortNames("evr")
@JsonClassDescription(
    "The hash-chained record of one process. It stays when the request is deleted; nobody but the"
        + " operator adds to it, and nobody changes it.")
@AdditionalPrinterColumn(name = "Kind", jsonPath = ".spec.process.kind")
@AdditionalPrinterColumn(name = "Process", jsonPath = ".spec.process.name")
@AdditionalPrinterColumn(name = "Last", jsonPath = ".spec.entries[-1:].what")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class EvidenceRecord extends CustomResource<EvidenceRecordSpec, Void>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
