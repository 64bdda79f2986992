package io.secamo.processes.connector.sandbox;

import io.secamo.processes.api.orchestrator.ConnectionSpec.Fault;
import io.secamo.processes.api.orchestrator.ConnectionSpec.FaultKind;
import io.secamo.processes.connector.ConnectorFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets calls fail as the connection asks for, each fault a given number of times. How often each
 * has struck is kept in the store, so that a restart does not begin again.
 */
final class Faults {
  private static final Duration THROTTLE = Duration.ofSeconds(2);
  private static final int MOST_ATTEMPTS = 20;

  private final SandboxStore store;
  private final String entry;
  private final List<Fault> asked;

  Faults(SandboxStore store, String connection, List<Fault> asked) {
    this.store = store;
    this.entry = EntryName.of("sandbox-faults-", connection);
    this.asked = List.copyOf(asked);
  }

  /**
   * Makes a call, or lets it fail.
   *
   * @param dropped what a call that silently does nothing returns
   */
  <T> T call(String name, Supplier<T> call, Supplier<T> dropped) {
    Optional<FaultKind> fault = strike(name);
    if (fault.isEmpty()) {
      return call.get();
    }
    return switch (fault.get()) {
      case UNAVAILABLE ->
          throw new ConnectorFailure.Transient("the sandbox is unavailable (503)", null);
      case REFUSED -> throw new ConnectorFailure.Refused("the sandbox refuses to " + name);
      case THROTTLED ->
          throw new ConnectorFailure.Throttled("the sandbox asks to wait two seconds", THROTTLE);
      case SILENTLY_DROPPED -> dropped.get();
      case REPLY_LOST -> loseReply(name, call);
    };
  }

  private static <T> T loseReply(String name, Supplier<T> call) {
    T unseen = call.get();
    throw new ConnectorFailure.Unknown(
        "the answer of the sandbox to " + name + " was lost",
        new IllegalStateException("it was " + unseen));
  }

  /** Makes a call that has nothing to drop silently. */
  <T> T call(String name, Supplier<T> call) {
    return call(name, call, call);
  }

  /**
   * Counts by call and kind, not by place in the list: a fault that was mended and taken out must
   * not give its count to the next one.
   */
  private Optional<FaultKind> strike(String call) {
    Map<String, Integer> allowed = new HashMap<>();
    for (Fault fault : asked) {
      if (fault.call().equals(call)) {
        String key = call + "." + fault.kind().name();
        int times = fault.times() == null ? 1 : fault.times();
        if (count(key, allowed.merge(key, times, Integer::sum))) {
          return Optional.of(fault.kind());
        }
      }
    }
    return Optional.empty();
  }

  private boolean count(String key, int times) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Optional<SandboxStore.Entry> kept = store.read(entry);
      Map<String, String> struck =
          new HashMap<>(kept.map(SandboxStore.Entry::data).orElse(Map.of()));
      int before = Count.read(entry, struck.get(key), 0);
      if (before >= times) {
        return false;
      }
      struck.put(key, Integer.toString(before + 1));
      boolean stored =
          kept.isPresent()
              ? store.replace(kept.get(), struck)
              : store.create(entry, "faults", struck);
      if (stored) {
        return true;
      }
    }
    throw new ConnectorFailure.Transient("the sandbox is busy", null);
  }
}
