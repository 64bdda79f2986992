package io.secamo.processes.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The rows of a run, as a table for people and as JSON for programs. */
final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final ArrayNode rows = JSON.createArrayNode();

  /** One figure with what is wanted of it; a bound of zero means that there is none. */
  void row(String what, double value, String unit, double goal, double atLeast, boolean more) {
    String verdict = "";
    if (goal > 0) {
      boolean good = more ? value >= goal : value <= goal;
      boolean enough = more ? value >= atLeast : value <= atLeast;
      verdict = good ? "goal" : enough ? "at least" : "MISSED";
    }
    ObjectNode row = rows.addObject();
    row.put("what", what).put("value", value).put("unit", unit);
    row.put("goal", goal).put("atLeast", atLeast).put("verdict", verdict);
    System.out.printf(
        Locale.ROOT,
        "| %-64s | %10.4f %-14s | %8s | %8s | %-8s |%n",
        what,
        value,
        unit,
        goal > 0 ? number(goal) : "",
        goal > 0 ? number(atLeast) : "",
        verdict);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 1 ? "%.3f" : "%.0f", value);
  }

  void write(Path file) throws IOException {
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(rows) + "\n");
  }
}
