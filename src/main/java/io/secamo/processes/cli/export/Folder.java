package io.secamo.processes.cli.export;

import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.evidence.EvidenceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.stream.Stream;

/** Where evidence is put, each record in a file of its own. What is there already is left alone. */
public record Folder(Path path) {
  /** Writes all of them. */
  public void write(Collection<EvidenceRecordSpec> records) {
    try {
      Files.createDirectories(path);
      try (Stream<Path> there = Files.list(path)) {
        if (there.findAny().isPresent()) {
          throw new Refusal(path + " is not empty: name a new folder, so that nothing is mixed up");
        }
      }
      for (EvidenceRecordSpec record : records) {
        Files.write(
            path.resolve(name(record)), EvidenceFile.write(record), StandardOpenOption.CREATE_NEW);
      }
    } catch (IOException e) {
      throw new Refusal("cannot write into " + path + ": name a folder that you may write to");
    }
  }

  /** Of what an API server says, nothing leads to another folder. */
  private static String name(EvidenceRecordSpec record) {
    EvidenceRecordSpec.Subject process = record.process();
    return String.join("_", process.namespace(), process.name(), process.uid())
            .replaceAll("[^A-Za-z0-9._-]", "-")
        + ".json";
  }
}
