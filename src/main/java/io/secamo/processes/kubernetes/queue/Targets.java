package io.secamo.processes.kubernetes.queue;

import io.secamo.processes.api.FirewallChangeRequest;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
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
    return holder.equals(uid) ? Optional.empty() : Optional.of(address(holder));
  }

  /**
   * Looks at a request after a pass: who is not changing anything holds nothing.
   *
   * @return whether it let go of something, so that others may go on
   */
  public boolean after(String uid, @Nullable ProcessStatus status) {
    boolean changing =
        status != null && status.state() != null && CHANGING.contains(status.state());
    return !changing && holders.values().removeIf(uid::equals);
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
