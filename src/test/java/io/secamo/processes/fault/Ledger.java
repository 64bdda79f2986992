package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was done to the outside systems, in order, in a file that only grows. */
public final class Ledger {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Path file;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * One deed.
   *
   * @param what for example {@code rule.added}
   * @param id the outside system's id of the thing
   * @param text key, marker or words
   */
  public record Entry(Instant at, String what, String id, String text) {}

  Ledger(Path file) {
    this.file = file;
  }

  synchronized void did(String what, String id, String text) {
    Entry entry = new Entry(Instant.now(), what, id, text);
    entries.add(entry);
    ObjectNode line = JSON.createObjectNode();
    line.put("at", entry.at().toString()).put("what", what).put("id", id).put("text", text);
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Deeds for one request and its tickets. */
  List<Entry> about(String request, List<String> tickets) {
    return entries().stream()
        .filter(
            e ->
                e.what().startsWith("ticket.")
                    ? tickets.contains(e.id())
                    : (e.text() + " ").startsWith(request + " "))
        .toList();
  }

  public List<Entry> entries(String what) {
    return entries().stream().filter(e -> e.what().equals(what)).toList();
  }
}
