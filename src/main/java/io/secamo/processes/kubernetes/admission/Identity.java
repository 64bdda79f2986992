package io.secamo.processes.kubernetes.admission;

import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Who this operator is to the API server.
 *
 * @param name user name, for a service account {@code system:serviceaccount:<namespace>:<name>}
 */
public record Identity(String name) {
  private static final String ACCOUNT = "system:serviceaccount:";

  /** Asks the API server. */
  public static Identity of(KubernetesClient client) {
    SelfSubjectReview review = client.resource(new SelfSubjectReview()).create();
    return new Identity(review.getStatus().getUserInfo().getUsername());
  }

  /** The namespace it lives in. */
  public String namespace() {
    return name.startsWith(ACCOUNT) ? name.split(":", -1)[2] : "default";
  }
}
