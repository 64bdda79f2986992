package io.secamo.processes.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The rules of a policy; each adds its gates. */
@JsonClassDescription("The rules of the policy; the gates of all rules must be passed.")
@SchemaCustomizer(value = ListMaps.class, input = "rules=name")
public record ApprovalPolicySpec(
    @Required
        @Size(min = 1, max = 20)
        @JsonPropertyDescription(
            "Rules, at most 20; each applies to every plan and adds its gates.")
        List<Rule> rules) {

  /** One rule: the gates it asks for. */
  @SchemaCustomizer(value = ListMaps.class, input = "gates=name")
  public record Rule(
      @Required
          @Size(min = 1, max = 63)
          @Pattern("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
          @JsonPropertyDescription("Name of the rule. Example: every-change.")
          String name,
      @Required
          @Size(min = 1, max = 10)
          @JsonPropertyDescription("Gates that must be passed, at most 10.")
          List<Gate> gates) {}

  /** One gate: how many different people must approve. */
  public record Gate(
      @Required
          @Size(min = 1, max = 40)
          @Pattern("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
          @JsonPropertyDescription(
              "Name of the gate; whoever holds the verb approve on approvalgates/<name> may vote."
                  + " Example: security.")
          String name,
      @Min(1)
          @Max(10)
          @Default("1")
          @JsonPropertyDescription("How many different people must approve, 1 to 10. Default: 1.")
          int required) {}
}
