package io.secamo.processes.cli;

import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.cli.draft.Proposal;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Output;
import io.secamo.processes.cli.terminal.Program;
import io.secamo.processes.cli.terminal.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows what a person approves. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what is going to be changed: this is what people approve.",
      "With -f it tells of a request in a file what can be told before it is submitted: what the"
          + " API server says to it. Nothing is stored."
    },
    footer = {
      "",
      "Examples:",
      "  kubectl process plan acme-web-443 -n team-a",
      "  kubectl process plan -f request.yaml"
    })
final class PlanCommand implements Callable<Integer> {
  private static final long LARGEST = 1 << 20;

  @ParentCommand private Program program;
  @Mixin private Where where;
  @Mixin private Output output;
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Name of the request.")
  private @Nullable String name;

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      description = "File with a request that is not submitted yet; - reads from the input.")
  private @Nullable String file;

  @Override
  public Integer call() throws IOException {
    Console console = program.console();
    if (name != null && file != null) {
      throw wrong("name a request or a file, not both");
    }
    if (name == null && file == null) {
      throw wrong("name a request, or with -f a file that holds one");
    }
    String text = file == null ? "" : text(file, console);
    try (Cluster cluster = where.open()) {
      if (name == null) {
        String from = file == null || file.equals("-") ? "the input" : file;
        FirewallChangeRequest asked = cluster.trial().of(text, from);
        if (!output.wrote(console, cluster, asked)) {
          new Proposal(asked).lines(console.clock().instant()).forEach(console::say);
        }
        return 0;
      }
      FirewallChangeRequest request = cluster.request(name);
      if (!output.wrote(console, cluster, Words.planOf(request))) {
        new Words(console).plan(request).forEach(console::say);
      }
      return 0;
    }
  }

  private String text(String from, Console console) throws IOException {
    if (from.equals("-")) {
      return console.in().lines().collect(Collectors.joining("\n"));
    }
    Path path = Path.of(from);
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw wrong("there is no file " + from + " that can be read");
    }
    if (Files.size(path) > LARGEST) {
      throw wrong(from + " is larger than a request can be");
    }
    return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
