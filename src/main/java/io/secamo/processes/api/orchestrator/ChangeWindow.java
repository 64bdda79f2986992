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

/** When changes may be made, or must not. */
@Group(Groups.ORCHESTRATOR)
@Version(Groups.VERSION)
@Kind("ChangeWindow")
@Plural("changewindows")
@Singular("changewindow")
@ShortNames("cw")
@JsonClassDescription(
    "When changes may be made (Allow) or must not (Freeze). A freeze outweighs every allowance;"
        + " without a window that matches, changes may be made at any time.")
@AdditionalPrinterColumn(name = "Type", jsonPath = ".spec.type")
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state")
@AdditionalPrinterColumn(name = "Next change", jsonPath = ".status.nextChange")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".spec.reason")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    priority = 1)
public final class ChangeWindow extends CustomResource<ChangeWindowSpec, ChangeWindowStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
