package io.secamo.processes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is written is true: links lead somewhere, reasons and annotations are the code's. To refresh
 * the generated page: {@code ./mvnw test -Dtest=DocumentationTest -Dfix=true}.
 */
class DocumentationTest {
  private static final Path REASONS = Path.of("docs/reference/reasons.md");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(?:#[^)]*)?\\)");
  private static final Pattern REASON =
      Pattern.compile(
          "/\\*\\* (.+?) \\*/\\s+public static final String \\w+ = \"(\\w+)\";", Pattern.DOTALL);
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

  /** What is shown in one line all the same, by how it begins, and why. */
  private static final Map<String, String> LONG_LINES =
      Map.of(
          "Error from server (Forbidden): ", "kubectl prints the API server's sentence as it is",
          "acme-web-443: your vote on plan ", "it names request, plan and gate, each of any length",
          "genuine: ", "the hash in it has 64 letters");

  private static final Pattern STATE =
      Pattern.compile("/\\*\\* (.+?) \\*/\\s+@JsonProperty\\(\"(\\w+)\"\\)", Pattern.DOTALL);

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page).replaceAll("(?s)```.*?```", ""));
      while (link.find()) {
        Path folder = page.getParent() == null ? Path.of("") : page.getParent();
        if (!link.group(1).startsWith("http") && !Files.exists(folder.resolve(link.group(1)))) {
          broken.add(page + " -> " + link.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void theReasonsAreThoseOfTheCode() throws IOException {
    String expected = reasonsPage();
    if (Boolean.getBoolean("fix")) {
      Files.writeString(REASONS, expected);
    }
    assertThat(REASONS).exists().hasContent(expected);
    for (var field : Reasons.class.getFields()) {
      assertThat(expected).contains("`" + value(field) + "`");
    }
    for (State state : State.values()) {
      assertThat(expected).contains("`" + state.word() + "`");
    }
  }

  /** A promise about an attacker that nobody tries is a wish. */
  @Test
  void eachSentenceAboutAnAttackerNamesItsTestOrIsResidual() throws IOException {
    String page = Files.readString(Path.of("docs/explanation/threat-model.md"));
    String actors = page.substring(page.indexOf("## Actors"), page.indexOf("\n## A cluster admin"));
    Set<String> tests = testClasses();
    List<String> unproved = new ArrayList<>();
    for (String bullet : actors.split("\n(?=- |### |$)")) {
      List<String> named = TEST.matcher(bullet).results().map(found -> found.group(1)).toList();
      if (bullet.startsWith("- ")
          && (!tests.containsAll(named) || (named.isEmpty() && !bullet.contains("*(residual)*")))) {
        unproved.add(bullet);
      }
    }
    assertThat(unproved).isEmpty();
  }

  private static Set<String> testClasses() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Test.java"))
          .map(name -> name.replace(".java", ""))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void theAnnotationsAreThoseOfTheCode() throws IOException {
    String page = Files.readString(Path.of("docs/reference/annotations.md"));
    for (var field : Annotations.class.getFields()) {
      assertThat(page).contains(value(field));
    }
  }

  /** One that the policy does not know could not be written any more. */
  @Test
  void everyAnnotationOfTheCodeIsKnownToThePolicy() throws IOException {
    String policy = Files.readString(Path.of("manifests/policies/keys.yaml"));
    for (var field : Annotations.class.getFields()) {
      String key = value(field);
      if (key.endsWith("/")) {
        assertThat(policy).contains("k.startsWith('" + key + "')");
      } else if (key.contains("/") && !key.equals(Annotations.FINALIZER)) {
        assertThat(policy).contains("'" + key.substring(key.indexOf('/') + 1) + "'");
      }
    }
  }

  @Test
  void everyVerbThatAPolicyAsksForIsExplained() throws IOException {
    String page = Files.readString(Path.of("docs/reference/annotations.md"));
    Pattern check = Pattern.compile("check\\('([a-z-]+)'\\)|\\? '([a-z-]+)' : '?([a-z-]+)?");
    Set<String> verbs = new TreeSet<>();
    for (String file : List.of("votes", "answers", "delegations")) {
      Matcher found =
          check.matcher(Files.readString(Path.of("manifests/policies/" + file + ".yaml")));
      while (found.find()) {
        for (int group = 1; group <= 3; group++) {
          if (found.group(group) != null && !found.group(group).isEmpty()) {
            verbs.add(found.group(group));
          }
        }
      }
    }
    assertThat(verbs).contains("approve", "approve-as-deputy", "override", "resolve", "abandon");
    for (String verb : verbs) {
      assertThat(page).contains("`" + verb + "`");
    }
  }

  @Test
  void everyFileThatAPageNamesExists() throws IOException {
    Pattern file = Pattern.compile("(?:examples|manifests|dev|docs)/[\\w./-]+\\w");
    List<String> missing = new ArrayList<>();
    for (Path page : pages()) {
      Matcher named = file.matcher(Files.readString(page));
      while (named.find()) {
        if (!Files.exists(Path.of(named.group()))) {
          missing.add(page + " names " + named.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /** Where it is wider, whoever reads it in a terminal or on a narrow page has to scroll. */
  @Test
  void whatIsTypedOrPrintedFitsIntoEightyColumns() throws IOException {
    List<String> wide = new ArrayList<>();
    for (Path page : pages()) {
      if (page.equals(Path.of("README.md")) || page.startsWith("docs/tutorial")) {
        shown(page).stream().filter(line -> line.length() > 80).forEach(wide::add);
      }
    }
    assertThat(wide)
        .filteredOn(line -> LONG_LINES.keySet().stream().noneMatch(line::startsWith))
        .isEmpty();
    assertThat(LONG_LINES.keySet())
        .as("exceptions that are still needed")
        .allMatch(begin -> wide.stream().anyMatch(line -> line.startsWith(begin)));
  }

  /** The lines between fences. */
  private static List<String> shown(Path page) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean fenced = false;
    for (String line : Files.readAllLines(page)) {
      boolean fence = line.strip().startsWith("```");
      fenced ^= fence;
      if (fenced && !fence) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** One that is for no pod would be taken, and do nothing. */
  @Test
  void theNetworkPolicyOfTheDocumentationIsForThePodOfTheOperator() throws IOException {
    Pattern label = Pattern.compile("app\\.kubernetes\\.io/name: ([\\w-]+)");
    Matcher pod = label.matcher(Files.readString(Path.of("manifests/operator/deployment.yaml")));
    Matcher chosen = label.matcher(Files.readString(Path.of("docs/how-to/install.md")));
    assertThat(pod.find() && chosen.find()).isTrue();
    assertThat(chosen.group(1)).isEqualTo(pod.group(1));
  }

  /** An alert on what is not measured never fires. */
  @Test
  void theMetricsOfThePageAreThoseOfTheOperator() throws IOException {
    Pattern metric = Pattern.compile("processes_[a-z_]+");
    String source = "src/main/java/io/secamo/processes/operator/Metrics.java";
    Set<String> measured = found(metric, source);
    Set<String> named = new TreeSet<>();
    for (String name : found(metric, "docs/how-to/day-two.md")) {
      named.add(name.replaceAll("_total$", ""));
    }
    assertThat(named).isEqualTo(measured).hasSizeGreaterThan(8);
  }

  private static Set<String> found(Pattern pattern, String file) throws IOException {
    return pattern
        .matcher(Files.readString(Path.of(file)))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void whatTheReadmeShowsFirstIsPartOfTheWholeTranscript() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int begin = readme.indexOf("```console\n") + 11;
    String shown = readme.substring(begin, readme.indexOf("```", begin));
    String whole = TranscriptTest.masked(readme.substring(readme.indexOf("<!-- transcript")));
    assertThat(TranscriptTest.masked(shown).lines())
        .hasSizeBetween(8, 14)
        .allMatch(line -> whole.contains("\n" + line + "\n"));
  }

  @Test
  void everyTestThatAPageNamesExists() throws IOException {
    List<String> tests;
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      tests = files.map(file -> file.getFileName().toString()).toList();
    }
    Pattern test = Pattern.compile("`(\\w+Test)`|-Dtest='(\\w+)");
    List<String> missing = new ArrayList<>();
    for (Path page : pages()) {
      Matcher named = test.matcher(Files.readString(page));
      while (named.find()) {
        String name = named.group(1) == null ? named.group(2) : named.group(1);
        if (!tests.contains(name + ".java")) {
          missing.add(page + " names " + name);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static String reasonsPage() throws IOException {
    StringBuilder page =
        new StringBuilder(
            "# States and reasons\n\nGenerated from the code; a test keeps it equal.\n");
    page.append("\n## States (`status.state`)\n\n| state | meaning |\n|---|---|\n");
    rows(page, STATE, "src/main/java/io/secamo/processes/api/State.java");
    page.append(
        "\n"
            + "## Reasons (`status.conditions[].reason`)\n\n"
            + "| reason | meaning and what to do |\n"
            + "|---|---|\n");
    rows(page, REASON, "src/main/java/io/secamo/processes/api/Reasons.java");
    return page.toString();
  }

  private static void rows(StringBuilder page, Pattern pattern, String source) throws IOException {
    Matcher entry = pattern.matcher(Files.readString(Path.of(source)));
    while (entry.find()) {
      String meaning =
          entry
              .group(1)
              .replaceAll("\\s*\\n\\s*\\*?\\s*", " ")
              .replaceAll("\\{@code ([^}]+)}", "`$1`");
      String last = meaning.substring(Math.max(meaning.lastIndexOf("/**") + 3, 0)).strip();
      page.append("| `")
          .append(entry.group(2))
          .append("` | ")
          .append(meaning.contains("/**") ? last : meaning)
          .append(" |\n");
    }
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String folder : List.of("", "docs", "crds")) {
      try (Stream<Path> files = Files.walk(Path.of(folder), folder.isEmpty() ? 1 : 9)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }

  private static String value(java.lang.reflect.Field field) {
    try {
      return String.valueOf(field.get(null));
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
