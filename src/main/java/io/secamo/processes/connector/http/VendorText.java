package io.secamo.processes.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.text.Limit;
import java.util.List;

/** Finds the sentence for people in a vendor's answer and makes it fit to be shown. */
public final class VendorText {
  private static final int LIMIT = 300;

  private VendorText() {}

  /** One line of at most 300 characters, without control characters and the given secrets. */
  static String shown(String text, List<String> secrets) {
    String safe = text;
    for (String secret : secrets) {
      safe = safe.replace(secret, "(secret)");
    }
    safe = plain(safe).replaceAll("\\s+", " ").strip();
    return Limit.to(LIMIT, safe);
  }

  /** The text without control characters, tabs and line breaks excepted. */
  public static String plain(String text) {
    return text.replaceAll(
        "[\\p{Cc}&&[^\\n\\t]]|[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]", "");
  }

  /** The vendor's explanation, wherever vendors put it; empty if there is none. */
  static String of(JsonNode body) {
    if (body.isTextual()) {
      return body.textValue();
    }
    for (String name : List.of("message", "detail", "error_description")) {
      if (body.path(name).isTextual() && !body.path(name).textValue().isBlank()) {
        return body.path(name).textValue();
      }
    }
    StringBuilder words = new StringBuilder();
    for (JsonNode part : body) {
      String found = part.isContainerNode() || body.isArray() ? of(part) : "";
      words.append(words.isEmpty() || found.isEmpty() ? "" : "; ").append(found);
    }
    return words.toString();
  }
}
