package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.fault.Fault.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The API server as one operator sees it. */
final class ApiFront extends Front {
  private static final String GONE =
      "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"too"
          + " old resource version\",\"reason\":\"Expired\",\"code\":410}}";
  private final ApiServer server;
  private final Trouble trouble;
  private final Run run;

  ApiFront(Life life, Run run) throws IOException {
    super(life, 0, run.trouble());
    this.server = run.server();
    this.trouble = run.trouble();
    this.run = run;
  }

  private static boolean write(HttpExchange exchange) {
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    String path = exchange.getRequestURI().getPath();
    return !exchange.getRequestMethod().equals("GET")
        && !query.contains("dryRun=All")
        && !path.startsWith("/apis/authorization.k8s.io")
        && !path.startsWith("/apis/authentication.k8s.io");
  }

  @Override
  List<Channel> channels(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    if (write(exchange)) {
      return path.matches(".*/(firewallchangerequests|evidencerecords)(/.*)?")
          ? List.of(Channel.API, Channel.STATE)
          : List.of(Channel.API);
    }
    if (path.matches(".*/namespaces/[^/]+/firewallchangerequests")) {
      return List.of(Channel.LIST);
    }
    return path.contains("/namespaces/") ? List.of(Channel.READ) : List.of();
  }

  /** The request as it was when half of what happened had happened; a watch goes on from there. */
  @Override
  Reply old(Reply now) {
    List<History.Version> versions = run.history().versions();
    if (versions.isEmpty()) {
      return now;
    }
    JsonNode then = versions.get((versions.size() - 1) / 2).object();
    ObjectNode list = ApiServer.JSON.createObjectNode();
    list.put("apiVersion", "processes.secamo.io/v1alpha1").put("kind", "FirewallChangeRequestList");
    list.putObject("metadata")
        .put("resourceVersion", then.at("/metadata/resourceVersion").asText());
    list.putArray("items").add(then);
    return new Reply(200, list.toString(), now.headers());
  }

  private HttpRequest outgoing(HttpExchange exchange, byte[] body) {
    HttpRequest.Builder request =
        server
            .to(exchange.getRequestURI().toString())
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    for (String name : List.of("Authorization", "Content-Type", "Accept", "User-Agent")) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    return request.build();
  }

  @Override
  Reply perform(HttpExchange exchange, byte[] body) throws IOException {
    boolean aboutRequest = exchange.getRequestURI().getPath().contains("/firewallchangerequests/");
    if (aboutRequest && write(exchange) && run.mishaps().full()) {
      return failure(500, "etcdserver: request is too large");
    }
    HttpResponse<InputStream> answer = server.stream(outgoing(exchange, body));
    String text;
    try (InputStream in = answer.body()) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (write(exchange) && answer.statusCode() < 300) {
      run.wrote(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
    }
    Map<String, String> headers = new HashMap<>();
    for (String name : List.of("Content-Type", "Retry-After", "Date")) {
      answer.headers().firstValue(name).ifPresent(value -> headers.put(name, value));
    }
    return new Reply(answer.statusCode(), text, headers);
  }

  /** Watches are passed on event by event. */
  @Override
  boolean streams(HttpExchange exchange) throws IOException {
    if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
      // No web sockets here: the client goes on with plain HTTP.
      exchange.sendResponseHeaders(200, -1);
      return true;
    }
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    if (!query.contains("watch=true") && !query.contains("watch=1")) {
      return false;
    }
    HttpResponse<InputStream> answer = server.stream(outgoing(exchange, new byte[0]));
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.statusCode(), 0);
    try (InputStream in = answer.body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      pump(exchange.getResponseBody(), lines);
    }
    return true;
  }

  private void pump(OutputStream out, BufferedReader lines) throws IOException {
    out.flush();
    for (String line = lines.readLine(); line != null && !dead(); line = lines.readLine()) {
      boolean ours = line.contains("\"kind\":\"FirewallChangeRequest\"");
      Kind kind = ours ? trouble.next(Channel.WATCH).orElse(Kind.ERROR) : Kind.ERROR;
      switch (kind) {
        case CUT -> {
          return;
        }
        case GONE -> {
          send(out, GONE);
          return;
        }
        case TWICE -> send(out, line);
        case LATE -> pause(Duration.ofSeconds(2));
        default -> {}
      }
      if (dead()) {
        return;
      }
      send(out, line);
    }
  }

  private static void send(OutputStream out, String line) throws IOException {
    out.write((escaped(line) + "\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /**
   * Fabric8 7.8.0 puts NULs into a watch over plain HTTP for each letter that is not ASCII: it
   * takes the whole array behind the decoded text, WatchHTTPManager.
   */
  private static String escaped(String line) {
    StringBuilder ascii = new StringBuilder(line.length() + 16);
    line.chars()
        .forEach(
            c -> {
              if (c < 128) {
                ascii.append((char) c);
              } else {
                ascii.append(String.format("\\u%04x", c));
              }
            });
    return ascii.toString();
  }
}
