package io.secamo.processes.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call that changed, or may have changed, an outside system. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Effect(
    @Required
        @Size(max = 40)
        @JsonPropertyDescription("Key under which the outside system knows it.")
        String key,
    @Required @Size(max = 60) @JsonPropertyDescription("Step that caused it.") String step,
    @Required @JsonPropertyDescription("Intended, Done, Referenced, Released or Reverted.")
        EffectState state,
    @JsonPropertyDescription("When it was announced; once it is made, when that was known.")
        @Nullable Instant intendedAt,
    @Size(max = 512)
        @JsonPropertyDescription("Id that the outside system gave. Example: a rule id.")
        @Nullable String externalId,
    @Size(max = 500)
        @JsonPropertyDescription(
            "The Connection that led there: name, uid and endpoint. None: that of the plan.")
        @Nullable String connection,
    @Size(max = 300)
        @JsonPropertyDescription("The account in which it was made. None: that of the plan.")
        @Nullable String account,
    @Size(max = 200)
        @JsonPropertyDescription(
            "What it was made to, by the outside system's own id. Example: id of a security"
                + " group.")
        @Nullable String target,
    @Size(max = 20)
        @JsonPropertyDescription(
            "Tried: it was there, and its removal was asked for. FoundGone: it was gone already"
                + " when it was to be removed.")
        @Nullable String removal,
    @Size(max = 40)
        @JsonPropertyDescription(
            "What was done. None: that of its step, as earlier versions wrote it. Example:"
                + " firewall.open.")
        @Nullable String verb,
    @Size(max = 10)
        @JsonPropertyDescription(
            "What its undoing needs besides place and id, so that it works without the request and"
                + " its procedure. Default: nothing.")
        @Nullable Map<String, @Size(max = 300) String> undo) {
  /** It was there, and its removal was asked for. */
  public static final String TRIED = "Tried";

  /** It was gone when it was to be removed, and no try of ours is recorded. */
  public static final String FOUND_GONE = "FoundGone";

  /** Without what is known of its removal. */
  public Effect(
      String key,
      String step,
      EffectState state,
      @Nullable Instant intendedAt,
      @Nullable String externalId,
      @Nullable String connection,
      @Nullable String account,
      @Nullable String target) {
    this(key, step, state, intendedAt, externalId, connection, account, target, null, null, null);
  }

  /** Without where it was made, as earlier versions wrote it. */
  public Effect(
      String key,
      String step,
      EffectState state,
      @Nullable Instant intendedAt,
      @Nullable String externalId) {
    this(key, step, state, intendedAt, externalId, null, null, null);
  }

  /** The same, known at another time. */
  public Effect known(Instant when) {
    return new Effect(
        key, step, state, when, externalId, connection, account, target, removal, verb, undo);
  }

  /** The same, made there. */
  public Effect placed(@Nullable String byConnection, String inAccount, @Nullable String toTarget) {
    return new Effect(
        key,
        step,
        state,
        intendedAt,
        externalId,
        byConnection,
        inAccount,
        toTarget,
        removal,
        verb,
        undo);
  }

  /** The same, of which more became known. */
  public Effect settled(EffectState now, @Nullable String id) {
    return new Effect(
        key,
        step,
        now,
        intendedAt,
        id == null ? externalId : id,
        connection,
        account,
        target,
        removal,
        verb,
        undo);
  }

  /** The same, with what is known of its removal. */
  public Effect removal(String what) {
    return new Effect(
        key, step, state, intendedAt, externalId, connection, account, target, what, verb, undo);
  }

  /** The same, with what its undoing needs. */
  public Effect remembering(String what, Map<String, String> needed) {
    return new Effect(
        key,
        step,
        state,
        intendedAt,
        externalId,
        connection,
        account,
        target,
        removal,
        what,
        needed.isEmpty() ? null : needed);
  }

  /** One of the texts that its undoing needs; empty for what an earlier version announced. */
  public Optional<String> undo(String name) {
    return Optional.ofNullable(undo).map(all -> all.get(name));
  }

  /** Whether it was gone already when it was to be removed. */
  public boolean foundGone() {
    return FOUND_GONE.equals(removal);
  }

  /** Whether it stands and has to be taken back: those have a place, others come to an end. */
  public boolean toBeUndone() {
    return standing() && connection != null;
  }

  /** Whether it happened, or may have, and was not undone. */
  public boolean standing() {
    return state == EffectState.INTENDED || state == EffectState.DONE;
  }
}
