package io.secamo.processes.cli;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Output;
import io.secamo.processes.cli.terminal.Program;
import io.secamo.processes.cli.terminal.Watched;
import io.secamo.processes.cli.terminal.Words;
import io.secamo.processes.cli.yours.Rights;
import io.secamo.processes.cli.yours.StoredVotes;
import io.secamo.processes.cli.yours.YourPart;
import io.secamo.processes.text.Amount;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tells the story of a request. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Tells where a request stands, whose turn it is, and what happened so far.",
      "It ends with what you can do about it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it was told", "4:it is live past its end, or was given up and may be live"},
    footer = {"", "Example: kubectl process status acme-web-443 -n team-a"})
final class StatusCommand implements Callable<Integer> {
  /** The exit code of what is live past its end. */
  static final int OVERDUE = 4;

  /** What is said of a request without any status. */
  static final String UNSEEN = "The operator has not looked at it yet: is it running?";

  @ParentCommand private Program program;
  @Mixin private Where where;
  @Mixin private Output output;
  @Mixin private Watched watched;

  @Parameters(paramLabel = "NAME", description = "Name of the request.")
  private String name = "";

  @Override
  public Integer call() throws InterruptedException {
    Console console = program.console();
    try (Cluster cluster = where.open()) {
      if (watched.wanted()) {
        output.noneWith("--watch");
        return watched.show(console, () -> now(console, cluster));
      }
      FirewallChangeRequest request = cluster.request(name);
      if (!output.wrote(console, cluster, request)) {
        told(console, cluster, request).forEach(console::say);
      }
      return Standing.overdue(console, request).isPresent() ? OVERDUE : 0;
    }
  }

  private List<String> now(Console console, Cluster cluster) {
    return told(console, cluster, cluster.request(name));
  }

  private static List<String> told(
      Console console, Cluster cluster, FirewallChangeRequest request) {
    List<String> lines = new ArrayList<>(lines(console, request, cluster.events(request)));
    lines.addAll(next(console, cluster, request));
    return lines;
  }

  /**
   * What the person can do now; who may not ask for their own rights reads the rest all the same.
   */
  private static List<String> next(
      Console console, Cluster cluster, FirewallChangeRequest request) {
    List<String> commands;
    try {
      commands = new YourPart(cluster.me(), Rights.in(cluster, console.clock())).commands(request);
    } catch (Refusal notNow) {
      return List.of();
    }
    return commands.isEmpty()
        ? List.of()
        : Stream.concat(Stream.of("", "What you can do:"), commands.stream().map(c -> "  " + c))
            .toList();
  }

  private static @Nullable Instant fixedEnd(FirewallChangeRequest request) {
    return request.getSpec() == null ? null : request.getSpec().expiresAt();
  }

  /** Everything that is known, each line only if it is. */
  static List<String> lines(Console console, FirewallChangeRequest request, List<Event> events) {
    Words words = new Words(console);
    List<String> lines = new ArrayList<>();
    ProcessStatus status = request.getStatus();
    lines.add(request.getMetadata().getNamespace() + "/" + request.getMetadata().getName());
    if (status == null || status.state() == null) {
      lines.add(request.isMarkedForDeletion() ? "It is being deleted. " + UNSEEN : UNSEEN);
      return lines;
    }
    add(lines, "State", status.state().word());
    if (ProcessStatus.ofNewerOperator(status)) {
      add(
          lines,
          "Newer",
          "a newer operator wrote this (status.format "
              + status.format()
              + "): an older one, and this program, may not know all of it");
    }
    add(lines, "Unseen", Words.unseen(request).orElse(null));
    add(lines, "OVERDUE", Standing.overdue(console, request).map(console::bad).orElse(null));
    add(lines, "Message", status.message());
    String waitingFor = new Standing(console, request).waitingFor();
    add(lines, "Waiting for", waitingFor.equals("operator") ? waitingFor : status.waitingFor());
    answers(lines, status);
    boolean voting = status.state() == State.AWAITING_APPROVAL;
    Instant due = status.deadline();
    if (voting && due != null) {
      words
          .until(due)
          .ifPresentOrElse(
              left -> add(lines, "Too late in", left),
              () -> add(lines, "Too late since", due.toString()));
    } else if (status.state() == State.SCHEDULED) {
      boolean late = due != null && due.equals(fixedEnd(request));
      soon(lines, words, late ? "Too late" : "Goes on", due);
    }
    soon(lines, words, "Looks again", status.nextAttemptAt());
    // What is over waits for nobody: its votes are in the story.
    boolean over = status.state().terminal() || Words.endGoesOn(request);
    Instant end = status.end().orElse(status.expiresAt());
    add(lines, "Expires in", end == null || over ? null : words.until(end).orElse(null));
    add(lines, "Requester", status.requestedBy() == null ? null : status.requestedBy().name());
    add(lines, "Approved by", status.approvedBy());
    if (status.ticket() != null) {
      String url = status.ticket().url();
      add(lines, "Ticket", status.ticket().id() + (url == null ? "" : " " + url));
    }
    if (status.breakGlass() != null) {
      add(lines, "Break-glass", status.breakGlass().words());
    }
    for (ProcessStatus.Gate gate :
        over ? List.<ProcessStatus.Gate>of() : Words.some(status.gates())) {
      add(lines, "Gate " + gate.name(), gate(words, gate));
    }
    stored(lines, new StoredVotes(request));
    story(lines, Words.some(status.evidence()));
    calls(lines, events);
    return lines;
  }

