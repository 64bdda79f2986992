package io.secamo.processes.cli;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Program;
import io.secamo.processes.cli.terminal.Question;
import io.secamo.processes.cli.terminal.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What people do to a request besides voting; what is final asks before it is written. */
abstract class ActCommand implements Callable<Integer> {
  @ParentCommand private Program program;
  @Mixin private Where where;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the request.")
  private String name = "";

  /** Says why it would do nothing; without this it would be answered as if it had been done. */
  abstract void check(Cluster cluster, FirewallChangeRequest request);

  /** Asks before it is done; what can be taken back is done at once. */
  void ask(Console console, Cluster cluster, FirewallChangeRequest request) {}

  abstract String act(Cluster cluster, Console console, FirewallChangeRequest request);

  @Override
  public Integer call() {
    Console console = program.console();
    try (Cluster cluster = where.open()) {
      FirewallChangeRequest request = cluster.request(name);
      check(cluster, request);
      ask(console, cluster, request);
      console.say(name + ": " + act(cluster, console, request));
      console.say(cluster.place());
      return 0;
    }
  }

  /** What goes cannot be kept, and whoever believes so looks for it in vain. */
  static void notGoing(FirewallChangeRequest request) {
    String name = request.getMetadata().getName();
    if (Words.endGoesOn(request)) {
      throw new Refusal(
          name + " is ending, and that goes on. How it goes tells",
          List.of(Words.command("status", request)));
    }
    if (Words.removalGoesOn(request)) {
      throw new Refusal(
          "the removal of "
              + request.getSpec().removes()
              + " has begun and goes on, whatever becomes of "
              + name
              + ". How it goes tells",
          List.of(Words.command("status", request)));
    }
  }

  static Refusal over(FirewallChangeRequest request, String so) {
    return new Refusal(
        request.getMetadata().getName()
            + " is over, its state is "
            + Standing.state(request).word()
            + ": "
            + so);
  }

  /** Takes a request back. */
  @Command(
      name = "withdraw",
      mixinStandardHelpOptions = true,
      description = "Takes a request back for good: what it opened is removed.",
      footer = {"", "Example: kubectl process withdraw acme-web-443"})
  static final class Withdraw extends ActCommand {
    @Mixin private Question question;

    @Override
    void check(Cluster cluster, FirewallChangeRequest request) {
      if (Standing.state(request).terminal() && !withdrawn(request)) {
        throw over(request, "withdrawing it would take nothing back" + instead(request));
      }
      if (!withdrawn(request)) {
        notGoing(request);
      }
    }

    private static String instead(FirewallChangeRequest request) {
      if (Standing.state(request) != State.COMPLETED || request.getSpec().removes() != null) {
        return "";
      }
      return request.getSpec().onDelete() == FirewallChangeSpec.OnDelete.REVERT
          ? ", deleting it removes what it opened"
          : ". To have removed what it opened: "
              + Words.command("remove", request)
              + " --reason TEXT";
    }

    private static boolean withdrawn(FirewallChangeRequest request) {
      return Standing.state(request) == State.WITHDRAWN
          || (Boolean.TRUE.equals(request.getSpec().withdrawn())
              && !Standing.state(request).terminal());
    }

    @Override
    void ask(Console console, Cluster cluster, FirewallChangeRequest request) {
      if (!withdrawn(request)) {
        String name = request.getMetadata().getName();
        question.ask(console, cluster.address(), "Withdraw " + name + " for good?");
      }
    }

