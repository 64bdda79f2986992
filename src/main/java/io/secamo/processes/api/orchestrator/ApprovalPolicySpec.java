package io.secamo.processes.api.orchestrator;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.secamo.processes.api.schema.InWords;
import io.secamo.processes.api.schema.ListMaps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of a policy; each adds its gates. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("The rules of the policy; the gates of all rules that match must be passed.")
@SchemaCustomizer(value = ListMaps.class, input = "rules=name")
@SchemaCustomizer(
    value = InWords.class,
    input =
        "SPAN rules[].longest rules[].gates[].within rules[].gates[].remindEvery"
            + " rules[].gates[].escalate.after breakGlass.within")
public record ApprovalPolicySpec(
    @Required
        @Size(min = 1, max = 20)
        @JsonPropertyDescription(
            "Rules, at most 20; each that matches a plan adds its gates. A plan that no rule"
                + " matches is not approved.")
        List<Rule> rules,
    @Default("OneMore")
        @JsonPropertyDescription(
            "What to do when the requester was named by a service account, or is one: OneMore asks"
                + " for one more approval at every gate, Accept believes the name. Default:"
                + " OneMore.")
        @Nullable OnBehalf onBehalf,
    @Default("false")
        @JsonPropertyDescription(
            "True lets one person fill several gates. Default: false, each gate takes other"
                + " people.")
        @Nullable Boolean onePersonManyGates,
    @JsonPropertyDescription(
            "Lets an emergency go ahead before it is approved. Default: not possible.")
        @Nullable BreakGlass breakGlass) {

  /** How a named requester is taken. */
  public enum OnBehalf {
    @JsonProperty("OneMore")
    ONE_MORE,
    @JsonProperty("Accept")
    ACCEPT
  }

  /** One rule: when it matches, and the gates it asks for then. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value =
          "(has(self.standard) && self.standard) ? !has(self.gates) || size(self.gates) == 0"
              + " : has(self.gates) && size(self.gates) > 0",
      message =
          "a rule either asks for gates or makes the change standard: write gates, or standard:"
              + " true without gates")
  @SchemaCustomizer(value = ListMaps.class, input = "gates=name")
  public record Rule(
      @Required
          @Size(min = 1, max = 63)
          @Pattern("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
          @JsonPropertyDescription("Name of the rule. Example: every-change.")
          String name,
      @Size(max = 2000)
          @JsonPropertyDescription(
              "CEL over plan, request and connection that says whether the rule matches. Default:"
                  + " always. Example: plan.findings.exists(f, f.severity == 'Critical').")
          @Nullable String when,
      @Size(max = 10)
          @JsonPropertyDescription(
              "Gates that must be passed, at most 10. Default: none, with standard: true.")
          @Nullable List<Gate> gates,
      @Default("false")
          @JsonPropertyDescription(
              "True says that nobody has to vote on such a change, unless another rule adds a gate."
                  + " Default: false.")
          @Nullable Boolean standard,
      @Size(max = 30)
          @JsonPropertyDescription(
              "How long a change that the rule matches may last at most: a number and s, m, h or d;"
                  + " of several limits the smallest counts, and above it a request is rejected."
                  + " Default: any time if somebody votes, 90d if nobody has to. Example: 30d.")
          @Nullable String longest,
      @JsonPropertyDescription(
              "True lets changes have no end where there is a limit to how long they last: no end"
                  + " is longer than any limit. Default: false.")
          @Nullable Boolean lasting,
      @Size(min = 1, max = 20)
          @JsonPropertyDescription(
              "Which kinds of requests the rule speaks of, at most 20; one that is not served makes"
                  + " the policy unreadable. Default: FirewallChangeRequest alone. Example:"
                  + " [FirewallChangeRequest].")
          @Nullable List<@Size(min = 1, max = 63) @Pattern("^[A-Z][A-Za-z0-9]*$") String> kinds) {
    /** Without anything about how long changes last. */
    public Rule(
        String name,
        @Nullable String when,
        @Nullable List<Gate> gates,
        @Nullable Boolean standard) {
      this(name, when, gates, standard, null, null);
    }

    /** Of the kind of which every rule spoke before there were others. */
    public Rule(
        String name,
        @Nullable String when,
        @Nullable List<Gate> gates,
        @Nullable Boolean standard,
        @Nullable String longest,
        @Nullable Boolean lasting) {
      this(name, when, gates, standard, longest, lasting, null);
    }
  }

  /** One gate: how many different people must approve, and what happens if they do not. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
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
          int required,
      @Size(max = 30)
          @JsonPropertyDescription(
              "How long people have, from the moment the plan is shown: a number and s, m, h or d;"
                  + " after that the request ends as ApprovalTimedOut. Default: no limit. Example:"
                  + " 72h.")
          @Nullable String within,
      @JsonPropertyDescription("Whom to ask if nobody answers. Default: nobody else.")
          @Nullable Escalation escalate,
      @Size(max = 30)
          @JsonPropertyDescription(
              "How often an Event reminds of an open gate: a number and s, m, h or d. Default:"
                  + " never. Example: 8h.")
          @Nullable String remindEvery) {}

  /** Whom to ask if nobody answers. */
  public record Escalation(
      @Required
          @Size(max = 30)
          @JsonPropertyDescription(
              "When, counted from the moment the plan is shown: a number and s, m, h or d. Example:"
                  + " 24h.")
          String after,
      @Required
          @Size(min = 1, max = 40)
          @Pattern("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
          @JsonPropertyDescription(
              "Gate whose people may then vote as well, in place of the missing ones. Example:"
                  + " security-lead.")
          String to) {}

  /** What an emergency needs afterwards. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record BreakGlass(
      @Min(1)
          @Max(10)
          @Default("2")
          @JsonPropertyDescription(
              "How many different people must review the change afterwards, not counting requester"
                  + " and overrider. Default: 2.")
          int reviewers,
      @Size(max = 30)
          @Default("8h")
          @JsonPropertyDescription(
              "How long they have, from the moment the change is live; after that it is removed: a"
                  + " number and s, m, h or d. Default: 8h.")
          @Nullable String within) {}
}
