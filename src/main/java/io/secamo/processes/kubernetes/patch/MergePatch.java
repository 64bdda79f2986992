package io.secamo.processes.kubernetes.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON merge patch (RFC 7386) that turns one object into another. */
public final class MergePatch {
  private MergePatch() {}

  /** The smallest patch: what is gone is set to null, lists are replaced whole. */
  public static ObjectNode between(ObjectNode before, ObjectNode after) {
    ObjectNode patch = before.objectNode();
    after
        .properties()
        .forEach(
            entry -> {
              JsonNode old = before.get(entry.getKey());
              JsonNode now = entry.getValue();
              if (old instanceof ObjectNode oldObject && now instanceof ObjectNode nowObject) {
                ObjectNode inner = between(oldObject, nowObject);
                if (!inner.isEmpty()) {
                  patch.set(entry.getKey(), inner);
                }
              } else if (!now.equals(old)) {
                patch.set(entry.getKey(), now);
              }
            });
    before
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!after.has(name)) {
                patch.putNull(name);
              }
            });
    return patch;
  }
}
