package io.secamo.processes.contract;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import io.secamo.processes.api.Groups;
import io.secamo.processes.api.request.ProcessRequest;
import io.secamo.processes.api.schema.NotYetObserved;

/** The kind that exists in these tests only. */
@Group(Groups.PROCESSES)
@Version(Groups.VERSION)
@Kind("LoanRequest")
@Plural("loanrequests")
@Singular("loanrequest")
@Categories("processes")
@SchemaCustomizer(NotYetObserved.class)
public final class LoanRequest extends ProcessRequest<Loan> {
  private static final long serialVersionUID = 1L;
}
