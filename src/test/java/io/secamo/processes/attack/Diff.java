package io.secamo.processes.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What leads from one object to another, as a merge patch (RFC 7386) and as a JSON patch (RFC
 * 6902).
 */
final class Diff {
  private Diff() {}

  static ObjectNode merge(ObjectNode from, ObjectNode to) {
    ObjectNode patch = from.objectNode();
    from.fieldNames()
        .forEachRemaining(
            n -> {
              if (!to.has(n)) {
                patch.putNull(n);
              }
            });
    for (var field : to.properties()) {
      JsonNode old = from.get(field.getKey());
      if (old instanceof ObjectNode a && field.getValue() instanceof ObjectNode b) {
        ObjectNode inner = merge(a, b);
        if (!inner.isEmpty()) {
          patch.set(field.getKey(), inner);
        }
      } else if (!field.getValue().equals(old)) {
        patch.set(field.getKey(), field.getValue());
      }
    }
    return patch;
  }

  static ArrayNode json(ObjectNode from, ObjectNode to) {
    ArrayNode patch = from.arrayNode();
    collect("", from, to, patch);
    return patch;
  }

  private static void collect(String path, ObjectNode from, ObjectNode to, ArrayNode patch) {
    from.fieldNames()
        .forEachRemaining(
            n -> {
              if (!to.has(n)) {
                patch.addObject().put("op", "remove").put("path", path + "/" + escaped(n));
              }
            });
    for (var field : to.properties()) {
      String at = path + "/" + escaped(field.getKey());
      JsonNode old = from.get(field.getKey());
      if (old instanceof ObjectNode a && field.getValue() instanceof ObjectNode b) {
        collect(at, a, b, patch);
      } else if (!field.getValue().equals(old)) {
        ObjectNode op = patch.addObject().put("op", old == null ? "add" : "replace");
        op.put("path", at).set("value", field.getValue());
      }
    }
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
