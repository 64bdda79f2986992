package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.systems.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Collects what the world outside the operator knows of one request, for the checker. */
record Witness(Slot slot, Outside outside) {
  /** Everything that was seen of a request. */
  Checker.Seen seen(History history, String uid, String request, List<String> writes) {
    return new Checker.Seen(
        uid,
        history.versions(),
        outside.deeds(request),
        outside.openTickets(request),
        outside.keys(request),
        outside.rules(request),
        outside.foreignTouched(),
        evidence(uid, history),
        List.copyOf(writes),
        outside.secrets());
  }

  /**
   * The entries that a request carries as long as it exists, and those of its record afterwards,
   * which is written before it is let go.
   */
  private JsonNode evidence(String uid, History history) {
    History.Version last = history.last();
    boolean gone = last == null || last.type().equals("DELETED");
    return gone ? record(uid) : last.object().at("/status/evidence");
  }

  private JsonNode record(String uid) {
    Instant end = Instant.now().plus(Patience.LIMIT);
    ApiServer.Answer answer = slot.server().get("admin", slot.evidence(uid));
    while (!answer.text().contains("\"Ended\"") && Instant.now().isBefore(end)) {
      Front.pause(Duration.ofMillis(100));
      answer = slot.server().get("admin", slot.evidence(uid));
    }
    return answer.code() == 200
        ? answer.json().at("/spec/entries")
        : ApiServer.JSON.createArrayNode();
  }
}
