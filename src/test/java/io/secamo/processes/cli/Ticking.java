package io.secamo.processes.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes on by a step with each look at it, and not in between. */
final class Ticking extends Clock {
  private Instant now;
  Duration step = Duration.ZERO;

  Ticking(Instant from) {
    this.now = from;
  }

  @Override
  public Instant instant() {
    now = now.plus(step);
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
