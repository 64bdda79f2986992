package io.secamo.processes.cli;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Output;
import io.secamo.processes.cli.terminal.Program;
import io.secamo.processes.cli.terminal.Table;
import io.secamo.processes.cli.terminal.Table.Column;
import io.secamo.processes.cli.terminal.Watched;
import io.secamo.processes.cli.terminal.Words;
import io.secamo.processes.cli.yours.Rights;
import io.secamo.processes.cli.yours.YourPart;
import io.secamo.processes.text.Amount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What waits for the person. */
@Command(
    name = "inbox",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the requests that wait for you, what is due first at the top.",
      "They wait for your vote, for you to put your own right, or for your answer."
    },
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

  /** An emergency is open already: who votes on it reviews it. */
  private static final String LIVE = "LIVE ";

  private static final List<Column> STUCK =
      List.of(
          Column.whole("NAMESPACE"),
          Column.whole("NAME"),
          Column.whole("AS"),
          new Column("MESSAGE", 20));

  private static final Comparator<FirewallChangeRequest> DUE_FIRST =
      Comparator.comparing(
              (FirewallChangeRequest request) ->
                  Optional.ofNullable(request.getStatus().deadline()).orElse(Instant.MAX))
          .thenComparing(request -> request.getMetadata().getCreationTimestamp());

  @ParentCommand private Program program;
  @Mixin private Where where;
  @Mixin private Output output;
  @Mixin private Watched watched;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "In all namespaces; takes the right to read them in all.")
  private boolean everywhere;

  @Override
  public Integer call() throws InterruptedException {
    Console console = program.console();
    try (Cluster cluster = where.open()) {
      YourPart you = new YourPart(cluster.me(), Rights.in(cluster, console.clock()));
      if (watched.wanted()) {
        output.noneWith("--watch");
        return watched.show(console, () -> lines(cluster, you, waiting(cluster, you)));
      }
      List<FirewallChangeRequest> waiting = waiting(cluster, you);
      if (!output.wrote(console, cluster, waiting)) {
        lines(cluster, you, waiting).forEach(console::row);
      }
      return 0;
    }
  }

  private List<FirewallChangeRequest> waiting(Cluster cluster, YourPart you) {
    return cluster.requests(everywhere).stream()
        .filter(
            request ->
                !you.gates(request).isEmpty() || you.toPutRight(request) || you.toAnswer(request))
        .toList();
  }

  private List<String> lines(Cluster cluster, YourPart you, List<FirewallChangeRequest> waiting) {
    List<FirewallChangeRequest> votes =
        waiting.stream().filter(request -> !you.gates(request).isEmpty()).toList();
    List<FirewallChangeRequest> stuck =
        waiting.stream().filter(request -> you.gates(request).isEmpty()).toList();
    List<String> lines = new ArrayList<>();
    if (!votes.isEmpty()) {
      lines.addAll(table(program.console(), votes, you::gates, everywhere, output.wide()));
    }
    if (!stuck.isEmpty()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(stuck(stuck, you));
    }
    return lines.isEmpty()
        ? List.of("Nothing waits for you" + (everywhere ? "." : " " + cluster.place() + "."))
        : lines;
  }

  /** What is stuck, and in which part the person can help. */
  private List<String> stuck(List<FirewallChangeRequest> requests, YourPart you) {
    Table table = new Table(everywhere ? STUCK : STUCK.subList(1, STUCK.size()));
    requests.stream()
        .sorted(DUE_FIRST)
        .map(
            request ->
                List.of(
                    request.getMetadata().getNamespace(),
                    request.getMetadata().getName(),
                    as(request, you),
                    String.valueOf(request.getStatus().message())))
        .map(cells -> cells.subList(everywhere ? 0 : 1, cells.size()))
        .forEach(table::add);
    return table.lines(output.wide() ? Integer.MAX_VALUE : program.console().screen().columns());
  }

  /** Whose turn it is: who is on duty sees also what only an administrator can mend. */
  private static String as(FirewallChangeRequest request, YourPart you) {
    boolean config = ProcessStatus.ADMINISTRATOR.equals(request.getStatus().waitingFor());
    return you.toPutRight(request)
        ? ProcessStatus.REQUESTER
        : config ? ProcessStatus.ADMINISTRATOR : "duty";
  }

  /**
   * The requests, what is due first at the top; a cut takes from the summary first, and never hides
   * a risk.
   */
  static List<String> table(
      Console console,
      List<FirewallChangeRequest> requests,
      Function<FirewallChangeRequest, List<String>> gates,
      boolean everywhere,
      boolean wide) {
    Words words = new Words(console);
    List<Column> columns = new ArrayList<>(COLUMNS);
    if (everywhere) {
      columns.add(0, Column.whole("NAMESPACE"));
    }
    if (requests.stream().anyMatch(InboxCommand::live)) {
      columns.set(columns.size() - 1, new Column("SUMMARY", (LIVE + "[99 risks]").length()));
    }
    Table table = new Table(columns);
    requests.stream()
        .sorted(DUE_FIRST)
        .map(request -> row(request, gates.apply(request), words))
        .map(cells -> cells.subList(everywhere ? 0 : 1, cells.size()))
        .forEach(table::add);
    return table.lines(wide ? Integer.MAX_VALUE : console.screen().columns());
  }

  private static boolean live(FirewallChangeRequest request) {
    return request.getStatus().unreviewed().isPresent();
  }

  private static List<String> row(FirewallChangeRequest request, List<String> yours, Words words) {
    ProcessStatus status = request.getStatus();
    Plan plan = Words.planOf(request);
    String gates =
        Words.some(status.gates()).stream()
            .filter(g -> yours.contains(g.name()))
            .map(g -> g.name() + " " + g.approvals() + "/" + g.required())
            .collect(Collectors.joining(", "));
    int findings = Words.some(plan.findings()).size();
    String live = live(request) ? LIVE : "";
    String risk = live + (findings == 0 ? "" : "[" + Amount.of(findings, "risk") + "] ");
    return List.of(
        request.getMetadata().getNamespace(),
        request.getMetadata().getName(),
        gates,
        plan.digest(),
        status.deadline() == null ? "-" : words.until(status.deadline()).orElse("late"),
        request.getSpec().removes() != null
            ? "-"
            : request
                .getSpec()
                .lifetime()
                .longest(Words.submitted(request))
                .map(Words::span)
                .orElse("for good"),
        risk + plan.summary());
  }
}
