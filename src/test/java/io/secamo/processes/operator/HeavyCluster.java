package io.secamo.processes.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of an API server as the operator needs to start, and in it what one tenant made: of each
 * kind that configures requests hundreds of objects, each as heavy as the API server takes it.
 */
final class HeavyCluster implements AutoCloseable {
  private static final String GROUP = "/apis/orchestrator.secamo.io/v1alpha1/";
  private static final String FILL = "x".repeat(255 * 1024);
  private static final Pattern KIND =
      Pattern.compile("(?:namespaces/(?:evil|other)/)?([a-z]+)(?:/[a-z]+([0-9]+)(?:/status)?)?");
  private static final String RULES =
      "{\"name\":\"a\",\"gates\":[{\"name\":\"g\",\"required\":1}]}";

  /** Of each kind what is behind its metadata. */
  private static final Map<String, String> SPECS =
      Map.of(
          "connections", "\"Connection\",\"spec\":{\"type\":\"Sandbox\"}",
          "approvalpolicies", "\"ApprovalPolicy\",\"spec\":{\"rules\":[" + RULES + "]}",
          "changewindows",
              "\"ChangeWindow\",\"spec\":{\"type\":\"Freeze\",\"start\":\"2027-01-01T00:00\","
                  + "\"duration\":\"1h\",\"reason\":\"none\"}");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<String> lookedAt = ConcurrentHashMap.newKeySet();
  private final int count;

  HeavyCluster(int count) throws IOException {
    this.count = count;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Whether each object has a status. */
  boolean allLookedAt() {
    return lookedAt.size() == count * SPECS.size();
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    if ("websocket".equals(exchange.getRequestHeaders().getFirst("Upgrade"))) {
      // No web sockets: the client then watches without.
      write(exchange, 200, "{}");
    } else if (query(exchange, "watch").equals("true")) {
      watch(exchange);
    } else if (path.startsWith(GROUP)) {
      configuration(exchange, path.substring(GROUP.length()));
    } else if (path.endsWith("/firewallchangerequests")) {
      write(exchange, 200, "{\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[]}");
    } else if (path.endsWith("/selfsubjectreviews")) {
      write(exchange, 201, "{\"status\":{\"userInfo\":{\"username\":\"operator\"}}}");
    } else if (path.equals("/api/v1/namespaces/kube-system")) {
      write(exchange, 200, "{\"metadata\":{\"name\":\"kube-system\",\"uid\":\"u\"}}");
    } else {
      notThere(exchange);
    }
  }

  /** Nothing changes. */
  private void watch(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private void configuration(HttpExchange exchange, String path) throws IOException {
    Matcher which = KIND.matcher(path);
    if (!which.matches() || !SPECS.containsKey(which.group(1))) {
      notThere(exchange);
    } else if (which.group(2) != null) {
      if (path.endsWith("/status")) {
        lookedAt.add(path);
      }
      write(exchange, 200, object(which.group(1), Integer.parseInt(which.group(2))));
    } else {
      list(exchange, which.group(1));
    }
  }

  private void list(HttpExchange exchange, String kind) throws IOException {
    String limit = query(exchange, "limit");
    String from = query(exchange, "continue");
    int first = from.isEmpty() ? 0 : Integer.parseInt(from);
    int there = exchange.getRequestURI().getPath().contains("/other/") ? 0 : count;
    int end = limit.isEmpty() ? there : Math.min(there, first + Integer.parseInt(limit));
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      String next = end < there ? ",\"continue\":\"" + end + "\"" : "";
      body.write(bytes("{\"metadata\":{\"resourceVersion\":\"9\"" + next + "},\"items\":["));
      for (int i = first; i < end; i++) {
        body.write(bytes((i > first ? "," : "") + object(kind, i)));
      }
      body.write(bytes("]}"));
    }
  }

  private static String object(String kind, int number) {
    return """
    {"apiVersion":"orchestrator.secamo.io/v1alpha1","metadata":{"name":"%s%d","namespace":"evil",
    "uid":"%s-%d","resourceVersion":"%d","generation":1,"creationTimestamp":"2027-01-01T00:00:00Z",
    "annotations":{"example.org/fill":"%s"}},"kind":%s}
    """
        .formatted("c", number, kind, number, number + 1, FILL, SPECS.get(kind));
  }

  private static void notThere(HttpExchange exchange) throws IOException {
    write(exchange, 404, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":404}");
  }

  private static void write(HttpExchange exchange, int status, String text) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, text.length());
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(bytes(text));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String query(HttpExchange exchange, String name) {
    String query = exchange.getRequestURI().getQuery();
    Matcher value =
        Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query == null ? "" : query);
    return value.find() ? value.group(1) : "";
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
