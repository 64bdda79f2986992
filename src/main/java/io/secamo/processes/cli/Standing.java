package io.secamo.processes.cli;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where one request of a list stands. */
record Standing(Console console, FirewallChangeRequest request) {
  /** What is due first; then what is under way, then what is over, and the newest of each. */
  static final Comparator<Standing> DUE_FIRST =
      Comparator.comparing((Standing s) -> s.due().orElse(Instant.MAX))
          .thenComparing(Standing::over)
          .thenComparing(
              s -> s.request.getMetadata().getCreationTimestamp(), Comparator.reverseOrder())
          .thenComparing(s -> s.request.getMetadata().getNamespace())
          .thenComparing(s -> s.request.getMetadata().getName());

  private static final Set<State> PEOPLE =
      EnumSet.of(State.AWAITING_APPROVAL, State.NEEDS_ATTENTION, State.SUSPENDED);

  /** Whether it goes on when a person does something: votes, answers, or lets it go on. */
  static boolean waitsForPeople(FirewallChangeRequest request) {
    return PEOPLE.contains(state(request)) && !Words.endAsked(request);
  }

  /** Whether something is open, or nobody knows. */
  static boolean live(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    boolean lasting =
        status != null
            && status.state() == State.COMPLETED
            && request.getSpec().removes() == null
            && (status.inForce() == null || status.inForce().revertedAt() == null);
    return lasting || UninstallCommand.owes(request);
  }

  /**
   * Whether this person asked for it, themselves or through a machine. Until the operator has
   * looked, that is in the annotation, which the API server has proved.
   */
  static boolean askedBy(FirewallChangeRequest request, String person) {
    ProcessStatus status = request.getStatus();
    if (status != null && status.requestedBy() != null) {
      return Vote.samePerson(status.requestedBy().name(), person);
    }
    return Optional.ofNullable(request.getMetadata().getAnnotations())
        .map(all -> all.get(Annotations.REQUESTED_BY))
        .filter(name -> Vote.samePerson(name, person))
        .isPresent();
  }

  /** Where it stands; what nobody has looked at was received. */
  static State state(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    return status == null || status.state() == null ? State.RECEIVED : status.state();
  }

  /** The row of a table. */
  List<String> cells(boolean everywhere, boolean wide) {
    List<String> cells = new ArrayList<>();
    if (everywhere) {
      cells.add(request.getMetadata().getNamespace());
    }
    cells.add(request.getMetadata().getName());
    cells.add(state(request).word());
    cells.add(waitingFor());
    cells.add(due().map(this::left).orElse("-"));
    cells.add(ends());
    if (wide) {
      ProcessStatus status = request.getStatus();
      cells.add(status == null || status.requestedBy() == null ? "-" : status.requestedBy().name());
    }
    return cells;
  }

  private boolean over() {
    return state(request).terminal();
  }

  /** Who has to do something, or what has to come. */
  String waitingFor() {
    ProcessStatus status = request.getStatus();
    boolean late =
        status != null
            && ProcessStatus.EXPIRY.equals(status.waitingFor())
            && overdue(console, request).isPresent();
    if (status == null || status.state() == null || late || Words.unseen(request).isPresent()) {
      return "operator";
    }
    if (over()) {
      return "-";
    }
    if (status.waitingFor() != null) {
      return status.waitingFor();
    }
    return switch (status.state()) {
      case SUSPENDED -> "somebody to resume";
      case NEEDS_ATTENTION -> "an answer: " + String.join(", ", Words.some(status.answers()));
      // It tries again by itself.
      default -> status.nextAttemptAt() == null ? "-" : "operator";
    };
  }

  /** When something has to happen: a vote, a start, a removal. */
  private Optional<Instant> due() {
    ProcessStatus status = request.getStatus();
    if (toBeRemoved()) {
      return Optional.of(status.overdueSince(console.clock().instant()).orElse(Instant.EPOCH));
    }
    if (status == null || over()) {
      return status == null || state(request) != State.COMPLETED ? Optional.empty() : status.end();
    }
    return Stream.of(Optional.ofNullable(status.deadline()), status.end(), gates(status))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private static Optional<Instant> gates(ProcessStatus status) {
    return status.state() == State.AWAITING_APPROVAL
        ? Words.some(status.gates()).stream()
            .filter(gate -> gate.state().equals("Open"))
            .map(ProcessStatus.Gate::deadline)
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
        : Optional.empty();
  }

  private String left(Instant when) {
    return when.equals(Instant.EPOCH) ? "now" : new Words(console).until(when).orElse("late");
  }

  /** Compared with now: an operator that does not run cannot say it in the status. */
  static Optional<String> overdue(Console console, FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    Instant now = console.clock().instant();
    if (status != null && status.givenUp()) {
      return Optional.of(
          "it was given up, what it opened may still be live, and nobody of us removes it. "
              + byHand(request)
              + ", then delete the request");
    }
    return status == null
        ? Optional.empty()
        : status
            .overdueSince(now)
            .filter(end -> now.isAfter(end.plus(ProcessStatus.REMOVAL)) || says(status, end))
            .map(
                end ->
                    "it should have been removed "
                        + Words.span(Duration.between(end, now))
                        + " ago, at "
                        + end
                        + ", and may still be live. "
                        + (tries(status, now)
                            ? "The operator tries it again and again."
                            : "Is the operator running?")
                        + " Until it is removed: "
                        + byHand(request));
  }

  private static String byHand(FirewallChangeRequest request) {
    return "remove by hand what this lists: kubectl get fcr "
        + request.getMetadata().getName()
        + " -n "
        + request.getMetadata().getNamespace()
        + " -o jsonpath={.status.effects}";
  }

  /** A removal that was refused is late at once. */
  private static boolean says(ProcessStatus status, Instant end) {
    String message = status.message();
    return message != null && message.startsWith(ProcessStatus.pastItsEnd(end));
  }

  /** Whether what it said last about itself is not over: somebody wrote that a moment ago. */
  private static boolean tries(ProcessStatus status, Instant now) {
    Instant next = status.nextAttemptAt();
    return next != null && now.isBefore(next.plus(ProcessStatus.REMOVAL));
  }

  /** Whether somebody asked for its end, and what it opened is to go now. */
  private boolean toBeRemoved() {
    return Words.endAsked(request) && request.getStatus().stands();
  }

  private String ends() {
    ProcessStatus status = request.getStatus();
    if (!over() && overdue(console, request).isPresent()) {
      return "OVERDUE";
    }
    if (Words.endAsked(request)) {
      return toBeRemoved() ? "to be removed" : "-";
    }
    if ((over() && !live(request)) || request.getSpec().removes() != null) {
      return "-";
    }
    if (Words.endGoesOn(request)) {
      // It may be gone, and only its ticket still open.
      return status != null && status.stands() ? "being removed" : "-";
    }
    if (over() && state(request) != State.COMPLETED) {
      // It was given up: nobody of us removes it any more.
      return "not removed";
    }
    @Nullable Instant end = status == null ? null : status.end().orElse(status.expiresAt());
    if (end != null) {
      return end.toString();
    }
    if (request.getSpec().expiresAt() != null) {
      return request.getSpec().expiresAt().toString();
    }
    return request
        .getSpec()
        .lifetime()
        .longest(Words.submitted(request))
        .map(time -> Words.span(time) + " once open")
        .orElse("for good");
  }
}
