package io.secamo.processes.contract;

import io.secamo.processes.api.plan.Change;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.approval.PlanFacts;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.process.Approvals;
import io.secamo.processes.process.Grounds;
import io.secamo.processes.process.InputsReader;
import io.secamo.processes.process.PlanDigester;
import io.secamo.processes.process.Planning;
import io.secamo.processes.process.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people approve of a loan, and what policies may ask about it. */
final class LoanPlan {
  static final Duration LASTS = Duration.ofHours(1);
  static final ConnectionFacts DIRECTORY =
      new ConnectionFacts("directory", "uid-directory", "Directory", "", Map.of(), "", "{}");
  private static final String GROUP = "group";

  private final Surroundings around;
  private final Approvals<Loan> approvals;

  LoanPlan(Surroundings around) {
    this.around = around;
    this.approvals =
        new Approvals<>(
            around,
            new InputsReader<>(around, LoanPlan::facts, context -> DIRECTORY),
            loan -> Optional.empty(),
            (context, plan) -> made(context).sha256().equals(plan.sha256()));
  }

  Approvals<Loan> approvals() {
    return approvals;
  }

  Outcome plan(StepContext<Loan> context) {
    Protection protection = around.protection(context.request());
    return approvals
        .obstacle(context, protection)
        .orElseGet(() -> approvals.recordPlan(context, made(context), protection));
  }

  private Plan made(StepContext<Loan> context) {
    Grounds grounds = approvals.grounds(context, around.protection(context.request()));
    String person = context.spec().person();
    Change change = new Change(LoanProcedure.JOIN, Change.Does.ADD, person, GROUP, null);
    Plan undigested =
        new Plan(
            "",
            "",
            person + " gets into " + GROUP + " for " + LASTS.toMinutes() + " minutes",
            List.of(change.line()),
            List.of(change),
            null,
            null,
            null,
            null,
            "tenant",
            DIRECTORY.identity(),
            grounds.policies(),
            grounds.admission(),
            null,
            null,
            null,
            context.asOf());
    List<String> asked = List.of("person " + person, "badge " + context.spec().badge());
    return Planning.latest(
        context.journal(),
        new PlanDigester(context.request().uid(), asked, GROUP),
        grounds,
        undigested);
  }

  private static PlanFacts facts(StepContext<Loan> context, Plan plan) {
    return new PlanFacts(
        Map.of(
            "summary", plan.summary(),
            "effects", plan.effects(),
            "account", plan.account(),
            "removes", false,
            "temporary", true,
            "lasting", false,
            "starts", context.request().createdAt(),
            "seconds", LASTS.toSeconds(),
            "findings", List.of(),
            "gained", List.of()),
        Map.of(
            "kind", context.request().kind().value(),
            "namespace", context.request().namespace(),
            "name", context.request().name(),
            "requestedBy", context.request().requestedBy(),
            "source", "Admission",
            "spec", Map.of("person", context.spec().person())),
        Map.of(
            "name", DIRECTORY.name(),
            "type", DIRECTORY.type(),
            "endpoint", DIRECTORY.endpoint(),
            "labels", DIRECTORY.labels(),
            "longest", DIRECTORY.longest()));
  }
}
