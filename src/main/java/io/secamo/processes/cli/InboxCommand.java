package io.secamo.processes.cli;

import io.secamo.processes.api.FirewallChangeRequest;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Output;
import io.secamo.processes.cli.terminal.Table;
import io.secamo.processes.cli.terminal.Table.Column;
import io.secamo.processes.cli.terminal.Watched;
import io.secamo.processes.cli.terminal.Words;
import io.secamo.processes.text.Amount;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private static final List<Column> COLUMNS =
      List.of(
          Column.whole("NAME"),
          new Column("GATES", 12),
          Column.whole("PLAN"),
          Column.whole("DUE"),
          Column.whole("TIME"),
          new Column("SUMMARY", "[99 risks]".length()));

  @ParentCommand private KubectlProcess program;
  @Mixin private Where where;
  @Mixin private Output output;
  @Mixin private Watched watched;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "In every namespace that you may read.")
  private boolean everywhere;

  private final Map<String, Boolean> asked = new HashMap<>();

  @Override
  public Integer call() throws InterruptedException {
    Console console = program.console();
    try (Cluster cluster = where.open()) {
      String me = cluster.me();
      if (watched.wanted()) {
        output.noneWith("--watch");
        return watched.show(console, () -> lines(cluster, mine(cluster, me)));
      }
      List<FirewallChangeRequest> mine = mine(cluster, me);
      if (!output.wrote(console, cluster, mine)) {
        lines(cluster, mine).forEach(console::say);
      }
      return 0;
    }
  }

  private List<FirewallChangeRequest> mine(Cluster cluster, String me) {
    return cluster.requests(everywhere).stream()
        .filter(request -> waitsFor(cluster, request, me))
        .toList();
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

  private List<String> lines(Cluster cluster, List<FirewallChangeRequest> requests) {
    return requests.isEmpty()
        ? List.of("Nothing waits for you" + (everywhere ? "." : " " + cluster.place() + "."))
        : table(program.console(), requests, everywhere, output.wide());
  }

  /** The requests, oldest first; a cut takes from the summary first, and never hides a risk. */
  static List<String> table(
      Console console, List<FirewallChangeRequest> requests, boolean everywhere, boolean wide) {
    Words words = new Words(console);
    List<Column> columns =
        Stream.concat(
                everywhere ? Stream.of(Column.whole("NAMESPACE")) : Stream.empty(),
                COLUMNS.stream())
            .toList();
    Table table = new Table(columns);
    requests.stream()
        .sorted(
            Comparator.comparing(
                (FirewallChangeRequest r) -> r.getMetadata().getCreationTimestamp()))
        .map(request -> row(request, words))
        .map(cells -> cells.subList(everywhere ? 0 : 1, cells.size()))
        .forEach(table::add);
    return table.lines(wide ? Integer.MAX_VALUE : console.screen().columns());
  }

  private static List<String> row(FirewallChangeRequest request, Words words) {
    ProcessStatus status = request.getStatus();
    Plan plan = Words.planOf(request);
    String gates =
        Words.some(status.gates()).stream()
            .filter(g -> g.state().equals("Open"))
            .map(g -> g.name() + " " + g.approvals() + "/" + g.required())
            .collect(Collectors.joining(", "));
    int findings = Words.some(plan.findings()).size();
    String risk = findings == 0 ? "" : "[" + Amount.of(findings, "risk") + "] ";
    return List.of(
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
        risk + plan.summary());
  }
}
