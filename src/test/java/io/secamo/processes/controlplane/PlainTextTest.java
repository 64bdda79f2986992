package io.secamo.processes.controlplane;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One rule about people's texts at every door, read from the files that are installed: the schemas
 * and the admission policies.
 */
class PlainTextTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern MATCHES = Pattern.compile("matches\\((r?)'([^']*)'\\)");

  private static final List<String> PLAIN =
      List.of(
          "Partner test of the shop, order 4711",
          "می\u200cخواهیم",
          "۲۰\u200cساله",
          "PDF\u200cها",
          "क्\u200dष",
          "👩\u200d💻 is on call",
          "👩\u200d❤\ufe0f\u200d💋\u200d👨",
          "1\ufe0f\u20e3 first",
          "葛\udb40\udd00城",
          "ครั้งที่สอง 2",
          "Thử nghiệm của đối tác",
          "র\u200d্য",
          "שָׁלוֹם לכם",
          "e\u0301",
          "-");

  private static final List<String> NOT_PLAIN =
      List.of(
          "",
          " ",
          "\u00a0\u3000",
          "\u2800\u2800",
          "a\nb",
          "a\n",
          "a\u0085b",
          "a\u2028b",
          "a\u2029b",
          "\u001b[2J",
          "a\u202eb",
          "\u2066a\u2069",
          "a\u200eb",
          "\u061ca",
          "a\u200bb",
          "a\ufeff",
          "a\u00adb",
          "\u200d",
          "a\u200c",
          "a \u200db",
          "a\u200d\u200db",
          "a-\u200cb",
          "\ufe0fa",
          "a\ufe0f\ufe0f",
          "\u3164",
          "a\u115fb",
          "a\udb40\udc41b",
          "\ue000",
          "a\u2065b",
          "a\ufff0b",
          "a\ufff8b",
          "a\ufffeb",
          "a\uffffb",
          "a\ufdd0b",
          "a\u0378b",
          "a\ud834\udd59b",
          "a\ud81b\udfe4b",
          "a\udb44\udc00b",
          "a\ud8bf\udffeb",
          "a" + "\u0301".repeat(9),
          "-" + "\u0301".repeat(9),
          "a" + "\u0301\u200d".repeat(9) + "b",
          "a \u0301".replace("a", "a" + "\u0301".repeat(8)),
          "\u0301a");

  /** Path of a text, and the file of its kind. */
  private static final Map<String, List<String>> DOORS =
      Map.of(
          "firewallchangerequests.processes",
          List.of(
              "justification",
              "target.securityGroup",
              "rules[].description",
              "ticket.queue",
              "ticket.customer",
              "supersedes"),
          "approvaldelegations.orchestrator",
          List.of("by", "to", "byGroups", "reason"),
          "changewindows.orchestrator",
          List.of("reason", "timeZone", "exceptDates", "connections.names"),
          "connections.orchestrator",
          List.of(
              "endpoint", "requestTracker.queue", "openStack.region", "sandbox.securityGroups"));

  static Stream<Arguments> doors() {
    return DOORS.entrySet().stream()
        .flatMap(kind -> kind.getValue().stream().map(path -> Arguments.of(kind.getKey(), path)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("doors")
  void aNewTextOfAnObjectIsPlain(String kind, String path) throws IOException {
    JsonNode schema = schema(kind);
    for (String part : path.split("\\.")) {
      boolean each = part.endsWith("[]");
      schema = schema.path("properties").path(part.replace("[]", ""));
      schema = each ? schema.path("items") : schema;
    }
    assertThat(schema.isObject()).as(path).isTrue();
    List<JsonNode> rules = new ArrayList<>();
    schema
        .path("x-kubernetes-validations")
        .forEach(
            rule -> {
              if (rule.path("optionalOldSelf").asBoolean()) {
                rules.add(rule);
              }
            });
    assertThat(rules).as("a rule about what is new in %s", path).hasSize(1);
    String rule = rules.get(0).path("rule").asText();
    assertThat(rule)
        .as("what is stored stays as it may be written")
        .startsWith("oldSelf.hasValue() && oldSelf.value() == self || ");
    Pattern form = form(rule);
    boolean name = List.of("by", "to", "endpoint").contains(path);
    for (String text : PLAIN) {
      boolean asName = List.of("e\u0301", "-").contains(text);
      assertThat(form.matcher(text).matches()).as(text).isEqualTo(!name || asName);
    }
    assertThat(NOT_PLAIN).noneMatch(text -> form.matcher(text).matches());
  }

  @Test
  void aVoteIsPlain() throws IOException {
    String rule = rule("votes", "a vote is one line of plain text");
    Pattern form = form(rule.substring(rule.indexOf("variables.value")));
    assertThat(PLAIN).allMatch(text -> form.matcher("approver 0f3a " + text).matches());
    assertThat(NOT_PLAIN)
        .filteredOn(text -> !text.matches("[ \u00a0\u3000\u2800]*"))
        .noneMatch(text -> form.matcher("approver 0f3a " + text).matches());
  }

  @Test
  void aVoterIsToldWhatIsWrongAndNotMore() throws IOException {
    assertThat(rule("votes", "a vote is one line of plain text")).doesNotContain("variables.me.");
    String name = rule("votes", "a user name with white space");
    Pattern form = form(name.substring(name.indexOf("variables.me")));
    assertThat(Stream.of("approver", "ann@example.com", "Jürgen", "\u0430pprover"))
        .allMatch(text -> form.matcher(text).matches());
    assertThat(Stream.of("a b", "a\u00a0b", "a\u3000b", "a\u200bb", "a\u200db", "a\u202eb", ""))
        .noneMatch(text -> form.matcher(text).matches());
  }

  @Test
  void theWordsOfAnAnswerArePlain() throws IOException {
    String rule = rule("answers", "then your words: one line of plain text");
    Pattern form = form(rule.substring(rule.lastIndexOf("matches(")));
    assertThat(PLAIN).allMatch(text -> form.matcher("resume:Plan " + text).matches());
    assertThat(NOT_PLAIN)
        .filteredOn(text -> !text.matches("[ \u00a0\u3000\u2800]*"))
        .noneMatch(text -> form.matcher("resume:Plan " + text).matches());
  }

  /** What RE2 does not know would make the API server refuse the whole file, or let all through. */
  @Test
  void theRuleIsWrittenForTheApiServer() throws IOException {
    String text = Files.readString(Path.of("manifests/policies/votes.yaml"));
    assertThat(text).doesNotContain("(?=", "(?!", "(?<", "*+", "++", "?+", "&&[");
  }

  private static Pattern form(String rule) {
    Matcher found = MATCHES.matcher(rule);
    assertThat(found.find()).as(rule).isTrue();
    assertThat(found.group(1)).as("a raw text: %s", rule).isEqualTo("r");
    return Pattern.compile(found.group(2));
  }

  private static JsonNode schema(String kind) throws IOException {
    Path file = Path.of("crds", kind + ".secamo.io.yaml");
    return YAML.readTree(Files.readString(file))
        .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
  }

  private static String rule(String policy, String words) throws IOException {
    String file = Files.readString(Path.of("manifests/policies/" + policy + ".yaml"));
    JsonNode first = YAML.readTree(file.split("\n---\n")[0]);
    for (JsonNode rule : first.at("/spec/validations")) {
      if (rule.path("message").asText().contains(words)) {
        return rule.path("expression").asText();
      }
    }
    throw new AssertionError("no rule of " + policy + " says " + words);
  }
}
