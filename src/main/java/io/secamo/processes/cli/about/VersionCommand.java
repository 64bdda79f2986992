package io.secamo.processes.cli.about;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Operator;
import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Program;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says what runs here and in the cluster. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = {
      "Says the version of this program, and that of the operator.",
      "The operator's takes the right to list Deployments in namespace process-orchestrator."
    },
    footer = {"", "Example: kubectl process version"})
public final class VersionCommand implements Callable<Integer> {
  @ParentCommand private Program program;
  @Mixin private Where where;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Console console = program.console();
    console.say("Program   " + String.join(" ", spec.root().version()));
    try (Cluster cluster = where.open()) {
      console.say("Operator  " + told(() -> images(cluster, console.clock().instant())));
      console.say("Writes    " + told(() -> format(cluster)));
    } catch (Refusal unknown) {
      console.say("Operator  cannot tell: " + unknown.getMessage());
    }
    return 0;
  }

  /** Each is a right of its own. */
  private static String told(Supplier<String> what) {
    try {
      return what.get();
    } catch (Refusal unknown) {
      return "cannot tell: " + unknown.getMessage();
    }
  }

  private static String images(Cluster cluster, Instant now) {
    List<Operator> all = cluster.operators();
    String ready = named(all.stream().filter(Operator::ready));
    if (!ready.isEmpty()) {
      return ready;
    }
    if (cluster.operatorHoldsLease(now)) {
      return "one runs that no Deployment of this cluster started: its version is in its log";
    }
    return all.isEmpty()
        ? "cannot tell: no Deployment process-orchestrator in namespace process-orchestrator"
        : "no Deployment of it is ready (its image would be " + named(all.stream()) + ")";
  }

  private static String named(Stream<Operator> operators) {
    return operators.map(Operator::image).distinct().collect(Collectors.joining(", "));
  }

  /** What is in the requests of the namespace: an operator may be newer than this program. */
  private static String format(Cluster cluster) {
    List<ProcessStatus> seen =
        cluster.requests(false).stream()
            .map(FirewallChangeRequest::getStatus)
            .filter(Objects::nonNull)
            .filter(status -> status.state() != null)
            .toList();
    if (seen.isEmpty()) {
      return "cannot tell: it has looked at no request of this namespace";
    }
    int newest =
        seen.stream()
            .mapToInt(status -> Objects.requireNonNullElse(status.format(), 1))
            .max()
            .orElse(1);
    return "status.format "
        + newest
        + (newest > ProcessStatus.FORMAT
            ? ": newer than this program, which knows " + ProcessStatus.FORMAT
            : "");
  }
}