    @Override
    String act(Cluster cluster, Console console, FirewallChangeRequest request) {
      if (withdrawn(request)) {
        return "was withdrawn before";
      }
      cluster.withdraw(request.getMetadata().getName());
      ProcessStatus status = request.getStatus();
      return status == null || !status.stands()
          ? "withdrawn"
          : "withdrawn. The operator removes what it opened as soon as it looks; to see that: "
              + Words.command("status", request);
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
    void check(Cluster cluster, FirewallChangeRequest request) {
      if (Standing.state(request).terminal()) {
        throw over(request, "there is nothing to try again");
      }
      if (Standing.state(request) == State.SUSPENDED) {
        throw new Refusal(
            request.getMetadata().getName() + " is suspended; it goes on after",
            List.of(Words.command("resume", request)));
      }
    }

    @Override
    String act(Cluster cluster, Console console, FirewallChangeRequest request) {
      cluster.annotate(
          request.getMetadata().getName(),
          Map.of(Annotations.REQUESTED_AT, console.clock().instant().toString()));
      return "asked to try again now";
    }
  }

  /** Answers a request that needs attention. */
  @Command(
      name = "resolve",
      mixinStandardHelpOptions = true,
      description = {
        "Answers a request that needs attention; it takes the verb resolve or abandon.",
        "Which answers there are is in status.answers."
      },
      footer = {
        "",
        "Examples:",
        "  kubectl process resolve acme-web-443 resume:Apply --reason 'quota raised'",
        "  kubectl process resolve acme-web-443 skip:OpenTicket",
        "  kubectl process resolve acme-web-443 abandon --reason 'the project is gone'"
      })
  static final class Resolve extends ActCommand {
    @Mixin private Question question;

    @Parameters(
        index = "1",
        paramLabel = "ANSWER",
        description = "resume:<Step>, skip:<Step> or abandon.")
    private String answer = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Your words, one line.")
    private String reason = "";

    @Override
    void check(Cluster cluster, FirewallChangeRequest request) {
      ProcessStatus status = request.getStatus();
      List<String> there = status == null ? List.of() : Words.some(status.answers());
      if (answer.isBlank()) {
        throw Refusal.misuse("the answer is empty: is a variable of your script not set?");
      }
      if (Standing.state(request).terminal()) {
        throw over(request, "there is nothing left to answer");
      }
      if (answer.equals("abandon")) {
        return;
      }
      if (Words.endAsked(request)) {
        throw new Refusal(
            request.getMetadata().getName()
                + " is not asked any more: "
                + Words.unseen(request).orElse("its end is asked for"));
      }
      if (Standing.state(request) != State.NEEDS_ATTENTION) {
        throw new Refusal(
            request.getMetadata().getName()
                + " asks for no answer: it can only be given up, by"
                + " abandon");
      }
      // Earlier versions did not list them: then the operator says what it made of it.
      if (!there.isEmpty() && !there.contains(answer)) {
        throw new Refusal(
            request.getMetadata().getName()
                + " cannot be answered with "
                + answer
                + "; it can be with: "
                + String.join(", ", there));
      }
    }

    @Override
    void ask(Console console, Cluster cluster, FirewallChangeRequest request) {
      String name = request.getMetadata().getName();
      question.ask(
          console,
          cluster.address(),
          answer.equals("abandon")
              ? "Give " + name + " up? What it changed may stay."
              : "Answer " + name + " with " + answer + "?");
    }

    @Override
    String act(Cluster cluster, Console console, FirewallChangeRequest request) {
      String words = reason.isEmpty() ? answer : answer + " " + reason;
      String before =
          Optional.ofNullable(request.getMetadata().getAnnotations())
              .map(all -> all.get(Annotations.RESOLVE))
              .orElse("");
      // The same once more is no change: nobody would see that it was said again.
      String text = words.equals(before) ? words + " (" + console.clock().instant() + ")" : words;
      cluster.annotate(
          request.getMetadata().getName(),
          Map.of(Annotations.RESOLVE, text, Annotations.RESOLVED_BY, cluster.me()));
      return "answered with "
          + answer
          + (answer.equals("abandon") && request.isMarkedForDeletion()
              ? ". It goes now, with what it knows: what it opened and could not remove is in its"
                  + " evidence"
              : "");
    }
  }
}
