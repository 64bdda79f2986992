package io.secamo.processes.api.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The plan that people approve. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Plan(
    @Required
        @Size(max = 16)
        @JsonPropertyDescription(
            "Short form of sha256, what a vote names. Example: 0f3a9c2e5b7d1846.")
        String digest,
    @Required @Size(max = 64) @JsonPropertyDescription("Digest of the whole plan, hexadecimal.")
        String sha256,
    @Required @Size(max = 1024) @JsonPropertyDescription("The plan in one sentence.")
        String summary,
    @Required
        @Size(max = 300)
        @JsonPropertyDescription(
            "The changes, one a line. Example: add Ingress tcp 443 from 203.0.113.0/24 to web.")
        List<@Size(max = 400) String> effects,
    @Size(max = 300)
        @JsonPropertyDescription(
            "The same as data, in the same order. None: made by an earlier version.")
        @Nullable List<Change> changes,
    @Size(max = 1000)
        @JsonPropertyDescription(
            "What is reachable at some moment before the end of the change that would not be"
                + " without it. Example: Ingress tcp 443 from 203.0.113.0/24.")
        @Nullable List<@Size(max = 300) String> gained,
    @Size(max = 20)
        @JsonPropertyDescription(
            "Which parts of gained other requests keep open already, and until when; the first to"
                + " be closed is the first. Default: none is open yet.")
        @Nullable List<StillOpen> stillOpen,
    @Size(max = 50)
        @JsonPropertyDescription(
            "Risks that the plan brings, with their id. Example: FW-001 Critical: tcp 22 from"
                + " everywhere.")
        @Nullable List<@Size(max = 400) String> findings,
    @Size(max = 50)
        @JsonPropertyDescription(
            "The same as data, in the same order. None: there is none, or an earlier version made"
                + " the plan.")
        @Nullable List<Risk> risks,
    @Required @Size(max = 300) @JsonPropertyDescription("Which account of which system is changed.")
        String account,
    @Size(max = 500)
        @JsonPropertyDescription(
            "Which Connection leads there: name, uid and endpoint. Another one needs another"
                + " approval.")
        @Nullable String connection,
    @Required
        @Size(max = 64)
        @JsonPropertyDescription("Digest of the approval policies that set the gates.")
        String policy,
    @Size(max = 16)
        @JsonPropertyDescription(
            "Which admission policies were in force when the plan was made; votes made under"
                + " others do not count.")
        @Nullable String admission,
    @JsonPropertyDescription(
            "What else the votes rest on. None: made by an earlier version, and made anew before"
                + " it is carried out.")
        @Nullable Basis basis,
    @JsonPropertyDescription("The plan that this one replaces, and what is different.")
        @Nullable Superseded supersedes,
    @JsonPropertyDescription("What is taken away. None: the plan opens something.")
        @Nullable Removes removes,
    @Required @JsonPropertyDescription("When the plan was made.") Instant computedAt) {
  /**
   * The changes as data; empty where an earlier version made the plan. After a downgrade that
   * version leaves the data of an older plan beside its own sentences: that is none of this plan.
   */
  public Optional<List<Change>> knownChanges() {
    return Optional.ofNullable(changes)
        .filter(data -> data.stream().map(Change::line).toList().equals(effects));
  }

  /** Likewise the risks. */
  public Optional<List<Risk>> knownRisks() {
    return Optional.ofNullable(risks)
        .filter(data -> data.stream().map(Risk::line).toList().equals(findings));
  }

  /** The same plan, with what the votes on it rest on, and with what it replaces. */
  public Plan with(@Nullable Basis votesRestOn, @Nullable Superseded old) {
    return with(votesRestOn, old, computedAt);
  }

  /** This plan, for which people were asked when an earlier one of the same digest was made. */
  public Plan renewing(Plan earlier) {
    return with(basis, earlier.supersedes(), earlier.computedAt());
  }

  private Plan with(@Nullable Basis votesRestOn, @Nullable Superseded old, Instant asked) {
    return new Plan(
        digest,
        sha256,
        summary,
        effects,
        changes,
        gained,
        stillOpen,
        findings,
        risks,
        account,
        connection,
        policy,
        admission,
        votesRestOn,
        old,
        removes,
        asked);
  }

  /** What a removal takes away. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Removes(
      @Required
          @Size(max = 63)
          @JsonPropertyDescription(
              "Name of the request that opened it, in the same namespace. Example: acme-web-443.")
          String request,
      @Required
          @Size(max = 63)
          @JsonPropertyDescription(
              "Its uid: another request of that name is not removed. Example:"
                  + " 0f8fad5b-d9cb-469f-a165-70867728950e.")
          String uid,
      @Required
          @Size(max = 1000)
          @JsonPropertyDescription(
              "What is not reachable any more afterwards. Example: Ingress tcp 443 from"
                  + " 203.0.113.0/24.")
          List<@Size(max = 300) String> lost) {}

  /** A part of what is gained that is open already. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StillOpen(
      @Required
          @JsonPropertyDescription(
              "When it would be closed without the change. Example: 2027-01-31T17:33:00Z.")
          Instant until,
      @Required
          @Size(max = 400)
          @JsonPropertyDescription(
              "Who needs it until then, namespace and name. Example: team-b/broad.")
          String by,
      @Required
          @Size(max = 50)
          @JsonPropertyDescription(
              "The part, at most 50 lines of it. Example: Ingress tcp 8443 from 203.0.113.0/24.")
          List<@Size(max = 300) String> gained) {}

  /** What the votes on a plan rest on besides the plan: another one needs another approval. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Basis(
      @Required
          @Size(max = 16)
          @JsonPropertyDescription(
              "Digest of uid, spec and labels of the Connection. Example: 5d41402abc4b2a76.")
          String connection,
      @Required
          @Size(max = 23)
          @JsonPropertyDescription(
              "Which gates the policies ask for, one a line, and what they ask of all. Example:"
                  + " security: 2 within PT8H.")
          List<@Size(max = 200) String> gates,
      @Size(max = 16)
          @JsonPropertyDescription(
              "Digest of the votes that were there before the plan: none is for it. Default: none.")
          @Nullable String before) {}

  /** A plan that was replaced before it was carried out. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Superseded(
      @Required @Size(max = 16) @JsonPropertyDescription("Its digest.") String digest,
      @Required @JsonPropertyDescription("How many votes it had; they are void.") int votes,
      @Required
          @Size(max = 20)
          @JsonPropertyDescription(
              "What is different, one a line, + for new and - for gone. Example: + gained Ingress"
                  + " tcp 443 from 203.0.113.0/24.")
          List<@Size(max = 400) String> differences) {
    /** What became of its votes, to be put behind its name: nothing, if it had none. */
    public String voided() {
      return switch (votes) {
        case 0 -> "";
        case 1 -> ", whose vote is void";
        default -> ", whose " + votes + " votes are void";
      };
    }
  }
}
