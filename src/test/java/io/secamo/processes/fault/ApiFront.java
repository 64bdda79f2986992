package io.secamo.processes.fault;

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
import java.util.Optional;
import java.util.function.Consumer;

/** The API server as one operator sees it. */
final class ApiFront extends Front {
  private static final String GONE =
      "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"too"
          + " old resource version\",\"reason\":\"Expired\",\"code\":410}}";
  private final ApiServer server;
  private final Trouble trouble;
  private final Consumer<String> writes;

  /**
   * In front of the API server.
   *
   * @param writes told of each write that the API server accepted, as method and path
   */
  ApiFront(Life life, ApiServer server, Trouble trouble, Consumer<String> writes)
      throws IOException {
    super(life, 0);
    this.server = server;
    this.trouble = trouble;
    this.writes = writes;
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
  Optional<Kind> trouble(HttpExchange exchange) {
    if (write(exchange)) {
      return trouble.next(Channel.API);
    }
    boolean read = exchange.getRequestURI().getPath().contains("/namespaces/");
    return read ? trouble.next(Channel.READ) : Optional.empty();
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
    HttpResponse<InputStream> answer = server.stream(outgoing(exchange, body));
    String text;
    try (InputStream in = answer.body()) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (write(exchange) && answer.statusCode() < 300) {
      writes.accept(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
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
