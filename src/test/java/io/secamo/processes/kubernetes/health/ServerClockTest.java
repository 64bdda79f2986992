package io.secamo.processes.kubernetes.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator takes for the time is what the API server says. */
class ServerClockTest {
  private final Clock local = Clock.fixed(Instant.now(), ZoneOffset.UTC);
  private final AtomicLong nanos = new AtomicLong();
  private final ServerClock clock = new ServerClock(local, nanos::get);
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    // The JDK's server writes the field Date by itself, from the real time.
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] text =
              "{\"kind\":\"Namespace\",\"apiVersion\":\"v1\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void untilTheServerAnswersTheLocalClockCounts() {
    assertThat(clock.instant()).isEqualTo(local.instant());
  }

  @Test
  void aDifferenceOfLessThanTwoSecondsSaysNothing() {
    ask(clock);
    assertThat(clock.instant()).isEqualTo(local.instant());
  }

  @Test
  void aLocalClockThatIsWrongIsPutRight() {
    Clock slow = Clock.offset(local, Duration.ofHours(-3));
    ServerClock right = new ServerClock(slow, nanos::get);
    ask(right);
    assertThat(Duration.between(local.instant(), right.instant()).abs())
        .isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void aMachineWhoseClockJumpsExpiresNothingEarly() {
    AtomicReference<Instant> wall = new AtomicReference<>(local.instant());
    ServerClock steady =
        new ServerClock(((InstantSource) wall::get).withZone(ZoneOffset.UTC), nanos::get);

    wall.set(local.instant().plus(Duration.ofMinutes(10)));
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());

    assertThat(steady.instant()).isEqualTo(local.instant().plusSeconds(3));
  }

  private void ask(ServerClock listening) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    try (KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder().withMasterUrl(url).build())
            .withHttpClientBuilderConsumer(
                http -> http.addOrReplaceInterceptor("server-clock", listening))
            .build()) {
      assertThat(client.namespaces().withName("kube-system").get()).isNotNull();
    }
  }
}
