package io.secamo.processes.api.firewall;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import io.secamo.processes.api.Groups;
import io.secamo.processes.api.request.ProcessRequest;
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
// Here and not on the spec, where the state is not seen: who edits what is over is told another
// way.
@ValidationRule(
    value =
        "self.spec.connection == oldSelf.spec.connection"
            + " && self.spec.target == oldSelf.spec.target"
            + " && self.spec.rules == oldSelf.spec.rules"
            + " && self.spec.justification == oldSelf.spec.justification"
            + " && has(self.spec.ticket) == has(oldSelf.spec.ticket)"
            + " && (!has(self.spec.ticket) || self.spec.ticket == oldSelf.spec.ticket)"
            + " && self.spec.adoption == oldSelf.spec.adoption"
            + " && self.spec.onDelete == oldSelf.spec.onDelete"
            + " && has(self.spec.notBefore) == has(oldSelf.spec.notBefore)"
            + " && (!has(self.spec.notBefore) || self.spec.notBefore == oldSelf.spec.notBefore)"
            + " && has(self.spec.expiresAt) == has(oldSelf.spec.expiresAt)"
            + " && (!has(self.spec.expiresAt) || self.spec.expiresAt == oldSelf.spec.expiresAt)"
            + " && has(self.spec.expiresAfter) == has(oldSelf.spec.expiresAfter)"
            + " && (!has(self.spec.expiresAfter)"
            + " || self.spec.expiresAfter == oldSelf.spec.expiresAfter)"
            + " && has(self.spec.supersedes) == has(oldSelf.spec.supersedes)"
            + " && (!has(self.spec.supersedes)"
            + " || self.spec.supersedes == oldSelf.spec.supersedes)"
            + " && has(self.spec.removes) == has(oldSelf.spec.removes)"
            + " && (!has(self.spec.removes) || self.spec.removes == oldSelf.spec.removes)",
    fieldPath = ".spec",
    message = "a submitted change cannot be edited; withdraw it and submit a new one",
    messageExpression =
        "'a submitted change cannot be edited'"
            + " + (has(self.status) && has(self.status.state) && self.status.state in ["
            + FirewallChangeRequest.OVER
            + "] ? ': this request is over (' + self.status.state"
            + " + '), submit a new one under another name'"
            + " : has(self.status) && has(self.status.state) && self.status.state == 'InForce'"
            + " ? ': it is in force; for another end run kubectl process extend ' +"
            + " self.metadata.name : '; withdraw it and submit a new one')")
public final class FirewallChangeRequest extends ProcessRequest<FirewallChangeSpec> {
  /** The states in which a request has ended, as CEL lists them. */
  static final String OVER =
      "'Completed', 'AlreadySatisfied', 'Expired', 'Rejected', 'ApprovalTimedOut', 'Withdrawn',"
          + " 'RolledBack', 'Removed'";

  private static final long serialVersionUID = 1L;
}
