package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.FirewallChangeRequest;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.ProcessStatus.EffectState;
import io.secamo.processes.api.orchestrator.ApprovalPolicy;
import io.secamo.processes.api.orchestrator.ApprovalPolicySpec;
import io.secamo.processes.approval.PlanDigest;
import io.secamo.processes.approval.RequiredGate;
import io.secamo.processes.approval.RequiredGates;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.process.Surroundings;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a process finds around it, read from the API server. */
public final class KubernetesSurroundings implements Surroundings {
  private final KubernetesClient client;
  private final KubernetesSystems.Factory systems;
  private final Supplier<Stream<FirewallChangeRequest>> requests;
  private final String clusterId;

  /**
   * Surroundings of a cluster.
   *
   * @param requests all requests, from the informer
   */
  public KubernetesSurroundings(
      KubernetesClient client,
      KubernetesSystems.Factory systems,
      Supplier<Stream<FirewallChangeRequest>> requests,
      String clusterId) {
    this.client = client;
    this.systems = systems;
    this.requests = requests;
    this.clusterId = clusterId;
  }

  @Override
  public String clusterId() {
    return clusterId;
  }

  @Override
  public Systems systems(String namespace) {
    return systems.in(namespace);
  }

  @Override
  public Optional<RequiredGates> gates(String namespace) {
    List<ApprovalPolicy> policies = policies(namespace);
    Map<String, Integer> required = new TreeMap<>();
    policies.stream()
        .flatMap(p -> p.getSpec().rules().stream())
        .flatMap(
            rule -> rule.gates() == null ? java.util.stream.Stream.empty() : rule.gates().stream())
        .forEach((ApprovalPolicySpec.Gate g) -> required.merge(g.name(), g.required(), Math::max));
    if (required.isEmpty()) {
      return Optional.empty();
    }
    List<String> revisions =
        policies.stream()
            .map(p -> p.getMetadata().getUid() + "@" + p.getMetadata().getGeneration())
            .sorted()
            .toList();
    String revision =
        PlanDigest.of(List.of(new PlanDigest.Part("policies", revisions))).shortForm();
    List<RequiredGate> gates =
        required.entrySet().stream().map(e -> new RequiredGate(e.getKey(), e.getValue())).toList();
    return Optional.of(new RequiredGates(gates, revision));
  }

  private List<ApprovalPolicy> policies(String namespace) {
    try {
      return client.resources(ApprovalPolicy.class).inNamespace(namespace).list().getItems();
    } catch (KubernetesClientException e) {
      throw new ConnectorFailure.Transient("the ApprovalPolicies could not be read", e);
    }
  }

  @Override
  public Optional<String> alsoNeededBy(String uid, String externalId, Instant now) {
    return requests
        .get()
        .filter(r -> !r.getMetadata().getUid().equals(uid) && wanted(r, now))
        .filter(r -> relies(r.getStatus(), externalId))
        .map(r -> r.getMetadata().getNamespace() + "/" + r.getMetadata().getName())
        .min(Comparator.naturalOrder());
  }

  private static boolean wanted(FirewallChangeRequest request, Instant now) {
    ProcessStatus status = request.getStatus();
    if (status == null
        || request.getMetadata().getDeletionTimestamp() != null
        || Boolean.TRUE.equals(request.getSpec().withdrawn())) {
      return false;
    }
    boolean over = status.expiresAt() != null && !now.isBefore(status.expiresAt());
    return !over && (status.inForce() == null || status.inForce().revertedAt() == null);
  }

  private static boolean relies(ProcessStatus status, String externalId) {
    return status.effects() != null
        && status.effects().stream()
            .anyMatch(e -> e.state() == EffectState.DONE && externalId.equals(e.externalId()));
  }
}
