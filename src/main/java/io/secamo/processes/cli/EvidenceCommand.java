package io.secamo.processes.cli;

import io.secamo.processes.api.FirewallChangeRequest;
import io.secamo.processes.api.orchestrator.EvidenceRecord;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Words;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.evidence.EvidenceFile;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Exports the evidence of a process. */
@Command(
    name = "evidence",
    mixinStandardHelpOptions = true,
    description = "Writes the evidence of a request, also of a deleted one, as a file to verify.",
    footer = {"", "Example: kubectl process evidence acme-web-443 -o json > evidence.json"})
final class EvidenceCommand implements Callable<Integer> {
  @ParentCommand private KubectlProcess program;
  @Mixin private Where where;

  @Parameters(paramLabel = "NAME", description = "Name of the request.")
  private String name = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "json, the only form there is. Default: json.")
  private String form = "json";

  @Option(
      names = "--uid",
      paramLabel = "UID",
      description = "Which one, if several requests had that name. Default: the newest.")
  private @Nullable String uid;

  @Override
  public Integer call() {
    Console console = program.console();
    if (!form.equals("json")) {
      throw new Refusal("evidence is written as JSON only: leave -o out, or say -o json");
    }
    try (Cluster cluster = where.open()) {
      EvidenceRecordSpec record =
          Stream.concat(cluster.evidence(name).stream().map(EvidenceRecord::getSpec), live(cluster))
              .filter(r -> uid == null || r.process().uid().equals(uid))
              .reduce(EvidenceCommand::newer)
              .orElseThrow(() -> new Refusal(nothing()));
      console.out().print(new String(EvidenceFile.write(record), StandardCharsets.UTF_8));
      console.out().flush();
      return 0;
    }
  }

  private String nothing() {
    return name
        + (uid == null ? "" : " with uid " + uid)
        + " has left no evidence yet, or there never was such a request: kubectl get fcr -A shows"
        + " those there are";
  }

  /** What the request itself carries: as long as it exists, that is the newest. */
  private Stream<EvidenceRecordSpec> live(Cluster cluster) {
    return cluster
        .find(name)
        .map(FirewallChangeRequest::getStatus)
        .map(status -> Words.some(status.evidence()))
        .filter(entries -> !entries.isEmpty())
        .map(entries -> new EvidenceRecordSpec(Chain.process(entries), entries))
        .stream();
  }

  /** The later one, of one process the one that says more. */
  private static EvidenceRecordSpec newer(EvidenceRecordSpec one, EvidenceRecordSpec later) {
    boolean same = one.process().uid().equals(later.process().uid());
    return same && one.entries().size() > later.entries().size() ? one : later;
  }
}
