package io.secamo.processes.evidence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The documents of a file, JSON or YAML, before anybody knows what they are. Every value is the
 * text that stands there: kubectl writes the digest {@code 123456789e123456} without quotes, and as
 * a number it would be another one. What two programs may read as two things is refused: a field
 * that stands there twice, and aliases.
 *
 * @param whole those that could be read, in order
 * @param problem why the file ends after them; empty if it was read to its end
 * @param endsInALine whether its last line has no end, as where a file was cut off
 */
record Documents(List<JsonNode> whole, Optional<String> problem, boolean endsInALine) {
  static final String AGAIN = "; was it cut off? Export it again";
  private static final String OTHER = "; look for the file that was exported";
  private static final JsonFactory JSON = new JsonFactory();
  private static final YAMLFactory YAML = yaml();

  private static YAMLFactory yaml() {
    LoaderOptions any = new LoaderOptions();
    any.setCodePointLimit(Integer.MAX_VALUE);
    return YAMLFactory.builder().loaderOptions(any).build();
  }

  static Documents of(byte[] file) {
    Optional<String> decoded = text(file);
    if (decoded.isEmpty()) {
      return none("it is no text" + OTHER);
    }
    String text = decoded.get();
    if (text.isBlank()) {
      return none("it is empty; export it again");
    }
    char first = text.stripLeading().charAt(0);
    boolean json = first == '{' || first == '[';
    List<JsonNode> whole = new ArrayList<>();
    Optional<String> problem = read(text, json, whole);
    if (problem.isEmpty() && whole.isEmpty()) {
      return none("it is empty; export it again");
    }
    return new Documents(whole, problem, !text.endsWith("\n"));
  }

  private static Documents none(String problem) {
    return new Documents(List.of(), Optional.of(problem), false);
  }

  /** PowerShell writes what a program prints as UTF-16, with a mark in front of it. */
  private static Optional<String> text(byte[] file) {
    int first = file.length < 2 ? 0 : ((file[0] & 0xff) << 8) | (file[1] & 0xff);
    Charset charset =
        switch (first) {
          case 0xfffe -> StandardCharsets.UTF_16LE;
          case 0xfeff -> StandardCharsets.UTF_16BE;
          default -> StandardCharsets.UTF_8;
        };
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      boolean marked = text.startsWith("\ufeff");
      return text.indexOf('\0') >= 0
          ? Optional.empty()
          : Optional.of(marked ? text.substring(1) : text);
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }

  private static Optional<String> read(String text, boolean json, List<JsonNode> whole) {
    String form = json ? "JSON" : "YAML";
    try (JsonParser parser = json ? JSON.createParser(text) : YAML.createParser(text)) {
      while (parser.nextToken() != null) {
        JsonNode document = node(parser);
        if (document.isContainerNode()) {
          whole.add(document);
        } else if (!document.asText("").isEmpty() && !document.isNull()) {
          return Optional.of("it is " + form + ", but no object" + OTHER);
        }
      }
      return Optional.empty();
    } catch (Twofold e) {
      return Optional.of(e.getMessage() + OTHER);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      return Optional.of(
          (at == null || at.getLineNr() < 1 ? "it" : "line " + at.getLineNr())
              + " is not "
              + form
              + AGAIN);
    } catch (IOException | YAMLException e) {
      return Optional.of("it is not " + form + AGAIN);
    }
  }

  private static JsonNode node(JsonParser parser) throws IOException {
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      throw new Twofold(parser, "has an alias, which exports have not");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(node(parser));
        }
        yield array;
      }
      case VALUE_NULL -> NullNode.getInstance();
      default -> TextNode.valueOf(parser.getText());
    };
  }

  private static ObjectNode object(JsonParser parser) throws IOException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      if (object.has(field)) {
        throw new Twofold(parser, "says " + field + " a second time");
      }
      parser.nextToken();
      object.set(field, node(parser));
    }
    return object;
  }

  /** What would be read as one thing by one program, and as another by the next. */
  private static final class Twofold extends IOException {
    private static final long serialVersionUID = 1L;

    Twofold(JsonParser parser, String what) {
      super("line " + parser.currentTokenLocation().getLineNr() + " " + what);
    }
  }
}
