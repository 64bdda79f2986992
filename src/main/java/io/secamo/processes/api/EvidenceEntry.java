package io.secamo.processes.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that happened in a process, chained to the one before by its hash. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"seq", "at", "what", "by", "digest", "facts", "previous", "hash"})
public record EvidenceEntry(
    @Required @JsonPropertyDescription("Number of the entry, from 1.") int seq,
    @Required
        @JsonPropertyDescription(
            "When the operator recorded it, by the clock of the API server, to the second.")
        Instant at,
    @Required
        @Size(max = 40)
        @JsonPropertyDescription("What happened, in one CamelCase word. Example: Approved.")
        String what,
    @Size(max = 253)
        @JsonPropertyDescription("Who did it: a user name. Default: the operator itself.")
        @Nullable String by,
    @Size(max = 64) @JsonPropertyDescription("Digest of the plan it is about, hexadecimal, if any.")
        @Nullable String digest,
    @Size(max = 40) @JsonPropertyDescription("What is known about it, one fact a line.")
        @Nullable List<@Size(max = 400) String> facts,
    @Required
        @Size(max = 64)
        @JsonPropertyDescription("Hash of the entry before; 64 zeros for the first.")
        String previous,
    @Required
        @Size(max = 64)
        @JsonPropertyDescription("SHA-256 over all the fields above, hexadecimal.")
        String hash) {
  /** The word of the entry that tells of an end that was decided: nothing comes in between. */
  public static final String END_DECIDED = "EndDecided";

  /** The word of the entry that tells what became of what was made. */
  public static final String REVERTED = "Reverted";
}
