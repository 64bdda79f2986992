package io.secamo.processes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.secamo.processes.api.schema.ReadableTimes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a schema takes less than an earlier one did: whatever was stored or kept in Git under the
 * earlier one would be cut, refused or unreadable. Wider is fine. Rules with {@code oldSelf} are
 * left out: they judge what somebody changes, not what is stored.
 */
final class Narrowings {
  private static final Set<String> WORDS_ONLY =
      Set.of("description", "title", "example", "externalDocs", "default");
  private static final List<String> UPPER_BOUNDS =
      List.of("maxLength", "maxItems", "maxProperties", "maximum");
  private static final List<String> LOWER_BOUNDS =
      List.of("minLength", "minItems", "minProperties", "minimum");
  private static final List<String> PERMISSIONS =
      List.of("nullable", "x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields");

  /** Each has a comparison of its own; any other word must stay as it is, or go. */
  private static final Set<String> COMPARED =
      Set.of(
          "type",
          "enum",
          "pattern",
          "properties",
          "required",
          "items",
          "additionalProperties",
          "exclusiveMaximum",
          "exclusiveMinimum",
          "x-kubernetes-validations");

  private static final Pattern ABOUT_ONE_PROPERTY =
      Pattern.compile("!has\\(self\\.(\\w+)\\) \\|\\| .+", Pattern.DOTALL);

  private final String kind;
  private final List<Narrowing> found = new ArrayList<>();

  private Narrowings(String kind) {
    this.kind = kind;
  }

  /** One place where less is taken than before, and what mends it. */
  record Narrowing(String kind, String path, String what, String mend) {
    @Override
    public String toString() {
      return kind + " " + path + ": " + what + ". To mend: " + mend + ".";
    }
  }

  /** What a custom resource definition takes less than a released one. */
  static List<Narrowing> ofDefinition(JsonNode released, JsonNode present) {
    Narrowings narrowings = new Narrowings(released.at("/spec/names/kind").asText());
    for (String name : List.of("/spec/group", "/spec/scope", "/spec/names/kind")) {
      if (!released.at(name).equals(present.at(name))) {
        narrowings.add(
            name,
            "was " + released.at(name) + ", is " + present.at(name),
            "keep what was released");
      }
    }
    for (JsonNode version : released.at("/spec/versions")) {
      narrowings.version(version, present.at("/spec/versions"));
    }
    return narrowings.found;
  }

  /** What a schema takes less than a released one. */
  static List<Narrowing> ofSchema(String kind, JsonNode released, JsonNode present) {
    Narrowings narrowings = new Narrowings(kind);
    narrowings.schema("", released, present);
    return narrowings.found;
  }

  private void version(JsonNode released, JsonNode versions) {
    String name = released.path("name").asText();
    JsonNode present = MissingNode.getInstance();
    for (JsonNode version : versions) {
      present = name.equals(version.path("name").asText()) ? version : present;
    }
    if (released.path("served").asBoolean() && !present.path("served").asBoolean()) {
      add(name, "is not served any more", "serve it, and store objects in another version");
      return;
    }
    schema(name, released.at("/schema/openAPIV3Schema"), present.at("/schema/openAPIV3Schema"));
  }

  private void schema(String path, JsonNode released, JsonNode present) {
    types(path, released, present);
    bounds(path, released, present);
    values(path, released, present);
    rules(path, released, present);
    others(path, released, present);
    members(path, released, present);
  }

  private void types(String path, JsonNode released, JsonNode present) {
    if (!released.path("type").equals(present.path("type"))) {
      add(
          path,
          "type was " + released.path("type") + ", is " + present.path("type"),
          "keep the type and add a property with the new one");
    }
    for (String permission : PERMISSIONS) {
      if (released.path(permission).asBoolean() && !present.path(permission).asBoolean()) {
        add(path, permission + " was true", "keep it");
      }
    }
  }

  private void bounds(String path, JsonNode released, JsonNode present) {
    UPPER_BOUNDS.forEach(bound -> bound(path, bound, 1, released, present));
    LOWER_BOUNDS.forEach(bound -> bound(path, bound, -1, released, present));
  }

  /** Direction 1: larger is wider; -1: smaller is wider. */
  private void bound(
      String path, String bound, int direction, JsonNode released, JsonNode present) {
    if (!present.has(bound)) {
      return;
    }
    JsonNode was = released.path(bound);
    BigDecimal now = present.path(bound).decimalValue();
    boolean trivial = bound.startsWith("min") && !bound.equals("minimum") && now.signum() == 0;
    int difference =
        was.isMissingNode() ? -1 : direction * now.subtract(was.decimalValue()).signum();
    String exclusive = direction > 0 ? "exclusiveMaximum" : "exclusiveMinimum";
    boolean newlyExclusive =
        bound.endsWith("imum")
            && difference == 0
            && present.path(exclusive).asBoolean()
            && !released.path(exclusive).asBoolean();
    if (!trivial && (difference < 0 || newlyExclusive)) {
      add(
          path,
          "%s was %s, is %s%s"
              .formatted(bound, told(was), present.path(bound), newlyExclusive ? ", excluded" : ""),
          was.isMissingNode() ? "take the bound away" : "bound it as before or wider");
    }
  }

