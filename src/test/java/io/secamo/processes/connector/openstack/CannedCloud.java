package io.secamo.processes.connector.openstack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.secamo.processes.connector.http.HttpEndpoint;
import io.secamo.processes.connector.http.Limits;
import io.secamo.processes.connector.http.Sockets;
import io.secamo.processes.connector.http.Throttle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An OpenStack on loopback that answers whatever a test asks of it. */
final class CannedCloud implements AutoCloseable {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Clock clock = Clock.systemUTC();
  private final Throttle throttle = new Throttle(null, "team-a", clock);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final AtomicInteger signIns = new AtomicInteger();
  private final AtomicInteger endpoints = new AtomicInteger();
  private volatile Runnable beforeSignIn = () -> {};
  private volatile UnaryOperator<String> neutron = path -> "{}";
  private volatile Function<String, Integer> statuses = path -> 200;
  private volatile String project = "1f0c";
  private volatile String name = "demo";
  private volatile String token = "t0ken";
  private volatile String network = "";
  private volatile int refusal;
  private volatile String refusalText = "";

  CannedCloud() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/v3/auth/tokens", this::signIn);
    server.createContext(
        "/v2.0/",
        exchange -> {
          String call = exchange.getRequestURI().toString();
          answer(exchange, statuses.apply(call), neutron.apply(call));
        });
    server.setExecutor(threads);
    server.start();
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Neutron has an address of its own under this path. */
  CannedCloud movingNeutronTo(String path) {
    network = path;
    return this;
  }

  CannedCloud withProject(String id, String named) {
    project = id;
    name = named;
    return this;
  }

  CannedCloud givingToken(String given) {
    token = given;
    return this;
  }

  CannedCloud refusingSignIn(int status, String text) {
    refusal = status;
    refusalText = text;
    return this;
  }

  CannedCloud beforeEachSignIn(Runnable what) {
    beforeSignIn = what;
    return this;
  }

  CannedCloud answering(UnaryOperator<String> neutronTo) {
    neutron = neutronTo;
    return this;
  }

  /** With another status than 200. */
  CannedCloud withStatus(Function<String, Integer> statusOf) {
    statuses = statusOf;
    return this;
  }

  int signIns() {
    return signIns.get();
  }

  /** How many endpoints of Neutron were made. */
  int endpoints() {
    return endpoints.get();
  }

  KeystoneSession session(Duration patience) {
    return new KeystoneSession(
        endpoint("OpenStack Keystone", address() + "/v3"),
        new Credentials("operator", "pw-4711", "demo", "Default", "Default"),
        new Catalog(
            null,
            url -> {
              endpoints.incrementAndGet();
              return endpoint("OpenStack Neutron", url);
            }),
        clock,
        patience);
  }

  private HttpEndpoint endpoint(String product, String url) {
    return new HttpEndpoint(
        product, url, new Sockets(Limits.DEFAULT).trusting(null), Limits.DEFAULT, throttle, clock);
  }

  private void signIn(HttpExchange exchange) throws IOException {
    signIns.incrementAndGet();
    beforeSignIn.run();
    if (refusal > 0) {
      answer(exchange, refusal, refusalText);
      return;
    }
    ObjectNode body = JSON.objectNode();
    ObjectNode granted = body.putObject("token");
    granted.put("expires_at", clock.instant().plus(Duration.ofHours(1)).toString());
    granted.putObject("project").put("id", project).put("name", name);
    granted
        .putArray("catalog")
        .addObject()
        .put("type", "network")
        .putArray("endpoints")
        .addObject()
        .put("interface", "public")
        .put("region_id", "RegionOne")
        .put("url", address() + network);
    exchange.getResponseHeaders().set("X-Subject-Token", token);
    answer(exchange, 201, body.toString());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
