package io.secamo.processes.cli;

import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Program;
import io.secamo.processes.evidence.Finding;
import io.secamo.processes.evidence.NamedFiles;
import io.secamo.processes.text.Amount;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Checks evidence in files, without a cluster. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks evidence in files, without a cluster: any changed word is found.",
      "It reads what kubectl process evidence writes, and EvidenceRecords as kubectl get writes"
          + " them: JSON or YAML, one or many in a file of at most "
          + NamedFiles.LARGEST_MIB
          + " MiB."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all of it is genuine",
      "1:something is NOT GENUINE: it was changed",
      "2:wrong usage",
      "3:something is no evidence record, or cannot be read, and nothing is known to be changed"
    },
    footer = {
      "",
      "Examples:",
      "  kubectl process verify evidence.json",
      "  kubectl process verify evidence.json --head <the hash that the ticket shows>",
      "  kubectl get evidencerecords -n team-a -o yaml > evidence/team-a.yaml",
      "  kubectl process verify evidence"
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int CHANGED = 1;
  private static final int NO_EVIDENCE = 3;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** What is read in less than two seconds is smaller. */
  private static final int LARGE_MIB = 8;

  private static final Duration SILENCE = Duration.ofSeconds(2);

  @ParentCommand private Program program;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files with evidence, or folders of such files.")
  private List<Path> named = List.of();

  @Option(
      names = "--head",
      paramLabel = "HASH",
      description = "A hash that the ticket shows as evidence so far; a record must contain it.")
  private @Nullable String head;

  private final Map<Finding.Verdict, Integer> counts = new EnumMap<>(Finding.Verdict.class);
  private boolean headFound;

  @Override
  public Integer call() {
    if (named.stream().anyMatch(path -> path.toString().isBlank())) {
      throw new ParameterException(spec.commandLine(), "FILE is empty: name a file or a folder");
    }
    if (head != null && !HASH.matcher(head).matches()) {
      throw new ParameterException(
          spec.commandLine(), "--head " + head + " is no hash: a hash has 64 signs, 0-9 and a-f");
    }
    Console console = program.console();
    List<Path> files = new ArrayList<>();
    for (Path path : named) {
      List<Path> meant = NamedFiles.meant(path);
      files.addAll(meant);
      if (meant.isEmpty()) {
        tell(
            console,
            path + ": ",
            NamedFiles.unread("there is no file in it: name the folder in which they are"));
      }
    }
    boolean one = files.size() == 1 && files.equals(named);
    Instant told = console.clock().instant();
    for (int number = 0; number < files.size(); number++) {
      Path file = files.get(number);
      if (NamedFiles.mebibytes(file) >= LARGE_MIB) {
        console.warn("reading " + file + ", " + NamedFiles.mebibytes(file) + " MiB");
      }
      tell(console, one ? "" : file + ": ", NamedFiles.check(file));
      Instant now = console.clock().instant();
      boolean more = number + 1 < files.size();
      if (more && Duration.between(told, now).compareTo(SILENCE) > 0) {
        console.warn((number + 1) + " of " + files.size() + " files checked");
        told = now;
      }
    }
    return end(console, files.size());
  }

  private void tell(Console console, String file, List<Finding> findings) {
    for (Finding finding : findings) {
      String process =
          findings.size() > 1 && !finding.process().isEmpty() ? finding.process() + ": " : "";
      counts.merge(finding.verdict(), 1, Integer::sum);
      headFound |= head != null && finding.hashes().contains(head);
      switch (finding.verdict()) {
        case GENUINE -> {
          // Of one record that is not the one that the ticket speaks of nothing good is said.
          if (head == null || findings.size() > 1 || !file.isEmpty() || headFound) {
            console.say(file + genuine(console, finding));
          } else {
            counts.remove(Finding.Verdict.GENUINE);
          }
        }
        case NOT_GENUINE ->
            console.warn(file + process + console.bad("NOT GENUINE: ") + finding.problem());
        case NO_EVIDENCE ->
            console.warn((file.isEmpty() ? named.get(0) + ": " : file) + finding.problem());
      }
    }
  }

  private static String genuine(Console console, Finding finding) {
    List<String> hashes = finding.hashes();
    // Of which process it is the record: what else the file says of that is covered by no hash.
    return console.good("genuine: ")
        + finding.process()
        + ", "
        + Amount.of(hashes.size(), "entry", "entries")
        + ", head "
        + hashes.get(hashes.size() - 1)
        + (finding.asExported()
            ? ""
            : "\n  its text is not as an export has it: no entry is changed, but entries may be"
                + "\n  missing at its end; compare its head with the ticket (--head)");
  }

  private int end(Console console, int files) {
    int none = count(Finding.Verdict.NO_EVIDENCE);
    boolean another = false;
    if (head != null && !headFound) {
      String missing = "no entry has the hash " + head;
      if (none == 0) {
        console.warn(
            console.bad("NOT GENUINE: ")
                + missing
                + ": it is another story, or its end is missing");
        another = true;
      } else {
        console.warn(missing + " in what could be read");
      }
    }
    int changed = count(Finding.Verdict.NOT_GENUINE);
    int genuine = count(Finding.Verdict.GENUINE);
    if (files > 1 || genuine + changed + none > 1) {
      console.say(
          Amount.of(files, "file")
              + ": "
              + (genuine + " genuine")
              + (changed == 0 ? "" : ", " + changed + " NOT GENUINE")
              + (none == 0 ? "" : ", " + none + " no evidence record"));
    }
    if (changed > 0 || another) {
      console.warn("Do not rely on it: export it again, and compare with the ticket (--head)");
      return CHANGED;
    }
    return none > 0 ? NO_EVIDENCE : 0;
  }

  private int count(Finding.Verdict verdict) {
    return counts.getOrDefault(verdict, 0);
  }
}
