package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.request.ProcessRequest;
import io.secamo.processes.api.request.RequestSpec;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.http.CallTime;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.engine.PassResult;
import io.secamo.processes.engine.ProcessEngine;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.kubernetes.admission.Canary;
import io.secamo.processes.kubernetes.event.Announcer;
import io.secamo.processes.kubernetes.evidence.EvidenceStore;
import io.secamo.processes.kubernetes.gitops.Anchor;
import io.secamo.processes.kubernetes.health.Progress;
import io.secamo.processes.kubernetes.leaving.Vanished;
import io.secamo.processes.kubernetes.queue.Turns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Brings requests of one kind to the engine and stores what it says. The framework gives informers
 * and scheduling; time, retries and deadlines are in the status.
 *
 * @param <R> kind of resource
 * @param <S> its spec
 */
final class ProcessReconciler<R extends ProcessRequest<S>, S extends RequestSpec>
    implements Reconciler<R>, Cleaner<R> {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessReconciler.class);
  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration LATER = Duration.ofMinutes(1);
  private static final Duration UNRECORDED_AGAIN = Duration.ofSeconds(10);

  private final ProcessEngine<S> engine;
  private final StatusWriter<R> writer;
  private final Announcer announcer;
  private final SimpleInboundEventSource<R> wakes;
  private final Collaborators collaborators;
  private final Clock clock;
  private final UnrecordedUndo<R, S> unrecorded;
  private final KeptEvidence<R> evidence;
  private final GoneRequests<R, S> gone;

  /** What stands around a process of any kind. */
  record Collaborators(
      Canary canary,
      EvidenceStore evidence,
      Anchor anchor,
      Progress progress,
      Turns turns,
      Dependents dependents) {}

  ProcessReconciler(
      ProcessEngine<S> engine,
      StatusWriter<R> writer,
      Announcer announcer,
      SimpleInboundEventSource<R> wakes,
      Collaborators collaborators,
      Clock clock) {
    this.engine = engine;
    this.wakes = wakes;
    this.writer = writer;
    this.announcer = announcer;
    this.collaborators = collaborators;
    this.clock = clock;
    this.unrecorded = new UnrecordedUndo<>(engine, writer, clock);
    this.evidence =
        new KeptEvidence<>(
            collaborators.evidence(), announcer, resource -> engine.subject(request(resource)));
    this.gone = new GoneRequests<>(engine, writer, unrecorded, evidence);
  }

  private Request<S> request(R resource) {
    return Requests.of(resource);
  }

  @Override
  public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
    return List.of(wakes, new Vanished<>(context.getPrimaryResourceClass(), gone::heard));
  }

  @Override
  public UpdateControl<R> reconcile(R resource, Context<R> context) {
    Pass pass = watched(resource);
    UpdateControl<R> control = UpdateControl.noUpdate();
    pass.wakeIn().ifPresent(control::rescheduleAfter);
    return control;
  }

  @Override
  public DeleteControl cleanup(R resource, Context<R> context) {
    Pass pass = watched(resource);
    // The finalizer is removed by us on the version that we have just written: the framework would
    // try with the older one it handed us, and be refused.
    return DeleteControl.noFinalizerRemoval()
        .rescheduleAfter(pass.wakeIn().orElse(Duration.ofMinutes(1)));
  }

  private record Pass(Optional<Duration> wakeIn) {}

  private Pass watched(R resource) {
    // On every line that is logged meanwhile, whoever logs it.
    MDC.put("kind", resource.getKind());
    MDC.put("namespace", resource.getMetadata().getNamespace());
    MDC.put("name", resource.getMetadata().getName());
    Turns.Turn turn =
        collaborators
            .turns()
            .await(
                resource.getMetadata().getNamespace(),
                () -> due(writer.newest(resource)),
                () -> announcer.late(writer.newest(resource)));
    long number = collaborators.progress().begin();
    CallTime time = CallTime.begin();
    try {
      return pass(resource);
    } finally {
      time.close();
      turn.close();
      MDC.clear();
      collaborators.progress().end(number);
    }
  }

  private Pass pass(R cached) {
    R newest = writer.newest(cached);
    if (ProcessStatus.ofNewerOperator(newest.getStatus())) {
      announcer.newerOperator(newest);
      return new Pass(Optional.of(LATER));
    }
    R resource = held(newest);
    LiveGuard<R, S> guard =
        new LiveGuard<>(writer, this::request, this::protection, clock, resource);
    Instant now = clock.instant();
    try {
      PassResult result = engine.pass(request(resource), resource.getStatus(), guard, now);
      return switch (result) {
        case PassResult.Again again -> {
          unrecorded.undo(request(resource), resource, again.unrecorded());
          yield again(resource, String.valueOf(again.why()));
        }
        case PassResult.Settled settled -> store(guard, resource, settled);
      };
    } catch (Interruption.Conflict conflict) {
      return again(resource, String.valueOf(conflict.getMessage()));
    }
  }

  /**
   * Before anything else: what people said must not be dropped by a re-apply of Git. It is no duty:
   * where it cannot be written, what has to be removed is removed all the same.
   */
  private R held(R resource) {
    Request.Wish wish = request(resource).wish();
    try {
      Optional<R> stored =
          collaborators
              .anchor()
              .hold(resource, wish == Request.Wish.SUSPEND, wish == Request.Wish.WITHDRAW);
      stored.ifPresent(writer::remember);
      return stored.orElse(resource);
    } catch (KubernetesClientException refused) {
      LOG.warn(
          "{}: a re-apply of Git may drop votes, they could not be held: {}",
          name(resource),
          refused.getMessage());
      return resource;
    }
  }

  private Pass again(R resource, String why) {
    LOG.debug("{} begins again: {}", name(resource), why);
    writer.refresh(resource);
    return new Pass(Optional.of(SOON));
  }

  private Pass store(LiveGuard<R, S> guard, R began, PassResult.Settled settled) {
    settled.defect().ifPresent(bug -> LOG.error("{}: a defect of ours", name(began), bug));
    try {
      return stored(began, guard.store(settled.status()), settled);
    } catch (Interruption.Conflict conflict) {
      unrecorded.undo(request(began), began, settled.status());
      throw conflict;
    } catch (Interruption.NotRecorded full) {
      LOG.error("{}: how it stands cannot be recorded: {}", name(began), full.getMessage());
      return storeLess(guard, began, settled);
    }
  }

  /**
   * What cannot be recorded is not left: it is taken back, and the least is written that says so.
   * What has ended has ended; there it is what happened that is left out.
   */
  private Pass storeLess(LiveGuard<R, S> guard, R began, PassResult.Settled settled) {
    unrecorded.undoNeverRecorded(request(began), began, settled.status());
    PassResult.Settled less =
        ProcessEngine.reduced(settled, guard.known().getStatus(), clock.instant());
    try {
      return stored(began, guard.store(less.status()), less);
    } catch (Interruption.NotRecorded still) {
      LOG.error("{}: not even that can be recorded", name(began));
      return new Pass(Optional.of(UNRECORDED_AGAIN));
    }
  }

  private Pass stored(R began, R stored, PassResult.Settled settled) {
    announcer.announce(began.getStatus(), stored);
    collaborators.dependents().ofRequest(stored);
    Optional<Duration> wakeIn =
        settled.wakeAt().map(at -> atLeastSoon(Duration.between(clock.instant(), at)));
    if (settled.mayBeDeleted()) {
      if (!gone.letGo(stored)) {
        return new Pass(Optional.of(UNRECORDED_AGAIN));
      }
    } else if (owed(stored.getStatus()) && !evidence.kept(stored)) {
      wakeIn = Optional.of(wakeIn.filter(in -> in.compareTo(LATER) < 0).orElse(LATER));
    }
    return new Pass(wakeIn);
  }

  /** Whether what stands has to be gone by now: its time is over, or somebody wants it so. */
  private boolean due(R resource) {
    ProcessStatus status = resource.getStatus();
    if (status == null || !status.stands()) {
      return false;
    }
    Request.Wish wish = request(resource).wish();
    return wish == Request.Wish.WITHDRAW
        || wish == Request.Wish.DELETE
        || status.overdueSince(clock.instant()).isPresent();
  }

  private static boolean owed(@Nullable ProcessStatus status) {
    return status != null && status.inForce() != null && status.inForce().until() != null;
  }

  private Protection protection(R resource) {
    Request<S> of = request(resource);
    return collaborators.canary().check(of.kind(), of.namespace(), of.name());
  }

  private static Duration atLeastSoon(Duration wait) {
    return wait.compareTo(SOON) < 0 ? SOON : wait;
  }

  private static String name(ProcessRequest<?> resource) {
    return resource.getKind() + " " + resource.address();
  }
}
