package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.http.CallTime;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.engine.Guard;
import io.secamo.processes.engine.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The durable record and the live look of one pass, on the API server.
 *
 * @param <R> kind of resource
 * @param <S> its spec
 */
final class LiveGuard<R extends CustomResource<S, ProcessStatus>, S> implements Guard<S> {
  private final StatusWriter<R> writer;
  private final Function<R, Request<S>> read;
  private final Function<R, Protection> protection;
  private final Clock clock;
  private R known;

  LiveGuard(
      StatusWriter<R> writer,
      Function<R, Request<S>> read,
      Function<R, Protection> protection,
      Clock clock,
      R known) {
    this.writer = writer;
    this.read = read;
    this.protection = protection;
    this.clock = clock;
    this.known = known;
    noLongerThanItMayStand();
  }

  /** What is live is removed at its end, however slow the systems are that this pass talks to. */
  private void noLongerThanItMayStand() {
    Optional.ofNullable(known.getStatus())
        .flatMap(ProcessStatus::end)
        .ifPresent(end -> CallTime.endBy(Duration.between(clock.instant(), end)));
  }

  @Override
  public void record(ProcessStatus status) {
    try {
      known = writer.write(known, status);
      noLongerThanItMayStand();
    } catch (KubernetesClientException notNow) {
      throw new ConnectorFailure.Transient(
          "the API server does not take how it stands: " + notNow.getMessage(), notNow);
    }
  }

  @Override
  public Optional<Request<S>> reread() {
    R live = writer.live(known);
    if (live == null) {
      return Optional.empty();
    }
    if (!Objects.equals(live.getStatus(), known.getStatus())) {
      throw new Interruption.Conflict("another operator wrote the status in the meantime");
    }
    known = live;
    return Optional.of(read.apply(live));
  }

  @Override
  public void protectedNow() {
    protection
        .apply(known)
        .problem()
        .ifPresent(
            problem -> {
              throw new Interruption.Unprotected(problem);
            });
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  /** The newest version this pass has seen; its resourceVersion locks the next write. */
  R known() {
    return known;
  }
}
