package io.secamo.processes.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The API server by bare HTTP: what is sent is what was meant, and every user name can be tried.
 */
final class Wire {
  static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient client;
  private final String server;
  private final String token;

  /** What the server answered. */
  record Answer(int code, String text, ObjectNode body) {
    boolean allowed() {
      return code < 300;
    }

    String message() {
      return body.path("message").asText(text);
    }
  }

  /** With the credentials of an administrator, who may impersonate. */
  Wire(Path kubeconfig) throws Exception {
    String text = Files.readString(kubeconfig);
    JsonNode config = JSON.valueToTree(Serialization.unmarshal(text, java.util.Map.class));
    JsonNode cluster = config.at("/clusters/0/cluster");
    server = cluster.path("server").asText();
    token = config.at("/users/0/user/token").asText();
    String authority = cluster.path("certificate-authority-data").asText();
    client = HttpClient.newBuilder().sslContext(trusting(authority)).build();
  }

  private static SSLContext trusting(String authority) throws Exception {
    byte[] pem = Base64.getDecoder().decode(authority);
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (var certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem))) {
      store.setCertificateEntry("c" + number++, certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  Answer send(Person person, String method, String path, String contentType, String body) {
    return send(person.user, person.groups, method, path, contentType, body);
  }

  Answer send(
      String user, List<String> groups, String method, String path, String type, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/json")
            .header("Impersonate-User", octets(user));
    if (!body.isEmpty()) {
      request.header("Content-Type", type);
    }
    groups.forEach(g -> request.header("Impersonate-Group", g));
    request.header("Impersonate-Group", "system:authenticated");
    return patiently(request.build());
  }

  /** A server that has just started may answer 503, one that is busy 429. */
  private Answer patiently(HttpRequest request) {
    for (int i = 0; ; i++) {
      Answer answer = once(request);
      if (i > 20 || (answer.code != 503 && answer.code != 429)) {
        return answer;
      }
      pause(100);
    }
  }

  private Answer once(HttpRequest request) {
    try {
      var response = client.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), parsed(response.body()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(request.method() + " " + request.uri(), e);
    }
  }

  private static ObjectNode parsed(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node instanceof ObjectNode object ? object : JSON.createObjectNode();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  /** A header is made of bytes: the server reads them as UTF-8. */
  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
