package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.request.ProcessRequest;
import io.secamo.processes.api.request.RequestSpec;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.http.CallTime;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.engine.Guard;
import io.secamo.processes.engine.procedure.Request;
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
final class LiveGuard<R extends ProcessRequest<S>, S extends RequestSpec> implements Guard<S> {
  private final StatusWriter<R> writer;
  private final Function<R, Request<S>> read;
  private final Function<R, Protection> protection;
  private final Clock clock;
  private R known;

  /** What its people asked for, as far as this pass has heard them. */
  private R heard;

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
    this.heard = known;
    noLongerThanItMayStand();
  }

  /** What is live is removed at its end, however slow the systems are that this pass talks to. */
  private void noLongerThanItMayStand() {
    Optional.ofNullable(known.getStatus())
        .flatMap(ProcessStatus::end)
        .ifPresent(end -> CallTime.endBy(Duration.between(clock.instant(), end)));
  }

  @Override
  public void checkpoint(ProcessStatus status) {
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
    heard = live;
    return Optional.of(read.apply(live));
  }

  @Override
  public void requireProtected() {
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

  /**
   * Stores how the pass ended.
   *
   * @return the resource as stored
   * @throws Interruption.Conflict if another operator wrote since, or people said something that
   *     nobody would ever follow
   * @throws Interruption.NotRecorded if it will never be taken
   */
  R store(ProcessStatus status) {
    ProcessStatus before = known.getStatus();
    boolean forGood =
        status.state() == State.COMPLETED && (before == null || before.state() != State.COMPLETED);
    return forGood ? writer.writeIfStillAsked(known, heard, status) : writer.write(known, status);
  }

  /** The newest version this pass has seen. */
  R known() {
    return known;
  }
}
