package io.secamo.processes.api.firewall;

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
import io.secamo.processes.api.Lifetime;
import io.secamo.processes.api.Names;
import io.secamo.processes.api.Span;
import io.secamo.processes.api.request.RequestSpec;
import io.secamo.processes.api.schema.AccessRules;
import io.secamo.processes.api.schema.InWords;
import io.secamo.processes.api.schema.ListMaps;
import io.secamo.processes.api.schema.PlainTexts;
import io.secamo.processes.api.schema.ReadableTimes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a requester asks for; immutable once submitted, but for {@code withdrawn} and {@code
 * suspend}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription(
    "What is asked for. It cannot be edited once submitted: withdraw it and submit a new one.")
@ValidationRule(
    value = "!(has(self.expiresAt) && has(self.expiresAfter))",
    message = "give expiresAt (a time) or expiresAfter (a duration), not both")
@ValidationRule(
    value = "!has(self.removes) || !(has(self.expiresAt) || has(self.expiresAfter))",
    message = "a removal has no end: leave expiresAt and expiresAfter out")
@ValidationRule(
    value =
        "!(has(oldSelf.withdrawn) && oldSelf.withdrawn) || (has(self.withdrawn) && self.withdrawn)",
    message = "withdrawn is final; submit a new request")
// On the type, because the generator writes a rule on a record's component down twice.
@ValidationRule(
    value = "self.justification.matches('^[^\\\\p{Cc}]*$')",
    fieldPath = ".justification",
    message = "write the justification in one line of plain text")
@ValidationRule(
    value = "self.connection.matches('" + Names.PATTERN + "')",
    fieldPath = ".connection",
    message = Names.MESSAGE)
@SchemaCustomizer(value = ListMaps.class, input = "rules=name")
@SchemaCustomizer(value = ReadableTimes.class, input = ReadableTimes.PEOPLE)
@SchemaCustomizer(value = InWords.class, input = "SPAN expiresAfter")
@SchemaCustomizer(
    value = PlainTexts.class,
    input =
        "justification target.securityGroup rules[].description ticket.queue ticket.customer"
            + " supersedes removes")
