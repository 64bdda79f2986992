package io.secamo.processes.cli.cluster;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A Deployment of the operator.
 *
 * @param image what it runs, or would
 * @param ready whether anything of it is
 */
public record Operator(String image, boolean ready) {
  /** Its namespace, its Deployment and its lease. */
  private static final String NAME = "process-orchestrator";

  /** Whoever has not renewed it for so long does not run, however much the clocks differ. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  static List<Operator> all(KubernetesClient client) {
    return client
        .apps()
        .deployments()
        .inNamespace(NAME)
        .withLabel("app.kubernetes.io/name", NAME)
        .list()
        .getItems()
        .stream()
        .flatMap(
            deployment ->
                deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                    .map(container -> new Operator(container.getImage(), ready(deployment))))
        .distinct()
        .toList();
  }

  /** Whether one holds the lease now, wherever it runs. */
  static boolean holdsLease(KubernetesClient client, Instant now) {
    Lease lease = client.leases().inNamespace(NAME).withName(NAME).get();
    LeaseSpec spec = lease == null ? null : lease.getSpec();
    return spec != null
        && spec.getRenewTime() != null
        && spec.getHolderIdentity() != null
        && !spec.getHolderIdentity().isEmpty()
        && spec.getRenewTime().toInstant().plus(LEASE).isAfter(now);
  }

  private static boolean ready(Deployment deployment) {
    DeploymentStatus status = deployment.getStatus();
    return status != null && status.getReadyReplicas() != null && status.getReadyReplicas() > 0;
  }
}
