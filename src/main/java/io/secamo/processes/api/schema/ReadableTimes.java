package io.secamo.processes.api.schema;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/**
 * Bounds every time of a type to what {@link java.time.Instant} reads. The API server takes more
 * for a date-time (offsets of a day, twelve digits of a second, any sign before them, and a list of
 * anything: its validation does not ask for the type of a text that has a format), and one object
 * that cannot be read ends the watch of all. Input: the years, as a regular expression; those of
 * people are bounded further than ours, because an offset or a span may be added.
 */
public final class ReadableTimes implements SchemaCustomizer.Customizer {
  /** Years that people may name. */
  public static final String PEOPLE = "2[0-9]{3}";

  /** Years that come of them. */
  public static final String ANY = "[0-9]{4}";

  private static final String REST =
      "-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?"
          + "(Z|[+-](0[0-9]|1[0-7]):[0-5][0-9])$";

  /** An expression fails on what is no text, whatever it says; this one says what it is for. */
  public static final ValidationRule TEXT =
      new ValidationRuleBuilder()
          .withRule("type(self) == google.protobuf.Timestamp")
          .withMessage("write a time, for example 2027-01-31T20:00:00Z")
          .build();

  @Override
  public JSONSchemaProps apply(
      JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
    bound(schema, "^" + input + REST);
    return schema;
  }

  private static void bound(JSONSchemaProps schema, String pattern) {
    if ("date-time".equals(schema.getFormat())) {
      schema.setPattern(pattern);
      schema.setXKubernetesValidations(List.of(TEXT));
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(property -> bound(property, pattern));
    }
    if (schema.getItems() != null && schema.getItems().getSchema() != null) {
      bound(schema.getItems().getSchema(), pattern);
    }
  }
}
