package io.secamo.processes.connector.requesttracker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A ticket as Request Tracker tells it.
 *
 * @param id its number
 * @param status in the words of its queue
 * @param key value of the key field: nothing if the queue has no such field, blank if it is empty
 * @param subject empty in lists that were not asked for it
 */
record Ticket(long id, String status, Optional<String> key, String subject) {
  static Ticket of(JsonNode json, String keyField) {
    Optional<String> key = Optional.empty();
    for (JsonNode field : json.path("CustomFields")) {
      if (field.path("name").asText().equals(keyField)) {
        key = Optional.of(field.path("values").path(0).asText(""));
      }
    }
    return new Ticket(
        json.path("id").asLong(),
        json.path("Status").asText(""),
        key,
        json.path("Subject").asText(""));
  }
}
