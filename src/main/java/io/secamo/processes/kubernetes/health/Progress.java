package io.secamo.processes.kubernetes.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Tells whether the loop of this program goes on: passes over requests end, and the watchdog is
 * called. An API server or an outside system that does not answer is no reason to restart it.
 */
public final class Progress {
  /** The longest a pass may take: each of its calls is given up after half a minute. */
  private static final Duration LONGEST_PASS = Duration.ofMinutes(15);

  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

  private final LongSupplier nanos;
  private final AtomicLong lastBeat;
  private final AtomicLong passes = new AtomicLong();
  private final Map<Long, Long> running = new ConcurrentHashMap<>();

  /** Counts with the machine's own counter, which never jumps. */
  public Progress() {
    this(System::nanoTime);
  }

  Progress(LongSupplier nanos) {
    this.nanos = nanos;
    this.lastBeat = new AtomicLong(nanos.getAsLong());
  }

  /** A pass over a request begins; returns the number to end it with. */
  public long begin() {
    long number = passes.incrementAndGet();
    running.put(number, nanos.getAsLong());
    return number;
  }

  /** A pass ended. */
  public void end(long number) {
    running.remove(number);
  }

  /** The watchdog was called. */
  void beat() {
    lastBeat.set(nanos.getAsLong());
  }

  /** Whether work goes on; false means that a restart is the only cure. */
  public boolean alive() {
    long now = nanos.getAsLong();
    boolean stuck =
        running.values().stream().anyMatch(since -> now - since > LONGEST_PASS.toNanos());
    return !stuck && now - lastBeat.get() <= LONGEST_SILENCE.toNanos();
  }
}
