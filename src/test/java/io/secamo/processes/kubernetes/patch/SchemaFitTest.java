package io.secamo.processes.kubernetes.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaFitTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private final SchemaFit fit = SchemaFit.ofStatus(FirewallChangeRequest.class);

  /** A field of the schema that has a bound, and the way to it from the root. */
  private record Bounded(List<String> path, JsonNode schema) {
    /** A status that has nothing but this field, filled with so much. */
    ObjectNode filled(int much) {
      JsonNode value =
          schema.has("maxItems") ? list(much) : TextNode.valueOf("ä".repeat(Math.max(0, much)));
      for (String name : path.reversed()) {
        value =
            name.equals("[]") ? JSON.arrayNode().add(value) : JSON.objectNode().set(name, value);
      }
      return (ObjectNode) value;
    }

    private static ArrayNode list(int much) {
      ArrayNode list = JSON.arrayNode();
      for (int i = 0; i < much; i++) {
        list.add(JSON.objectNode());
      }
      return list;
    }

    int bound() {
      return schema.path(schema.has("maxItems") ? "maxItems" : "maxLength").asInt();
    }
  }

  @Test
  void everyTextAndListOfTheStatusIsCutToItsBoundAndNotBefore() throws IOException {
    List<Bounded> all = new ArrayList<>();
    collect(status(), List.of(), all);
    assertThat(all).as("fields with a bound").hasSizeGreaterThan(60);

    for (Bounded field : all) {
      ObjectNode full = field.filled(field.bound());
      ObjectNode same = full.deepCopy();
      fit.fit(same);
      assertThat(same).as("%s at its bound", field.path()).isEqualTo(full);

      ObjectNode more = field.filled(field.bound() + 1);
      fit.fit(more);
      assertThat(size(more, field)).as("%s and one more", field.path()).isEqualTo(field.bound());
    }
  }

  @Test
  void aCharacterOfTwoHalvesIsOneAndStaysWhole() {
    ObjectNode status = JSON.objectNode().put("approvedBy", "😀".repeat(2000));
    fit.fit(status);

    String text = status.path("approvedBy").asText();
    assertThat(text).endsWith("😀…").doesNotContain("\uFFFD");
    assertThat(text.codePointCount(0, text.length())).isLessThan(2000);
    assertThat(Character.isHighSurrogate(text.charAt(text.length() - 2))).isFalse();
  }

  @Test
  void whatTheSchemaDoesNotBoundStaysAsItIs() {
    ObjectNode status = JSON.objectNode().put("observedGeneration", 7).put("unheard", "of");
    ObjectNode same = status.deepCopy();
    fit.fit(same);

    assertThat(same).isEqualTo(status);
  }

  private static int size(JsonNode value, Bounded field) {
    JsonNode at = value;
    for (String name : field.path()) {
      at = name.equals("[]") ? at.path(0) : at.path(name);
    }
    return at.isArray() ? at.size() : at.asText().codePointCount(0, at.asText().length());
  }

  private static JsonNode status() throws IOException {
    Path crd = Path.of("crds/firewallchangerequests.processes.secamo.io.yaml");
    return new ObjectMapper(new YAMLFactory())
        .readTree(crd.toFile())
        .at("/spec/versions/0/schema/openAPIV3Schema/properties/status");
  }

  private static void collect(JsonNode schema, List<String> path, List<Bounded> all) {
    if (schema.has("maxLength") || schema.has("maxItems")) {
      all.add(new Bounded(path, schema));
    }
    schema
        .path("properties")
        .properties()
        .forEach(p -> collect(p.getValue(), longer(path, p.getKey()), all));
    if (schema.has("items")) {
      collect(schema.path("items"), longer(path, "[]"), all);
    }
  }

  private static List<String> longer(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }
}
