package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.secamo.processes.controlplane.ControlPlane;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The real API server by bare HTTP, for people, proxies and the recorder. All of it, each watch as
 * well, goes through one connection: TLS handshakes were a tenth of what the fault plans cost.
 */
public final class ApiServer {
  public static final ObjectMapper JSON = new ObjectMapper();
  private final Map<String, Config> persons = new ConcurrentHashMap<>();
  private final ControlPlane cluster;
  private final HttpClient client;

  /** What it answered. */
  public record Answer(int code, String text) {
    public JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public Answer orFail() {
      if (code >= 300) {
        throw new AssertionError(code + " " + text);
      }
      return this;
    }
  }

  ApiServer(ControlPlane cluster) {
    this.cluster = cluster;
    try {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_2)
              .sslContext(SSLUtils.sslContext(config("admin")))
              .build();
    } catch (java.security.GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Config config(String person) {
    return persons.computeIfAbsent(
        person,
        p -> {
          try {
            return Config.fromKubeconfig(Files.readString(cluster.kubeconfig(p)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  public String token(String person) {
    return config(person).getAutoOAuthToken() == null
        ? config(person).getOauthToken()
        : config(person).getAutoOAuthToken();
  }

  /** A request to this server, to be completed. */
  public HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
        URI.create(config("admin").getMasterUrl().replaceAll("/$", "") + path));
  }

  public Answer send(String person, String method, String path, String type, String body) {
    HttpRequest.Builder request =
        to(path)
            .header("Authorization", "Bearer " + token(person))
            .header("Accept", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", type);
    }
    try {
      var answer = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public Answer get(String person, String path) {
    return send(person, "GET", path, "", "");
  }

  public Answer post(String person, String path, String json) {
    return send(person, "POST", path, "application/json", json);
  }

  public Answer patch(String person, String path, String json) {
    return send(person, "PATCH", path, "application/merge-patch+json", json);
  }

  public Answer delete(String person, String path) {
    return send(person, "DELETE", path, "", "");
  }

  public HttpResponse<InputStream> stream(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
