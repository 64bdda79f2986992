package io.secamo.processes.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthTest {
  /** Whoever reaches the port could have the operator restarted, again and again. */
  @Test
  void oneThatSendsHalfARequestKeepsNobodyWaiting() throws Exception {
    try (Health health = Health.listen(Map.of("HEALTH_PORT", "0"));
        Socket slow = half(health.port());
        HttpClient kubelet = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + health.port() + "/livez"))
              .timeout(Duration.ofSeconds(30))
              .build();
      assertThat(kubelet.send(request, BodyHandlers.ofString()).body()).isEqualTo("ok\n");
      assertThat(slow.isClosed()).isFalse();
    }
  }

  private static Socket half(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write("GET /liv".getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }
}
