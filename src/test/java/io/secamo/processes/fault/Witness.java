package io.secamo.processes.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Collects what the world outside the operator knows of one request, for the checker. */
record Witness(Slot slot, Ledger ledger, TicketDesk desk, Cloud cloud) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Everything that was seen of a request. */
  Checker.Seen seen(History history, String uid, String request, List<String> writes) {
    ApiServer.Answer evidence = evidence(uid);
    List<String> tickets = desk.numbers(request);
    return new Checker.Seen(
        uid,
        history.versions(),
        ledger.entries().stream().filter(e -> about(e, tickets, request)).toList(),
        desk.open(request),
        desk.keyed(request),
        cloud.rules(request),
        evidence.code() == 200 ? evidence.json() : ApiServer.JSON.createObjectNode(),
        List.copyOf(writes));
  }

  private static boolean about(Ledger.Entry entry, List<String> tickets, String request) {
    return entry.what().startsWith("ticket.")
        ? tickets.contains(entry.id())
        : (entry.text() + " ").startsWith(request + " ");
  }

  /** The record is written after the last status, by whoever lives then. */
  private ApiServer.Answer evidence(String uid) {
    Instant end = Instant.now().plus(PATIENCE);
    ApiServer.Answer answer = slot.server().get("admin", slot.evidence(uid));
    while (!answer.text().contains("\"Ended\"") && Instant.now().isBefore(end)) {
      Front.pause(Duration.ofMillis(100));
      answer = slot.server().get("admin", slot.evidence(uid));
    }
    return answer;
  }
}
