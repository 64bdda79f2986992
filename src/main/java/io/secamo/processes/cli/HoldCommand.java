package io.secamo.processes.cli;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Question;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a request before its next change, and lets it go on. */
abstract class HoldCommand extends ActCommand {
  private static boolean suspended(FirewallChangeRequest request) {
    return Boolean.TRUE.equals(request.getSpec().suspend());
  }

  private static Optional<String> annotation(FirewallChangeRequest request, String key) {
    return Optional.ofNullable(request.getMetadata().getAnnotations()).map(all -> all.get(key));
  }

  private static boolean held(FirewallChangeRequest request) {
    return annotation(request, Annotations.HELD).isPresent();
  }

  /** Whoever suspends what is open must not take it for closed. */
  private static String live(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    if (status == null || !status.stands()) {
      return "";
    }
    return status
        .end()
        .map(end -> ". What is open stays open until " + end)
        .orElse(". What is open stays open");
  }

  private static boolean mayHold(Cluster cluster, FirewallChangeRequest request) {
    return cluster
        .permissions()
        .onRequest("hold", request.getMetadata().getName(), request.getMetadata().getNamespace());
  }

  private static String by(FirewallChangeRequest request) {
    @Nullable String who = annotation(request, Annotations.SUSPEND_BY).orElse(null);
    return who == null ? "" : " by " + who;
  }

  /** Nothing new is made from then on. */
  @Command(
      name = "suspend",
      mixinStandardHelpOptions = true,
      description = {
        "Suspends a request: nothing new is made, what is live is removed at its time.",
        "If you hold the verb hold, only somebody who holds it too lets the request go on."
      },
      footer = {"", "Example: kubectl process suspend acme-web-443"})
  static final class Suspend extends HoldCommand {
    @Override
    void check(Cluster cluster, FirewallChangeRequest request) {
      if (Standing.state(request).terminal()) {
        throw over(request, "there is nothing left to suspend");
      }
      notGoing(request);
    }

    @Override
    String act(Cluster cluster, Console console, FirewallChangeRequest request) {
      boolean hold = mayHold(cluster, request);
      if (suspended(request) && (held(request) || !hold)) {
        return (held(request) ? "is held" : "is suspended") + by(request) + " already";
      }
      cluster.suspend(request.getMetadata().getName(), hold);
      return (hold
              ? "held: only somebody with the verb hold lets it go on"
              : "suspended: whoever may change it lets it go on")
          + live(request);
    }
  }

  /** Goes on where it stopped. */
  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = {
        "Lets a suspended request go on.",
        "What is held goes on only when somebody with the verb hold says so."
      },
      footer = {"", "Example: kubectl process resume acme-web-443"})
  static final class Resume extends HoldCommand {
    @Mixin private Question question;

    @Override
    void check(Cluster cluster, FirewallChangeRequest request) {
      if (Standing.state(request).terminal()) {
        throw over(request, "it does not go on any more");
      }
      if (suspended(request) && held(request) && !mayHold(cluster, request)) {
        throw new Refusal(
            request.getMetadata().getName()
                + " is held"
                + by(request)
                + ": only who has the verb hold on it lets it go on");
      }
    }

    @Override
    void ask(Console console, Cluster cluster, FirewallChangeRequest request) {
      if (suspended(request)) {
        String name = request.getMetadata().getName();
        question.ask(console, cluster.address(), "Let " + name + " go on?");
      }
    }

    @Override
    String act(Cluster cluster, Console console, FirewallChangeRequest request) {
      if (!suspended(request)) {
        return "is not suspended";
      }
      cluster.resume(request.getMetadata().getName());
      return "goes on; it was suspended" + by(request);
    }
  }
}
