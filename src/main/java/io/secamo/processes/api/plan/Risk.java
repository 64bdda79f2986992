package io.secamo.processes.api.plan;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A risk of a plan as data. */
public record Risk(
    @Required @Size(max = 20) @JsonPropertyDescription("Of the check. Example: FW-001.") String id,
    @Required @Size(max = 20) @JsonPropertyDescription("Critical, High, Medium or Low.")
        String severity,
    @Required
        @Size(max = 400)
        @JsonPropertyDescription("What it is. Example: tcp 22 from everywhere.")
        String text) {
  /** The line for people, as in {@code FW-001 Critical: tcp 22 from everywhere}. */
  public String line() {
    return id + " " + severity + ": " + text;
  }
}
