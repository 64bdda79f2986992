package io.secamo.processes.api.schema;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.secamo.processes.text.Plain;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks that texts of people are plain ({@link Plain}). Only what is new is judged: what was stored
 * before there was the rule can still be written. Input: paths with blanks between, {@code []} for
 * the items of a list with keys, {@code !} before what is a name and no sentence.
 */
public final class PlainTexts implements SchemaCustomizer.Customizer {
  private static final String NAME_MESSAGE = "write it without white space and hidden characters";

  @Override
  public JSONSchemaProps apply(
      JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
    for (String path : input.split(" ", -1)) {
      boolean name = path.startsWith("!");
      JSONSchemaProps text = TextPath.find(schema, name ? path.substring(1) : path);
      List<ValidationRule> rules = new ArrayList<>(text.getXKubernetesValidations());
      rules.add(rule(text, name));
      text.setXKubernetesValidations(rules);
    }
    return schema;
  }

  private static ValidationRule rule(JSONSchemaProps text, boolean name) {
    String matches = ".matches(r'" + (name ? Plain.NAME : Plain.LINE) + "')";
    boolean list = "array".equals(text.getType());
    return new ValidationRuleBuilder()
        .withRule(TextPath.AS_STORED + (list ? "self.all(t, t" + matches + ")" : "self" + matches))
        .withOptionalOldSelf(true)
        .withMessage(name ? NAME_MESSAGE : Plain.MESSAGE)
        .build();
  }
}
