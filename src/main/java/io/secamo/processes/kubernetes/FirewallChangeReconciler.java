package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.secamo.processes.api.FirewallChangeRequest;
import io.secamo.processes.api.FirewallChangeSpec;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.ApprovalPolicy;
import io.secamo.processes.api.orchestrator.ChangeWindow;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.engine.ProcessEngine;
import io.secamo.processes.engine.Request;
import io.secamo.processes.kubernetes.connection.ConnectionChecks;
import io.secamo.processes.kubernetes.connection.ConnectionReconciler;
import io.secamo.processes.kubernetes.leaving.Vanished;
import io.secamo.processes.kubernetes.queue.Targets;
import io.secamo.processes.kubernetes.queue.Wakes;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reconciles firewall changes, also when a connection or policy they depend on changes. */
public final class FirewallChangeReconciler
    extends ProcessReconciler<FirewallChangeRequest, FirewallChangeSpec> {
  private final ConnectionChecks checks;
  private final Wakes wakes;
  private final Targets targets;

  FirewallChangeReconciler(
      ProcessEngine<FirewallChangeSpec> engine,
      StatusWriter<FirewallChangeRequest> writer,
      Announcer announcer,
      ConnectionChecks checks,
      Wakes wakes,
      Targets targets,
      Keepers keepers,
      Clock clock) {
    super(engine, writer, announcer, keepers, clock);
    this.checks = checks;
    this.wakes = wakes;
    this.targets = targets;
  }

  @Override
  Request<FirewallChangeSpec> request(FirewallChangeRequest resource) {
    FirewallChangeSpec spec = resource.getSpec();
    return Requests.of(
        resource, Boolean.TRUE.equals(spec.withdrawn()), Boolean.TRUE.equals(spec.suspend()));
  }

  @Override
  void settled(FirewallChangeRequest resource) {
    Set<String> next = targets.after(resource.getMetadata().getUid(), resource.getStatus());
    if (!next.isEmpty()) {
      wakes.wake(r -> next.contains(r.getMetadata().getUid()));
    }
    boolean rejected =
        resource.getStatus() != null
            && resource.getStatus().conditions() != null
            && resource.getStatus().conditions().stream()
                .anyMatch(c -> c.reason().equals(Reasons.CREDENTIALS_REJECTED));
    if (rejected) {
      checks.recheck(resource.getMetadata().getNamespace(), resource.getSpec().connection());
    }
  }

  @Override
  public List<EventSource<?, FirewallChangeRequest>> prepareEventSources(
      EventSourceContext<FirewallChangeRequest> context) {
    var connections =
        InformerEventSourceConfiguration.from(Connection.class, FirewallChangeRequest.class)
            .withName("connections")
            .withSecondaryToPrimaryMapper(
                (Connection c) ->
                    affected(
                        context, c.getMetadata().getNamespace(), FirewallChangeReconciler::stuck))
            .withOnUpdateFilter(FirewallChangeReconciler::connectionChanged)
            .build();
    var policies =
        InformerEventSourceConfiguration.from(ApprovalPolicy.class, FirewallChangeRequest.class)
            .withName("policies")
            .withSecondaryToPrimaryMapper(
                (ApprovalPolicy p) ->
                    affected(context, p.getMetadata().getNamespace(), r -> stuck(r) || voting(r)))
            .withOnUpdateFilter(FirewallChangeReconciler::specChanged)
            .build();
    var windows =
        InformerEventSourceConfiguration.from(ChangeWindow.class, FirewallChangeRequest.class)
            .withName("windows")
            .withSecondaryToPrimaryMapper(
                (ChangeWindow w) ->
                    affected(
                        context,
                        w.getMetadata().getNamespace(),
                        r -> waitsFor(r, Reasons.WINDOW_CLOSED)))
            .withOnUpdateFilter(FirewallChangeReconciler::specChanged)
            .build();
    return List.of(
        new InformerEventSource<>(windows, context),
        wakes.source(),
        new Vanished<>(FirewallChangeRequest.class, this::vanished),
        new InformerEventSource<>(connections, context),
        new InformerEventSource<>(policies, context));
  }

  private static Set<ResourceID> affected(
      EventSourceContext<FirewallChangeRequest> context,
      String namespace,
      Predicate<FirewallChangeRequest> which) {
    return context
        .getPrimaryCache()
        .list(namespace, which)
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  /** Only a request that waits for something to be mended cares about a connection. */
  private static boolean stuck(FirewallChangeRequest request) {
    return request.getStatus() != null
        && (request.getStatus().state() == State.NEEDS_ATTENTION
            || request.getStatus().nextAttemptAt() != null);
  }

  private static boolean voting(FirewallChangeRequest request) {
    return request.getStatus() != null && request.getStatus().state() == State.AWAITING_APPROVAL;
  }

  /** Whether a request has to be looked at again when the admission policies change. */
  static boolean concernedByAdmission(FirewallChangeRequest request) {
    return stuck(request)
        || voting(request)
        || (request.getStatus() != null
            && request.getStatus().conditions() != null
            && request.getStatus().finishedAt() == null
            && request.getStatus().conditions().stream()
                .anyMatch(c -> c.reason().equals(Reasons.ADMISSION_UNPROTECTED)));
  }

  private static boolean waitsFor(FirewallChangeRequest request, String reason) {
    return request.getStatus() != null
        && request.getStatus().conditions() != null
        && request.getStatus().conditions().stream()
            .anyMatch(c -> c.type().equals("Ready") && c.reason().equals(reason));
  }

  private static boolean specChanged(HasMetadata now, HasMetadata before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration());
  }

  private static boolean connectionChanged(Connection now, Connection before) {
    return specChanged(now, before)
        || (ConnectionReconciler.ready(now) && !ConnectionReconciler.ready(before));
  }
}
