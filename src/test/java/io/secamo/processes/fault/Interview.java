package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks one server a number of questions and notes what our connectors read of the answers. Two
 * servers that are asked the same must give the same notes: ids and times are noted by their type
 * only.
 */
final class Interview {
  private final Map<String, List<String>> notes = new LinkedHashMap<>();
  private final Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json"));
  private String base;
  private int attempts = 1;

  Interview(String base) {
    this.base = base;
  }

  /** From now on another server is asked. */
  void turnTo(String next) {
    base = next;
  }

  /** With this header from now on. */
  void header(String name, String value) {
    headers.put(name, value);
  }

  /**
   * From now on every question is refused, and a question whose answer is cut off is put again: a
   * server may refuse before it has read the whole question, and its end of the connection then
   * takes a part of the answer away.
   */
  void refused() {
    attempts = 50;
  }

  /** What was noted, by question. */
  Map<String, List<String>> notes() {
    return notes;
  }

  /** Notes something about the last answer that takes more than a look at a field. */
  void note(String question, String fact) {
    notes.computeIfAbsent(question, q -> new ArrayList<>()).add(fact);
  }

  Reply get(String question, String path, String... fields) {
    return ask(question, "GET", path, "", fields);
  }

  Reply post(String question, String path, String body, String... fields) {
    return ask(question, "POST", path, body, fields);
  }

  /**
   * Asks.
   *
   * @param fields of the answer that are noted: {@code items/&#42;/Status}; with {@code :type} at
   *     the end only what kind of value it is
   */
  Reply ask(String question, String method, String path, String body, String... fields) {
    Map<String, String> all = new HashMap<>(headers);
    if (!body.isEmpty()) {
      all.put("Content-Type", "application/json; charset=utf-8");
    }
    Reply answer = answer(question, method, path, all, body.replace('\'', '"'));
    note(question, "HTTP " + answer.status());
    for (String field : fields) {
      String[] parts = field.split(":");
      read(question, answer.json(), parts[0], "", parts.length > 1);
    }
    return answer;
  }

  private Reply answer(
      String question, String method, String path, Map<String, String> all, String body) {
    for (int attempt = 1; ; attempt++) {
      try {
        return Wire.send(base, method, path, all, body);
      } catch (IOException e) {
        if (attempt == attempts) {
          throw new UncheckedIOException(base + " did not answer " + question, e);
        }
      }
    }
  }

  private void read(String question, JsonNode at, String path, String seen, boolean typeOnly) {
    if (path.isEmpty()) {
      String value = at.isMissingNode() ? "missing" : at.toString();
      note(question, seen + " " + (typeOnly ? at.getNodeType() : value));
      return;
    }
    String[] parts = path.split("/", 2);
    String rest = parts.length > 1 ? parts[1] : "";
    if (!parts[0].equals("*")) {
      JsonNode next = at.isArray() ? at.path(Integer.parseInt(parts[0])) : at.path(parts[0]);
      read(question, next, rest, seen + "/" + parts[0], typeOnly);
      return;
    }
    note(question, seen + " " + at.getNodeType() + " of " + at.size());
    for (int i = 0; i < at.size(); i++) {
      read(question, at.path(i), rest, seen + "/" + i, typeOnly);
    }
  }
}
