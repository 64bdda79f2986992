package io.secamo.processes.cli;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.text.Amount;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says what goes with the definitions of our kinds. */
@Command(
    name = "uninstall",
    mixinStandardHelpOptions = true,
    description = "Says what is live and what would be lost, before somebody uninstalls.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:nothing is live", "4:something is live, or may be"},
    footer = {"", "Example: kubectl process uninstall --check"})
final class UninstallCommand implements Callable<Integer> {
  /** The exit code of what would stay live with nobody to remove it. */
  static final int LIVE = 4;

  @ParentCommand private KubectlProcess program;
  @Mixin private Where where;

  @Spec private CommandSpec spec;

  @Option(
      names = "--check",
      required = true,
      description = "Only look: this command never deletes anything.")
  private boolean check;

  @Override
  public Integer call() {
    if (!check) {
      throw new ParameterException(
          spec.commandLine(), "this command only looks and deletes nothing: say --check");
    }
    Console console = program.console();
    try (Cluster cluster = where.open()) {
      List<FirewallChangeRequest> requests = cluster.requests(true);
      List<FirewallChangeRequest> live = requests.stream().filter(UninstallCommand::owes).toList();
      console.say(cluster.address());
      console.say(whatGoes(requests.size(), cluster.records().count()));
      console.say("namespaces. Export the evidence first:");
      console.say("  kubectl get evidencerecords -A -o yaml > evidence.yaml");
      live.forEach(request -> console.say(line(request)));
      if (!live.isEmpty()) {
        console.say("What is live stays so, and nobody is left to remove it: delete these first,");
        console.say("and wait until they are gone.");
        return LIVE;
      }
      console.say("Nothing is live. To uninstall, annotate each definition with its own name:");
      console.say(
          "  kubectl annotate crd <name> "
              + "orchestrator.secamo.io/delete-with-all-evidence=<name>");
      console.say("let go of the policy that asks for that, and delete what you applied:");
      for (String kind : List.of("validatingadmissionpolicy", "validatingadmissionpolicybinding")) {
        console.say("  kubectl patch " + kind + " \\");
        console.say("    definitions.orchestrator.secamo.io --type=merge \\");
        console.say("    -p '{\"metadata\":{\"finalizers\":null}}'");
      }
      console.say("  kubectl delete -k manifests/");
      return 0;
    }
  }

  /** Whether the operator still has to undo something, or does not know. */
  static boolean owes(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    return status != null && (status.stands() || status.state() == State.NEEDS_ATTENTION);
  }

  static String whatGoes(long requests, long records) {
    return "With the definitions of our kinds go "
        + Amount.of(requests, "request")
        + " and "
        + Amount.of(records, "evidence record")
        + ", in all";
  }

  static String line(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    return "  "
        + request.getMetadata().getNamespace()
        + "/"
        + request.getMetadata().getName()
        + " "
        + (status.state() == null ? State.RECEIVED : status.state()).word()
        + status.end().map(end -> " until " + end).orElse("");
  }
}
