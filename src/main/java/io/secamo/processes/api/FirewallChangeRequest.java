package io.secamo.processes.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import io.secamo.processes.api.schema.NotYetObserved;

/** Opens network access at one target, for good or until a time. */
@Group(Groups.PROCESSES)
@Version(Groups.VERSION)
@Kind("FirewallChangeRequest")
@Plural("firewallchangerequests")
@Singular("firewallchangerequest")
@ShortNames("fcr")
@Categories("processes")
@JsonClassDescription("Opens network access at one target, for good or until a time.")
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state")
@AdditionalPrinterColumn(name = "Ticket", jsonPath = ".status.ticket.id")
@AdditionalPrinterColumn(name = "Waiting for", jsonPath = ".status.waitingFor")
@AdditionalPrinterColumn(name = "Expires", jsonPath = ".status.expiresAt")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Target", jsonPath = ".spec.target.securityGroup", priority = 1)
@AdditionalPrinterColumn(name = "Requester", jsonPath = ".status.requestedBy.name", priority = 1)
@AdditionalPrinterColumn(name = "Plan", jsonPath = ".status.plan.digest", priority = 1)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.message", priority = 1)
@AdditionalSelectableField(jsonPath = ".status.state")
@AdditionalSelectableField(jsonPath = ".status.waitingFor")
@AdditionalSelectableField(jsonPath = ".spec.connection")
@SchemaCustomizer(NotYetObserved.class)
@ValidationRule(
    value = "size(self.metadata.name) <= 63",
    message = "choose a name of at most 63 characters: it appears in tickets and firewall rules")
public final class FirewallChangeRequest extends CustomResource<FirewallChangeSpec, ProcessStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
