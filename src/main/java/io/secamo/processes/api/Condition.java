package io.secamo.processes.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One condition as the Kubernetes API conventions define it; {@code status} is True, False or
 * Unknown.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    @Required @Size(max = 60) @JsonPropertyDescription("What is judged, for example Ready.")
        String type,
    @Required @Size(max = 10) @JsonPropertyDescription("True, False or Unknown.") String status,
    @Required
        @Size(max = 60)
        @JsonPropertyDescription("Why, in one CamelCase word, for example AwaitingApproval.")
        String reason,
    @Required
        @Size(max = 1024)
        @JsonPropertyDescription("Why and what to do about it, in a sentence.")
        String message,
    @Required @JsonPropertyDescription("Since when the status is what it is.")
        Instant lastTransitionTime,
    @JsonPropertyDescription("Generation of the object that was judged.")
        @Nullable Long observedGeneration) {}