public record FirewallChangeSpec(
    @Required
        @Size(min = 1, max = 63)
        @JsonPropertyDescription(
            "Name of the Connection, in the same namespace, of the firewall to change. Example:"
                + " cloud.")
        String connection,
    @Required @JsonPropertyDescription("Which firewall object is changed.") Target target,
    @Required
        @Size(min = 1, max = 32)
        @JsonPropertyDescription(
            "The accesses to open, at most 32; each peer and port of a rule becomes one rule on the"
                + " firewall.")
        List<Rule> rules,
    @JsonPropertyDescription(
            "The ticket that tells the story. Default: none is opened and only this object tells"
                + " it.")
        @Nullable Ticket ticket,
    @Required
        @Size(min = 3, max = 500)
        @JsonPropertyDescription(
            "Why the access is needed, one line, shown to approvers. Example: Partner test of the"
                + " shop, order 4711.")
        String justification,
    @JsonPropertyDescription(
            "Earliest time of the change (RFC 3339, from the year 2000 to 2999). Default: as soon"
                + " as it is approved. Example: 2027-01-31T20:00:00Z.")
        @Nullable Instant notBefore,
    @JsonPropertyDescription(
            "When the access is removed again (RFC 3339, from the year 2000 to 2999). Default: it"
                + " stays. Example: 2027-02-28T18:00:00Z.")
        @Nullable Instant expiresAt,
    @Size(max = 30)
        @JsonPropertyDescription(
            "How long the access stays, counted from the moment it was about to be opened (a"
                + " firewall that takes its time takes it from the access): a number and s, m, h or"
                + " d. Default: it stays. Example: 8h.")
        @Nullable String expiresAfter,
    @Default("Reference")
        @JsonPropertyDescription(
            "What to do when a rule is there already and nobody here made it: Never stops the"
                + " request, Reference counts it as satisfied and never removes it. Default:"
                + " Reference.")
        Adoption adoption,
    @Default("Retain")
        @JsonPropertyDescription(
            "What happens to a lasting rule when this object is deleted: Retain keeps it, Revert"
                + " removes it. Temporary rules are always removed. Default: Retain.")
        OnDelete onDelete,
    @Size(max = 63)
        @JsonPropertyDescription(
            "Name of an earlier request that this one replaces, for readers. Example:"
                + " acme-web-443.")
        @Nullable String supersedes,
    @Size(max = 63)
        @JsonPropertyDescription(
            "Name of a Completed request of the same namespace: what it opened for good is removed,"
                + " and connection, target and rules are the same as there; kubectl process remove"
                + " writes such a request. Default: none. Example: acme-web-443.")
        @Nullable String removes,
    @JsonPropertyDescription(
            "True takes the request back: what was opened is removed and the ticket is told. Final,"
                + " and refused once the request is Completed. Default: false.")
        @Nullable Boolean withdrawn,
    @JsonPropertyDescription(
            "True holds the request: no new change is made, what is due for removal is still"
                + " removed. Default: false.")
        @Nullable Boolean suspend)
    implements RequestSpec {
  @Override
  public List<String> connectionNames() {
    return ticket == null ? List.of(connection) : List.of(connection, ticket.connection());
  }

  /** From when, how long and until when. */
  public Lifetime lifetime() {
    return new Lifetime(
        notBefore, expiresAt, expiresAfter == null ? null : Span.parse(expiresAfter));
  }

  /** The firewall object that is changed. */
  public record Target(
      @Required
          @Size(min = 1, max = 255)
          @Pattern("^[^\\p{Cc}]*$")
          @JsonPropertyDescription("Name or id of the security group. Example: web.")
          String securityGroup) {}

  /** One access to open: who may reach which ports. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "(self.protocol in ['tcp', 'udp']) == (has(self.ports) && size(self.ports) > 0)",
      message =
          "tcp and udp need ports, for example [\"443\"] or [\"1-65535\"]; icmp, icmpv6 and any"
              + " take none")
  @ValidationRule(
      value = "self.peers.all(p, p.contains(':')) || self.peers.all(p, !p.contains(':'))",
      message = "a rule's peers are all IPv4 or all IPv6: write one rule per family")
  @ValidationRule(
      value =
          "!(self.protocol == 'icmp' && self.peers.exists(p, p.contains(':')))"
              + " && !(self.protocol == 'icmpv6' && self.peers.exists(p, !p.contains(':')))",
      message = "icmp goes with IPv4 peers and icmpv6 with IPv6 peers")
  @ValidationRule(
      value = "self.name.matches('^[a-z0-9]([a-z0-9-]*[a-z0-9])?$')",
      fieldPath = ".name",
      message = "write small letters, digits and hyphens, for example partner-https")
  @SchemaCustomizer(AccessRules.class)
  public record Rule(
      @Required
          @Size(min = 1, max = 40)
          @JsonPropertyDescription("Name of the rule within this request. Example: partner-https.")
          String name,
      @Default("Ingress")
          @JsonPropertyDescription(
              "Ingress (peers reach the target) or Egress (the target reaches peers). Default:"
                  + " Ingress.")
          Direction direction,
      @Required @JsonPropertyDescription("tcp, udp, icmp, icmpv6 or any. Example: tcp.")
          Protocol protocol,
      @Size(max = 16)
          @JsonPropertyDescription(
              "Ports or ranges on the target (Ingress) or the peer (Egress), at most 16. Example:"
                  + " [\"443\", \"8443-8450\"].")
          @Nullable List<@Size(max = 11) String> ports,
      @Required
          @Size(min = 1, max = 32)
          @JsonPropertyDescription(
              "Networks (CIDR) or single addresses of the other side, at most 32, one family a"
                  + " rule. Example: [\"203.0.113.0/24\"].")
          List<@Size(max = 43) String> peers,
      @Size(max = 200)
          @Pattern("^[^\\p{Cc}]*$")
          @JsonPropertyDescription(
              "What the rule is for, one line. Default: none. Example: Partner calls the shop.")
          @Nullable String description) {}

  /** Where the story is told to people who do not look at Kubernetes. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.connection.matches('" + Names.PATTERN + "')",
      fieldPath = ".connection",
      message = Names.MESSAGE)
  public record Ticket(
      @Required
          @Size(min = 1, max = 63)
          @JsonPropertyDescription(
              "Name of the Connection, in the same namespace, of the ticket system. Example:"
                  + " helpdesk.")
          String connection,
      @Size(max = 100)
          @Pattern("^[^\\p{Cc}]*$")
          @JsonPropertyDescription(
              "Queue or project. Default: the one of the Connection. Example: Firewall.")
          @Nullable String queue,
      @Size(max = 200)
          @Pattern("^[^\\p{Cc}]*$")
          @JsonPropertyDescription(
              "Customer the change is for, shown in the ticket. Default: none. Example: ACME.")
          @Nullable String customer,
      @Min(0)
          @Max(100)
          @JsonPropertyDescription(
              "Priority, 0 (low) to 100 (high), as the ticket system understands it. Default: its"
                  + " own. Example: 50.")
          @Nullable Integer priority) {}

  /** Direction of the first packet, seen from the target. */
  public enum Direction {
    @JsonProperty("Ingress")
    INGRESS,
    @JsonProperty("Egress")
    EGRESS
  }

  /** Transport of an access; any covers every protocol. */
  public enum Protocol {
    @JsonProperty("tcp")
    TCP,
    @JsonProperty("udp")
    UDP,
    @JsonProperty("icmp")
    ICMP,
    @JsonProperty("icmpv6")
    ICMPV6,
    @JsonProperty("any")
    ANY
  }

  /** What to do with a rule that somebody else made. */
  public enum Adoption {
    @JsonProperty("Never")
    NEVER,
    @JsonProperty("Reference")
    REFERENCE
  }

  /** What deletion of the request does to a lasting rule. */
  public enum OnDelete {
    @JsonProperty("Retain")
    RETAIN,
    @JsonProperty("Revert")
    REVERT
  }
}
