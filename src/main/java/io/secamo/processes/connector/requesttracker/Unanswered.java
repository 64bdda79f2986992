package io.secamo.processes.connector.requesttracker;

import io.secamo.processes.connector.ConnectorFailure;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Changes whose answer was lost. A server that stood still still has them in its queue: it may
 * answer a look first and make them afterwards. So that something is not there is believed only a
 * while after the server has begun to answer again.
 */
final class Unanswered {
  private final Duration settle;
  private final LongSupplier nanos;

  /** When a look showed for the first time that a change is not there; empty before such a look. */
  private final Map<String, OptionalLong> firstMissed = new ConcurrentHashMap<>();

  /**
   * None yet.
   *
   * @param settle how long a server that answers may need for a change that it has in its queue
   * @param nanos a counter like {@link System#nanoTime}: a clock that is put right must not count
   */
  Unanswered(Duration settle, LongSupplier nanos) {
    this.settle = settle;
    this.nanos = nanos;
  }

  /** Makes a change by which something with this mark comes into being. */
  <R> R watching(String mark, Supplier<R> change) {
    try {
      return change.get();
    } catch (ConnectorFailure.Unknown lost) {
      firstMissed.put(mark, OptionalLong.empty());
      throw lost;
    }
  }

  /** It is there. */
  void seen(String mark) {
    firstMissed.remove(mark);
  }

  /**
   * The server has answered that it is not there.
   *
   * @throws ConnectorFailure.Throttled while that may change without anybody's doing
   */
  void missed(String mark) {
    OptionalLong known = firstMissed.get(mark);
    if (known == null) {
      return;
    }
    long now = nanos.getAsLong();
    Duration waited = Duration.ofNanos(now - known.orElse(now));
    if (waited.compareTo(settle) >= 0) {
      firstMissed.remove(mark);
      return;
    }
    firstMissed.put(mark, OptionalLong.of(known.orElse(now)));
    throw new ConnectorFailure.Throttled(
        "Request Tracker may still be at work on a call whose answer was lost: we look again before"
            + " it is repeated",
        settle.minus(waited));
  }
}
