package io.secamo.processes.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks for the versions of objects without the objects (PartialObjectMetadata, Kubernetes API
 * concepts: "Resource metadata"), all at once.
 */
final class Versions {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 10;

  private final KubernetesClient client;

  Versions(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Equal texts mean that nothing was changed, added or taken away.
   *
   * @param lists paths of lists
   * @param objects paths of objects; one that is not there has a version too
   * @throws KubernetesClientException if the API server does not tell
   */
  String of(List<String> lists, List<String> objects) {
    Map<String, CompletableFuture<HttpResponse<String>>> calls = new LinkedHashMap<>();
    lists.forEach(path -> calls.put(path, ask(path, "PartialObjectMetadataList")));
    objects.forEach(path -> calls.put(path, ask(path, "PartialObjectMetadata")));
    TreeMap<String, String> versions = new TreeMap<>();
    calls.forEach(
        (path, call) -> {
          JsonNode answer = answer(call, path);
          versions.put(path, version(answer));
          for (JsonNode item : answer.path("items")) {
            versions.put(path + " " + item.at("/metadata/name").asText(), version(item));
          }
        });
    return versions.toString();
  }

  /** Of a list there is none: it would be another one with every write to the store. */
  private static String version(JsonNode object) {
    JsonNode meta = object.path("metadata");
    return object.has("items")
        ? ""
        : meta.path("uid").asText() + "@" + meta.path("resourceVersion").asText();
  }

  private CompletableFuture<HttpResponse<String>> ask(String path, String as) {
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(URI.create(client.getMasterUrl() + path))
            .header("Accept", "application/json;as=" + as + ";g=meta.k8s.io;v=v1")
            .build();
    return client.getHttpClient().sendAsync(request, String.class);
  }

  /** Nothing if there is no such object. */
  private static JsonNode answer(CompletableFuture<HttpResponse<String>> call, String what) {
    try {
      HttpResponse<String> answer = call.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer.code() == 404) {
        return JSON.createObjectNode();
      }
      if (!answer.isSuccessful()) {
        throw new KubernetesClientException(what + ": HTTP " + answer.code());
      }
      return JSON.readTree(answer.body());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("stopped while reading " + what, stopped);
    } catch (ExecutionException | TimeoutException | IOException broken) {
      throw new KubernetesClientException("could not read " + what, broken);
    }
  }
}
