package io.secamo.processes.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.api.schema.ListMaps;
import io.secamo.processes.api.schema.ReadableTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the operator knows of a process: the same for every process kind, bounded in size. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("How the request stands; written by the operator only.")
@SchemaCustomizer(
    value = ListMaps.class,
    input = "conditions=type,gates=name,steps=name,effects=key")
@SchemaCustomizer(value = ReadableTimes.class, input = ReadableTimes.ANY)
public record ProcessStatus(
    @JsonPropertyDescription("Generation of the spec that was acted upon.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Where the process stands, for people; automation reads conditions.")
        @Nullable State state,
    @Size(max = 60) @JsonPropertyDescription("The step that is next or under way.")
        @Nullable String step,
    @Size(max = 100) @JsonPropertyDescription("Whose turn it is. Example: security (1 of 2).")
        @Nullable String waitingFor,
    @Size(max = 1024)
        @JsonPropertyDescription("What happened last and what to do next, in a sentence.")
        @Nullable String message,
    @JsonPropertyDescription("When the operator first saw the request.")
        @Nullable Instant startedAt,
    @JsonPropertyDescription("When the process ended.") @Nullable Instant finishedAt,
    @JsonPropertyDescription("Until when somebody must act.") @Nullable Instant deadline,
    @JsonPropertyDescription("When the access is or was due for removal.")
        @Nullable Instant expiresAt,
    @JsonPropertyDescription("When the operator looks again by itself.")
        @Nullable Instant nextAttemptAt,
    @JsonPropertyDescription("Who asked, as the API server proved it.")
        @Nullable RequestedBy requestedBy,
    @JsonPropertyDescription("The ticket that tells the story.") @Nullable Ticket ticket,
    @JsonPropertyDescription("What is going to be done; this is what people approve.")
        @Nullable Plan plan,
    @Size(max = 20) @JsonPropertyDescription("The gates of the plan and how far each is.")
        @Nullable List<Gate> gates,
    @Size(max = 60) @JsonPropertyDescription("The votes that were counted.")
        @Nullable List<Vote> votes,
    @Size(max = 20) @JsonPropertyDescription("The steps of the process.")
        @Nullable List<Step> steps,
    @Size(max = 600) @JsonPropertyDescription("What was done to outside systems.")
        @Nullable List<Effect> effects,
    @JsonPropertyDescription("Since when and until when the change is live.")
        @Nullable InForce inForce,
    @Size(max = 20) @JsonPropertyDescription("The judgements automation reads.")
        @Nullable List<Condition> conditions,
    @Size(max = 300)
        @JsonPropertyDescription(
            "Who approved without a vote: the policies whose standard rules match. Example: policy"
                + " small-changes@3.")
        @Nullable String approvedBy,
    @JsonPropertyDescription("The emergency that let the change go ahead before it was approved.")
        @Nullable BreakGlass breakGlass,
    @Size(max = 600)
        @JsonPropertyDescription("The last answer to NeedsAttention that was followed, and whose.")
        @Nullable String resolved,
    @Size(max = 60)
        @JsonPropertyDescription(
            "What can be answered while the request needs attention. Example: resume:Apply.")
        @Nullable List<@Size(max = 70) String> answers,
    @Size(max = 200)
        @JsonPropertyDescription("What happened so far, each entry chained to the one before.")
        @Nullable List<EvidenceEntry> evidence,
    @Size(max = 200)
        @JsonPropertyDescription(
            "A mark for each thing that happened and for which the evidence had no room, so that"
                + " its end tells how many they are. Default: none. Example: [0f3a9c1b22].")
        @Nullable List<@Size(max = 20) String> leftOut,
    @Size(max = 40)
        @JsonPropertyDescription(
            "Which write of which operator this is, so that two operators never take each other's"
                + " for their own.")
        @Nullable String attempt,
    @Min(1)
        @JsonPropertyDescription(
            "Version of what is written here. An operator leaves alone what it does not know."
                + " Default: 1.")
        @Nullable Integer format) {
  /** In {@code waitingFor}: who looks after the installation has to decide. */
  public static final String DUTY = "operator on duty";

  /** Who has to act where the admission policies do not hold. */
  public static final String ADMINISTRATOR = "administrator";

  /** In {@code waitingFor}: who asked has to put the request right. */
  public static final String REQUESTER = "requester";

  /** In {@code waitingFor}: nobody has to act, its time will be over. */
  public static final String EXPIRY = "expiry";

  /** The newest version that this operator writes and knows. */
  public static final int FORMAT = 1;

  /** Whether a status was written in a way that this operator does not know. */
  public static boolean ofNewerOperator(@Nullable ProcessStatus status) {
    return status != null && status.format != null && status.format > FORMAT;
  }

  /** As long as a removal takes when all is well: nobody is called until it is over. */
  public static final Duration REMOVAL = Duration.ofSeconds(10);

  /** Since when what was changed should be gone; empty if it is, or need not be yet. */
  public Optional<Instant> overdueSince(Instant now) {
    return end().filter(end -> !now.isBefore(end));
  }

  /** The emergency that keeps open what nobody has reviewed yet; empty if there is none. */
  public Optional<BreakGlass> unreviewed() {
    return Optional.ofNullable(breakGlass).filter(it -> it.reviewedAt() == null && stands());
  }

  /** How a message begins while something may be live past its end. */
  public static String pastItsEnd(Instant end) {
    return "should have been removed at " + end + " and may still be live: ";
  }

  /**
   * When what stands has to be gone: its own end, that of its review, or at once since an end was
   * decided, whichever is first; empty if none has to.
   */
  public Optional<Instant> end() {
    Instant review = breakGlass == null ? null : breakGlass.end();
    return finishedAt == null && stands()
        ? Stream.of(expiresAt, review, endDecided().orElse(null))
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
        : Optional.empty();
  }

  /** Whether it is over and somebody gave up what stands: nobody of us removes it any more. */
  public boolean givenUp() {
    return state != null && state.terminal() && state != State.COMPLETED && stands();
  }

  /** Since when it is decided that it ends, and nothing comes in between any more. */
  public Optional<Instant> endDecided() {
    return evidence == null
        ? Optional.empty()
        : evidence.stream()
            .filter(entry -> entry.what().equals(EvidenceEntry.END_DECIDED))
            .map(EvidenceEntry::at)
            .findFirst();
  }

  /** Whether something stands, or may stand, that has to be taken back. */
  public boolean stands() {
    return !standing().isEmpty();
  }

  /**
   * What stands, or may stand, that has to be taken back. Earlier versions did not record where
   * effects were made, but since when they were seen live.
   */
  public List<Effect> standing() {
    List<Effect> all = effects == null ? List.of() : effects;
    if (all.stream().anyMatch(effect -> effect.connection() != null)) {
      return all.stream().filter(Effect::toBeUndone).toList();
    }
    boolean live = inForce != null && inForce.revertedAt() == null;
    return live ? all.stream().filter(Effect::standing).toList() : List.of();
  }

  /** The requester and how we know. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RequestedBy(
      @Required @Size(max = 253) @JsonPropertyDescription("User name.") String name,
      @Required
          @Size(max = 20)
          @JsonPropertyDescription(
              "Admission (the API server saw the person) or OnBehalf (a trusted account named the"
                  + " person).")
          String source,
      @Size(max = 253)
          @JsonPropertyDescription("The service account that submitted it, if somebody was named.")
          @Nullable String submittedBy) {
    /** Whether the API server saw the requester. */
    public boolean seen() {
      return source.equals("Admission") && !name.startsWith("system:");
    }
  }

  /** The ticket of a process. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Ticket(
      @Required @Size(max = 63) @JsonPropertyDescription("Connection of the ticket system.")
          String connection,
      @Required @Size(max = 100) @JsonPropertyDescription("Number or key of the ticket.") String id,
      @Size(max = 500) @JsonPropertyDescription("Where a person opens it.") @Nullable String url,
      @Size(max = 40)
          @JsonPropertyDescription(
              "Open, Closed, or NotOurs (another ticket by now, or none: nothing is written to"
                  + " it).")
          @Nullable String phase,
      @Size(max = 500)
          @JsonPropertyDescription(
              "The Connection that led there: name, uid and endpoint. None: not recorded.")
          @Nullable String at,
      @Size(max = 200)
          @JsonPropertyDescription(
              "Where its key stands, by which it is known to be the one of this request. None: not"
                  + " recorded. Example: custom field processes-key of Request Tracker.")
          @Nullable String keyAt) {
    /** Without where it was opened, as earlier versions wrote it. */
    public Ticket(String connection, String id, @Nullable String url, @Nullable String phase) {
      this(connection, id, url, phase, null, null);
    }
  }

  /** How far a gate is. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Gate(
      @Required @Size(max = 40) @JsonPropertyDescription("Name of the gate.") String name,
      @Required @Size(max = 20) @JsonPropertyDescription("Open, Passed, Rejected or Overridden.")
          String state,
      @Required @JsonPropertyDescription("How many different people must approve.") int required,
      @Required @JsonPropertyDescription("How many have approved this plan.") int approvals,
      @JsonPropertyDescription("Until when they must; after that the request ends.")
          @Nullable Instant deadline,
      @Size(max = 40) @JsonPropertyDescription("Gate whose people may vote as well by now.")
          @Nullable String escalatedTo,
      @JsonPropertyDescription("How often was reminded.") @Nullable Integer reminders) {}

  /** One counted vote. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Vote(
      @Required @Size(max = 40) @JsonPropertyDescription("Gate.") String gate,
      @Required @Size(max = 253) @JsonPropertyDescription("User name, proved by the API server.")
          String voter,
      @Required @Size(max = 10) @JsonPropertyDescription("Approve, Reject or Override.")
          String decision,
      @Required @Size(max = 16) @JsonPropertyDescription("The plan the vote names.") String digest,
      @Size(max = 300) @JsonPropertyDescription("The voter's words.") @Nullable String reason,
      @Size(max = 253) @JsonPropertyDescription("For whom the voter stands in, if for somebody.")
          @Nullable String standsFor,
      @Required @JsonPropertyDescription("When the operator first saw the vote.") Instant seenAt) {}

  /** One step and how it went. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Step(
      @Required @Size(max = 60) @JsonPropertyDescription("Name of the step.") String name,
      @Required
          @Size(max = 20)
          @JsonPropertyDescription(
              "Done, Retrying, Failed, Skipped (by people) or LeftOut (not for this request).")
          String state,
      @JsonPropertyDescription("How often it failed and was tried again.")
          @Nullable Integer attempts,
      @JsonPropertyDescription("When it ended.") @Nullable Instant finishedAt,
      @Size(max = 10)
          @JsonPropertyDescription("What it gave to later steps, by name. Example: {id: 4711}.")
          @Nullable Map<String, @Size(max = 512) String> outputs) {}

  /** The time in which the change is live. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record InForce(
      @Required @JsonPropertyDescription("Since when it is live and verified.") Instant since,
      @JsonPropertyDescription("When it is removed; none for a lasting change.")
          @Nullable Instant until,
      @JsonPropertyDescription("When it was observed gone.") @Nullable Instant revertedAt) {
    private static final Duration LONGEST_NOTICE = Duration.ofHours(1);

    /** What people are told less than this before its end they cannot act upon. */
    private static final Duration LEAST_NOTICE = Duration.ofMinutes(1);

    /**
     * From when on people are told that it ends soon: a tenth of its time before, at most an hour;
     * empty if that is too late for them to do anything.
     */
    public Optional<Instant> endsSoonFrom() {
      if (until == null || revertedAt != null) {
        return Optional.empty();
      }
      Duration tenth = Duration.between(since, until).dividedBy(10);
      Duration notice = tenth.compareTo(LONGEST_NOTICE) > 0 ? LONGEST_NOTICE : tenth;
      return notice.compareTo(LEAST_NOTICE) < 0
          ? Optional.empty()
          : Optional.of(until.minus(notice));
    }
  }
}
