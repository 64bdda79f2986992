package io.secamo.processes.kubernetes.access;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.secamo.processes.kubernetes.reading.Stored;
import java.util.function.Consumer;

/**
 * A cluster, and how to reach it.
 *
 * @param config for the client
 * @param keys gives the client what the config has no place for
 * @param cluster what the kubeconfig file calls it
 * @param context the context that leads there
 */
public record ChosenCluster(
    Config config, Consumer<HttpClient.Builder> keys, String cluster, String context) {

  /**
   * A client for it.
   *
   * @param more what else it needs
   * @throws UnknownCluster if it cannot be made
   */
  public KubernetesClient client(Consumer<HttpClient.Builder> more) {
    try {
      return new KubernetesClientBuilder()
          .withConfig(config)
          .withKubernetesSerialization(Stored.serialization())
          .withHttpClientBuilderConsumer(keys.andThen(more))
          .build();
    } catch (RuntimeException e) {
      Throwable why = e;
      while (why.getCause() != null) {
        why = why.getCause();
      }
      throw new UnknownCluster(
          "cluster " + cluster + " cannot be reached like this: " + why.getMessage());
    }
  }
}
