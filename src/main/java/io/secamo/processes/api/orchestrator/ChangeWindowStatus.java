package io.secamo.processes.api.orchestrator;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.secamo.processes.api.Condition;
import io.secamo.processes.api.schema.ListMaps;
import io.secamo.processes.api.schema.ReadableTimes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the window can be understood, and where it stands. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Where the window stands; written by the operator only.")
@SchemaCustomizer(value = ListMaps.class, input = "conditions=type")
@SchemaCustomizer(value = ReadableTimes.class, input = ReadableTimes.ANY)
public record ChangeWindowStatus(
    @JsonPropertyDescription("Generation of the spec that was read.")
        @Nullable Long observedGeneration,
    @Size(max = 10)
        @JsonPropertyDescription(
            "Inside or Outside, now; Invalid if the window cannot be understood.")
        @Nullable String state,
    @JsonPropertyDescription("When it begins or ends next.") @Nullable Instant nextChange,
    @Size(max = 10)
        @JsonPropertyDescription(
            "Ready says whether the window can be understood; while it is False, a freeze is on all"
                + " the time and an allowance opens nothing.")
        @Nullable List<Condition> conditions) {}
