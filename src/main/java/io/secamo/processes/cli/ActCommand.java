package io.secamo.processes.cli;

import io.secamo.processes.api.Annotations;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What people do to a request besides voting; each asks before it writes. */
abstract class ActCommand implements Callable<Integer> {
  @ParentCommand private KubectlProcess program;
  @Mixin private Where where;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the request.")
  private String name = "";

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  /** The question before it is done; empty: none. */
  abstract String question(String request);

  abstract String act(Cluster cluster, Console console, String request);

  @Override
  public Integer call() {
    Console console = program.console();
    try (Cluster cluster = where.open()) {
      cluster.request(name);
      String question = question(name);
      if (!yes && !question.isEmpty() && !console.agrees(question)) {
        throw new Refusal("nothing was written");
      }
      console.say(name + ": " + act(cluster, console, name));
      return 0;
    }
  }

  /** Takes a request back. */
  @Command(
      name = "withdraw",
      mixinStandardHelpOptions = true,
      description = "Takes a request back for good: what it opened is removed.",
      footer = {"", "Example: kubectl process withdraw acme-web-443"})
  static final class Withdraw extends ActCommand {
    @Override
    String question(String request) {
      return "Withdraw " + request + " for good?";
    }

    @Override
    String act(Cluster cluster, Console console, String request) {
      cluster.withdraw(request);
      return "withdrawn";
    }
  }

  /** Asks the operator to look now. */
  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description = "Asks the operator to try again now instead of later.",
      footer = {"", "Example: kubectl process retry acme-web-443"})
  static final class Retry extends ActCommand {
    @Override
    String question(String request) {
      return "";
    }

    @Override
    String act(Cluster cluster, Console console, String request) {
      cluster.annotate(
          request, Map.of(Annotations.REQUESTED_AT, console.clock().instant().toString()));
      return "asked to try again now";
    }
  }

  /** Answers a request that needs attention. */
  @Command(
      name = "resolve",
      mixinStandardHelpOptions = true,
      description = "Answers a request that needs attention; it takes the verb resolve or abandon.",
      footer = {
        "",
        "Examples:",
        "  kubectl process resolve acme-web-443 resume:Apply --reason 'quota raised'",
        "  kubectl process resolve acme-web-443 skip:OpenTicket",
        "  kubectl process resolve acme-web-443 abandon --reason 'the project is gone'"
      })
  static final class Resolve extends ActCommand {
    @Parameters(
        index = "1",
        paramLabel = "ANSWER",
        description = "resume:<Step>, skip:<Step> or abandon.")
    private String answer = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Your words, one line.")
    private String reason = "";

    @Override
    String question(String request) {
      return answer.equals("abandon")
          ? "Give " + request + " up? What it changed may stay."
          : "Answer " + request + " with " + answer + "?";
    }

    @Override
    String act(Cluster cluster, Console console, String request) {
      cluster.annotate(
          request,
          Map.of(
              Annotations.RESOLVE,
              reason.isEmpty() ? answer : answer + " " + reason,
              Annotations.RESOLVED_BY,
              cluster.me()));
      return "answered with " + answer;
    }
  }
}
