package io.secamo.processes.kubernetes.health;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.secamo.processes.api.request.ProcessRequest;
import java.util.function.LongSupplier;

/**
 * The version of the API server's data, read from its database and not from a cache. Whoever asks
 * wants to know it soon or not at all: a minute later a database that was restored may have passed
 * the version it had before.
 */
public final class DataVersion implements LongSupplier {
  private static final int ANSWERED_WITHIN_MS = 5_000;

  private final KubernetesClient client;
  private final Class<? extends ProcessRequest<?>> kind;

  /**
   * Asked through the connections of a client, but once and not again when there is no answer.
   *
   * @param kind with a list of which the version is told
   */
  public DataVersion(KubernetesClient client, Class<? extends ProcessRequest<?>> kind) {
    this.kind = kind;
    RequestConfig once =
        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
            .withRequestRetryBackoffLimit(0)
            .withRequestTimeout(ANSWERED_WITHIN_MS)
            .build();
    this.client = client.newClient(once).adapt(KubernetesClient.class);
  }

  /**
   * The version now.
   *
   * @throws KubernetesClientException if the API server does not answer
   */
  @Override
  public long getAsLong() {
    return Long.parseLong(
        client
            .resources(kind)
            .inAnyNamespace()
            .list(new ListOptionsBuilder().withLimit(1L).build())
            .getMetadata()
            .getResourceVersion());
  }
}
