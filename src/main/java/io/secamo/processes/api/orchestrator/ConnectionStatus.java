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

/** What the last real check of a connection found. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("What the last real check found; written by the operator only.")
@SchemaCustomizer(value = ListMaps.class, input = "conditions=type")
@SchemaCustomizer(value = ReadableTimes.class, input = ReadableTimes.ANY)
public record ConnectionStatus(
    @JsonPropertyDescription("Generation of the spec that was checked.")
        @Nullable Long observedGeneration,
    @Size(max = 300)
        @JsonPropertyDescription(
            "Account the credentials stand for. Example: OpenStack project demo (1f0c…).")
        @Nullable String account,
    @Size(max = 10)
        @JsonPropertyDescription("Ready says whether a real call with the credentials went well.")
        @Nullable List<Condition> conditions) {}
