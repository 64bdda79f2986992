package io.secamo.processes.engine;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.ProcessStatus.InForce;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a process has to be looked at again by itself. Computed from what is stored, on every way
 * out of a pass: a timer that lives in memory only is how a removal gets lost.
 */
public final class WakeUp {
  private WakeUp() {}

  /** The earliest stored time, or empty if only an event can move the process. */
  public static Optional<Instant> next(ProcessStatus status) {
    if (status.state() == null || status.state().terminal()) {
      return Optional.empty();
    }
    if (status.nextAttemptAt() != null) {
      return Optional.of(status.nextAttemptAt());
    }
    return Stream.of(status.deadline(), owedRevert(status.inForce()))
        .filter(Objects::nonNull)
        .min(Instant::compareTo);
  }

  private static @Nullable Instant owedRevert(@Nullable InForce inForce) {
    return inForce == null || inForce.revertedAt() != null ? null : inForce.until();
  }
}
