package io.secamo.processes.api.schema;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Objects;

/** Finds a text in a schema, and judges of it only what is new. */
final class TextPath {
  /** An object of an earlier version goes through with what it has. */
  static final String AS_STORED = "oldSelf.hasValue() && oldSelf.value() == self || ";

  private TextPath() {}

  /** Where a path leads to; {@code []} stands for the items of a list with keys. */
  static JSONSchemaProps find(JSONSchemaProps schema, String path) {
    JSONSchemaProps found = schema;
    for (String part : path.split("\\.", -1)) {
      String property = part.replace("[]", "");
      found = Objects.requireNonNull(found.getProperties().get(property), () -> "no field " + path);
      found = part.endsWith("[]") ? found.getItems().getSchema() : found;
    }
    return found;
  }
}
