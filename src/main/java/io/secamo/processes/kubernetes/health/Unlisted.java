package io.secamo.processes.kubernetes.health;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for kinds that could not be listed when the program began. It began all the same, because
 * what is due has to be removed; but it does not watch them, so no change of theirs is noticed
 * until it begins anew.
 */
public final class Unlisted implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Unlisted.class);
  private static final long EVERY_SECONDS = 30;

  private final List<String> atTheStart;
  private final Supplier<List<String>> now;
  private final Consumer<String> mustEnd;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("unlisted").factory());

  /**
   * Waits for nothing yet.
   *
   * @param atTheStart names of the kinds that cannot be listed
   * @param now likewise, each time it is asked
   * @param mustEnd told why this program has to begin anew
   */
  public Unlisted(List<String> atTheStart, Supplier<List<String>> now, Consumer<String> mustEnd) {
    this.atTheStart = atTheStart;
    this.now = now;
    this.mustEnd = mustEnd;
  }

  /** Waits from now on. */
  public void start() {
    if (!atTheStart.isEmpty()) {
      var unused =
          timer.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }
  }

  void look() {
    try {
      List<String> still = now.get();
      if (!still.containsAll(atTheStart)) {
        mustEnd.accept("what could not be listed at the start can be listed now: to watch it");
      }
    } catch (RuntimeException noAnswer) {
      LOG.debug("the API server did not tell what can be listed", noAnswer);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
