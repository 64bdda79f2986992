package io.secamo.processes.cli;

import io.secamo.processes.api.FirewallChangeRequest;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.text.Amount;
import io.secamo.processes.text.Limit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What waits for the person's vote. */
@Command(
    name = "inbox",
    mixinStandardHelpOptions = true,
    description = "Lists the requests on which you may vote, oldest first.",
    footer = {"", "Example: kubectl process inbox -A"})
final class InboxCommand implements Callable<Integer> {
  private static final String ROW = "%-14s %-24s %-22s %-17s %-5s %-8s %s";

  @ParentCommand private KubectlProcess program;
  @Mixin private Where where;
  @Mixin private Output output;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "In every namespace that you may read.")
  private boolean everywhere;

  private final Map<String, Boolean> asked = new HashMap<>();

  @Override
  public Integer call() {
    try (Cluster cluster = where.open()) {
      String me = cluster.me();
      List<FirewallChangeRequest> mine = new ArrayList<>();
      for (FirewallChangeRequest request : cluster.requests(everywhere)) {
        if (waitsFor(cluster, request, me)) {
          mine.add(request);
        }
      }
      if (!output.wrote(program.console(), cluster, mine)) {
        print(cluster, mine);
      }
      return 0;
    }
  }

  private boolean waitsFor(Cluster cluster, FirewallChangeRequest request, String me) {
    ProcessStatus status = request.getStatus();
    if (status == null
        || status.state() != State.AWAITING_APPROVAL
        || status.plan() == null
        || (status.requestedBy() != null && status.requestedBy().name().equals(me))) {
      return false;
    }
    boolean voted =
        Words.some(status.votes()).stream()
            .anyMatch(v -> v.voter().equals(me) && v.decision().equals("Approve"));
    return !voted
        && Words.some(status.gates()).stream()
            .filter(gate -> gate.state().equals("Open"))
            .anyMatch(gate -> may(cluster, gate.name(), request.getMetadata().getNamespace()));
  }

  private boolean may(Cluster cluster, String gate, String namespace) {
    return asked.computeIfAbsent(
        namespace + "/" + gate,
        key ->
            cluster.may("approve", gate, namespace)
                || cluster.may("approve-as-deputy", gate, namespace));
  }

  private void print(Cluster cluster, List<FirewallChangeRequest> requests) {
    Console console = program.console();
    if (requests.isEmpty()) {
      console.say("Nothing waits for you" + (everywhere ? "." : " " + cluster.place() + "."));
      return;
    }
    console.say(ROW.formatted("NAMESPACE", "NAME", "GATES", "PLAN", "DUE", "TIME", "SUMMARY"));
    Words words = new Words(console);
    requests.stream()
        .sorted(
            Comparator.comparing(
                (FirewallChangeRequest r) -> r.getMetadata().getCreationTimestamp()))
        .forEach(request -> console.say(row(request, words)));
  }

  private String row(FirewallChangeRequest request, Words words) {
    ProcessStatus status = request.getStatus();
    Plan plan = Words.planOf(request);
    String gates =
        Words.some(status.gates()).stream()
            .filter(g -> g.state().equals("Open"))
            .map(g -> g.name() + " " + g.approvals() + "/" + g.required())
            .collect(Collectors.joining(","));
    int findings = Words.some(plan.findings()).size();
    String risk = findings == 0 ? "" : " [" + Amount.of(findings, "risk") + "]";
    return ROW.formatted(
        request.getMetadata().getNamespace(),
        request.getMetadata().getName(),
        gates,
        plan.digest(),
        status.deadline() == null ? "-" : words.until(status.deadline()).orElse("late"),
        request
            .getSpec()
            .lifetime()
            .longest(Words.submitted(request))
            .map(Words::span)
            .orElse("for good"),
        limited(plan.summary()) + risk);
  }

  private String limited(String summary) {
    return output.wide() ? summary : Limit.to(60, summary);
  }
}
