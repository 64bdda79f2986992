package io.secamo.processes.kubernetes.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DataVersionTest {
  private static final String LIST =
      "{\"apiVersion\":\"processes.secamo.io/v1alpha1\",\"kind\":\"FirewallChangeRequestList\","
          + "\"metadata\":{\"resourceVersion\":\"4711\"},\"items\":[]}";
  private final AtomicInteger questions = new AtomicInteger();
  private volatile int status = 200;
  private HttpServer server;
  private KubernetesClient client;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          questions.incrementAndGet();
          byte[] answer = LIST.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withAutoConfigure(false)
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .build())
            .build();
  }

  @AfterEach
  void end() {
    client.close();
    server.stop(0);
  }

  @Test
  void isThatOfTheWholeData() {
    assertThat(new DataVersion(client, FirewallChangeRequest.class).getAsLong()).isEqualTo(4711);
  }

  /**
   * The client would wait up to a minute between its attempts, and a restored database may pass the
   * version we know meanwhile: then nobody sees that it was restored.
   */
  @Test
  void isNotAskedForAgainAndAgainInOneLook() {
    status = 503;
    DataVersion version = new DataVersion(client, FirewallChangeRequest.class);
    assertThatThrownBy(version::getAsLong).isInstanceOf(KubernetesClientException.class);
    assertThat(questions).hasValue(1);
  }
}
