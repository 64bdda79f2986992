package io.secamo.processes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on messages is written from its file, and no sentence of a policy is missing in it. */
class MessagesPageTest {
  private static final Path PAGE = Path.of("docs/reference/messages.md");
  private static final YAMLMapper YAML = new YAMLMapper();

  /** A part that is said to people as it is; the rest are names and single words. */
  private static final Pattern WORDS = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'");

  /** What no entry shows, by how it begins, and why not. */
  private static final Map<String, String> NOT_SHOWN =
      Map.ofEntries(
          Map.entry("this cluster does not stamp votes", "Kubernetes before 1.36 only"),
          Map.entry("requested-by must name the requester", "Kubernetes before 1.36 only"),
          Map.entry("who submits for somebody else says so", "Kubernetes before 1.36 only"),
          Map.entry("name your gate", "no plan comes without an open gate"),
          Map.entry("there is no plan to vote on yet", "votes are waited for once there is a plan"),
          Map.entry("the operator does not vote", "nobody has its rights"),
          Map.entry("entries of evidence are added", "nobody has the operator's rights"),
          Map.entry("evidence is not deleted", "only the operator makes evidence"),
          Map.entry("at most 50 votes", "fifty people have to vote before"),
          Map.entry("at most 20 annotations", "there are not as many that are known"),
          Map.entry("annotations hold", "a file of 128 KB has to be applied before"),
          Map.entry("owner references hold", "dozens of owners have to be made up before"),
          Map.entry("a spec holds", "hundreds of lines have to be written before"),
          Map.entry("field managers hold", "dozens of programs have to write before"),
          Map.entry(": delete it, which removes", "the request has to say onDelete: Revert"),
          Map.entry(", and you asked for this change", "nobody who asks may hold by the roles"),
          Map.entry("a delegation cannot be edited", "its schema says the same first"),
          Map.entry("groups, and 200 at most", "nobody here is in as many groups"));

  @Test
  void thePageIsWrittenFromTheFile() throws IOException {
    String expected = page();
    if (Boolean.getBoolean("fix")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(PAGE).exists().hasContent(expected);
  }

  @Test
  void noSentenceOfAPolicyIsMissing() throws IOException {
    String shown =
        String.join("\n", Message.all().stream().flatMap(m -> m.says().stream()).toList());
    List<String> missing = new ArrayList<>(sentences());
    assertThat(missing).hasSizeGreaterThan(60);
    missing.removeIf(shown::contains);
    assertThat(missing)
        .filteredOn(s -> NOT_SHOWN.keySet().stream().noneMatch(s::startsWith))
        .isEmpty();
    assertThat(NOT_SHOWN.keySet())
        .as("exceptions that are still needed")
        .allMatch(begin -> missing.stream().anyMatch(s -> s.startsWith(begin)));
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # What is refused, and what it says

            Generated from [messages.yaml](messages.yaml), which programs can read; tests play every entry. Lines with
            `#` are the answer, without the names of object and policy that kubectl puts before it. What is written in
            a file stands without the rest of the file.
            """);
    String title = "";
    for (Message message : Message.all()) {
      if (!title.equals(message.title())) {
        title = message.title();
        page.append("\n## ").append(title).append('\n');
      }
      page.append('\n').append(message.shown());
    }
    return page.toString();
  }

  private static List<String> sentences() throws IOException {
    List<String> sentences = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of("manifests/policies"))) {
      files = all.sorted().toList();
    }
    for (Path file : files) {
      for (JsonNode policy :
          YAML.readerFor(JsonNode.class).<JsonNode>readValues(Files.readString(file)).readAll()) {
        policy.at("/spec/validations").forEach(rule -> sentences.addAll(parts(rule)));
      }
    }
    return sentences;
  }

  private static List<String> parts(JsonNode rule) {
    if (rule.has("message")) {
      return List.of(rule.path("message").asText());
    }
    List<String> parts = new ArrayList<>();
    Matcher found = WORDS.matcher(rule.path("messageExpression").asText());
    while (found.find()) {
      String words = found.group(1).replace("\\'", "'").strip();
      if (words.length() > 12 && words.contains(" ")) {
        parts.add(words);
      }
    }
    return parts;
  }
}
