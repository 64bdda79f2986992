package io.secamo.processes.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.text.Limit;
import io.secamo.processes.text.Plain;
import java.util.List;

/** Finds the sentence for people in a vendor's answer and makes it fit to be shown. */
public final class VendorText {
  private static final int LIMIT = 300;

  /** So much of a text is looked at, since control characters and white space are left out. */
  private static final int READ = 4000;

  private static final String STRUCK_OUT = "(secret)";

  private VendorText() {}

  /** One line of at most 300 characters, without control characters and the given secrets. */
  static String shown(String text, List<String> secrets) {
    return line(LIMIT, withoutSecrets(text, secrets));
  }

  /**
   * The beginning of a text. A secret is looked for in the whole text: one that the cut goes
   * through is struck out as well. What belongs to any secret is, also where two of them overlap.
   */
  private static String withoutSecrets(String text, List<String> secrets) {
    int end = Limit.first(READ, text).length();
    StringBuilder safe = new StringBuilder(end);
    int secretUntil = -1;
    for (int at = 0; at < end; at++) {
      boolean within = at <= secretUntil;
      for (String secret : secrets) {
        if (text.startsWith(secret, at)) {
          secretUntil = Math.max(secretUntil, at + secret.length());
        }
      }
      if (at >= secretUntil) {
        safe.append(text.charAt(at));
      } else if (!within) {
        safe.append(STRUCK_OUT);
      }
    }
    return safe.toString();
  }

  /** One line of at most so many characters, without hidden characters. */
  public static String line(int most, String text) {
    return Limit.to(most, plain(text).replaceAll("[\\s\\p{Z}]+", " ").strip());
  }

  /** The text without hidden characters, tabs and line breaks excepted. */
  public static String plain(String text) {
    return Plain.without(text);
  }

  /** The vendor's explanation, wherever vendors put it; empty if there is none. */
  static String of(JsonNode body) {
    StringBuilder words = new StringBuilder();
    collect(body, words);
    return words.toString();
  }

  /** Ends when there is enough to be shown. No text is cut: it might be within a secret. */
  private static void collect(JsonNode body, StringBuilder words) {
    if (body.isTextual()) {
      add(body.textValue(), words);
      return;
    }
    for (String name : List.of("message", "detail", "error_description")) {
      if (body.path(name).isTextual() && !body.path(name).textValue().isBlank()) {
        add(body.path(name).textValue(), words);
        return;
      }
    }
    for (JsonNode part : body) {
      if (words.length() > READ) {
        return;
      }
      if (part.isContainerNode() || body.isArray()) {
        collect(part, words);
      }
    }
  }

  private static void add(String found, StringBuilder words) {
    words.append(words.isEmpty() || found.isEmpty() ? "" : "; ").append(found);
  }
}
