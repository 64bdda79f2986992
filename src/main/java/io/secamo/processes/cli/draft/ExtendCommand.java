package io.secamo.processes.cli.draft;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Span;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Program;
import io.secamo.processes.cli.terminal.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Writes the request that would have to be made for an access to stay longer. */
@Command(
    name = "extend",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the request that has to be made for an access to stay longer.",
      "A submitted request cannot be edited, so nothing is changed: the new one is approved anew."
    },
    footer = {
      "",
      "Examples:",
      "  kubectl process extend acme-web-443 --for 8h > longer.yaml",
      "  kubectl process extend acme-web-443 --until 2027-02-28T18:00:00Z > more.yaml"
    })
public final class ExtendCommand implements Callable<Integer> {
  @ParentCommand private Program program;
  @Mixin private Where where;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Name of the request.")
  private String name = "";

  @ArgGroup(multiplicity = "1")
  private End end = new End();

  /** One of two ways to say when it ends. */
  static final class End {
    @Option(
        names = "--until",
        paramLabel = "TIME",
        description = "When the access ends. Example: 2027-02-28T18:00:00Z.")
    private @Nullable String until;

    @Option(
        names = "--for",
        paramLabel = "SPAN",
        description =
            "How long it stays from when the new one is opened: a number and s, m, h or d.")
    private @Nullable String span;
  }

  @Override
  public Integer call() {
    Console console = program.console();
    @Nullable Instant until = until(console.clock().instant());
    @Nullable Duration span = span();
    try (Cluster cluster = where.open()) {
      FirewallChangeRequest request = cluster.request(name);
      check(request, until, span);
      String fresh = FreeName.after(request, cluster);
      Draft draft = new Draft(cluster.text(request, false), fresh, cluster.me());
      Sending.write(draft.ending(until, end.span, console.clock().instant()), console, cluster);
      console.warn(about(request) + fresh + ".");
      extensions(cluster).forEach(console::warn);
      Sending.tell(console, cluster);
      console.warn(
          "It is approved anew."
              + (ended(request) || !open(request)
                  ? ""
                  : " Until it is live, " + name + " ends as it would have."));
      return 0;
    }
  }

  private String about(FirewallChangeRequest request) {
    if (!ended(request) && !open(request)) {
      return name
          + " is not open yet ("
          + state(request).word()
          + "): both may open. If you want only the new one, withdraw "
          + name
          + " first. This is a new request, ";
    }
    if (!ended(request)) {
      return name + " cannot be changed: this is a new request, ";
    }
    Instant end = request.getStatus().finishedAt();
    return name
        + (state(request) == State.REVERTING ? " is being removed" : " ended")
        + (end == null ? "" : " at " + shown(end))
        + ": this opens the same again, as a new request, ";
  }

  private static boolean open(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    return state(request) == State.IN_FORCE || (status != null && status.stands());
  }

  private static boolean ended(FirewallChangeRequest request) {
    return state(request) == State.EXPIRED || state(request) == State.REVERTING;
  }

  /** The requests that extend this one already; none if they may not be listed. */
  private List<String> extensions(Cluster cluster) {
    try {
      return cluster.requests(false).stream()
          .filter(other -> name.equals(other.getSpec().supersedes()))
          .filter(other -> !state(other).terminal())
          .map(this::extension)
          .toList();
    } catch (Refusal mayNot) {
      return List.of();
    }
  }

  private String extension(FirewallChangeRequest other) {
    String its = other.getMetadata().getName();
    return its
        + " ("
        + state(other).word()
        + ") extends "
        + name
        + " already: kubectl process status "
        + its
        + " -n "
        + other.getMetadata().getNamespace();
  }

  private static State state(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    return status == null || status.state() == null ? State.RECEIVED : status.state();
  }

  private static Instant shown(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private @Nullable Instant until(Instant now) {
    if (end.until == null) {
      return null;
    }
    Instant until;
    try {
      until = Instant.parse(end.until);
    } catch (DateTimeParseException e) {
      throw wrong("--until is a time in UTC, as in 2027-02-28T18:00:00Z, not " + end.until);
    }
    if (!until.isAfter(now)) {
      throw wrong("--until " + until + " is over: name a later time");
    }
    return until;
  }

  private @Nullable Duration span() {
    try {
      return end.span == null ? null : Span.parse(end.span);
    } catch (IllegalArgumentException e) {
      throw wrong("--for: " + e.getMessage());
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** An extension that ends earlier, or of what has no end, is a misunderstanding. */
  private void check(
      FirewallChangeRequest request, @Nullable Instant until, @Nullable Duration span) {
    ProcessStatus status = request.getStatus();
    State state = state(request);
    boolean lasts = state == State.COMPLETED && request.getSpec().lifetime().lasting();
    if (state.terminal() && state != State.EXPIRED && !lasts) {
      throw new Refusal(Words.isOver(request, "there is nothing to extend"));
    }
    if (request.getSpec().removes() != null) {
      throw new Refusal(name + " removes something: it opened nothing that could be extended");
    }
    if (request.getSpec().lifetime().lasting()) {
      throw new Refusal(name + " has no end: there is nothing to extend");
    }
    Instant ends =
        status != null && status.expiresAt() != null
            ? status.expiresAt()
            : request.getSpec().expiresAt();
    Instant wanted = span == null ? until : program.console().clock().instant().plus(span);
    if (ends != null && wanted != null && !wanted.isAfter(ends)) {
      throw wrong(
          name
              + " stays until "
              + shown(ends)
              + ", and the new one would end at "
              + shown(wanted)
              + ": name a later end");
    }
  }
}
