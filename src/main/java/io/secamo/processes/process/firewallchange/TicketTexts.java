package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.firewall.Finding;
import io.secamo.processes.process.firewallchange.requested.RequestedChange;
import io.secamo.processes.process.ticket.TicketWording;
import io.secamo.processes.text.Limit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the firewall change says in its tickets, in one place so that it can be read aloud. */
final class TicketTexts implements TicketWording<FirewallChangeSpec> {
  private static final int LONGEST_SUBJECT = 190;

  @Override
  public Optional<Wanted> wanted(FirewallChangeSpec spec) {
    return Optional.ofNullable(spec.ticket())
        .map(ticket -> new Wanted(ticket.connection(), ticket.queue(), ticket.priority()));
  }

  @Override
  public String subject(Request<FirewallChangeSpec> request) {
    FirewallChangeSpec.Ticket ticket = request.spec().ticket();
    String customer = ticket == null || ticket.customer() == null ? "" : ticket.customer() + ": ";
    return Limit.to(
        LONGEST_SUBJECT,
        customer
            + (RequestedChange.of(request.spec()).removes() ? "close firewall " : "open firewall ")
            + request.spec().target().securityGroup()
            + " ("
            + request.address()
            + ")");
  }

  @Override
  public String description(Request<FirewallChangeSpec> request) {
    return String.join(
        "\n",
        "Firewall change " + request.address(),
        "Requested by " + request.requestedBy(),
        "Target: security group " + request.spec().target().securityGroup(),
        "Why: " + request.spec().justification(),
        RequestedChange.of(request.spec()).removes()
            ? "To remove, what request " + request.spec().removes() + " opened for good:"
            : "Wanted:",
        bullets(RequestedChange.of(request.spec()).rules()));
  }

  @Override
  public String plan(Request<FirewallChangeSpec> request, Plan plan) {
    return String.join(
        "\n",
        "Plan " + plan.digest() + " for " + plan.account(),
        plan.summary(),
        "Time: " + time(request),
        bullets(plan.effects()) + risks(plan),
        "It waits for approval in Kubernetes, namespace " + request.namespace() + ".");
  }

  private static String time(Request<FirewallChangeSpec> request) {
    Instant begin = request.spec().notBefore();
    if (RequestedChange.of(request.spec()).removes()) {
      return begin == null ? "as soon as it is approved" : "not before " + begin;
    }
    return request.spec().lifetime().words(request.createdAt());
  }

  private static String risks(Plan plan) {
    if (plan.removes() != null) {
      return "";
    }
    List<String> findings = plan.findings() == null ? List.of() : plan.findings();
    return findings.isEmpty()
        ? "\nNo risk was found."
        : "\nRisks:\n" + bullets(findings.stream().map(Finding::spoken).toList());
  }

  @Override
  public String applied(StepContext<FirewallChangeSpec> context) {
    List<String> voters =
        context.journal().votes().stream()
            .filter(v -> v.decision().equals("Approve"))
            .map(
                v ->
                    v.voter()
                        + " ("
                        + v.gate()
                        + ")"
                        + (v.reason() == null ? "" : ": " + v.reason()))
            .toList();
    List<String> effects = context.journal().plan().map(Plan::effects).orElse(List.of());
    return String.join(
        "\n",
        RequestedChange.of(context.spec()).removes()
            ? "Removed, and seen gone."
            : "Applied and verified.",
        bullets(effects),
        approved(context, voters),
        RequestedChange.of(context.spec()).removes() ? "" : until(context));
  }

  /** Votes at one gate do not make an emergency at another one approved. */
  private static String approved(StepContext<FirewallChangeSpec> context, List<String> voters) {
    Optional<String> emergency =
        context
            .journal()
            .breakGlass()
            .map(
                it ->
                    (it.reviewedAt() == null
                            ? "An emergency, not approved yet: "
                            : "An emergency, approved afterwards: ")
                        + it.words()
                        + ".");
    if (voters.isEmpty()) {
      return emergency
          .or(() -> context.journal().approvedBy().map(by -> "Approved by " + by + "."))
          .orElse("Nobody had to approve it.");
    }
    return emergency.map(text -> text + "\n").orElse("") + "Approved by:\n" + bullets(voters);
  }

  private static String until(StepContext<FirewallChangeSpec> context) {
    long before =
        context.journal().effectLog().all().stream()
            .filter(
                e -> e.step().equals(TargetFirewall.APPLY) && e.state() == EffectState.REFERENCED)
            .count();
    String but = before == 0 ? "" : ", but for what was there before";
    if (context.journal().effectLog().mayBeThere(TargetFirewall.APPLY).isEmpty()) {
      return "All of it was there before, and stays.";
    }
    return context
        .journal()
        .expiresAt()
        .map(until -> "It is going to be removed at " + until + but + ".")
        .or(
            () ->
                context
                    .journal()
                    .breakGlass()
                    .filter(it -> it.reviewedAt() == null)
                    .map(it -> "It is removed at " + it.reviewUntil() + " unless it is approved."))
        .orElse("It stays until somebody asks for its removal.");
  }

  /** A lasting change ends as soon as it is made: one comment says both. */
  @Override
  public String ended(StepContext<FirewallChangeSpec> context, Outcome.End ending) {
    String made =
        ending.state() == State.COMPLETED && context.journal().breakGlass().isEmpty()
            ? applied(context) + "\n"
            : "";
    String note =
        ending.state() == State.EXPIRED
            ? " Connections that were open may live on until they time out."
            : "";
    return made + "Ended as " + ending.state().word() + ": " + ending.message() + "." + note;
  }

  private static String bullets(List<?> lines) {
    return String.join("\n", lines.stream().map(line -> "- " + line).toList());
  }
}
