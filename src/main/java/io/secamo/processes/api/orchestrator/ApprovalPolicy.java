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

/** Which gates the plans of a namespace must pass. All policies of the namespace add up. */
@Group(Groups.ORCHESTRATOR)
@Version(Groups.VERSION)
@Kind("ApprovalPolicy")
@Plural("approvalpolicies")
@Singular("approvalpolicy")
@ShortNames("apol")
@JsonClassDescription(
    "Which gates the plans of this namespace must pass. The gates of all rules that match add up;"
        + " without a rule that matches nothing is approved.")
@AdditionalPrinterColumn(name = "Gates", jsonPath = ".status.gates")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    priority = 1)
public final class ApprovalPolicy extends CustomResource<ApprovalPolicySpec, ApprovalPolicyStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
