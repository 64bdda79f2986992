package io.secamo.processes.cli.export;

import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.Span;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The time whose evidence is wanted. */
public final class Range {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Of every request to which something happened since then: a time as in"
              + " 2027-01-01T00:00:00Z, or 7d for seven days ago.")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "The same before then. Default: now.")
  private @Nullable String until;

  /** A time to be looked at, its end not included. */
  public record Of(Instant since, Instant until) {
    /** Whether something happened in that time. */
    public boolean touches(EvidenceRecordSpec record) {
      return record.entries().stream().map(EvidenceEntry::at).anyMatch(this::holds);
    }

    private boolean holds(Instant at) {
      return !at.isBefore(since) && at.isBefore(until);
    }
  }

  /** Whether one was asked for. */
  public boolean wanted() {
    return since != null || until != null;
  }

  /** From when to when. */
  public Of of(Instant now) {
    Of range =
        new Of(
            since == null ? Instant.MIN : time("--since", since, now),
            until == null ? now.plusSeconds(1) : time("--until", until, now));
    if (!range.since().isBefore(range.until())) {
      throw wrong("--since is not before --until: nothing can have happened between them");
    }
    return range;
  }

  private Instant time(String option, String text, Instant now) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException noTime) {
      return now.minus(ago(option, text));
    }
  }

  private Duration ago(String option, String text) {
    try {
      return Span.parse(text);
    } catch (IllegalArgumentException neither) {
      throw wrong(
          option + " is a time in UTC, as in 2027-01-01T00:00:00Z, or as in 7d, not " + text);
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
