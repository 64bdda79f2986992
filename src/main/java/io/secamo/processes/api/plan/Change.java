package io.secamo.processes.api.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One change of a plan as data. What people read is made of it, and nothing reads that again. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Change(
    @Required
        @Size(max = 63)
        @JsonPropertyDescription(
            "What can be done to which sort of system. Example: firewall.open.")
        String verb,
    @Required
        @JsonPropertyDescription(
            "Add, Share (another request has made it, and both need it), RelyOn (somebody else has"
                + " made it), Remove or Leave (it stays, reason says why).")
        Does does,
    @Required
        @Size(max = 300)
        @JsonPropertyDescription("Of what. Example: Ingress tcp 443 from 203.0.113.0/24.")
        String subject,
    @Required @Size(max = 255) @JsonPropertyDescription("What is changed. Example: web.")
        String target,
    @Size(max = 400)
        @JsonPropertyDescription(
            "Why it stays. Example: team-b/web needs it. Default: it does not stay.")
        @Nullable String reason) {
  /** What is done. */
  public enum Does {
    @JsonProperty("Add")
    ADD("Add", "add"),
    @JsonProperty("Share")
    SHARE("Share", "share"),
    @JsonProperty("RelyOn")
    RELY_ON("RelyOn", "rely on"),
    @JsonProperty("Remove")
    REMOVE("Remove", "remove"),
    @JsonProperty("Leave")
    LEAVE("Leave", "leave");

    private final String word;
    private final String said;

    Does(String word, String said) {
      this.word = word;
      this.said = said;
    }

    /** As policies write it. */
    public String word() {
      return word;
    }
  }

  /** The line for people, as in {@code add Ingress tcp 443 from 203.0.113.0/24 on web}. */
  public String line() {
    return does.said + " " + what();
  }

  /** The line without what is done. */
  public String what() {
    return subject + " on " + target + (reason == null ? "" : ": " + reason);
  }
}
