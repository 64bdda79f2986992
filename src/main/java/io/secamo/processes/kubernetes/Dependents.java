package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.secamo.processes.api.Effect;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.orchestrator.ApprovalPolicy;
import io.secamo.processes.api.orchestrator.ChangeWindow;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.effect.Place;
import io.secamo.processes.kubernetes.connection.ConnectionReconciler;
import io.secamo.processes.kubernetes.connection.Needs;
import io.secamo.processes.kubernetes.queue.Changes;
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

  Dependents(Wakes wakes) {
    this.wakes = wakes;
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
                    names(request).anyMatch(connection.getMetadata().getName()::equals)
                        && (stuck(request) || planned(request))));
  }

  /** Names of the Connections that requests of a namespace name which are not over. */
  static Set<String> needed(Stream<FirewallChangeRequest> requests, String namespace) {
    return requests
        .filter(request -> request.getMetadata().getNamespace().equals(namespace))
        .filter(request -> request.getStatus() == null || request.getStatus().finishedAt() == null)
        .flatMap(Dependents::names)
        .collect(Collectors.toSet());
  }

  /** What requests have changed and not put back, what is there for good included. */
  static Set<Needs.Use> uses(Stream<FirewallChangeRequest> requests) {
    return requests.flatMap(Dependents::uses).collect(Collectors.toSet());
  }

  private static Stream<Needs.Use> uses(FirewallChangeRequest request) {
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

  private static Stream<String> names(FirewallChangeRequest request) {
    FirewallChangeSpec.Ticket ticket = request.getSpec().ticket();
    Stream<String> firewall = Stream.of(request.getSpec().connection());
    return ticket == null ? firewall : Stream.concat(firewall, Stream.of(ticket.connection()));
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
  static Set<String> withoutHolders(Stream<FirewallChangeRequest> requests) {
    return requests
        .filter(request -> waitsFor(request, Reasons.NOBODY_MAY_APPROVE))
        .map(request -> request.getMetadata().getNamespace())
        .collect(Collectors.toSet());
  }

  /** The admission policies are others, or votes are a proof again, or not any more. */
  void ofAdmission() {
    wakes.wake(Dependents::concernedByAdmission);
  }

  private void wake(HasMetadata changed, Predicate<FirewallChangeRequest> which) {
    String namespace = changed.getMetadata().getNamespace();
    wakes.wake(
        request -> request.getMetadata().getNamespace().equals(namespace) && which.test(request));
  }

  private static boolean stuck(FirewallChangeRequest request) {
    return request.getStatus() != null
        && (request.getStatus().state() == State.NEEDS_ATTENTION
            || request.getStatus().nextAttemptAt() != null);
  }

  /** Its plan waits for votes or for its time. */
  private static boolean planned(FirewallChangeRequest request) {
    return voting(request)
        || (request.getStatus() != null && request.getStatus().state() == State.SCHEDULED);
  }

  private static boolean voting(FirewallChangeRequest request) {
    return request.getStatus() != null && request.getStatus().state() == State.AWAITING_APPROVAL;
  }

  private static boolean concernedByAdmission(FirewallChangeRequest request) {
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
}
