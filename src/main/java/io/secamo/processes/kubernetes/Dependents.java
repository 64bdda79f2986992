package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.secamo.processes.api.Effect;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.ApprovalPolicy;
import io.secamo.processes.api.orchestrator.ChangeWindow;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.api.request.ProcessRequest;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.effect.Place;
import io.secamo.processes.kubernetes.connection.ConnectionReconciler;
import io.secamo.processes.kubernetes.connection.Needs;
import io.secamo.processes.kubernetes.queue.Changes;
import io.secamo.processes.kubernetes.queue.Targets;
import io.secamo.processes.kubernetes.queue.Wakes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which requests are looked at again when something changes on which they depend. */
final class Dependents {
  private final Wakes wakes;
  private final Targets targets;

  Dependents(Wakes wakes, Targets targets) {
    this.wakes = wakes;
    this.targets = targets;
  }

  /** Of another request, after a pass: who comes next at its target, and whoever waits for it. */
  void ofRequest(ProcessRequest<?> resource) {
    Set<String> next = targets.after(resource.getMetadata().getUid(), resource.getStatus());
    if (!next.isEmpty()) {
      wakes.wake(r -> next.contains(r.getMetadata().getUid()));
    }
    State state = resource.getStatus() == null ? null : resource.getStatus().state();
    String removes = resource.getSpec().removes();
    // What is to be removed, and who has it removed, wait for each other.
    if (state == State.APPLYING && removes != null) {
      wakes.wake(r -> beside(r, resource) && r.getMetadata().getName().equals(removes));
    }
    if (state == State.REVERTING || state == State.REMOVED) {
      String name = resource.getMetadata().getName();
      wakes.wake(r -> beside(r, resource) && name.equals(r.getSpec().removes()));
    }
  }

  /** Whether the one can name the other: names are those of a kind in a namespace. */
  private static boolean beside(ProcessRequest<?> one, ProcessRequest<?> other) {
    return one.getKind().equals(other.getKind())
        && one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace());
  }

  /** Of those that name it: what waits for it, and what is voted on or approved as it was. */
  Changes<Connection> ofConnections() {
    return new Changes<>(
        Connection.class,
        (now, before) ->
            Changes.ofSpec(now, before)
                || !Objects.equals(now.getMetadata().getLabels(), before.getMetadata().getLabels())
                || (ConnectionReconciler.ready(now) && !ConnectionReconciler.ready(before)),
        connection ->
            wake(
                connection,
                request ->
                    request.getSpec().connectionNames().contains(connection.getMetadata().getName())
                        && (stuck(request) || planned(request))));
  }

  /** Names of the Connections that requests of a namespace name which are not over. */
  static Set<String> needed(Stream<ProcessRequest<?>> requests, String namespace) {
    return requests
        .filter(request -> request.getMetadata().getNamespace().equals(namespace))
        .filter(request -> request.getStatus() == null || request.getStatus().finishedAt() == null)
        .flatMap(request -> request.getSpec().connectionNames().stream())
        .collect(Collectors.toSet());
  }

  /** What requests have changed and not put back, what is there for good included. */
  static Set<Needs.Use> uses(Stream<ProcessRequest<?>> requests) {
    return requests.flatMap(Dependents::uses).collect(Collectors.toSet());
  }

  private static Stream<Needs.Use> uses(ProcessRequest<?> request) {
    ProcessStatus status = request.getStatus();
    if (status == null || (status.finishedAt() != null && status.state() != State.COMPLETED)) {
      return Stream.of();
    }
    List<Effect> effects = status.effects();
    return effects == null
        ? Stream.of()
        : effects.stream()
            .filter(Effect::standing)
            .flatMap(effect -> Place.of(effect, Optional.ofNullable(status.plan())).stream())
            .map(place -> new Systems.Origin(place.connection(), place.account()))
            .distinct()
            .map(
                origin ->
                    new Needs.Use(
                        request.getMetadata().getNamespace(),
                        request.getSpec().connection(),
                        origin));
  }

  Changes<ApprovalPolicy> ofPolicies() {
    return new Changes<>(
        ApprovalPolicy.class,
        Changes::ofSpec,
        policy -> wake(policy, request -> stuck(request) || planned(request)));
  }

  Changes<ChangeWindow> ofWindows() {
    return new Changes<>(
        ChangeWindow.class,
        Changes::ofSpec,
        window -> wake(window, request -> waitsFor(request, Reasons.WINDOW_CLOSED)));
  }

  /**
   * Others may vote than before.
   *
   * @param namespace where; empty: everywhere
   */
  void ofHolders(String namespace) {
    wakes.wake(
        request ->
            waitsFor(request, Reasons.NOBODY_MAY_APPROVE)
                && (namespace.isEmpty() || request.getMetadata().getNamespace().equals(namespace)));
  }

  /** The namespaces of those that nobody may approve. */
  static Set<String> withoutHolders(Stream<ProcessRequest<?>> requests) {
    return requests
        .filter(request -> waitsFor(request, Reasons.NOBODY_MAY_APPROVE))
        .map(request -> request.getMetadata().getNamespace())
        .collect(Collectors.toSet());
  }

  /** The admission policies are others, or votes are a proof again, or not any more. */
  void ofAdmission() {
    wakes.wake(Dependents::concernedByAdmission);
  }

  private void wake(HasMetadata changed, Predicate<ProcessRequest<?>> which) {
    String namespace = changed.getMetadata().getNamespace();
    wakes.wake(
        request -> request.getMetadata().getNamespace().equals(namespace) && which.test(request));
  }

  private static boolean stuck(ProcessRequest<?> request) {
    return request.getStatus() != null
        && (request.getStatus().state() == State.NEEDS_ATTENTION
            || request.getStatus().nextAttemptAt() != null);
  }

  /** Its plan waits for votes or for its time. */
  private static boolean planned(ProcessRequest<?> request) {
    return voting(request)
        || (request.getStatus() != null && request.getStatus().state() == State.SCHEDULED);
  }

  private static boolean voting(ProcessRequest<?> request) {
    return request.getStatus() != null && request.getStatus().state() == State.AWAITING_APPROVAL;
  }

  private static boolean concernedByAdmission(ProcessRequest<?> request) {
    return stuck(request)
        || voting(request)
        || (request.getStatus() != null
            && request.getStatus().conditions() != null
            && request.getStatus().finishedAt() == null
            && request.getStatus().conditions().stream()
                .anyMatch(c -> c.reason().equals(Reasons.ADMISSION_UNPROTECTED)));
  }

  private static boolean waitsFor(ProcessRequest<?> request, String reason) {
    return request.getStatus() != null
        && request.getStatus().conditions() != null
        && request.getStatus().conditions().stream()
            .anyMatch(c -> c.type().equals("Ready") && c.reason().equals(reason));
  }
}
