package io.secamo.processes.cli.cluster;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/**
 * A Deployment of the operator.
 *
 * @param image what it runs, or would
 * @param ready whether anything of it is
 */
public record Operator(String image, boolean ready) {
  static List<Operator> all(KubernetesClient client) {
    return client
        .apps()
        .deployments()
        .inNamespace("process-orchestrator")
        .withLabel("app.kubernetes.io/name", "process-orchestrator")
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

  private static boolean ready(Deployment deployment) {
    DeploymentStatus status = deployment.getStatus();
    return status != null && status.getReadyReplicas() != null && status.getReadyReplicas() > 0;
  }
}
