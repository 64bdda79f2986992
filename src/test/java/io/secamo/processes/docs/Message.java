package io.secamo.processes.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One mistake and the very words that come back: an entry of {@code docs/reference/messages.yaml},
 * which says what its fields mean.
 */
public record Message(String title, JsonNode entry) {
  /** The request that everybody begins with. */
  public static final String REQUEST = "examples/sandbox/request.yaml";

  private static final Path FILE = Path.of("docs/reference/messages.yaml");

  /** All of them, in the order of the file. */
  public static List<Message> all() {
    List<Message> all = new ArrayList<>();
    for (JsonNode section : read()) {
      String title = section.path("title").asText();
      section.path("mistakes").forEach(entry -> all.add(new Message(title, entry)));
    }
    return all;
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Files.readString(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file is applied that says something else in one place. */
  public boolean changesAFile() {
    return entry.has("instead");
  }

  /** It is taken, and only the operator finds it. */
  public boolean isToldLater() {
    return entry.has("ask");
  }

  public String file() {
    return entry.path("file").asText(REQUEST);
  }

  /** The file as it was written wrongly. */
  public String yaml() {
    try {
      String right = Files.readString(Path.of(file()));
      if (!right.contains(text("instead"))) {
        throw new AssertionError(file() + " does not say " + text("instead"));
      }
      return right.replace(text("instead"), text("write"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What people configure is not the requester's to write. */
  public String person() {
    String other = file().equals(REQUEST) ? "requester" : "admin";
    return entry.path("person").asText(other);
  }

  /** The state of the request; empty where it was submitted a moment ago. */
  public Optional<String> state() {
    return Optional.ofNullable(entry.get("state")).map(JsonNode::asText);
  }

  /** What went well a moment before. */
  public Optional<Message> before() {
    return Optional.ofNullable(entry.get("before")).map(it -> new Message(title, it));
  }

  public String text(String field) {
    return entry.path(field).asText();
  }

  public List<String> list(String field) {
    JsonNode found = entry.path(field);
    return found.isTextual()
        ? List.of(found.asText())
        : found.valueStream().map(JsonNode::asText).toList();
  }

  public List<String> says() {
    return list("says");
  }

  /** What kubectl prints, without its own words around the sentences. */
  public static List<String> sentences(String printed) {
    String text = printed.strip();
    for (String end : List.of("denied request: ", " is invalid: ", " is forbidden: ", "): ")) {
      int at = text.indexOf(end);
      if (at >= 0) {
        text = text.substring(at + end.length());
        break;
      }
    }
    return text.strip()
        .lines()
        .map(line -> line.startsWith("* ") ? line.substring(2) : line)
        .filter(line -> !line.contains("some validation rules were not checked"))
        .toList();
  }

  /** How a reader of the page sees it: what is typed or written, and below it the answer. */
  String shown() {
    StringBuilder shown = new StringBuilder("```text\n");
    before().ifPresent(it -> shown.append(it.typed()));
    shown.append(changesAFile() ? text("write").strip() + "\n" : typed());
    if (changesAFile() && text("write").isBlank()) {
      shown.replace(
          shown.length() - 1, shown.length(), "(without " + text("instead").strip() + ")\n");
    }
    if (isToldLater()) {
      shown.append(person()).append("$ kubectl get ").append(text("ask")).append(" -o wide\n");
    }
    says().forEach(line -> shown.append("# ").append(line).append('\n'));
    return shown.append("```\n").toString();
  }

  private String typed() {
    return person() + "$ " + text("type").replace("\n", "\n    ") + "\n";
  }

  @Override
  public String toString() {
    return Stream.of(changesAFile() ? text("write") : text("type"), String.join(" ", says()))
        .map(part -> part.strip().replaceAll("\\s+", " "))
        .reduce((does, answer) -> does + ": " + answer)
        .orElseThrow();
  }
}
