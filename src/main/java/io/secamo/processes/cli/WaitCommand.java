package io.secamo.processes.cli;

import io.secamo.processes.api.Condition;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.Span;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Program;
import io.secamo.processes.cli.terminal.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Waits until a request needs no more waiting. */
@Command(
    name = "wait",
    mixinStandardHelpOptions = true,
    description = "Waits until a request is ready, stuck, or waits for people.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it is ready: live, completed, satisfied already, expired or removed",
      "2:wrong usage",
      "3:it waits for people: for an approval, or for somebody to resume it",
      "4:it is live past its end, or was given up and may be live",
      "5:it is stuck, or over without its change: rejected, withdrawn, rolled back",
      "124:none of these in time"
    },
    footer = {"", "Example: kubectl process wait acme-web-443 --timeout 5m"})
final class WaitCommand implements Callable<Integer> {
  private static final int STUCK = 5;
  private static final int WAITS_FOR_PEOPLE = 3;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** How long nothing is said at most, so that whoever looks knows that it goes on. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  @ParentCommand private Program program;
  @Spec private CommandSpec spec;
  @Mixin private Where where;

  @Parameters(paramLabel = "NAME", description = "Name of the request.")
  private String name = "";

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "How long: a number and s, m, h or d. Default: 10m.")
  private String timeout = "10m";

  @Override
  public Integer call() throws InterruptedException {
    Console console = program.console();
    Duration patience;
    try {
      patience = Span.parse(timeout);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--timeout: " + e.getMessage());
    }
    try (Cluster cluster = where.open()) {
      return waited(console, cluster, patience);
    }
  }

  private int waited(Console console, Cluster cluster, Duration patience)
      throws InterruptedException {
    Instant begun = console.clock().instant();
    Instant spoken = begun;
    String told = "";
    while (true) {
      FirewallChangeRequest request = cluster.request(name);
      Instant now = console.clock().instant();
      String state = state(console, request);
      if (!state.equals(told)) {
        console.say(state);
        told = state;
        spoken = now;
      }
      Optional<String> overdue = Standing.overdue(console, request);
      if (overdue.isPresent()) {
        console.warn(overdue.get());
        return StatusCommand.OVERDUE;
      }
      Optional<Integer> exit = exit(request.getStatus());
      // What was asked for since may end it: what the status says is no answer any more.
      if (exit.isPresent() && Words.unseen(request).isEmpty()) {
        return exit.get();
      }
      if (!now.isBefore(begun.plus(patience))) {
        console.warn("not within " + timeout + unseen(request));
        return Program.TIMED_OUT;
      }
      if (!now.isBefore(spoken.plus(SILENCE))) {
        String so = Words.span(Duration.between(begun, now));
        console.warn("still " + state + ", " + so + " so far" + unseen(request));
        spoken = now;
      }
      Thread.sleep(PAUSE);
    }
  }

  private static String unseen(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    return status == null || status.state() == null
        ? ". " + StatusCommand.UNSEEN
        : Words.unseen(request).map(text -> ": " + text).orElse("");
  }

  private static String state(Console console, FirewallChangeRequest request) {
    String state = Standing.state(request).word();
    ProcessStatus status = request.getStatus();
    String waitingFor = new Standing(console, request).waitingFor();
    boolean known = status != null && status.state() != null;
    return known && !waitingFor.equals("-") ? state + ": " + waitingFor : state;
  }

  /** By the conditions, as automation reads them. */
  static Optional<Integer> exit(@Nullable ProcessStatus status) {
    if (status == null || status.conditions() == null) {
      return Optional.empty();
    }
    if (holds(status, "Stalled", "True")) {
      return Optional.of(STUCK);
    }
    if (holds(status, "Ready", "True")) {
      return Optional.of(0);
    }
    boolean people =
        status.conditions().stream()
            .filter(c -> c.type().equals("Ready"))
            .map(Condition::reason)
            .anyMatch(
                r ->
                    r.equals(Reasons.AWAITING_APPROVAL)
                        || r.equals(Reasons.NOBODY_MAY_APPROVE)
                        || r.equals(Reasons.SUSPENDED)
                        || r.equals(Reasons.BREAK_GLASS));
    return people ? Optional.of(WAITS_FOR_PEOPLE) : Optional.empty();
  }

  private static boolean holds(ProcessStatus status, String type, String value) {
    return Words.some(status.conditions()).stream()
        .anyMatch(c -> c.type().equals(type) && c.status().equals(value));
  }
}
