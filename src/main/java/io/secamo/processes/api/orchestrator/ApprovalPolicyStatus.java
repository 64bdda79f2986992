package io.secamo.processes.api.orchestrator;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.secamo.processes.api.Condition;
import io.secamo.processes.api.schema.ListMaps;
import io.secamo.processes.api.schema.ReadableTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the rules of a policy can be understood. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Whether the rules can be understood; written by the operator only.")
@SchemaCustomizer(value = ListMaps.class, input = "conditions=type")
@SchemaCustomizer(value = ReadableTimes.class, input = ReadableTimes.ANY)
public record ApprovalPolicyStatus(
    @JsonPropertyDescription("Generation of the spec that was read.")
        @Nullable Long observedGeneration,
    @Size(max = 300)
        @JsonPropertyDescription(
            "Names of the gates that the rules ask for, for readers; none if no rule asks for one.")
        @Nullable String gates,
    @Size(max = 10)
        @JsonPropertyDescription(
            "Ready says whether every rule could be compiled; while it is False, nothing is"
                + " approved in this namespace.")
        @Nullable List<Condition> conditions) {}
