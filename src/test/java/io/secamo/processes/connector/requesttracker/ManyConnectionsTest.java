package io.secamo.processes.connector.requesttracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.systems.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever may make Connections makes thousands, and each is called with its credentials. */
class ManyConnectionsTest {
  private static final int MANY = 2500;
  private static final String QUEUE =
      "{\"Disabled\": 0, \"TicketCustomFields\": [{\"name\": \"opkey\"}]}";

  private final RequestTrackerFactory factory = new RequestTrackerFactory(Clock.systemUTC());
  private final List<Connector> made = new ArrayList<>();
  private final HttpServer server;
  private final long before = clients();

  ManyConnectionsTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = QUEUE.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void thousandsOfConnectionsTakeOneThread() {
    for (int i = 0; i < MANY; i++) {
      check("");
    }
    assertThat(clients() - before).isLessThanOrEqualTo(1);
  }

  @Test
  void thousandsThatTrustTheSameAuthorityTakeOneThread() throws Exception {
    String authority = authority();
    for (int i = 0; i < MANY; i++) {
      check(authority);
    }
    assertThat(clients() - before).isLessThanOrEqualTo(1);
  }

  @Test
  void ofThoseThatEachTrustAnotherAuthorityOnlyTheLastFewHaveAThread() throws Exception {
    String authority = authority();
    for (int i = 0; i < 300; i++) {
      check("another one, " + i + "\n" + authority);
    }
    onlyTheLastFewHaveAThread();
    made.forEach(Connector::check);
    onlyTheLastFewHaveAThread();
  }

  /** A client that is closed ends its thread a bit later. */
  private void onlyTheLastFewHaveAThread() {
    Awaitility.await().atMost(Patience.LIMIT).until(() -> clients() - before <= 33);
  }

  private void check(String authorities) {
    Map<String, String> secret = new HashMap<>(Map.of("token", "t-" + made.size()));
    if (!authorities.isEmpty()) {
      secret.put("ca.crt", authorities);
    }
    ConnectionSpec spec =
        new ConnectionSpec(
            ConnectionSpec.Type.REQUEST_TRACKER,
            "http://127.0.0.1:" + server.getAddress().getPort(),
            new ConnectionSpec.SecretRef("helpdesk-token"),
            new ConnectionSpec.RequestTracker("Firewall", "opkey"),
            null,
            null,
            null,
            null);
    Connector connector =
        factory.connect(new ConnectionSettings("evil", "c" + made.size(), spec, secret));
    assertThat(connector.check().id()).contains("queue Firewall");
    made.add(connector);
  }

  private static String authority() throws Exception {
    TrustManagerFactory known =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    known.init((KeyStore) null);
    X509Certificate first =
        ((X509TrustManager) known.getTrustManagers()[0]).getAcceptedIssuers()[0];
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(first.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  /** Each client of Java has such a thread, until it is shut down. */
  private static long clients() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.endsWith("SelectorManager"))
        .count();
  }
}
