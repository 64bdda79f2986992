package io.secamo.processes.api.orchestrator;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.secamo.processes.api.schema.ReadableTimes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who stands in for whom, where and until when. */
@JsonClassDescription("Who stands in for whom at which gate, and until when.")
@ValidationRule(
    value = "self == oldSelf",
    message = "a delegation cannot be edited; delete it and make a new one")
@ValidationRule(value = "self.by != self.to", message = "name somebody else in spec.to")
@SchemaCustomizer(value = ReadableTimes.class, input = ReadableTimes.PEOPLE)
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
    @Required
        @Size(min = 1, max = 253)
        @Pattern("^[^\\s\\p{Cc}]+$")
        @JsonPropertyDescription(
            "User name of the deputy, who needs the verb approve-as-deputy on the gate. Example:"
                + " second-approver.")
        String to,
    @Required
        @JsonPropertyDescription(
            "Until when the deputy's votes count (RFC 3339, from the year 2000 to 2999). Example:"
                + " 2027-01-10T18:00:00Z.")
        Instant until,
    @Size(max = 200)
        @Pattern("^[^\\p{Cc}]*$")
        @JsonPropertyDescription("Why, one line. Default: none. Example: On leave.")
        @Nullable String reason) {}
