package io.secamo.processes.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An emergency: who broke the glass, and who has to look at it afterwards. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BreakGlass(
    @Required @Size(max = 60) @JsonPropertyDescription("The incident. Example: INC-4711.")
        String incident,
    @Required @Size(max = 253) @JsonPropertyDescription("Who broke the glass.") String by,
    @Required @Size(max = 40) @JsonPropertyDescription("The first gate that was overridden.")
        String gate,
    @Required @JsonPropertyDescription("How many people must review it.") int reviewers,
    @JsonPropertyDescription("Until when they must; after that the change is removed.")
        @Nullable Instant reviewUntil,
    @JsonPropertyDescription("When it was reviewed.") @Nullable Instant reviewedAt,
    @Size(max = 20)
        @JsonPropertyDescription(
            "The gates that were overridden, each of which is reviewed. None: the one above.")
        @Nullable List<Overridden> gates) {
  /** Of one gate, as earlier versions wrote it. */
  public BreakGlass(
      String incident,
      String by,
      String gate,
      int reviewers,
      @Nullable Instant reviewUntil,
      @Nullable Instant reviewedAt) {
    this(incident, by, gate, reviewers, reviewUntil, reviewedAt, null);
  }

  /** For people: {@code oscar went ahead for INC-4711}. */
  public String words() {
    return overridden().stream()
        .map(it -> it.by() + " went ahead for " + it.incident())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** That its time for a review is over: {@code nobody reviewed the emergency before ...}. */
  public String notReviewed(Instant until) {
    String who =
        reviewers == 1
            ? "nobody reviewed the emergency"
            : "the emergency was not reviewed by " + reviewers + " people";
    return who + " before " + until;
  }

  /** Until when it has to be reviewed; null if it was, or need not be. */
  @Nullable Instant end() {
    return reviewedAt == null ? reviewUntil : null;
  }

  /** Every gate that was overridden. */
  public List<Overridden> overridden() {
    return gates == null ? List.of(new Overridden(gate, by, incident)) : gates;
  }

  /** A gate that was overridden. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Overridden(
      @Required @Size(max = 40) @JsonPropertyDescription("The gate.") String gate,
      @Required @Size(max = 253) @JsonPropertyDescription("Who broke the glass there.") String by,
      @Required @Size(max = 60) @JsonPropertyDescription("For which incident. Example: INC-4711.")
          String incident) {}
}
