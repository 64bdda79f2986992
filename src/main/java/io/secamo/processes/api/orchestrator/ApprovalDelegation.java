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

/** Lets somebody vote in an approver's place until a time; granted by the approver. */
@Group(Groups.ORCHESTRATOR)
@Version(Groups.VERSION)
@Kind("ApprovalDelegation")
@Plural("approvaldelegations")
@Singular("approvaldelegation")
@ShortNames("adel")
@JsonClassDescription(
    "Lets somebody vote in an approver's place until a time. The approver grants it; delete it to"
        + " take it back.")
@AdditionalPrinterColumn(name = "Gate", jsonPath = ".spec.gate")
@AdditionalPrinterColumn(name = "By", jsonPath = ".spec.by")
@AdditionalPrinterColumn(name = "To", jsonPath = ".spec.to")
@AdditionalPrinterColumn(name = "Until", jsonPath = ".spec.until")
public final class ApprovalDelegation extends CustomResource<ApprovalDelegationSpec, Void>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
