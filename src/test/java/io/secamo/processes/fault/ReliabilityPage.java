package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the page about reliability from the results of dev/torture and dev/mutants. What it counts
 * is kept beside the page, so that a test can tell whether somebody wrote figures by hand.
 */
public final class ReliabilityPage {
  static final Path FIGURES = Path.of("docs/reference/reliability.json");
  static final Path PAGE = Path.of("docs/reference/reliability.md");

  private ReliabilityPage() {}

  /** Arguments: folder of results, seed, day. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    ObjectNode figures = ApiServer.JSON.createObjectNode();
    figures.put("seed", Long.parseLong(args[1])).put("day", args[2]);
    count(folder.resolve("results-" + args[1] + ".jsonl"), figures.putObject("groups"));
    ObjectNode mutants = figures.putObject("mutants");
    Path played = folder.resolve("mutants.jsonl");
    if (Files.exists(played)) {
      for (String line : Files.readAllLines(played)) {
        JsonNode mutant = ApiServer.JSON.readTree(line);
        if (!mutant.path("mutant").asText().equals("none")) {
          mutants.put(mutant.path("mutant").asText(), mutant.path("foundBy").asText());
        }
      }
    }
    Files.writeString(
        FIGURES,
        ApiServer.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(figures) + "\n");
    Files.writeString(PAGE, page(figures));
    System.out.println("wrote " + PAGE + " and " + FIGURES);
  }

  private static void count(Path results, ObjectNode groups) throws IOException {
    for (String line : Files.readAllLines(results)) {
      JsonNode result = ApiServer.JSON.readTree(line);
      ObjectNode group = groups.withObjectProperty(result.path("group").asText());
      add(group, "runs", 1);
      add(group, "faults", result.path("happened").asInt());
      add(group, "violated", result.path("violations").isEmpty() ? 0 : 1);
      add(group.withObjectProperty("commits"), result.path("commit").asText(), 1);
    }
  }

  private static void add(ObjectNode counts, String what, int more) {
    counts.put(what, counts.path(what).asInt() + more);
  }

  static String page(JsonNode figures) throws IOException {
    StringBuilder page = new StringBuilder();
    page.append(Files.readString(Path.of("dev/reliability.d/before.md")));
    page.append(
        "\n| what was played | runs | faults that came to pass | promises broken | commit |\n");
    page.append("|---|---|---|---|---|\n");
    int runs = 0;
    int violated = 0;
    for (Map.Entry<String, JsonNode> group : figures.path("groups").properties()) {
      runs += group.getValue().path("runs").asInt();
      violated += group.getValue().path("violated").asInt();
      page.append(
          "| %s | %d | %d | %d | %s |%n"
              .formatted(
                  group.getKey(),
                  group.getValue().path("runs").asInt(),
                  group.getValue().path("faults").asInt(),
                  group.getValue().path("violated").asInt(),
                  commits(group.getValue().path("commits"))));
    }
    page.append(
        String.format(
            Locale.ROOT,
            "%nSeed %s, %s. %s%n",
            figures.path("seed").asText(),
            figures.path("day").asText(),
            bound(runs, violated)));
    page.append(mutants(figures.path("mutants")));
    page.append(Files.readString(Path.of("dev/reliability.d/after.md")));
    return page.toString();
  }

  /** What was played, and how often if it was more than one. */
  private static String commits(JsonNode commits) {
    return commits.properties().stream()
        .map(
            commit ->
                "`" + commit.getKey() + "`" + (commits.size() == 1 ? "" : ": " + commit.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String bound(int runs, int violated) {
    return violated > 0
        ? violated + " of " + runs + " runs broke a promise."
        : String.format(
            Locale.ROOT,
            "With no broken promise in %d runs, fewer than %.3f %% of runs like these break one"
                + " (3 divided by the runs, at 95 %%).",
            runs,
            300.0 / runs);
  }

  private static String mutants(JsonNode mutants) {
    if (mutants.isEmpty()) {
      return "";
    }
    long found =
        mutants.properties().stream().filter(m -> !m.getValue().asText().isEmpty()).count();
    StringBuilder text = new StringBuilder();
    text.append("\n## Would the tests notice?\n\n");
    text.append(
        "The operator was broken on purpose in %d ways; the tests noticed %d of them.%n%n"
            .formatted(mutants.size(), found));
    text.append("| what was broken | noticed by |\n|---|---|\n");
    for (Map.Entry<String, JsonNode> mutant : mutants.properties()) {
      String by = mutant.getValue().asText();
      text.append(
          "| %s | %s |%n".formatted(mutant.getKey(), by.isEmpty() ? "**nobody**" : "`" + by + "`"));
    }
    return text.toString();
  }
}