  private void values(String path, JsonNode released, JsonNode present) {
    if (present.has("enum")) {
      if (!released.has("enum")) {
        add(path, "enum is new", "let the operator judge the value, or use a new property");
      }
      for (JsonNode value : released.path("enum")) {
        if (!contains(present.path("enum"), value)) {
          add(path, "enum lost " + value, "put it back and treat it as what replaces it");
        }
      }
    }
    String pattern = present.path("pattern").asText();
    String was = released.path("pattern").asText();
    if (!pattern.isEmpty() && !pattern.equals(was) && !wider(pattern, was)) {
      add(
          path,
          "pattern was '" + was + "', is '" + pattern + "'",
          was.isEmpty() ? "let the operator judge the text" : "write '" + was + "|…' to take more");
    }
  }

  /** Whether one pattern takes more than another cannot be asked in general, but of this form. */
  private static boolean wider(String pattern, String was) {
    return !was.isEmpty() && pattern.startsWith(was + "|");
  }

  /** Only what was never a time is refused by it, and no operator could ever read that. */
  private static boolean asksForText(String rule, JsonNode released) {
    return rule.equals(ReadableTimes.TEXT.getRule())
        && released.path("format").asText().equals("date-time");
  }

  private void rules(String path, JsonNode released, JsonNode present) {
    Set<String> known = new TreeSet<>();
    released.path("x-kubernetes-validations").forEach(r -> known.add(r.path("rule").asText()));
    for (JsonNode rule : present.path("x-kubernetes-validations")) {
      String text = rule.path("rule").asText();
      boolean wider = known.stream().anyMatch(was -> text.startsWith("(" + was + ") || "));
      boolean fine = known.contains(text) || aboutChanges(rule) || wider;
      if (!fine && !asksForText(text, released) && !aboutNew(text, released.path("properties"))) {
        add(
            path,
            "the rule \"" + text + "\" is new",
            "begin it with '!has(self.<new property>) || ', or let the operator judge it, or judge"
                + " what is new only (optionalOldSelf)");
      }
    }
  }

  /**
   * With an optional old value a rule is asked of new objects as well, and must let be the rest.
   */
  private static boolean aboutChanges(JsonNode rule) {
    String text = rule.path("rule").asText();
    return rule.path("optionalOldSelf").asBoolean()
        ? text.startsWith("oldSelf.hasValue() && oldSelf.value() == self || ")
        : text.contains("oldSelf");
  }

  /** Whether it can say no only to objects that have a property which was not there before. */
  private static boolean aboutNew(String rule, JsonNode released) {
    Matcher form = ABOUT_ONE_PROPERTY.matcher(rule);
    return form.matches() && !rule.contains(" ? ") && !released.has(form.group(1));
  }

  private void others(String path, JsonNode released, JsonNode present) {
    present
        .fieldNames()
        .forEachRemaining(
            word -> {
              boolean compared =
                  COMPARED.contains(word)
                      || WORDS_ONLY.contains(word)
                      || PERMISSIONS.contains(word)
                      || UPPER_BOUNDS.contains(word)
                      || LOWER_BOUNDS.contains(word);
              JsonNode now = present.path(word);
              boolean says = !now.isBoolean() || now.asBoolean();
              if (!compared && says && !now.equals(released.path(word))) {
                add(
                    path,
                    word + " was " + told(released.path(word)) + ", is " + now,
                    "keep what was released");
              }
            });
  }

  private void members(String path, JsonNode released, JsonNode present) {
    Set<String> owed = demanded(present);
    owed.removeAll(demanded(released));
    for (String name : owed) {
      add(path + "." + name, "is required, and was not", "give it a default or leave it optional");
    }
    boolean keepsUnknown = present.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    released
        .path("properties")
        .properties()
        .forEach(
            property ->
                member(
                    path + "." + property.getKey(),
                    property.getValue(),
                    present.path("properties").path(property.getKey()),
                    keepsUnknown));
    member(path + "[]", released.path("items"), present.path("items"), keepsUnknown);
    member(
        path + "{}",
        released.path("additionalProperties"),
        present.path("additionalProperties"),
        keepsUnknown);
  }

  private void member(String path, JsonNode released, JsonNode present, boolean keepsUnknown) {
    if (released.isObject() && present.isObject()) {
      schema(path, released, present);
    } else if (!released.isMissingNode() && present.isMissingNode() && !keepsUnknown) {
      add(path, "is gone", "put it back, and say in its description that it is out of use");
    }
  }

  /** What is required and has no default: the API server puts defaults into what it reads. */
  private static Set<String> demanded(JsonNode schema) {
    Set<String> names = new TreeSet<>();
    for (JsonNode name : schema.path("required")) {
      if (!schema.path("properties").path(name.asText()).has("default")) {
        names.add(name.asText());
      }
    }
    return names;
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    for (JsonNode one : list) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static String told(JsonNode value) {
    return value.isMissingNode() ? "absent" : value.toString();
  }

  private void add(String path, String what, String mend) {
    found.add(new Narrowing(kind, path, what, mend));
  }
}
