package io.secamo.processes.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.connector.ConnectorFailure;
import java.util.Map;
import java.util.Optional;

/**
 * What a system answered: a success, or a 4xx that the connector judges.
 *
 * @param status the HTTP status
 * @param body a missing node if there was no JSON
 * @param headers names in lower case; may hold secrets
 * @param words the system's own explanation, one line fit to be shown; empty if none
 * @param bytes size of the body as it came
 */
public record Response(
    int status, JsonNode body, Map<String, String> headers, String words, int bytes) {
  /** What is shown of a page. */
  static final String PAGE = "a web page";

  /** Whether the system says that it did it. */
  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /** Whether it is a page for people: no system that we speak to answers with one. */
  public boolean page() {
    return words.equals(PAGE);
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /**
   * Itself if it is a success.
   *
   * @param what a sentence for people without its full stop; the system's words are added
   * @throws ConnectorFailure.Unauthorized for 401 and 403
   * @throws ConnectorFailure.Refused otherwise
   */
  public Response orRefuse(String what) {
    if (ok()) {
      return this;
    }
    String sentence = what + explained();
    if (status == 401 || status == 403) {
      throw new ConnectorFailure.Unauthorized(sentence);
    }
    throw new ConnectorFailure.Refused(sentence);
  }

  /** The system's words with status, to be put behind a sentence. */
  public String explained() {
    return words.isEmpty() ? " (HTTP " + status + ")" : ": " + words + " (HTTP " + status + ")";
  }

  /** Without headers and body: they may hold secrets. */
  @Override
  public String toString() {
    return "HTTP " + status;
  }
}
