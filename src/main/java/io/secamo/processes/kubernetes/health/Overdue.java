package io.secamo.processes.kubernetes.health;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.request.ProcessRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Since how long removals are overdue, for monitoring. */
public final class Overdue {
  /** As many series as monitoring is given: a cluster may have any number of namespaces. */
  static final int MOST = 1_000;

  private Overdue() {}

  /**
   * Seconds since the oldest end that is over, by namespace: of those alone in which something is
   * or may be live past its end, and of no more than the thousand that are worst.
   */
  public static Map<String, Long> seconds(Stream<ProcessRequest<?>> requests, Instant now) {
    Map<String, Long> all =
        requests
            .filter(request -> request.getStatus() != null)
            .filter(request -> since(request.getStatus(), now).isPresent())
            .collect(
                Collectors.toMap(
                    request -> request.getMetadata().getNamespace(),
                    request -> seconds(request.getStatus(), now),
                    Math::max));
    return all.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, Math::max, LinkedHashMap::new));
  }

  /** What was given up may be live as well, until its request is deleted. */
  private static Optional<Instant> since(ProcessStatus status, Instant now) {
    return status.givenUp() ? Optional.ofNullable(status.finishedAt()) : status.overdueSince(now);
  }

  private static long seconds(ProcessStatus status, Instant now) {
    return since(status, now).map(end -> Duration.between(end, now).toSeconds()).orElse(0L);
  }
}
