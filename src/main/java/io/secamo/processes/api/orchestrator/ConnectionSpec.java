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
import io.secamo.processes.api.Names;
import io.secamo.processes.api.Span;
import io.secamo.processes.api.schema.PlainTexts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which system, where, and with which Secret. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Which system, where, and with which Secret.")
@ValidationRule(
    value = "self.type == 'Sandbox' || (has(self.endpoint) && has(self.secretRef))",
    message = "this type needs endpoint and secretRef")
@ValidationRule(
    value = "self.type != 'RequestTracker' || has(self.requestTracker)",
    message = "type RequestTracker needs requestTracker.queue")
@ValidationRule(
    value = "has(self.sandbox) ? self.type == 'Sandbox' : true",
    message = "sandbox settings go with type Sandbox only")
@ValidationRule(
    value = "!has(self.endpoint) || self.endpoint.matches('^https?://[^\\\\s@?#]+$')",
    fieldPath = ".endpoint",
    message = "write a URL without user name, ? and #, for example https://tickets.example.com")
@ValidationRule(
    value = "!has(self.longest) || self.longest.matches('" + Span.PATTERN + "')",
    fieldPath = ".longest",
    message = Span.MESSAGE)
@SchemaCustomizer(
    value = PlainTexts.class,
    input = "!endpoint requestTracker.queue openStack.region sandbox.securityGroups")
public record ConnectionSpec(
    @Required @JsonPropertyDescription("Sandbox, RequestTracker or OpenStack.") Type type,
    @Size(max = 300)
        @JsonPropertyDescription(
            "Base URL: for RequestTracker the web address without /REST/2.0, for OpenStack the"
                + " Keystone address ending in /v3. https, or http on this machine (loopback) only."
                + " Example: https://tickets.example.com.")
        @Nullable String endpoint,
    @JsonPropertyDescription(
            "Secret, in the same namespace, with the credentials: key token for RequestTracker;"
                + " username, password, projectName and optionally userDomain, projectDomain"
                + " (default: Default) for OpenStack; optional key ca.crt for a private certificate"
                + " authority.")
        @Nullable SecretRef secretRef,
    @JsonPropertyDescription("Settings of type RequestTracker.")
        @Nullable RequestTracker requestTracker,
    @JsonPropertyDescription("Settings of type OpenStack.") @Nullable OpenStack openStack,
    @JsonPropertyDescription("Settings of type Sandbox.") @Nullable Sandbox sandbox,
    @JsonPropertyDescription(
            "How many calls the system can take. Default: eight at a time, any number a second.")
        @Nullable Limits limits,
    @Size(max = 30)
        @JsonPropertyDescription(
            "How long a change there may last at most: a number and s, m, h or d. One without an"
                + " end needs a rule of an ApprovalPolicy with lasting: true. Default: as long as"
                + " the approval policies let it. Example: 30d.")
        @Nullable String longest) {

  /** Vendor of the outside system. */
  public enum Type {
    @JsonProperty("Sandbox")
    SANDBOX("Sandbox"),
    @JsonProperty("RequestTracker")
    REQUEST_TRACKER("RequestTracker"),
    @JsonProperty("OpenStack")
    OPEN_STACK("OpenStack");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** The word as it stands in the spec. */
    public String word() {
      return word;
    }
  }

  /** What the system can take. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Limits(
      @Min(1)
          @Max(100)
          @JsonPropertyDescription(
              "Calls at a time; two of them, or one of two, are kept for removals. Default: 8."
                  + " Example: 4.")
          @Nullable Integer concurrency,
      @Min(1)
          @Max(1000)
          @JsonPropertyDescription(
              "Calls that may begin in a second; removals are not counted. Default: any number."
                  + " Example: 10.")
          @Nullable Integer requestsPerSecond) {}

  /** A Secret of the same namespace. */
  @ValidationRule(
      value = "self.name.matches('" + Names.PATTERN + "')",
      fieldPath = ".name",
      message = Names.MESSAGE)
  public record SecretRef(
      @Required
          @Size(min = 1, max = 253)
          @JsonPropertyDescription("Name of the Secret. Example: helpdesk-token.")
          String name) {}

  /** Settings of Request Tracker. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RequestTracker(
      @Required
          @Size(min = 1, max = 100)
          @Pattern("^[^\\p{Cc}'\"]*$")
          @JsonPropertyDescription("Queue for new tickets. Example: Firewall.")
          String queue,
      @Default("opkey")
          @Size(min = 1, max = 60)
          @Pattern("^[A-Za-z0-9_-]+$")
          @JsonPropertyDescription(
              "Custom field, with unique values, that carries our key. Default: opkey.")
          String keyField) {}

  /** Settings of OpenStack. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record OpenStack(
      @Size(max = 100)
          @JsonPropertyDescription(
              "Region of the network service. Default: the first. Example: RegionOne.")
          @Nullable String region) {}

  /** Settings of the sandbox: what it holds and how it misbehaves. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Sandbox(
      @Size(max = 20)
          @JsonPropertyDescription("Security groups the sandbox firewall has. Default: [\"web\"].")
          @Nullable List<@Size(max = 63) String> securityGroups,
      @Size(max = 20)
          @JsonPropertyDescription("Faults to inject, for trying out what happens. Default: none.")
          @Nullable List<Fault> faults) {}

  /** One fault of the sandbox. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Fault(
      @Required
          @Pattern("^(check|find|create|comment|close|observe|add|remove)$")
          @Size(max = 20)
          @JsonPropertyDescription(
              "Call that fails: check, find, create, comment, close, observe, add or remove.")
          String call,
      @Required @JsonPropertyDescription("How it fails.") FaultKind kind,
      @Default("1")
          @Min(1)
          @Max(1000)
          @JsonPropertyDescription("How many calls fail before all is well. Default: 1.")
          @Nullable Integer times) {}

  /** The ways a sandbox call fails. */
  public enum FaultKind {
    /** Answers 503; nothing happened. */
    @JsonProperty("Unavailable")
    UNAVAILABLE,
    /** Does it, then loses the answer. */
    @JsonProperty("ReplyLost")
    REPLY_LOST,
    /** Says no. */
    @JsonProperty("Refused")
    REFUSED,
    /** Asks to wait two seconds. */
    @JsonProperty("Throttled")
    THROTTLED,
    /** Says it did it, and did not. */
    @JsonProperty("SilentlyDropped")
    SILENTLY_DROPPED
  }
}
