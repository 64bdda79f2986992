package io.secamo.processes.cli.terminal;

import io.secamo.processes.api.BreakGlass;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.plan.Change;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.firewall.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How requests and plans read on a terminal. */
public final class Words {
  /** The step that opens or removes something. */
  public static final String CHANGE = "Apply";

  private static final Duration NEARLY_A_SECOND = Duration.ofNanos(999_999_999);

  private final Console console;

  /** On this console. */
  public Words(Console console) {
    this.console = console;
  }

  /** What a person approves. */
  public List<String> plan(FirewallChangeRequest request) {
    Plan plan = planOf(request);
    List<String> lines = new ArrayList<>();
    lines.add(
        "Plan "
            + plan.digest()
            + " of "
            + request.getMetadata().getNamespace()
            + "/"
            + request.getMetadata().getName());
    lines.add(plan.summary());
    lines.add("");
    lines.add("Why       " + request.getSpec().justification());
    ProcessStatus status = request.getStatus();
    if (status.requestedBy() != null) {
      String by = status.requestedBy().submittedBy();
      lines.add(
          "Requester "
              + status.requestedBy().name()
              + (by == null ? "" : " (named by " + by + ")"));
    }
    lines.add("Account   " + plan.account());
    lines.add("Time      " + time(request));
    live(status).ifPresent(text -> lines.add(console.bad("LIVE      " + text)));
    lines.add("");
    lines.addAll(changes(plan));
    some(plan.gained()).forEach(gained -> lines.add(console.faint("  gains " + gained)));
    some(plan.stillOpen()).forEach(open -> lines.addAll(stillOpen(open)));
    some(plan.findings())
        .forEach(finding -> lines.add(console.bad("! " + Finding.spoken(finding))));
    if (some(plan.findings()).isEmpty()) {
      lines.add("No risk was found.");
    }
    if (plan.supersedes() != null) {
      lines.add("");
      lines.add("Replaces plan " + plan.supersedes().digest() + plan.supersedes().voided() + ":");
      plan.supersedes().differences().forEach(difference -> lines.add("  " + difference));
    }
    return lines;
  }

  /** That a change is live already, so that nobody believes that a vote lets it begin. */
  private Optional<String> live(ProcessStatus status) {
    String left =
        status.end().map(end -> until(end).map(it -> " in " + it).orElse(" now")).orElse("");
    return status
        .unreviewed()
        .map(BreakGlass::words)
        .map(
            how ->
                "without approval: "
                    + how
                    + ". It is removed"
                    + left
                    + " unless it is reviewed: a vote is that review");
  }

  private static String time(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    boolean lasts = status.state() == State.COMPLETED && status.stands();
    if (lasts && request.getSpec().removes() == null) {
      return "for good, open now";
    }
    if (status.givenUp()) {
      return "none: it was given up, and may still be open";
    }
    if (status.state() != null && status.state().terminal() && status.finishedAt() != null) {
      return "none: it is over since " + status.finishedAt() + ", " + status.state().word();
    }
    if (status.stands() && status.expiresAt() != null) {
      return "until " + status.expiresAt() + ", open now";
    }
    return request.getSpec().removes() == null
        ? request.getSpec().lifetime().words(submitted(request))
        : "removed for good";
  }

  /** What was open when the plan was made may be closed by now. */
  private List<String> stillOpen(Plan.StillOpen open) {
    if (!console.clock().instant().isBefore(open.until())) {
      return List.of();
    }
    String how = "  open until " + open.until() + " by " + open.by() + ": ";
    return open.gained().stream().map(line -> console.faint(how + line)).toList();
  }

  /** What is to be typed to do something with a request, wherever the person stands. */
  public static String command(String verb, FirewallChangeRequest request) {
    return "kubectl process "
        + verb
        + " "
        + request.getMetadata().getName()
        + " -n "
        + request.getMetadata().getNamespace();
  }

  /**
   * Whether a request has the other one, which it names, remove what it opened: that goes on to its
   * end. Not while it needs attention: it may be that nothing goes on.
   */
  public static boolean removalGoesOn(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    return request.getSpec().removes() != null
        && status != null
        && status.state() != State.NEEDS_ATTENTION
        && status.state() != null
        && !status.state().terminal()
        && some(status.steps()).stream()
            .anyMatch(step -> step.name().equals(CHANGE) && step.state().equals("Done"));
  }

