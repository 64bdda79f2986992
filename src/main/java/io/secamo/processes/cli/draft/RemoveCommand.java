package io.secamo.processes.cli.draft;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Program;
import io.secamo.processes.cli.terminal.Words;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Writes the request that would have to be made for a lasting access to be removed. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the request that has to be made for a lasting access to be removed.",
      "Nothing is removed yet: the new request is planned and approved as any other one."
    },
    footer = {
      "",
      "Examples:",
      "  kubectl process remove acme-web-443 --reason 'It moved' > remove.yaml",
      "  kubectl process remove acme-web-443 --reason 'It moved' | kubectl apply -f -"
    })
public final class RemoveCommand implements Callable<Integer> {
  /** Of a justification, as the schema has it. */
  static final int SHORTEST = 3;

  @ParentCommand private Program program;
  @Mixin private Where where;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Name of the request that opened it.")
  private String name = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why it is not needed any more, one line, shown to approvers.")
  private String reason = "";

  @Override
  public Integer call() {
    Console console = program.console();
    if (reason.strip().length() < SHORTEST) {
      throw new ParameterException(
          spec.commandLine(),
          "--reason is too short, write "
              + SHORTEST
              + " letters: approvers read why it is not needed");
    }
    try (Cluster cluster = where.open()) {
      FirewallChangeRequest request = cluster.request(name);
      check(request);
      removals(cluster).forEach(console::warn);
      String fresh = FreeName.of(name + "-remove", cluster);
      Draft draft = new Draft(cluster.text(request, false), fresh, cluster.me());
      Sending.write(draft.removing(reason), console, cluster);
      console.warn("Nothing is removed yet: this is a new request, " + fresh + ".");
      Sending.tell(console, cluster);
      console.warn("Once it is approved, what " + name + " opened is removed.");
      return 0;
    }
  }

  /** The requests that have it removed already; none if they may not be listed. */
  private List<String> removals(Cluster cluster) {
    try {
      return cluster.requests(false).stream()
          .filter(other -> name.equals(other.getSpec().removes()))
          .filter(other -> !state(other).terminal())
          .map(
              other ->
                  other.getMetadata().getName()
                      + " ("
                      + state(other).word()
                      + ") removes it already: "
                      + Words.command("status", other))
          .toList();
    } catch (Refusal mayNot) {
      return List.of();
    }
  }

  private static State state(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    return status == null || status.state() == null ? State.RECEIVED : status.state();
  }

  private void check(FirewallChangeRequest request) {
    State state = state(request);
    if (state == State.COMPLETED && request.getSpec().removes() == null) {
      return;
    }
    if (request.getSpec().removes() != null) {
      throw new Refusal(name + " removes something itself: it opened nothing");
    }
    if (Words.endGoesOn(request)) {
      throw new Refusal(
          name + " is being removed already. How that goes tells",
          List.of(Words.command("status", request)));
    }
    if (state.terminal()) {
      throw new Refusal(Words.isOver(request, "there is nothing to remove"));
    }
    throw new Refusal(
        name + " is " + state.word() + ", not Completed: to take it back, with all that it opened",
        List.of(Words.command("withdraw", request)));
  }
}
