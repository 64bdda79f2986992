package io.secamo.processes.api.orchestrator;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.secamo.processes.api.schema.InWords;
import io.secamo.processes.api.schema.PlainTexts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When, how often, where. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("When the window is, how often it comes back, and for which connections.")
@SchemaCustomizer(value = PlainTexts.class, input = "reason timeZone exceptDates connections.names")
@SchemaCustomizer(value = InWords.class, input = "SPAN duration")
@SchemaCustomizer(value = InWords.class, input = "CLOCK start")
public record ChangeWindowSpec(
    @Required
        @JsonPropertyDescription(
            "Allow (changes are made inside such windows only) or Freeze (no change inside).")
        Type type,
    @Size(max = 60)
        @Default("UTC")
        @JsonPropertyDescription(
            "Time zone of start, by its IANA name. Default: UTC. Example: Europe/Berlin.")
        @Nullable String timeZone,
    @Required
        @Size(max = 30)
        @JsonPropertyDescription(
            "First beginning, as a clock on the wall shows it; the recurrence must meet it."
                + " Example: 2026-12-01T20:00:00.")
        String start,
    @Required
        @Size(max = 30)
        @JsonPropertyDescription(
            "How long it lasts, in elapsed time: a number and s, m, h or d, at most 366d. Example:"
                + " 4h.")
        String duration,
    @Size(max = 500)
        @Pattern("^[A-Za-z0-9=;,:+-]*$")
        @JsonPropertyDescription(
            "How it comes back: an RFC 5545 recurrence rule, FREQ HOURLY or longer, UNTIL with a"
                + " time. Default: it does not. Example: FREQ=WEEKLY;BYDAY=TU,TH.")
        @Nullable String recurrence,
    @Size(max = 100)
        @JsonPropertyDescription(
            "Beginnings that are left out, written as start is; each must be one. Default: none."
                + " Example: [\"2026-12-24T20:00:00\"].")
        @Nullable List<@Size(max = 30) String> exceptDates,
    @JsonPropertyDescription("Connections it is for. Default: all of the namespace.")
        @Nullable Selector connections,
    @Required
        @Size(min = 3, max = 200)
        @Pattern("^[^\\p{Cc}]*$")
        @JsonPropertyDescription(
            "Why, one line, shown to those who wait. Example: No changes over the holidays.")
        String reason) {

  /** What happens inside. */
  public enum Type {
    /** Changes are made inside only. */
    @JsonProperty("Allow")
    ALLOW,
    /** No change is made inside. */
    @JsonProperty("Freeze")
    FREEZE
  }

  /** Which connections; what is given must all fit. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Selector(
      @Size(max = 50)
          @JsonPropertyDescription("Names of Connections. Default: any. Example: [\"cloud\"].")
          @Nullable List<@Size(max = 63) String> names,
      @JsonPropertyDescription(
              "Labels that the Connection carries. Default: any. Example: {stage: production}.")
          @Nullable Map<String, String> matchLabels) {}
}
