package io.secamo.processes.kubernetes.patch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends patches, each in one request. The client's own patch reads the object first, which costs a
 * request more and gives nothing: ours say themselves what they were decided on.
 */
public final class Patches {
  private static final String MERGE = "application/merge-patch+json";
  private static final String JSON = "application/json-patch+json";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KubernetesClient client;

  /** Sends with the client's identity. */
  public Patches(KubernetesClient client) {
    this.client = client;
  }

  /**
   * The object that is patched, and how.
   *
   * @param part empty, or {@code /status}
   * @param dryRun whether the API server only says what it would do
   */
  public record Target<R extends HasMetadata>(
      Class<R> kind, String namespace, String name, String part, boolean dryRun) {
    private String path() {
      return "apis/%s/%s/namespaces/%s/%s/%s%s%s"
          .formatted(
              HasMetadata.getGroup(kind),
              HasMetadata.getVersion(kind),
              namespace,
              HasMetadata.getPlural(kind),
              name,
              part,
              dryRun ? "?dryRun=All" : "");
    }
  }

  /**
   * Patches an object with a JSON merge patch (RFC 7386).
   *
   * @return the object as stored
   * @throws KubernetesClientException with the code of the answer if it was refused
   */
  public <R extends HasMetadata> R send(Target<R> target, String merge) {
    return send(target, MERGE, merge);
  }

  /**
   * Patches an object if what the patch tests is so.
   *
   * @return the object as stored
   * @throws KubernetesClientException with the code of the answer if it was refused: 422 also if
   *     what is tested is not so
   */
  public <R extends HasMetadata> R send(Target<R> target, JsonPatch patch) {
    return send(target, JSON, patch.toString());
  }

  private <R extends HasMetadata> R send(Target<R> target, String type, String patch) {
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(URI.create(client.getMasterUrl() + target.path()))
            .method("PATCH", type, patch)
            .build();
    HttpResponse<byte[]> answer = answer(request);
    if (!answer.isSuccessful()) {
      throw refused(answer, request);
    }
    return client
        .getKubernetesSerialization()
        .unmarshal(new ByteArrayInputStream(answer.body()), target.kind());
  }

  private HttpResponse<byte[]> answer(HttpRequest request) {
    try {
      return client
          .getHttpClient()
          .sendAsync(request, byte[].class)
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("stopped while waiting for the API server", stopped);
    } catch (ExecutionException | TimeoutException broken) {
      throw new KubernetesClientException("no answer to PATCH " + request.uri(), broken);
    }
  }

  private KubernetesClientException refused(HttpResponse<byte[]> answer, HttpRequest request) {
    Status status;
    try {
      status =
          client
              .getKubernetesSerialization()
              .unmarshal(new ByteArrayInputStream(answer.body()), Status.class);
    } catch (RuntimeException noStatus) {
      status = new Status();
    }
    String words = status.getMessage() == null ? answer.message() : status.getMessage();
    return new KubernetesClientException(
        "PATCH " + request.uri() + ": " + words, answer.code(), status);
  }
}
