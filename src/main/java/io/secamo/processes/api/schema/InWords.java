package io.secamo.processes.api.schema;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.secamo.processes.api.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for texts of a certain form, and says in a sentence how they are written: a pattern is shown
 * to people as it is. Input: a {@link Form} and paths, with blanks between.
 */
public final class InWords implements SchemaCustomizer.Customizer {
  /** How a text is written. */
  enum Form {
    /** A length of time. */
    SPAN(Span.PATTERN, Span.MESSAGE),
    /** Date and time without a zone. */
    CLOCK(
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?$",
        "write date and time as a clock on the wall shows them, for example 2026-12-01T20:00:00");

    private final String pattern;
    private final String message;

    Form(String pattern, String message) {
      this.pattern = pattern;
      this.message = message;
    }

    private ValidationRule rule() {
      return new ValidationRuleBuilder()
          .withRule(TextPath.AS_STORED + "self.matches('" + pattern + "')")
          .withOptionalOldSelf(true)
          .withMessage(message)
          .build();
    }
  }

  @Override
  public JSONSchemaProps apply(
      JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
    String[] words = input.split(" ", -1);
    Form form = Form.valueOf(words[0]);
    for (String path : List.of(words).subList(1, words.length)) {
      JSONSchemaProps text = TextPath.find(schema, path);
      List<ValidationRule> rules = new ArrayList<>(text.getXKubernetesValidations());
      rules.add(form.rule());
      text.setXKubernetesValidations(rules);
    }
    return schema;
  }
}
