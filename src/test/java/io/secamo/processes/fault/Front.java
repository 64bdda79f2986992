package io.secamo.processes.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.fault.Fault.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback through which one operator sees the world, and that fails on purpose. */
abstract class Front implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Life life;
  private final Trouble trouble;

  /** The operator behind a front. */
  interface Life {
    /** Whether it is dead: nothing of it reaches the world any more, nothing reaches it. */
    boolean over();

    /** Kills it, as kill -9 does. */
    void end();

    /** Kills it and starts another one only after a while. */
    void away(Duration time);

    /** Has a second operator take over while this one stands still. */
    void overtake();

    /** Has people or machines around it do something. */
    void around(Kind kind, Channel channel);
  }

  Front(Life life, int port, Trouble trouble) throws IOException {
    this.life = life;
    this.trouble = trouble;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
    server.setExecutor(threads);
  }

  final void open() {
    server.createContext("/", this::pass);
    server.start();
  }

  final String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** As which calls this one counts. */
  abstract List<Channel> channels(HttpExchange exchange);

  /** Does the call. */
  abstract Reply perform(HttpExchange exchange, byte[] body) throws IOException;

  /** Takes the whole call over; false if it is an ordinary one. */
  boolean streams(HttpExchange exchange) throws IOException {
    return false;
  }

  /** What it would have answered some time ago. */
  Reply old(Reply now) {
    return now;
  }

  /** From now on new objects are not found for a while. */
  void blind() {}

  final boolean dead() {
    return life.over();
  }

  private void pass(HttpExchange exchange) {
    try {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!life.over() && !streams(exchange)) {
        ordinary(exchange, body);
      }
    } catch (IOException gone) {
      // The operator hung up: that is one of the things that happen.
    } finally {
      exchange.close();
    }
  }

  private void ordinary(HttpExchange exchange, byte[] body) throws IOException {
    List<Channel> channels = channels(exchange);
    // Each counts, also behind one that fails.
    List<Kind> kinds = channels.stream().flatMap(c -> trouble.next(c).stream()).toList();
    if (kinds.isEmpty()) {
      give(exchange, perform(exchange, body));
      return;
    }
    fail(exchange, body, kinds.getFirst(), channels.getFirst());
  }

  private void fail(HttpExchange exchange, byte[] body, Kind kind, Channel channel)
      throws IOException {
    if (kind.around) {
      life.around(kind, channel);
      give(exchange, perform(exchange, body));
      return;
    }
    switch (kind) {
      case AWAY -> life.away(Duration.ofSeconds(5));
      case OLD -> give(exchange, old(perform(exchange, body)));
      case CRASH_BEFORE -> life.end();
      case CRASH_AFTER -> {
        perform(exchange, body);
        life.end();
      }
      case LOSE_REPLY -> perform(exchange, body);
      case HOLD -> {
        life.overtake();
        pause(Duration.ofSeconds(4));
        give(exchange, perform(exchange, body));
      }
      case CONFLICT -> give(exchange, failure(409, "Conflict"));
      case THROTTLE -> give(exchange, failure(429, "TooManyRequests").with("Retry-After", "1"));
      case ERROR -> give(exchange, failure(500, "InternalError"));
      case BUSY -> give(exchange, failure(503, "ServiceUnavailable"));
      case TURNED_DOWN -> give(exchange, failure(401, "Unauthorized"));
      case GARBAGE -> {
        perform(exchange, body);
        give(exchange, Reply.of(200, "{\"items\": [{\"id\""));
      }
      case PAGE -> {
        perform(exchange, body);
        give(exchange, Reply.of(200, "<html><body>Welcome</body></html>"));
      }
      case WRONG_ID, STRANGERS, LONG, HUGE -> {
        Reply truth = perform(exchange, body);
        Reply told = Lies.of(kind, exchange.getRequestURI().getPath(), truth);
        if (told.equals(truth)) {
          trouble.prevented(kind);
        }
        give(exchange, told);
      }
      case SLOW -> {
        Reply reply = perform(exchange, body);
        pause(Duration.ofSeconds(2));
        give(exchange, reply);
      }
      case BLIND -> {
        blind();
        give(exchange, perform(exchange, body));
      }
      default -> give(exchange, perform(exchange, body));
    }
  }

  static Reply failure(int status, String reason) {
    return Reply.of(
        status,
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
            + "\"message\":\"made up: "
            + reason
            + "\",\"reason\":\""
            + reason
            + "\",\"code\":"
            + status
            + "}");
  }

  private void give(HttpExchange exchange, Reply reply) throws IOException {
    if (life.over()) {
      return;
    }
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    if ("close".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Connection"))) {
      // As the servers do that Request Tracker and OpenStack run behind; this one closes silently.
      exchange.getResponseHeaders().set("Connection", "close");
    }
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
