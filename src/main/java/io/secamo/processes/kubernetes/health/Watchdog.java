package io.secamo.processes.kubernetes.health;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks regularly whether the API server's data went back in time, as after a restore of etcd from
 * a backup. A watch then waits for versions that come only much later, so this program would not
 * see what people do; only a new beginning helps. Kubernetes asks the same of every client, see
 * "Restoring an etcd cluster" in its documentation.
 */
public final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  /**
   * Often enough that the new data has not passed the version of the old by then: a look costs one
   * small request.
   */
  private static final long EVERY_SECONDS = 2;

  private final LongSupplier version;
  private final LongSupplier seen;
  private final Progress progress;
  private final Consumer<String> mustEnd;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("watchdog").factory());
  private long highest;

  /**
   * Watches nothing yet.
   *
   * @param version the newest version of the API server's data, read from its database
   * @param seen the newest version that events have shown so far
   * @param progress told of each round
   * @param mustEnd told why this program has to begin anew
   */
  public Watchdog(
      LongSupplier version, LongSupplier seen, Progress progress, Consumer<String> mustEnd) {
    this.version = version;
    this.seen = seen;
    this.progress = progress;
    this.mustEnd = mustEnd;
  }

  /** Looks now and from now on. */
  public void start() {
    var unused = timer.scheduleWithFixedDelay(this::look, 0, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  void look() {
    progress.beat();
    try {
      // Before the question: an event that comes meanwhile may be newer than the answer.
      highest = Math.max(highest, seen.getAsLong());
      long now = version.getAsLong();
      if (now < highest) {
        mustEnd.accept(
            "the API server's data went back from version "
                + highest
                + " to "
                + now
                + ", it was restored from a backup");
      }
      highest = Math.max(highest, now);
    } catch (RuntimeException noAnswer) {
      LOG.debug("the API server did not tell its version", noAnswer);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
