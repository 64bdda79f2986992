package io.secamo.processes.cli.draft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.api.Annotations;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new request about the same as an old one.
 *
 * @param old as JSON
 * @param name of the new one
 * @param requester who submits it
 */
record Draft(String old, String name, String requester) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What removes what the old one opened for good. */
  ObjectNode removing(String reason) {
    ObjectNode request = anew();
    ObjectNode spec = read().path("spec").deepCopy();
    spec.retain(List.of("connection", "target", "rules", "ticket"));
    spec.put("justification", reason);
    spec.set("removes", read().path("metadata").path("name"));
    request.set("spec", spec);
    return request;
  }

  /** The same for another time; what people said about the old one is not said about this one. */
  ObjectNode ending(@Nullable Instant until, @Nullable String span, Instant now) {
    JsonNode from = read();
    ObjectNode request = anew();
    ObjectNode spec = from.path("spec").deepCopy();
    spec.remove(List.of("withdrawn", "suspend", "expiresAt", "expiresAfter"));
    JsonNode begin = spec.path("notBefore");
    if (begin.isTextual() && !Instant.parse(begin.asText()).isAfter(now)) {
      spec.remove("notBefore");
    }
    if (until != null) {
      spec.put("expiresAt", until.toString());
    }
    if (span != null) {
      spec.put("expiresAfter", span);
    }
    spec.set("supersedes", from.path("metadata").path("name"));
    request.set("spec", spec);
    return request;
  }

  private ObjectNode anew() {
    JsonNode from = read();
    ObjectNode request = JSON.createObjectNode();
    request.set("apiVersion", from.path("apiVersion"));
    request.set("kind", from.path("kind"));
    ObjectNode metadata = request.putObject("metadata").put("name", name);
    metadata.set("namespace", from.path("metadata").path("namespace"));
    metadata.putObject("annotations").put(Annotations.REQUESTED_BY, requester);
    return request;
  }

  private JsonNode read() {
    try {
      return JSON.readTree(old);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a request is always JSON", impossible);
    }
  }
}
