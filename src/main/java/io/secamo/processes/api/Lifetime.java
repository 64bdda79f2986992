package io.secamo.processes.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From when, how long and until when an access is asked for.
 *
 * @param notBefore the earliest time of the change; null: as soon as it is approved
 * @param expiresAt when it ends; null if that is not given as a time
 * @param expiresAfter how long it stays; null if that is not given as a duration
 */
public record Lifetime(
    @Nullable Instant notBefore, @Nullable Instant expiresAt, @Nullable Duration expiresAfter) {
  /** Whether it has no end. */
  public boolean lasting() {
    return expiresAt == null && expiresAfter == null;
  }

  /** The first moment at which it may be open, if it was submitted then. */
  public Instant starts(Instant submitted) {
    return notBefore != null && notBefore.isAfter(submitted) ? notBefore : submitted;
  }

  /** How long it stays at most, if it was submitted then; empty for good. */
  public Optional<Duration> longest(Instant submitted) {
    if (expiresAfter != null) {
      return Optional.of(expiresAfter);
    }
    return Optional.ofNullable(expiresAt)
        .map(end -> Duration.between(starts(submitted), end))
        .map(time -> time.isNegative() ? Duration.ZERO : time);
  }

  /**
   * The latest moment at which it ends. Of a duration there is none: nobody knows how long a change
   * waits for votes, for its window, or for another change.
   */
  public Optional<Instant> latestEnd() {
    return Optional.ofNullable(expiresAt);
  }

  /** For approvers: how long, from when, and until when at the latest. */
  public String words(Instant submitted) {
    if (expiresAfter != null) {
      return Span.words(expiresAfter)
          + " from when it is opened, "
          + (notBefore == null ? "whenever that is" : "not before " + notBefore);
    }
    if (expiresAt == null) {
      return "for good, " + begins();
    }
    Duration time = longest(submitted).orElse(Duration.ZERO);
    String early = notBefore == null ? "" : ", not before " + notBefore;
    return "until " + expiresAt + ", at most " + Span.words(time) + early;
  }

  private String begins() {
    return notBefore == null ? "as soon as it is approved" : "not before " + notBefore;
  }
}
