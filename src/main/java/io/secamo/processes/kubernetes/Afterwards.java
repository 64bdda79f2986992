package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.engine.ProcessEngine;
import io.secamo.processes.engine.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done after a pass whose result was refused, or when a request vanished. A replica
 * that stood still between its last look and its change makes the change late: if another one has
 * undone the process meanwhile, nobody but the late one knows of it.
 *
 * @param <R> kind of resource
 * @param <S> its spec
 */
final class Afterwards<R extends CustomResource<S, ProcessStatus> & Namespaced, S> {
  private static final Logger LOG = LoggerFactory.getLogger(Afterwards.class);
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final int TIMES = 10;

  private final ProcessEngine<S> engine;
  private final StatusWriter<R> writer;
  private final Clock clock;

  Afterwards(ProcessEngine<S> engine, StatusWriter<R> writer, Clock clock) {
    this.engine = engine;
    this.writer = writer;
    this.clock = clock;
  }

  /** Takes back what the pass made, if nobody answers for it; goes on trying if it has to. */
  void takeBack(Request<S> request, R resource, ProcessStatus unrecorded) {
    if (!attempt(request, resource, unrecorded)) {
      Thread.ofVirtual().start(() -> persist(request, resource, unrecorded));
    }
  }

  private void persist(Request<S> request, R resource, ProcessStatus unrecorded) {
    Duration wait = FIRST;
    for (int i = 0; i < TIMES; i++) {
      LockSupport.parkNanos(wait.toNanos());
      if (attempt(request, resource, unrecorded)) {
        return;
      }
      wait = wait.multipliedBy(2);
    }
    LOG.error(
        "a change of {} that nobody answers for may still be there: look for rules with its marker",
        request.address());
  }

  private boolean attempt(Request<S> request, R resource, ProcessStatus unrecorded) {
    try {
      R live = writer.live(resource);
      boolean same = live != null && live.getMetadata().getUid().equals(request.uid());
      List<String> gone =
          engine.takeBack(
              request, unrecorded, same && live != null ? live.getStatus() : null, clock.instant());
      if (!gone.isEmpty()) {
        LOG.warn("took back {} of {}: nobody answers for it any more", gone, request.address());
      }
      return true;
    } catch (ConnectorFailure | KubernetesClientException notNow) {
      LOG.warn("cannot take back yet what nobody answers for: {}", notNow.getMessage());
      return false;
    }
  }
}
