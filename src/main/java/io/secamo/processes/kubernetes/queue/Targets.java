package io.secamo.processes.kubernetes.queue;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.request.ProcessRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is changing which target, and who comes next. A request has its place from the moment it may
 * change the target until its change is verified, and people see behind whom it stands: the one
 * right before it, so that a long queue is not told anew about each that is done. The effects
 * themselves are safe without it: after a restart nobody has a place, and whoever comes first goes
 * on.
 */
public final class Targets {
  private static final Set<State> CHANGING =
      Set.of(State.APPLYING, State.VERIFYING, State.REVERTING);

  private final Supplier<Stream<ProcessRequest<?>>> requests;
  private final Map<String, List<String>> queues = new HashMap<>();

  /**
   * Nobody has a place yet.
   *
   * @param requests all requests, from the informer
   */
  public Targets(Supplier<Stream<ProcessRequest<?>>> requests) {
    this.requests = requests;
  }

  /** The request right before this one at the target; empty: it is this one's turn. */
  public synchronized Optional<String> heldByAnother(String uid, String target) {
    List<String> queue = queues.computeIfAbsent(target, t -> new ArrayList<>());
    if (!queue.contains(uid)) {
      queue.add(uid);
    }
    int place = queue.indexOf(uid);
    while (place > 0) {
      Optional<ProcessRequest<?>> before = find(queue.get(place - 1));
      if (before.isPresent()) {
        return before.map(ProcessRequest::address);
      }
      queue.remove(--place);
    }
    return Optional.empty();
  }

  /**
   * Looks at a request after a pass: who neither changes something nor waits for that has no place.
   *
   * @return the uids of those who stood right behind a place that it gave up
   */
  public synchronized Set<String> after(String uid, @Nullable ProcessStatus status) {
    if (status != null && (changes(status) || waits(status))) {
      return Set.of();
    }
    Set<String> next = new HashSet<>();
    for (List<String> queue : queues.values()) {
      int place = queue.indexOf(uid);
      if (place >= 0) {
        queue.remove(place);
        next.addAll(queue.subList(place, Math.min(place + 1, queue.size())));
      }
    }
    queues.values().removeIf(List::isEmpty);
    return next;
  }

  /**
   * What has removed everything only has its ticket to close, which may take as long as it likes.
   */
  private static boolean changes(ProcessStatus status) {
    return CHANGING.contains(status.state())
        && (status.state() != State.REVERTING || status.stands());
  }

  /** Whether a request waits for its turn at a target. */
  private static boolean waits(@Nullable ProcessStatus status) {
    return status != null
        && status.conditions() != null
        && status.conditions().stream()
            .anyMatch(c -> c.type().equals("Ready") && c.reason().equals(Reasons.TARGET_BUSY));
  }

  private Optional<ProcessRequest<?>> find(String uid) {
    return requests.get().filter(r -> r.getMetadata().getUid().equals(uid)).findFirst();
  }
}
