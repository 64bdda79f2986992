package io.secamo.processes.api.schema;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Objects;

/**
 * Rules on each single port and peer. The generator puts annotations on whole lists only, where the
 * API server's cost budget leaves no room for a message that names the culprit.
 */
public final class AccessRules implements SchemaCustomizer.Customizer {
  private static final String PORT = "self.matches('^[0-9]{1,5}(-[0-9]{1,5})?$')";

  @Override
  public JSONSchemaProps apply(
      JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
    items(schema, "ports").setXKubernetesValidations(ports());
    items(schema, "peers").setXKubernetesValidations(peers());
    return schema;
  }

  /**
   * IPv4 written as IPv6, shortened or in full; only asked of what the API server does not take.
   */
  private static final String MAPPED = "self.matches('(?i)^(0{0,4}:){2,6}ffff:')";

  private static JSONSchemaProps items(JSONSchemaProps schema, String list) {
    JSONSchemaProps property = Objects.requireNonNull(schema.getProperties().get(list));
    return property.getItems().getSchema();
  }

  private static List<ValidationRule> ports() {
    return List.of(
        rule(
            PORT
                + " && self.split('-').all(n, int(n) >= 1 && int(n) <= 65535)"
                + " && int(self.split('-')[0]) <= int(self.split('-')[size(self.split('-')) - 1])",
            "\"'\" + self + \"' is not a port or range: write 1 to 65535, low to high, for example"
                + " 443 or 8443-8450\""));
  }

  private static List<ValidationRule> peers() {
    return List.of(
        rule(
            "isCIDR(self) || isIP(self) || " + MAPPED,
            "\"'\" + self + \"' is not a network or address: write for example 203.0.113.0/24,"
                + " 198.51.100.7 or 2001:db8::/48\""),
        rule(
            "isCIDR(self) || isIP(self) || !" + MAPPED,
            "\"'\" + self + \"' is an IPv4 address written as IPv6: write it as IPv4\""),
        rule(
            "!isCIDR(self) || cidr(self) == cidr(self).masked()",
            "\"'\" + self + \"' has bits set behind its prefix: write the network itself, for"
                + " example 203.0.113.0/24 and not 203.0.113.9/24, or the address alone for one"
                + " machine\""));
  }

  private static ValidationRule rule(String expression, String message) {
    return new ValidationRuleBuilder().withRule(expression).withMessageExpression(message).build();
  }
}
