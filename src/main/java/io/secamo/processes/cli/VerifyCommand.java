package io.secamo.processes.cli;

import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.evidence.EvidenceFile;
import io.secamo.processes.text.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Checks exported evidence, without a cluster. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks an evidence file, without a cluster: any changed byte is found.",
    footer = {
      "",
      "Examples:",
      "  kubectl process verify evidence.json",
      "  kubectl process verify evidence.json --head <the hash that the ticket shows>"
    })
final class VerifyCommand implements Callable<Integer> {
  @ParentCommand private KubectlProcess program;

  @Parameters(paramLabel = "FILE", description = "File that kubectl process evidence wrote.")
  private Path file = Path.of("");

  @Option(
      names = "--head",
      paramLabel = "HASH",
      description = "A hash that the ticket shows as evidence so far; the file must contain it.")
  private @Nullable String head;

  @Override
  public Integer call() {
    Console console = program.console();
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Refusal(file + " cannot be read: " + e.getMessage());
    }
    EvidenceFile.Finding finding = EvidenceFile.check(bytes);
    finding
        .problem()
        .ifPresent(
            problem -> {
              throw new Refusal(console.bad("NOT GENUINE: ") + problem);
            });
    if (head != null && !finding.hashes().contains(head)) {
      throw new Refusal(
          console.bad("NOT GENUINE: ")
              + "no entry has the hash "
              + head
              + ": this is another story");
    }
    console.say(
        console.good("genuine: ")
            + Amount.of(finding.hashes().size(), "entry", "entries")
            + ", head "
            + finding.hashes().get(finding.hashes().size() - 1));
    return 0;
  }
}
