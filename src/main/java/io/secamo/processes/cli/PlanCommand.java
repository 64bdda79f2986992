package io.secamo.processes.cli;

import io.secamo.processes.api.FirewallChangeRequest;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.cli.terminal.Output;
import io.secamo.processes.cli.terminal.Words;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows what a person approves. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Shows what is going to be changed: this is what people approve.",
    footer = {"", "Example: kubectl process plan acme-web-443 -n team-a"})
final class PlanCommand implements Callable<Integer> {
  @ParentCommand private KubectlProcess program;
  @Mixin private Where where;
  @Mixin private Output output;

  @Parameters(paramLabel = "NAME", description = "Name of the request.")
  private String name;

  @Override
  public Integer call() {
    try (Cluster cluster = where.open()) {
      FirewallChangeRequest request = cluster.request(name);
      if (!output.wrote(program.console(), cluster, Words.planOf(request))) {
        new Words(program.console()).plan(request).forEach(program.console()::say);
      }
      return 0;
    }
  }
}
