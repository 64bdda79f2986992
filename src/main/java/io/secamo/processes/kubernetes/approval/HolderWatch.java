package io.secamo.processes.kubernetes.approval;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when somebody may vote at last. The operator may list bindings and not watch them, so
 * twice a minute it reads those of the namespaces in which a request waits for that, and no others.
 */
public final class HolderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HolderWatch.class);
  private static final long EVERY_SECONDS = 30;

  private final GateHolders holders;
  private final Supplier<Set<String>> waiting;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("holder-watch").factory());

  /**
   * Watches nothing yet.
   *
   * @param waiting the namespaces of requests that nobody may approve
   */
  public HolderWatch(GateHolders holders, Supplier<Set<String>> waiting) {
    this.holders = holders;
    this.waiting = waiting;
  }

  /** Looks from now on. */
  public void start() {
    var unused =
        timer.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  void look() {
    try {
      holders.readAgain(waiting.get());
    } catch (KubernetesClientException notNow) {
      LOG.debug("who may approve could not be read", notNow);
    } catch (RuntimeException defect) {
      LOG.error("who may approve could not be watched", defect);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
