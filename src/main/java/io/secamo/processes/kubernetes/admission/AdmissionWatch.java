package io.secamo.processes.kubernetes.admission;

import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.process.Protection;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the canary at the start and every minute, and tells when the answer changes. The canary
 * before each effect is another one: this one is for the people who have to mend it.
 */
public final class AdmissionWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdmissionWatch.class);
  private static final long EVERY_SECONDS = 60;

  private final Canary canary;
  private final Consumer<Protection> changed;
  private final AtomicReference<Optional<Protection>> last =
      new AtomicReference<>(Optional.empty());
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("admission-watch").factory());

  /**
   * Watches the admission policies.
   *
   * @param changed told when protection was lost, came back, or has another epoch
   */
  public AdmissionWatch(Canary canary, Consumer<Protection> changed) {
    this.canary = canary;
    this.changed = changed;
  }

  /** Looks once, then every minute. */
  public void start() {
    look();
    var unused =
        timer.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Looks now. */
  public void look() {
    try {
      Protection now = canary.check();
      Optional<Protection> before = last.getAndSet(Optional.of(now));
      boolean news = before.isEmpty() ? now.problem().isPresent() : !before.get().equals(now);
      if (news) {
        now.problem()
            .ifPresentOrElse(
                problem -> LOG.error("votes are not a proof: {}", problem),
                () -> LOG.info("the admission policies are in force, epoch {}", now.epoch()));
        changed.accept(now);
      }
    } catch (ConnectorFailure unknown) {
      LOG.warn("{}", unknown.getMessage());
    } catch (RuntimeException defect) {
      LOG.error("the admission policies could not be watched", defect);
    }
  }

  /** Whether votes were a proof when last looked. */
  public boolean isProtected() {
    return last.get().filter(p -> p.problem().isEmpty()).isPresent();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
