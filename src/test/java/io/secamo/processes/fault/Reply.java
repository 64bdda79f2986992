package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** What a server answers. */
record Reply(int status, String body, Map<String, String> headers) {
  static Reply of(int status, JsonNode body) {
    return new Reply(status, body.toString(), Map.of());
  }

  static Reply of(int status, String body) {
    return new Reply(status, body, Map.of());
  }

  Reply with(String header, String value) {
    return new Reply(status, body, Map.of(header, value));
  }

  /** The body; a missing node if there is none. */
  JsonNode json() {
    try {
      return ApiServer.JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(body, e);
    }
  }
}