  /** Of what is for its requester to put right they help nobody: who may give them gets them. */
  private static void answers(List<String> lines, ProcessStatus status) {
    List<String> answers = Words.some(status.answers());
    if (!answers.isEmpty() && !ProcessStatus.REQUESTER.equals(status.waitingFor())) {
      add(lines, "Answers", String.join(", ", answers) + " (by who is on duty)");
    }
  }

  private static void soon(List<String> lines, Words words, String what, @Nullable Instant when) {
    if (when != null) {
      words
          .until(when)
          .ifPresentOrElse(left -> add(lines, what + " in", left), () -> add(lines, what, "now"));
    }
  }

  /** Whoever voted while the operator was away, or on another plan, looks here for what became. */
  private static void stored(List<String> lines, StoredVotes votes) {
    for (Vote vote : votes.uncounted()) {
      add(
          lines,
          "Not counted",
          switch (vote.decision()) {
                case APPROVE -> "the approval of ";
                case REJECT -> "the rejection of ";
                case OVERRIDE -> "the override of ";
              }
              + vote.voter()
              + " at gate "
              + vote.gate()
              + " is stored, not counted yet");
    }
    long old = votes.ofEarlierPlans();
    add(lines, "Void", old == 0 ? null : Amount.of(old, "vote") + " on earlier plans: vote again");
  }

  private static String gate(Words words, ProcessStatus.Gate gate) {
    String so = gate.state() + ", " + gate.approvals() + " of " + gate.required();
    Instant deadline = gate.deadline();
    return deadline == null || !gate.state().equals("Open")
        ? so
        : so
            + words
                .until(deadline)
                .map(left -> ", due in " + left)
                .orElse(", too late since " + deadline);
  }

  private static void story(List<String> lines, List<EvidenceEntry> entries) {
    if (!entries.isEmpty()) {
      lines.add("");
      lines.add("What happened:");
    }
    for (EvidenceEntry entry : entries) {
      String by = entry.by() == null ? "" : " by " + entry.by();
      String first =
          Words.some(entry.facts()).stream()
              // Of use to programs only.
              .filter(fact -> !fact.startsWith("generation "))
              .findFirst()
              .map(f -> ": " + f)
              .orElse("");
      lines.add("  " + entry.at() + " " + entry.what() + by + first + inPlaceOf(entry));
    }
  }

  /** For whom a deputy voted. */
  private static String inPlaceOf(EvidenceEntry entry) {
    return Words.some(entry.facts()).stream()
        .skip(1)
        .filter(fact -> fact.startsWith("in place of "))
        .findFirst()
        .map(fact -> ", " + fact)
        .orElse("");
  }

  private static void calls(List<String> lines, List<Event> events) {
    if (!events.isEmpty()) {
      lines.add("");
      lines.add("Events:");
    }
    for (Event event : events) {
      String at = event.getEventTime() == null ? "" : second(event.getEventTime().getTime());
      String note = event.getNote() == null ? "" : ": " + event.getNote();
      lines.add("  " + at + " " + event.getType() + " " + event.getReason() + note);
    }
  }

  /** As all other times are written; the API server's have fractions. */
  private static String second(String time) {
    try {
      return Instant.parse(time).truncatedTo(ChronoUnit.SECONDS).toString();
    } catch (DateTimeParseException asItIs) {
      return time;
    }
  }

  private static void add(List<String> lines, String what, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      lines.add("%-15s %s".formatted(what, value));
    }
  }
}
