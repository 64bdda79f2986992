package io.secamo.processes.systems;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Stands before a real system on loopback and passes everything on. On request it hangs up instead
 * of giving the answer back, after the system did what it was asked, or spoils a header on the way.
 */
public final class LossyProxy implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI target;
  private final Map<String, String> rewrites;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger toLose = new AtomicInteger();
  private final AtomicInteger toSpoil = new AtomicInteger();
  private volatile Predicate<String> victims = call -> false;
  private final AtomicInteger toRefuse = new AtomicInteger();
  private volatile Predicate<String> unwanted = call -> false;
  private final AtomicInteger toBlind = new AtomicInteger();
  private volatile Predicate<String> blind = call -> false;
  private volatile String other = "";
  private volatile String armedBy = "";
  private volatile int armed;
  private volatile String replaced = "";
  private volatile String replacement = "";
  private volatile String spoilt = "";

  private LossyProxy(String target, Map<String, String> rewrites) throws IOException {
    this.target = URI.create(target);
    this.rewrites = rewrites;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/", this::pass);
    server.setExecutor(threads);
    server.start();
  }

  /** In front of the host and port of an address. */
  public static LossyProxy before(String target) {
    return before(target, Map.of());
  }

  /** The same, replacing texts in the answers. */
  public static LossyProxy before(String target, Map<String, String> rewrites) {
    try {
      return new LossyProxy(target, rewrites);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The address that leads here: that of the target with another port. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + target.getPath();
  }

  /** Loses the answers of the next calls like {@code POST /ticket}. */
  public void loseAnswer(int times, Predicate<String> calls) {
    victims = calls;
    toLose.set(times);
  }

  /** Answers the next calls with 503 and does not pass them on. */
  public void refuse(int times, Predicate<String> calls) {
    unwanted = calls;
    toRefuse.set(times);
  }

  /** Answers the calls that follow a call of that kind with 503, so many of them. */
  public void refuseAfter(String call, int times) {
    armedBy = call;
    armed = times;
  }

  /** Answers the next calls with an empty list, as an index that lags would. */
  public void emptyAnswer(int times, Predicate<String> calls) {
    otherAnswer(times, calls, "{\"items\":[],\"security_group_rules\":[]}");
  }

  /** Answers the next calls with this JSON instead of what the system says. */
  public void otherAnswer(int times, Predicate<String> calls, String json) {
    other = json;
    blind = calls;
    toBlind.set(times);
  }

  /** Replaces a text in the bodies that come by from now on. */
  public void rewriteRequests(String text, String by) {
    replaced = text;
    replacement = by;
  }

  /** Replaces a header of the next calls by rubbish. */
  public void spoilHeader(int times, String header) {
    spoilt = header;
    toSpoil.set(times);
  }

  /** Method and path of all calls so far. */
  public List<String> seen() {
    return List.copyOf(seen);
  }

  private void pass(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    seen.add(call);
    if (blind.test(call) && next(toBlind)) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      byte[] body = other.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
      return;
    }
    if (unwanted.test(call) && next(toRefuse)) {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
      return;
    }
    try {
      HttpResponse<byte[]> answer =
          client.send(outgoing(exchange), HttpResponse.BodyHandlers.ofByteArray());
      if (call.equals(armedBy)) {
        refuse(armed, any -> true);
      }
      if (victims.test(call) && next(toLose)) {
        exchange.close();
        return;
      }
      give(exchange, answer);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private byte[] body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    return replaced.isEmpty()
        ? body
        : new String(body, StandardCharsets.UTF_8)
            .replace(replaced, replacement)
            .getBytes(StandardCharsets.UTF_8);
  }

  private static boolean next(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  private HttpRequest outgoing(HttpExchange exchange) throws IOException {
    String base = target.getScheme() + "://" + target.getAuthority();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base + exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(body(exchange)));
    for (String name : List.of("Authorization", "X-Auth-Token", "Content-Type", "Accept")) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        boolean spoil = name.equalsIgnoreCase(spoilt) && next(toSpoil);
        builder.header(name, spoil ? "rubbish" : value);
      }
    }
    return builder.build();
  }

  private void give(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
    byte[] body = answer.body();
    if (!rewrites.isEmpty()) {
      String text = new String(body, StandardCharsets.UTF_8);
      for (Map.Entry<String, String> rewrite : rewrites.entrySet()) {
        text = text.replace(rewrite.getKey(), rewrite.getValue());
      }
      body = text.getBytes(StandardCharsets.UTF_8);
    }
    for (String name : List.of("Content-Type", "X-Subject-Token")) {
      answer
          .headers()
          .firstValue(name)
          .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
    }
    exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
