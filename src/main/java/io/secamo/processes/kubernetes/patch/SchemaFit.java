package io.secamo.processes.kubernetes.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.secamo.processes.text.Limit;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes what is written fit into the bounds of the schema, in one place for every text and list. A
 * text of an outside system, or a name in another object, is longer than somebody thought one day;
 * the API server would refuse the whole write for it, also that something has to be removed.
 */
public final class SchemaFit {
  private static final String STATUS = "/spec/versions/0/schema/openAPIV3Schema/properties/status";

  /** Each definition has thousands of lines of YAML, and is read only once. */
  private static final ClassValue<JsonNode> OF_STATUS =
      new ClassValue<>() {
        @Override
        protected JsonNode computeValue(Class<?> kind) {
          return statusOf(kind);
        }
      };

  private final JsonNode schema;

  /**
   * For values of one schema.
   *
   * @param schema structural, as in a CustomResourceDefinition
   */
  public SchemaFit(JsonNode schema) {
    this.schema = schema;
  }

  /** For the status of a kind that we ship. */
  public static SchemaFit ofStatus(Class<? extends CustomResource<?, ?>> kind) {
    return new SchemaFit(OF_STATUS.get(kind));
  }

  private static JsonNode statusOf(Class<?> kind) {
    String file = "/crds/" + HasMetadata.getFullResourceName(kind) + ".yaml";
    try (InputStream in = SchemaFit.class.getResourceAsStream(file)) {
      return new ObjectMapper(new YAMLFactory()).readTree(in).at(STATUS);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException(file + " cannot be read from the class path", e);
    }
  }

  /** Shortens what is too long, in place: texts at their end, lists too. */
  public void fit(ObjectNode value) {
    fit(value, schema);
  }

  private static JsonNode fit(JsonNode value, JsonNode schema) {
    return switch (value) {
      case ObjectNode object -> fields(object, schema);
      case ArrayNode array -> items(array, schema);
      case TextNode text -> text(text, schema);
      default -> value;
    };
  }

  private static ObjectNode fields(ObjectNode object, JsonNode schema) {
    JsonNode known = schema.path("properties");
    List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
    fields.forEach(f -> object.set(f.getKey(), fit(f.getValue(), known.path(f.getKey()))));
    return object;
  }

  private static ArrayNode items(ArrayNode array, JsonNode schema) {
    int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
    while (array.size() > most) {
      array.remove(array.size() - 1);
    }
    for (int i = 0; i < array.size(); i++) {
      array.set(i, fit(array.get(i), schema.path("items")));
    }
    return array;
  }

  /** The API server counts characters, not the two halves that some of them have here. */
  private static TextNode text(TextNode node, JsonNode schema) {
    String text = node.textValue();
    int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    return TextNode.valueOf(Limit.to(most, text));
  }
}
