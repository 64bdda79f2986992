package io.secamo.processes.firewall.change;

import io.secamo.processes.firewall.Rule;
import java.time.Instant;
import java.util.Optional;

/**
 * A rule that is on the firewall.
 *
 * @param until when it goes; empty if it stays, or if nobody knows
 * @param by who needs it until then, for people; empty if nobody of ours does
 */
public record OpenRule(Rule rule, Optional<Instant> until, String by) {
  /** A rule that stays. */
  public static OpenRule lasting(Rule rule) {
    return new OpenRule(rule, Optional.empty(), "");
  }

  /** A rule that goes at a time. */
  public static OpenRule until(Instant end, Rule rule, String by) {
    return new OpenRule(rule, Optional.of(end), by);
  }

  /** Whether it has gone by then. */
  boolean goesBefore(Instant moment) {
    return until.isPresent() && !until.get().isAfter(moment);
  }

  /**
   * Whether it is there up to a time. What ends earlier is no reason to let access through without
   * votes: without the change it would be closed then.
   *
   * @param end empty for good
   */
  boolean lastsUntil(Optional<Instant> end) {
    return until.isEmpty() || (end.isPresent() && !until.get().isBefore(end.get()));
  }
}
