package io.secamo.processes.kubernetes.leaving;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.connector.ConnectorFailure;
import java.util.Optional;

/**
 * Namespaces that are being deleted as a whole. Kubernetes then removes what is in them in any
 * order: Connections, Secrets and role bindings at once, requests only when we let them go.
 */
public final class LeavingNamespaces {
  /** The cause by which the API server refuses new objects (Kubernetes, NamespaceLifecycle). */
  private static final String CAUSE = "NamespaceTerminating";

  private static final int FORBIDDEN = 403;

  private final KubernetesClient client;

  /** The namespaces of a cluster. */
  public LeavingNamespaces(KubernetesClient client) {
    this.client = client;
  }

  /**
   * A namespace, if it is being deleted. Who may not look is told of none.
   *
   * @throws ConnectorFailure.Transient if that cannot be found out now
   */
  public Optional<ObjectMeta> find(String name) {
    try {
      return Optional.ofNullable(client.namespaces().withName(name).get())
          .map(Namespace::getMetadata)
          .filter(meta -> meta.getDeletionTimestamp() != null);
    } catch (KubernetesClientException e) {
      if (e.getCode() == FORBIDDEN) {
        return Optional.empty();
      }
      throw new ConnectorFailure.Transient("namespace " + name + " could not be read", e);
    }
  }

  /** Whether an object was refused because its namespace is being deleted. */
  public static boolean refused(KubernetesClientException refusal) {
    return refusal.getCode() == FORBIDDEN
        && refusal.getStatus() != null
        && refusal.getStatus().getDetails() != null
        && refusal.getStatus().getDetails().getCauses() != null
        && refusal.getStatus().getDetails().getCauses().stream()
            .anyMatch(cause -> CAUSE.equals(cause.getReason()));
  }
}
