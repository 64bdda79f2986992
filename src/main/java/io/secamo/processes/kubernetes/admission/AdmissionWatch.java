package io.secamo.processes.kubernetes.admission;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.ConnectorFailure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
  private final Rewriters rewriters;
  private final Told told;
  private final AtomicReference<List<String>> others = new AtomicReference<>(List.of());
  private final AtomicReference<Optional<Protection>> last =
      new AtomicReference<>(Optional.empty());
  private volatile boolean known;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("admission-watch").factory());

  /** Who has to know. */
  public interface Told {
    /** Protection was lost, or came back. */
    void protection(Protection now);

    /** It is there as it was, but was changed or taken away since the last look. */
    void changed(Protection now);

    /** Others may rewrite requests: kind and name of each; none any more if empty. */
    void rewriters(List<String> now);
  }

  /** Watches the admission policies, and who else changes what is submitted. */
  public AdmissionWatch(Canary canary, Rewriters rewriters, Told told) {
    this.canary = canary;
    this.rewriters = rewriters;
    this.told = told;
  }

  /** Looks once, then every minute. */
  public void start() {
    look();
    var unused =
        timer.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Looks now. */
  public void look() {
    boolean answered = false;
    try {
      Protection now = canary.check();
      answered = true;
      Optional<Protection> before = last.getAndSet(Optional.of(now));
      boolean news = before.isEmpty() ? now.problem().isPresent() : !before.get().equals(now);
      if (news) {
        tell(before, now);
      }
      lookForOthers();
    } catch (ConnectorFailure | KubernetesClientException unknown) {
      LOG.warn("{}", unknown.getMessage());
    } catch (RuntimeException defect) {
      LOG.error("the admission policies could not be watched", defect);
    } finally {
      known = answered;
    }
  }

  private void tell(Optional<Protection> before, Protection now) {
    if (now.problem().isPresent()) {
      LOG.error("votes are not a proof: {}", now.problem().get());
      told.protection(now);
    } else if (before.filter(it -> it.problem().isEmpty()).isPresent()) {
      LOG.warn("the admission policies were changed meanwhile, epoch {}", now.epoch());
      told.changed(now);
    } else {
      LOG.info("the admission policies are in force, epoch {}", now.epoch());
      told.protection(now);
    }
  }

  private void lookForOthers() {
    List<String> now = rewriters.found();
    if (!others.getAndSet(now).equals(now)) {
      if (now.isEmpty()) {
        LOG.info("nobody else rewrites requests any more");
      } else {
        LOG.warn("requests may be rewritten before they are validated, by: {}", now);
      }
      told.rewriters(now);
    }
  }

  /** How many others may rewrite requests, when last looked. */
  public int rewriters() {
    return others.get().size();
  }

  /** Whether votes were a proof when last looked; not if that could not be found out. */
  public boolean isProtected() {
    return known && last.get().filter(p -> p.problem().isEmpty()).isPresent();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
