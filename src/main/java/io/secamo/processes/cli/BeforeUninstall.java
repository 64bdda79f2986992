package io.secamo.processes.cli;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.cli.terminal.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What has to be done about what is live before somebody uninstalls. */
final class BeforeUninstall {
  private BeforeUninstall() {}

  /** What has to be done about a request first, so that nothing stays with nobody to remove it. */
  private enum First {
    /** It was given up: nobody of us removes what it made. */
    GIVEN_UP,
    /** It is to be removed, and the operator has to run for that. */
    OPERATOR,
    /** Its request has to be deleted. */
    DELETE,
    /** It stays when its request is deleted, and another request has to remove it. */
    REMOVE,
    /** Its request is deleted already, and what it opened stays. */
    BY_HAND;

    static First of(FirewallChangeRequest request) {
      State state = request.getStatus().state();
      boolean over = state != null && state.terminal();
      if (over && state != State.COMPLETED) {
        return GIVEN_UP;
      }
      if (Words.endGoesOn(request)) {
        return OPERATOR;
      }
      // Only a request of its own removes what it opened.
      if (state == State.COMPLETED
          && request.getSpec().onDelete() != FirewallChangeSpec.OnDelete.REVERT) {
        return request.isMarkedForDeletion() ? BY_HAND : REMOVE;
      }
      return DELETE;
    }
  }

  /**
   * What people read, each request once.
   *
   * @param live what is live, or may be
   * @param requests all there are
   */
  static List<String> lines(
      List<FirewallChangeRequest> live, List<FirewallChangeRequest> requests, Instant now) {
    Map<First, List<FirewallChangeRequest>> first =
        live.stream().collect(Collectors.groupingBy(First::of));
    Function<FirewallChangeRequest, String> line = it -> line(it, now);
    Function<FirewallChangeRequest, String> rules = it -> line(it, now) + rules(it.getStatus());
    List<String> lines = new ArrayList<>();
    lines.addAll(
        section(
            first.get(First.GIVEN_UP),
            rules,
            "What was given up may still be there, and nobody removes it. Look there,",
            "remove it by hand, then delete its request:"));
    lines.addAll(
        section(
            first.get(First.OPERATOR),
            line,
            "What is to be removed needs the operator: see that it runs, and wait until it is",
            "gone."));
    lines.addAll(
        section(
            first.get(First.DELETE),
            line,
            "What is live stays so, and nobody is left to remove it: delete these first,",
            "and wait until they are gone."));
    lines.addAll(
        section(
            first.get(First.REMOVE),
            it -> removal(it, requests),
            "What is open for good stays so when its request is deleted, and nobody lists it",
            "any more. Have it removed first:"));
    lines.addAll(
        section(
            first.get(First.BY_HAND),
            rules,
            "These are deleted already, and what they opened stays. Remove it by hand:"));
    lines.add("Then run this again: it says how to keep the evidence, and how to uninstall.");
    return lines;
  }

  /** Nothing, if there is no such request. */
  private static List<String> section(
      @Nullable List<FirewallChangeRequest> some,
      Function<FirewallChangeRequest, String> words,
      String... heading) {
    return some == null
        ? List.of()
        : Stream.concat(Stream.of(heading), some.stream().map(words)).toList();
  }

  /** What is to be typed: where its removal is asked for already, what shows how that stands. */
  private static String removal(
      FirewallChangeRequest lasting, List<FirewallChangeRequest> requests) {
    return requests.stream()
        .filter(it -> lasting.getMetadata().getName().equals(it.getSpec().removes()))
        .filter(it -> it.getMetadata().getNamespace().equals(lasting.getMetadata().getNamespace()))
        .filter(it -> !Standing.state(it).terminal() && !Words.endGoesOn(it))
        .findFirst()
        .map(it -> "  " + Words.command("status", it) + " (removes it, if approved)")
        .orElseGet(() -> "  " + Words.command("remove", lasting) + " --reason TEXT");
  }

  private static String rules(ProcessStatus status) {
    return ": "
        + status.standing().stream()
            .map(it -> it.externalId() == null ? "what it announced" : "rule " + it.externalId())
            .distinct()
            .collect(Collectors.joining(", "));
  }

  static String line(FirewallChangeRequest request, Instant now) {
    ProcessStatus status = request.getStatus();
    return "  "
        + request.getMetadata().getNamespace()
        + "/"
        + request.getMetadata().getName()
        + " "
        + (status.state() == null ? State.RECEIVED : status.state()).word()
        + status
            .overdueSince(now)
            .map(end -> " OVERDUE since " + end)
            .or(() -> status.end().map(end -> " until " + end))
            .orElse("");
  }
}
