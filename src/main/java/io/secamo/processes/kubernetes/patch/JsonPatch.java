package io.secamo.processes.kubernetes.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A JSON patch (RFC 6902) that is carried out whole or not at all, and only if what it tests is so.
 * Unlike a merge patch with a resourceVersion it does not mind what others write elsewhere in the
 * object meanwhile: the API server itself tries again on the newer one.
 */
public final class JsonPatch {
  private final ArrayNode operations = JsonNodeFactory.instance.arrayNode();

  /** Goes on only if this is there. */
  public void test(String path, String value) {
    operation("test", path).put("value", value);
  }

  /**
   * Does what a merge patch says.
   *
   * @param path of the object that is changed
   * @param before what it is now
   * @param change as {@link MergePatch#between} says it
   */
  public void merge(String path, ObjectNode before, ObjectNode change) {
    for (var entry : change.properties()) {
      String inside = path + "/" + escaped(entry.getKey());
      JsonNode value = entry.getValue();
      if (value instanceof ObjectNode some
          && before.get(entry.getKey()) instanceof ObjectNode old) {
        merge(inside, old, some);
      } else {
        operation("add", inside).set("value", value);
        if (value.isNull()) {
          // Added first, for what is not there cannot be removed: the patch would fail for ever.
          operation("remove", inside);
        }
      }
    }
  }

  private ObjectNode operation(String what, String path) {
    return operations.addObject().put("op", what).put("path", path);
  }

  /** As JSON pointers (RFC 6901) name members. */
  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  @Override
  public String toString() {
    return operations.toString();
  }
}
