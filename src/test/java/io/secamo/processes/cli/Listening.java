package io.secamo.processes.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** An API server that writes down what it is asked, and knows the requests that a test gives it. */
final class Listening implements AutoCloseable {
  static final String REQUESTS =
      "/apis/processes.secamo.io/v1alpha1/namespaces/team-a/firewallchangerequests";
  private static final String REQUEST =
      """
      {"apiVersion": "processes.secamo.io/v1alpha1", "kind": "FirewallChangeRequest",
       "metadata": {"name": "%1$s", "namespace": "team-a", "uid": "u",
         "creationTimestamp": "2027-01-01T00:00:00Z", "annotations": {%2$s}},
       "spec": {"connection": "c", "target": {"securityGroup": "web"}, "justification": "why",
         "rules": []%3$s},
       "status": {%4$s}}
      """;

  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<String> written = new CopyOnWriteArrayList<>();

  /** Who came with a certificate or a token. */
  final List<String> persons = new CopyOnWriteArrayList<>();

  private final Map<String, String> known = new ConcurrentHashMap<>();
  private final Map<String, Integer> refused = new ConcurrentHashMap<>();
  private final HttpServer server;

  Listening() {
    this(created(false));
  }

  private Listening(HttpServer server) {
    this.server = server;
    server.createContext("/", this::answer);
    server.start();
    knows("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");
  }

  /** One that shows a certificate, and asks who comes for theirs. */
  static Listening over(SSLContext tls) {
    HttpsServer server = (HttpsServer) created(true);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters asking = tls.getDefaultSSLParameters();
            asking.setWantClientAuth(true);
            parameters.setSSLParameters(asking);
          }
        });
    return new Listening(server);
  }

  private static HttpServer created(boolean tls) {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      return tls ? HttpsServer.create(loopback, 0) : HttpServer.create(loopback, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers so from now on. */
  void knows(String path, String json) {
    known.put(path, json);
  }

  /** Refuses so from now on. */
  void refuses(String path, int code, String json) {
    knows(path, json);
    refused.put(path, code);
  }

  /** There is such a request from now on. */
  void request(String name, String annotations, String spec, String status) {
    knows(REQUESTS + "/" + name, REQUEST.formatted(name, annotations, spec, status));
  }

  /** One whose spec was changed since the operator looked at it. */
  void changed(String name, String spec, String status) {
    knows(
        REQUESTS + "/" + name,
        REQUEST
            .formatted(name, "", spec, "\"observedGeneration\": 1, " + status)
            .replace("\"uid\"", "\"generation\": 2, \"uid\""));
  }

  /** One that somebody deleted, and that is not gone yet. */
  void deleted(String name, String status) {
    knows(
        REQUESTS + "/" + name,
        REQUEST
            .formatted(name, "", "", status)
            .replace("\"uid\"", "\"deletionTimestamp\": \"2027-01-04T08:59:00Z\", \"uid\""));
  }

  String url() {
    return (server instanceof HttpsServer ? "https" : "http")
        + "://127.0.0.1:"
        + server.getAddress().getPort();
  }

  /** A kubeconfig file whose current context leads here; another one leads nowhere. */
  Path kubeconfig(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: here
        clusters:
        - {name: home, cluster: {server: "%s"}}
        users:
        - {name: me, user: {token: t}}
        contexts:
        - {name: here, context: {cluster: home, user: me, namespace: team-a}}
        - {name: prod, context: {cluster: home, user: me, namespace: team-a}}
        """
            .formatted(url()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    String query = exchange.getRequestURI().getQuery();
    asked.add(method + " " + path + (query == null || method.equals("GET") ? "" : "?" + query));
    persons.add(person(exchange));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!method.equals("GET")) {
      written.add(body);
    }
    String json = path.endsWith("selfsubjectreviews") ? reviewed() : known.get(path);
    byte[] text = (json == null ? missing() : json).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    int code = json == null ? 404 : refused.getOrDefault(path, 200);
    exchange.sendResponseHeaders(code, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  private static String person(HttpExchange exchange) {
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    if (token != null || !(exchange instanceof HttpsExchange https)) {
      return String.valueOf(token);
    }
    try {
      return https.getSSLSession().getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException nobody) {
      return "nobody";
    }
  }

  private static String reviewed() {
    return "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\","
        + "\"status\":{\"userInfo\":{\"username\":\"duty\"}}}";
  }

  private static String missing() {
    return "{\"apiVersion\":\"v1\",\"kind\":\"Status\",\"status\":\"Failure\",\"code\":404,"
        + "\"reason\":\"NotFound\",\"message\":\"not found\"}";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
