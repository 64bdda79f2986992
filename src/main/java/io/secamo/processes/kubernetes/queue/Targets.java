package io.secamo.processes.kubernetes.queue;

import io.secamo.processes.api.FirewallChangeRequest;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is changing which target. A request holds its target from the moment it may be changed until
 * its change is verified, so two requests queue and people see behind whom. The effects themselves
 * are safe without it: after a restart nobody holds anything, and whoever comes first goes on.
 */
public final class Targets {
  private static final Set<State> CHANGING =
      Set.of(State.APPLYING, State.VERIFYING, State.REVERTING);

  private final Supplier<Stream<FirewallChangeRequest>> requests;
  private final Map<String, String> holders = new ConcurrentHashMap<>();

  /** Who waits for which target. */
  private final Map<String, Set<String>> waiting = new ConcurrentHashMap<>();

  /**
   * Nobody holds anything yet.
   *
   * @param requests all requests, from the informer
   */
  public Targets(Supplier<Stream<FirewallChangeRequest>> requests) {
    this.requests = requests;
  }

  /** Another request that holds the target; empty: the asking one does from now on. */
  public Optional<String> heldByAnother(String uid, String target) {
    String holder =
        holders.compute(target, (t, now) -> now == null || find(now).isEmpty() ? uid : now);
    if (holder.equals(uid)) {
      return Optional.empty();
    }
    // In one step: who lets go takes the set away, and nobody would look into it after that.
    waiting.compute(target, (t, others) -> and(others, uid));
    // Whoever let go just now did not know of us.
    String still = holders.putIfAbsent(target, uid);
    return still == null || still.equals(uid) ? Optional.empty() : Optional.of(address(still));
  }

  /**
   * Looks at a request after a pass: who is not changing anything holds nothing.
   *
   * @return the uids of those who waited for what it let go of
   */
  public Set<String> after(String uid, @Nullable ProcessStatus status) {
    if (status != null && status.state() != null && CHANGING.contains(status.state())) {
      return Set.of();
    }
    Set<String> next = new HashSet<>();
    holders.forEach(
        (target, holder) -> {
          if (holder.equals(uid) && holders.remove(target, uid)) {
            Set<String> waited = waiting.remove(target);
            next.addAll(waited == null ? Set.of() : waited);
          }
        });
    return next;
  }

  private static Set<String> and(@Nullable Set<String> others, String uid) {
    Set<String> all = others == null ? new HashSet<>() : others;
    all.add(uid);
    return all;
  }

  private String address(String uid) {
    return find(uid)
        .map(r -> r.getMetadata().getNamespace() + "/" + r.getMetadata().getName())
        .orElse("another request");
  }

  private Optional<FirewallChangeRequest> find(String uid) {
    return requests.get().filter(r -> r.getMetadata().getUid().equals(uid)).findFirst();
  }
}
