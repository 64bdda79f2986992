package io.secamo.processes.connector.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer in JSON, of which only the fields that somebody asks for are kept. It can be weighed
 * before it is read: a third of a megabyte of empty objects takes ten once they are there.
 */
public final class JsonAnswer {
  /** As many as five thousand firewall rules have with everything that may be said of them. */
  private static final int MOST_TOKENS = 250_000;

  /** Weighs what is no JSON. */
  public static final int NONE = -1;

  private static final int DEEPEST = 100;
  private static final int LONGEST_NAME = 1000;

  /** In bytes of a heap below 32 GB: the node, its map, and the table of the map. */
  private static final int OBJECT = 160;

  private static final int ARRAY = 104;

  /** The entry of the map, its place in the table, and what a name has besides its letters. */
  private static final int FIELD = 104;

  /** A node with a text or a number, besides the letters; and its place among others. */
  private static final int SCALAR = 72;

  /**
   * One that says two things under one name, or goes on after its end, is no answer: programs
   * differ in what they read of it. Names are not kept to be known again: the system chooses them.
   */
  private static final ObjectMapper JSON =
      new ObjectMapper(parsers().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  /** What is read twice is looked at closely once. */
  private static final JsonFactory SCALES = parsers().build();

  private final String text;
  private final Map<String, String> fields;

  /**
   * Reads nothing yet.
   *
   * @param fields the names of those that are kept, each with itself; all if it is empty
   */
  public JsonAnswer(String text, Map<String, String> fields) {
    this.text = text;
    this.fields = fields;
  }

  private static JsonFactoryBuilder parsers() {
    return new JsonFactoryBuilder()
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxTokenCount(MOST_TOKENS)
                .maxNestingDepth(DEEPEST)
                .maxNameLength(LONGEST_NAME)
                .build());
  }

  /** How many bytes it takes at most once it is read; {@link #NONE} if it is no JSON. */
  public int weight() {
    try (JsonParser parser = SCALES.createParser(text)) {
      int weight = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        weight += weight(parser, token);
      }
      return weight;
    } catch (JsonProcessingException notJson) {
      return NONE;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private int weight(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> OBJECT;
      case START_ARRAY -> ARRAY;
      case FIELD_NAME -> {
        String name = parser.currentName();
        if (isKept(name)) {
          yield fields.isEmpty() ? FIELD + 2 * name.length() : FIELD / 2;
        }
        parser.nextToken();
        parser.skipChildren();
        yield 0;
      }
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          SCALAR + 2 * parser.getTextLength();
      default -> 0;
    };
  }

  /** What it says: null if it is no JSON, a missing node if it is empty. */
  public @Nullable JsonNode read() {
    try (JsonParser parser = JSON.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return MissingNode.getInstance();
      }
      JsonNode read = value(parser, first);
      return parser.nextToken() == null ? read : null;
    } catch (JsonProcessingException notJson) {
      return null;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** No deeper than the parser goes. */
  private JsonNode value(JsonParser parser, JsonToken token) throws IOException {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (token) {
      case START_OBJECT -> object(parser, nodes.objectNode());
      case START_ARRAY -> array(parser, nodes.arrayNode());
      case VALUE_STRING -> nodes.textNode(parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> nodes.booleanNode(token == JsonToken.VALUE_TRUE);
      case VALUE_NULL -> nodes.nullNode();
      default -> JSON.readTree(parser);
    };
  }

  private ObjectNode object(JsonParser parser, ObjectNode read) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (isKept(name)) {
        read.set(fields.getOrDefault(name, name), value(parser, value));
      } else {
        parser.skipChildren();
      }
    }
    return read;
  }

  private ArrayNode array(JsonParser parser, ArrayNode read) throws IOException {
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      read.add(value(parser, next));
    }
    return read;
  }

  private boolean isKept(String name) {
    return fields.isEmpty() || fields.containsKey(name);
  }
}
