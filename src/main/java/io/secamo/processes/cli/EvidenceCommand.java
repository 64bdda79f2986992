package io.secamo.processes.cli;

import io.secamo.processes.api.FirewallChangeRequest;
import io.secamo.processes.api.orchestrator.EvidenceRecord;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.evidence.EvidenceFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
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
      description = "json, the only form that can be verified. Default: json.")
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
      throw new Refusal("evidence is written with -o json only, so that it can be verified");
    }
    try (Cluster cluster = where.open()) {
      List<EvidenceRecord> records =
          cluster.evidence(name).stream()
              .filter(r -> uid == null || r.getMetadata().getName().equals(uid))
              .toList();
      EvidenceRecordSpec record =
          records.isEmpty()
              ? underWay(cluster, cluster.request(name))
              : records.get(records.size() - 1).getSpec();
      console.out().print(new String(EvidenceFile.write(record), StandardCharsets.UTF_8));
      console.out().flush();
      return 0;
    }
  }

  /** While nothing is live yet, the evidence is in the status only. */
  private EvidenceRecordSpec underWay(Cluster cluster, FirewallChangeRequest request) {
    if (request.getStatus() == null || Words.some(request.getStatus().evidence()).isEmpty()) {
      throw new Refusal(name + " has left no evidence yet");
    }
    Subject subject =
        new Subject(
            request.getKind(),
            request.getMetadata().getNamespace(),
            name,
            request.getMetadata().getUid(),
            cluster.id());
    return new EvidenceRecordSpec(subject, Words.some(request.getStatus().evidence()));
  }
}