  /**
   * Whether its end is decided and nothing comes in between any more, though what it opened may
   * still be there: a system may refuse its removal.
   */
  public static boolean endGoesOn(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    if (status == null || status.state() == null || status.state().terminal()) {
      return endAsked(request);
    }
    return status.state() == State.REVERTING
        || status.endDecided().isPresent()
        || asksForItsEnd(request)
        || some(status.evidence()).stream().anyMatch(entry -> entry.what().equals(Chain.ENDED));
  }

  /** What was asked for since the operator last looked: what the rest says may be over by then. */
  public static Optional<String> unseen(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    Long asked = request.getMetadata().getGeneration();
    Long seen = status == null ? null : status.observedGeneration();
    boolean over = status != null && status.state() != null && status.state().terminal();
    boolean nothing = over && !request.isMarkedForDeletion();
    if (asked == null || seen == null || asked <= seen || nothing) {
      return Optional.empty();
    }
    String what =
        request.isMarkedForDeletion()
            ? "deleted"
            : Boolean.TRUE.equals(request.getSpec().withdrawn())
                ? "withdrawn"
                : Boolean.TRUE.equals(request.getSpec().suspend()) ? "suspended" : "changed";
    return Optional.of("it was " + what + ", and the operator has not looked at it since");
  }

  /**
   * Whether somebody asked for its end, and the operator has not looked at it since. What is open
   * for good, and stays when its request is deleted, has no end.
   */
  public static boolean endAsked(FirewallChangeRequest request) {
    return unseen(request).isPresent() && asksForItsEnd(request);
  }

  private static boolean asksForItsEnd(FirewallChangeRequest request) {
    boolean stays =
        request.getStatus() != null
            && request.getStatus().state() == State.COMPLETED
            && request.getSpec().onDelete() != FirewallChangeSpec.OnDelete.REVERT;
    return (request.isMarkedForDeletion() && !stays)
        || (request.getSpec() != null && Boolean.TRUE.equals(request.getSpec().withdrawn()));
  }

  /**
   * Of what is over, that nothing can be done about it any more, or that it was given up and what
   * it opened is left to people.
   *
   * @param nothing what is said if nothing was left
   */
  public static String isOver(FirewallChangeRequest request, String nothing) {
    ProcessStatus status = request.getStatus();
    State state = status == null ? null : status.state();
    boolean left = status != null && status.givenUp();
    return request.getMetadata().getName()
        + " is "
        + (state == null ? State.RECEIVED : state).word()
        + ": "
        + (left
            ? "it was given up, and what it opened may still be there. Nobody of us removes it,"
                + " look there: it is in status.effects"
            : nothing);
  }

  /** When the API server took the request. */
  public static Instant submitted(FirewallChangeRequest request) {
    return Instant.parse(request.getMetadata().getCreationTimestamp());
  }

  /** The plan, or a sentence that says that there is none. */
  public static Plan planOf(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    if (status != null
        && status.plan() == null
        && status.state() != null
        && status.state().terminal()) {
      throw new Refusal(
          request.getMetadata().getName()
              + " is over, its state is "
              + status.state().word()
              + ": it never had a plan");
    }
    if (status == null || status.plan() == null) {
      throw new Refusal(
          request.getMetadata().getName() + " has no plan yet; what it waits for is told by",
          List.of(command("status", request)));
    }
    return status.plan();
  }

  /** An earlier version knew its changes as sentences only. */
  private List<String> changes(Plan plan) {
    return plan.knownChanges()
        .map(changes -> changes.stream().map(this::change).toList())
        .orElse(plan.effects());
  }

  private String change(Change change) {
    return switch (change.does()) {
      case ADD -> console.good("+ " + change.what());
      case REMOVE -> console.bad("- " + change.what());
      case SHARE -> "~ " + change.what() + " (shared with another request)";
      case RELY_ON -> "= " + change.what() + " (there already)";
      case LEAVE -> "= " + change.what() + " (stays)";
    };
  }

  /** A length of time, as kubectl writes ages: an hour that is nearly over is not left out. */
  public static String span(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 7200) {
      return seconds / 60 + "m";
    }
    return seconds < 172_800
        ? with(seconds / 3600 + "h", seconds % 3600 / 60, "m")
        : with(seconds / 86_400 + "d", seconds % 86_400 / 3600, "h");
  }

  private static String with(String whole, long rest, String unit) {
    return rest == 0 ? whole : whole + rest + unit;
  }

  /** How long it is until then; empty if that is over. It is never due in no time. */
  public Optional<String> until(Instant when) {
    Duration left = Duration.between(console.clock().instant(), when);
    return left.isPositive() ? Optional.of(span(left.plus(NEARLY_A_SECOND))) : Optional.empty();
  }

  /** What is there; a status leaves out lists that are empty. */
  public static <T> List<T> some(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
