package io.secamo.processes.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.secamo.processes.api.request.RequestSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody gets into a group for an hour: what the procedure that exists in these tests only is
 * for.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Loan(
    @Required @Size(min = 1, max = 63) @JsonPropertyDescription("Who. Example: carl.")
        String person,
    @JsonPropertyDescription("Whether they get a badge as well. Default: false.") boolean badge,
    @Size(max = 500) @JsonPropertyDescription("Why. Default: nobody says it.")
        @Nullable String justification,
    @JsonPropertyDescription("True takes it back. Default: false.") @Nullable Boolean withdrawn,
    @JsonPropertyDescription("True holds it. Default: false.") @Nullable Boolean suspend)
    implements RequestSpec {
  Loan(String person, boolean badge) {
    this(person, badge, null, null, null);
  }

  @Override
  public List<String> connectionNames() {
    return List.of();
  }

  @Override
  public String connection() {
    return "directory";
  }

  @Override
  public @Nullable String removes() {
    return null;
  }
}
