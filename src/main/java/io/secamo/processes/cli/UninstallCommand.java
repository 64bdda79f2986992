package io.secamo.processes.cli;

import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.ProcessStatus.Step;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Records;
import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Program;
import io.secamo.processes.cli.terminal.Words;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.text.Amount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    exitCodeList = {"0:no request knows of anything live", "4:something is live, or may be"},
    footer = {"", "Example: kubectl process uninstall --check"})
final class UninstallCommand implements Callable<Integer> {
  /** The exit code of what would stay live with nobody to remove it. */
  static final int LIVE = 4;

  private static final int MOST_LEFT = 20;

  private static final String HOW =
      """
      To uninstall, annotate each definition with its own name:
        kubectl annotate crd <name> orchestrator.secamo.io/delete-with-all-evidence=<name>
      let go of the policy that asks for that, and delete what you applied:
        kubectl patch validatingadmissionpolicy \\
          definitions.orchestrator.secamo.io --type=merge \\
          -p '{"metadata":{"finalizers":null}}'
        kubectl patch validatingadmissionpolicybinding \\
          definitions.orchestrator.secamo.io --type=merge \\
          -p '{"metadata":{"finalizers":null}}'
        kubectl delete -k manifests/
      """;

  @ParentCommand private Program program;
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
    if (where.namesNamespace()) {
      throw Refusal.misuse("this command looks at all namespaces: leave --namespace out");
    }
    Console console = program.console();
    try (Cluster cluster = where.open()) {
      List<FirewallChangeRequest> requests = cluster.requests(true);
      console.say(cluster.address());
      Records.Kept kept = cluster.records().kept();
      int stories = stories(kept.subjects(), requests);
      console.say(whatGoes(requests.size(), stories));
      List<FirewallChangeRequest> live = requests.stream().filter(UninstallCommand::owes).toList();
      Instant now = console.clock().instant();
      left(kept.notRemoved(), requests).forEach(console::say);
      (live.isEmpty()
              ? uninstall(requests.size(), stories)
              : BeforeUninstall.lines(live, requests, now))
          .forEach(console::say);
      return live.isEmpty() ? 0 : LIVE;
    }
  }

  /**
   * What deleted requests left: what was open for good, or was given up. Their evidence stays as it
   * is when somebody removes that by hand.
   */
  private static List<String> left(List<Subject> notRemoved, List<FirewallChangeRequest> requests) {
    Set<String> there =
        requests.stream().map(it -> it.getMetadata().getUid()).collect(Collectors.toSet());
    List<String> left =
        notRemoved.stream()
            .filter(it -> !there.contains(it.uid()))
            .map(it -> "  kubectl process evidence " + it.name() + " -n " + it.namespace())
            .distinct()
            .toList();
    if (left.isEmpty()) {
      return left;
    }
    List<String> lines = new ArrayList<>();
    lines.add("What these deleted requests made was not removed, as their evidence tells. If");
    lines.add("nobody removed it by hand since, it is still there:");
    left.stream().limit(MOST_LEFT).forEach(lines::add);
    if (left.size() > MOST_LEFT) {
      lines.add("  and " + (left.size() - MOST_LEFT) + " more");
    }
    return lines;
  }

  /** Whether the operator still has to undo something, or does not know. */
  static boolean owes(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    return status != null
        && (status.stands()
            || (status.state() == State.NEEDS_ATTENTION
                && !untouched(status)
                && !tells(status, Chain.ENDED)));
  }

  /**
   * Whether the status tells that nothing was made: that its change never began, or was refused.
   */
  private static boolean untouched(ProcessStatus status) {
    return !ProcessStatus.ofNewerOperator(status)
        && status.inForce() == null
        && Words.some(status.effects()).stream()
            .noneMatch(effect -> effect.step().equals(Words.CHANGE) || effect.connection() != null)
        && (neverBegan(status) || toldOfNone(status));
  }

  private static boolean neverBegan(ProcessStatus status) {
    List<Step> steps = Words.some(status.steps());
    return !steps.isEmpty()
        && Stream.concat(steps.stream().map(Step::name), Stream.ofNullable(status.step()))
            .noneMatch(Words.CHANGE::equals);
  }

  /** Evidence without gaps tells of each change that was made, also if the status lost it. */
  private static boolean toldOfNone(ProcessStatus status) {
    List<EvidenceEntry> told = Words.some(status.evidence());
    return !told.isEmpty()
        && Words.some(status.leftOut()).isEmpty()
        && !tells(status, Chain.APPLIED);
  }

  private static boolean tells(ProcessStatus status, String what) {
    return Words.some(status.evidence()).stream().anyMatch(entry -> entry.what().equals(what));
  }

  /** Of how many requests there is evidence: kept, or in the request alone. */
  private static int stories(Set<String> kept, List<FirewallChangeRequest> requests) {
    Set<String> subjects = new HashSet<>(kept);
    requests.stream()
        .flatMap(EvidenceCommand::carried)
        .forEach(record -> subjects.add(record.process().uid()));
    return subjects.size();
  }

  static String whatGoes(long requests, long stories) {
    return "With the definitions of our kinds go, in all namespaces, "
        + Amount.of(requests, "request")
        + " and the evidence of "
        + Amount.of(stories, "request")
        + ".";
  }

  /** Evidence is kept when nothing can be added to it any more. */
  static List<String> uninstall(long requests, long stories) {
    List<String> lines = new ArrayList<>();
    lines.add("Nothing is live that a request knows.");
    if (requests > 0) {
      lines.add("First delete the requests, while the operator runs: only it lets go of them:");
      lines.add("  kubectl delete firewallchangerequests -A --all");
    }
    if (stories > 0) {
      lines.add(requests > 0 ? "Then keep the evidence:" : "First keep the evidence:");
      lines.add("  kubectl process evidence -A --to evidence");
      lines.add("  kubectl process verify evidence");
    }
    HOW.lines().forEach(lines::add);
    return lines;
  }
}
