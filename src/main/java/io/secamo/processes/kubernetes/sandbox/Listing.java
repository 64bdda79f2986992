package io.secamo.processes.kubernetes.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.sandbox.SandboxStore.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The ConfigMaps of one label, each read as it comes. Whoever may write ConfigMaps gives the label
 * to a thousand of them, and each may have a megabyte: all together would not fit the heap.
 */
final class Listing {
  /** A parser that knows names again keeps those that tenants wrote, however long, for ever. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build());

  private static final int PAGE = 200;
  private static final long MOST_LETTERS = 32L * 1024 * 1024;
  private static final int PATIENCE_SECONDS = 30;

  private final KubernetesClient client;
  private final String path;
  private final ConnectorFailure.Refused tooMuch;
  private long before;

  /** Reads nothing yet. */
  Listing(KubernetesClient client, String namespace, String label) {
    this.client = client;
    this.path =
        "api/v1/namespaces/%s/configmaps?limit=%d&labelSelector=%s"
            .formatted(namespace, PAGE, encoded(label));
    this.tooMuch =
        new ConnectorFailure.Refused(
            "the sandbox has more than 32 MiB of ConfigMaps: look at kubectl -n %s get cm -l %s"
                .formatted(namespace, label));
  }

  /**
   * Shows each.
   *
   * @throws KubernetesClientException if the API server does not tell them
   * @throws ConnectorFailure.Refused if they are too much to be looked at again and again
   */
  void each(Consumer<Entry> look) {
    String next = page("", look);
    while (!next.isEmpty()) {
      next = page("&continue=" + encoded(next), look);
    }
  }

  private String page(String more, Consumer<Entry> look) {
    HttpResponse<InputStream> answer = answer(more);
    try (InputStream body = answer.body();
        JsonParser parser = JSON.createParser(body)) {
      if (!answer.isSuccessful()) {
        throw new KubernetesClientException("ConfigMaps are not told", answer.code(), null);
      }
      return read(parser, look);
    } catch (IOException broken) {
      throw new KubernetesClientException("ConfigMaps are told in part", broken);
    }
  }

  private HttpResponse<InputStream> answer(String more) {
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(URI.create(client.getMasterUrl() + path + more))
            .build();
    try {
      return client
          .getHttpClient()
          .sendAsync(request, InputStream.class)
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("stopped while waiting for the API server", stopped);
    } catch (ExecutionException | TimeoutException broken) {
      throw new KubernetesClientException("no answer to GET " + request.uri(), broken);
    }
  }

  /** Where the next page begins; empty if this is the last one. */
  private String read(JsonParser parser, Consumer<Entry> look) throws IOException {
    String next = "";
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("items") && value == JsonToken.START_ARRAY) {
        items(parser, look);
      } else {
        JsonNode other = parser.readValueAsTree();
        next = field.equals("metadata") ? other.path("continue").asText("") : next;
      }
    }
    before += parser.currentLocation().getCharOffset();
    return next;
  }

  private void items(JsonParser parser, Consumer<Entry> look) throws IOException {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      look.accept(entry(parser.readValueAsTree()));
      if (before + parser.currentLocation().getCharOffset() > MOST_LETTERS) {
        throw tooMuch;
      }
    }
  }

  private static Entry entry(JsonNode map) {
    Map<String, String> data = new HashMap<>();
    map.path("data").properties().forEach(one -> data.put(one.getKey(), one.getValue().asText()));
    JsonNode meta = map.path("metadata");
    return new Entry(meta.path("name").asText(), meta.path("resourceVersion").asText(), data);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
