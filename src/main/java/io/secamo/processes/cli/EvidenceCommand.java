package io.secamo.processes.cli;

import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.orchestrator.EvidenceRecord;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.cli.export.Folder;
import io.secamo.processes.cli.export.Range;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Program;
import io.secamo.processes.cli.terminal.Words;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.evidence.EvidenceFile;
import io.secamo.processes.text.Amount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Exports the evidence of a process. */
@Command(
    name = "evidence",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the evidence of a request, also of a deleted one, as a file to verify.",
      "With --since, --until or -A it writes that of many into a folder."
    },
    footer = {
      "",
      "Examples:",
      "  kubectl process evidence acme-web-443 -o json > evidence.json",
      "  kubectl process evidence -A --since 7d --to evidence"
    })
final class EvidenceCommand implements Callable<Integer> {
  @ParentCommand private Program program;
  @Mixin private Where where;

  @Mixin private Range range;
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Name of the request.")
  private @Nullable String name;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Of requests in all namespaces; takes the right to read them in all.")
  private boolean everywhere;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description = "Folder that gets a file for each request: a new or an empty one.")
  private @Nullable Path to;

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
      throw new ParameterException(
          spec.commandLine(), "evidence is written as JSON only: leave -o out, or say -o json");
    }
    boolean many = range.wanted() || everywhere || to != null;
    if ((name == null) != many || (many && uid != null)) {
      throw new ParameterException(
          spec.commandLine(), "name one request, or say --to FOLDER for those of a time");
    }
    if (name == null) {
      return export(console);
    }
    String one = name;
    try (Cluster cluster = where.open()) {
      EvidenceRecordSpec record =
          Stream.concat(
                  cluster.records().of(one).stream().map(EvidenceRecord::getSpec),
                  live(cluster, one))
              .filter(r -> uid == null || r.process().uid().equals(uid))
              .reduce(EvidenceCommand::newer)
              .orElseThrow(() -> new Refusal(nothing(one, cluster.namespace())));
      console.out().print(new String(EvidenceFile.write(record), StandardCharsets.UTF_8));
      console.out().flush();
      return 0;
    }
  }

  private int export(Console console) {
    if (to == null) {
      throw new ParameterException(
          spec.commandLine(), "say with --to in which folder the evidence is put");
    }
    Range.Of time = range.of(console.clock().instant());
    try (Cluster cluster = where.open()) {
      Map<String, EvidenceRecordSpec> records = new TreeMap<>();
      Stream.concat(
              cluster.records().all(everywhere).stream().map(EvidenceRecord::getSpec),
              cluster.requests(everywhere).stream().flatMap(EvidenceCommand::carried))
          .filter(time::touches)
          .forEach(record -> records.merge(record.process().uid(), record, EvidenceCommand::newer));
      if (records.isEmpty()) {
        throw new Refusal(
            "nothing happened in that time, as far as you may read: no file is written");
      }
      new Folder(to).write(records.values());
      console.say(Amount.of(records.size(), "record") + " in " + to + ". To verify:");
      console.say("  kubectl process verify " + to);
      return 0;
    }
  }

  private String nothing(String name, String namespace) {
    return name
        + (uid == null ? "" : " with uid " + uid)
        + " has left no evidence yet, or there never was such a request: kubectl get fcr -n "
        + namespace
        + " shows those there";
  }

  /** What the request itself carries: as long as it exists, that is the newest. */
  private Stream<EvidenceRecordSpec> live(Cluster cluster, String name) {
    return cluster.find(name).stream().flatMap(EvidenceCommand::carried);
  }

  /** The evidence that a request carries itself, if there is any yet. */
  static Stream<EvidenceRecordSpec> carried(FirewallChangeRequest request) {
    return Optional.ofNullable(request.getStatus())
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
