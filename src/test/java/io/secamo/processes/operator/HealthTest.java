package io.secamo.processes.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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
      assertThat(livez(kubelet, health)).isEqualTo("ok\n");
      assertThat(slow.isClosed()).isFalse();
    }
  }

  /** It stood there as alive for ever, removed nothing, and nobody restarted it. */
  @Test
  void oneThatDoesNotComeUpIsRestarted() throws Exception {
    AtomicLong nanos = new AtomicLong();
    try (Health health = Health.listen(Map.of("HEALTH_PORT", "0"), nanos::get);
        HttpClient kubelet = HttpClient.newHttpClient()) {
      nanos.addAndGet(Duration.ofMinutes(4).toNanos());
      assertThat(livez(kubelet, health)).isEqualTo("ok\n");
      nanos.addAndGet(Duration.ofMinutes(2).toNanos());
      assertThat(livez(kubelet, health)).isEqualTo("no\n");
      health.watch(() -> true, () -> true, () -> new byte[0]);
      assertThat(livez(kubelet, health)).isEqualTo("ok\n");
    }
  }

  private static String livez(HttpClient kubelet, Health health) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(health.page("/livez")).timeout(Duration.ofSeconds(30)).build();
    return kubelet.send(request, BodyHandlers.ofString()).body();
  }

  private static Socket half(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write("GET /liv".getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }
}
