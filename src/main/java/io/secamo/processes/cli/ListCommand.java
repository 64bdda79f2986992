package io.secamo.processes.cli;

import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Output;
import io.secamo.processes.cli.terminal.Program;
import io.secamo.processes.cli.terminal.Table;
import io.secamo.processes.cli.terminal.Table.Column;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What there is, and what each waits for. */
@Command(
    name = "list",
    aliases = "ls",
    mixinStandardHelpOptions = true,
    description = {
      "Lists requests: where each stands, what it waits for, when something is due, and when its"
          + " access ends.",
      "What is due first comes first. Several filters must all fit."
    },
    footer = {
      "",
      "Examples:",
      "  kubectl process list -n team-a",
      "  kubectl process list -A --live",
      "  kubectl process ls --mine --waiting"
    })
final class ListCommand implements Callable<Integer> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.whole("NAME"),
          Column.whole("STATE"),
          new Column("WAITING FOR", 12),
          Column.whole("DUE"),
          Column.whole("ENDS"));

  @ParentCommand private Program program;
  @Mixin private Where where;
  @Mixin private Output output;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "In all namespaces; takes the right to read them in all.")
  private boolean everywhere;

  @Option(
      names = "--waiting",
      description = "Only those that go on when somebody votes, answers or resumes.")
  private boolean waiting;

  @Option(names = "--live", description = "Only those of which something is open, or may be.")
  private boolean live;

  @Option(names = "--mine", description = "Only those that you asked for.")
  private boolean mine;

  @Override
  public Integer call() {
    Console console = program.console();
    try (Cluster cluster = where.open()) {
      String me = mine ? cluster.me() : "";
      List<FirewallChangeRequest> found =
          cluster.requests(everywhere).stream().filter(request -> wanted(request, me)).toList();
      if (output.wrote(console, cluster, found)) {
        return 0;
      }
      if (found.isEmpty()) {
        boolean filtered = waiting || live || mine;
        console.say(
            (filtered ? "There is no such request" : "There is no request")
                + (everywhere ? "." : " " + cluster.place() + "."));
      } else {
        table(console, found, everywhere, output.wide()).forEach(console::row);
      }
      return 0;
    }
  }

  private boolean wanted(FirewallChangeRequest request, String me) {
    return (!waiting || Standing.waitsForPeople(request))
        && (!live || Standing.live(request))
        && (!mine || Standing.askedBy(request, me));
  }

  /** The requests, what is due first at the top; wide ones say who asked, and cut nothing. */
  static List<String> table(
      Console console, List<FirewallChangeRequest> requests, boolean everywhere, boolean wide) {
    Table table =
        new Table(
            Stream.of(
                    everywhere ? List.of(Column.whole("NAMESPACE")) : List.<Column>of(),
                    COLUMNS,
                    wide ? List.of(Column.whole("REQUESTER")) : List.<Column>of())
                .flatMap(List::stream)
                .toList());
    requests.stream()
        .map(request -> new Standing(console, request))
        .sorted(Standing.DUE_FIRST)
        .map(standing -> standing.cells(everywhere, wide))
        .forEach(table::add);
    return table.lines(wide ? Integer.MAX_VALUE : console.screen().columns());
  }
}
