package io.secamo.processes.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Answers the kubelet: /livez while work goes on or begins, /readyz once the caches are filled; and
 * monitoring: /metrics.
 */
final class Health implements AutoCloseable {
  /** Its caches are full long before that; one that is not up by then never is. */
  private static final Duration STARTED_WITHIN = Duration.ofMinutes(5);

  private final HttpServer server;
  private final AtomicReference<BooleanSupplier> alive;
  private final AtomicReference<BooleanSupplier> ready = new AtomicReference<>(() -> false);

  private final AtomicReference<Page> metrics = new AtomicReference<>(() -> new byte[0]);

  /** What a page answers. */
  interface Page {
    byte[] text() throws IOException;
  }

  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("health-", 0).factory());

  private Health(HttpServer server, LongSupplier nanos) {
    this.server = server;
    long began = nanos.getAsLong();
    this.alive = new AtomicReference<>(() -> nanos.getAsLong() - began <= STARTED_WITHIN.toNanos());
    // Without threads of its own, one that sends half a request line keeps all others waiting.
    server.setExecutor(threads);
    server.createContext("/livez", exchange -> answer(exchange, alive.get().getAsBoolean()));
    server.createContext("/readyz", exchange -> answer(exchange, ready.get().getAsBoolean()));
    server.createContext("/metrics", exchange -> write(exchange, 200, metrics.get().text()));
    server.start();
  }

  /** Listens on HEALTH_ADDRESS (default loopback) and HEALTH_PORT (default 8080, 0 for any). */
  static Health listen(Map<String, String> environment) throws IOException {
    return listen(environment, System::nanoTime);
  }

  /**
   * With a counter of its own.
   *
   * @param nanos counts nanoseconds and never jumps
   */
  static Health listen(Map<String, String> environment, LongSupplier nanos) throws IOException {
    // Read by the server when it is first used: whoever is slower than this is cut off.
    System.setProperty("sun.net.httpserver.maxReqTime", "5");
    System.setProperty("jdk.httpserver.maxConnections", "100");
    int port = Environment.healthPort(environment);
    InetAddress address = Environment.healthAddress(environment);
    try {
      return new Health(HttpServer.create(new InetSocketAddress(address, port), 0), nanos);
    } catch (BindException e) {
      throw new Environment.Wrong(
          "HEALTH_PORT "
              + port
              + " of "
              + address.getHostAddress()
              + " cannot be listened on ("
              + e.getMessage()
              + "): write another one, or another HEALTH_ADDRESS");
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Where a page of it is read. */
  URI page(String path) {
    InetAddress address = server.getAddress().getAddress();
    String host = address.isAnyLocalAddress() ? "localhost" : address.getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + path);
  }

  void watch(BooleanSupplier isAlive, BooleanSupplier isReady, Page scrape) {
    alive.set(isAlive);
    metrics.set(scrape);
    ready.set(isReady);
  }

  private static void answer(HttpExchange exchange, boolean good) throws IOException {
    write(exchange, good ? 200 : 503, (good ? "ok\n" : "no\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void write(HttpExchange exchange, int status, byte[] text) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    exchange.sendResponseHeaders(status, text.length == 0 ? -1 : text.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(text);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
