package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.secamo.processes.fault.Fault.Kind;
import java.util.Set;
import java.util.function.BiFunction;

/** What an outside system answers that is broken, or not what it seems to be. */
final class Lies {
  private static final Set<String> NAMES = Set.of("name", "Name", "Subject", "message", "url");

  private Lies() {}

  /** In place of what it would have answered. */
  static Reply of(Kind kind, String path, Reply truth) {
    if (kind == Kind.HUGE) {
      return new Reply(truth.status(), " ".repeat(3 << 20) + truth.body(), truth.headers());
    }
    boolean signsIn = path.endsWith("/auth/tokens");
    if (truth.body().isEmpty() || (signsIn && kind != Kind.LONG)) {
      return truth;
    }
    JsonNode told = truth.json();
    return new Reply(truth.status(), changed(told, lie(kind, signsIn)).toString(), truth.headers());
  }

  private static BiFunction<String, JsonNode, JsonNode> lie(Kind kind, boolean signsIn) {
    return switch (kind) {
      case WRONG_ID -> (field, value) -> field.equals("id") ? another(value) : value;
      case STRANGERS -> Lies::strangers;
      // Where the network is must stay true, or nothing else is asked.
      case LONG ->
          (field, value) ->
              NAMES.contains(field) && value.isTextual() && !(signsIn && field.equals("url"))
                  ? TextNode.valueOf(value.asText() + "x".repeat(5000))
                  : value;
      default -> throw new IllegalArgumentException(kind + " is no lie");
    };
  }

  private static JsonNode another(JsonNode id) {
    if (id.isInt()) {
      return IntNode.valueOf(id.asInt() + 1000);
    }
    String text = id.asText();
    return text.matches("\\d+")
        ? TextNode.valueOf(text + "000")
        : TextNode.valueOf(text.replaceAll(".$", text.endsWith("f") ? "e" : "f"));
  }

  private static JsonNode strangers(String field, JsonNode value) {
    return switch (field) {
      case "description" -> TextNode.valueOf("somebody else's");
      case "security_group_id" -> another(value);
      case "values" -> value.isEmpty() ? value : ApiServer.JSON.createArrayNode().add("not-ours");
      default -> value;
    };
  }

  private static JsonNode changed(JsonNode node, BiFunction<String, JsonNode, JsonNode> lie) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(e -> e.setValue(changed(lie.apply(e.getKey(), e.getValue()), lie)));
    } else if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        list.set(i, changed(list.get(i), lie));
      }
    }
    return node;
  }
}
