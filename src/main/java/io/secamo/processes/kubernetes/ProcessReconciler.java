package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.secamo.processes.api.ProcessStatus;
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
import io.secamo.processes.kubernetes.queue.Turns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
abstract class ProcessReconciler<R extends CustomResource<S, ProcessStatus> & Namespaced, S>
    implements Reconciler<R>, Cleaner<R> {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessReconciler.class);
  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration LATER = Duration.ofMinutes(1);
  private static final Duration UNRECORDED_AGAIN = Duration.ofSeconds(10);

  private final ProcessEngine<S> engine;
  private final StatusWriter<R> writer;
  private final Announcer announcer;
  private final Collaborators collaborators;
  private final Clock clock;
  private final UnrecordedUndo<R, S> unrecorded;
  private final KeptEvidence<R> evidence;

  /** Uids of requests that we let go and that are not gone yet. */
  private final Set<String> letGo = ConcurrentHashMap.newKeySet();

  /** What stands around a process of any kind. */
  record Collaborators(
      Canary canary, EvidenceStore evidence, Anchor anchor, Progress progress, Turns turns) {}

  ProcessReconciler(
      ProcessEngine<S> engine,
      StatusWriter<R> writer,
      Announcer announcer,
      Collaborators collaborators,
      Clock clock) {
    this.engine = engine;
    this.writer = writer;
    this.announcer = announcer;
    this.collaborators = collaborators;
    this.clock = clock;
    this.unrecorded = new UnrecordedUndo<>(engine, writer, clock);
    this.evidence =
        new KeptEvidence<>(
            collaborators.evidence(), announcer, resource -> engine.subject(request(resource)));
  }

  /** The request in a resource. */
  abstract Request<S> request(R resource);

  /** Called after a pass that left the process with the given status. */
  void settled(R resource) {}

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

  /**
   * A request is gone. If it was not let go by us, somebody took away the finalizer that keeps it
   * until then, and only we still know its evidence and what it owed.
   */
  final void vanished(R last) {
    R resource = writer.newest(last);
    writer.forget(resource);
    if (!letGo.remove(resource.getMetadata().getUid())) {
      UnrecordedUndo.untilDone(name(resource), () -> madeGood(resource));
    }
  }

  private boolean madeGood(R resource) {
    List<String> owed = engine.owed(request(resource), resource.getStatus());
    try {
      // After a gap in the watch what we saw last is not how it ended; its record tells that.
      if (collaborators.evidence().ended(engine.subject(request(resource)))) {
        return true;
      }
      if (!owed.isEmpty()) {
        LOG.error(
            "{} was deleted without its finalizer while {} was still to be removed: removing it"
                + " now",
            name(resource),
            owed);
        unrecorded.undo(request(resource), resource, resource.getStatus());
      }
      evidence.keep(resource);
      return true;
    } catch (KubernetesClientException e) {
      LOG.error("{} is gone; {} may have to be removed by hand", name(resource), owed, e);
      return false;
    }
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
    settled(stored);
    Optional<Duration> wakeIn =
        settled.wakeAt().map(at -> atLeastSoon(Duration.between(clock.instant(), at)));
    if (settled.mayBeDeleted()) {
      // Nobody can write it again afterwards: it is looked for, whatever is known of it.
      collaborators.evidence().forget(stored.getMetadata().getUid());
      if (!evidence.kept(stored)) {
        return new Pass(Optional.of(UNRECORDED_AGAIN));
      }
      letGo.add(stored.getMetadata().getUid());
      writer.release(stored);
      collaborators.evidence().forget(stored.getMetadata().getUid());
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

  private static String name(CustomResource<?, ?> resource) {
    return resource.getKind()
        + " "
        + resource.getMetadata().getNamespace()
        + "/"
        + resource.getMetadata().getName();
  }
}
