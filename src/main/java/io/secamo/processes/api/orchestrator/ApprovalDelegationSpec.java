package io.secamo.processes.api.orchestrator;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.secamo.processes.api.schema.PlainTexts;
import io.secamo.processes.api.schema.ReadableTimes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who stands in for whom, where and until when. */
@JsonClassDescription("Who stands in for whom at which gate, and until when.")
@ValidationRule(
    value = "self == oldSelf",
    message = "a delegation cannot be edited; delete it and make a new one")
@ValidationRule(value = "self.by != self.to", message = "name somebody else in spec.to")
@SchemaCustomizer(value = ReadableTimes.class, input = ReadableTimes.PEOPLE)
@SchemaCustomizer(value = PlainTexts.class, input = "!by !to byGroups reason")
public record ApprovalDelegationSpec(
    @Required
        @Size(min = 1, max = 40)
        @Pattern("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
        @JsonPropertyDescription("Gate at which the deputy may vote. Example: security.")
        String gate,
    @Required
        @Size(min = 1, max = 253)
        @Pattern("^[^\\s\\p{Cc}]+$")
        @JsonPropertyDescription(
            "Who grants it: the user name of whoever creates it, a person who may approve at the"
                + " gate. Default: stamped from Kubernetes 1.36. Example: approver.")
        String by,
    @Size(max = 200)
        @JsonPropertyDescription(
            "Groups of whoever grants it, or some of them: as a member of these the person may"
                + " approve at the gate. Each time the deputy's vote is counted it is asked again"
                + " whether user and groups still may. Default: stamped from Kubernetes 1.36; none"
                + " before, then only rights that are bound to the user count. Example:"
                + " [security-team].")
        @Nullable List<@Size(min = 1, max = 253) String> byGroups,
    @Required
        @Size(min = 1, max = 253)
        @Pattern("^[^\\s\\p{Cc}]+$")
        @JsonPropertyDescription(
            "User name of the deputy, who needs the verb approve-as-deputy on the gate. Example:"
                + " second-approver.")
        String to,
    @Required
        @JsonPropertyDescription(
            "Until when the deputy's votes count (RFC 3339), at most 31 days from now. Example:"
                + " 2027-01-10T18:00:00Z.")
        Instant until,
    @Size(max = 200)
        @Pattern("^[^\\p{Cc}]*$")
        @JsonPropertyDescription("Why, one line. Default: none. Example: On leave.")
        @Nullable String reason) {}
