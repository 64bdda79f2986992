package io.secamo.processes.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.systems.Patience;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In a Java of its own, with the heap that the operator is installed with. */
class HeapTest {
  private static final int LOOKS = 32;
  private static final int NAMESPACES = 4;
  private static final int PAGES = 2;

  @Test
  void looksAtSystemsThatSayAsMuchAsTheyMayDoNotEndTheOperator() throws Exception {
    try (Misbehaving talkative =
        Misbehaving.answering(
            200, "application/json", "[" + "\"0123456789abc\",".repeat(249_000) + "0]")) {
      Process java =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Looks.class.getName(),
                  talkative.address())
              .redirectErrorStream(true)
              .start();
      if (!java.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        java.destroyForcibly().waitFor();
      }
      assertThat(new String(java.getInputStream().readAllBytes()))
          .doesNotContain("OutOfMemoryError")
          .contains("all looks have ended");
    }
  }

  /** Each reads some pages and keeps them until its end. */
  static final class Looks {
    public static void main(String[] arguments) throws Exception {
      List<Future<?>> looks = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < LOOKS; i++) {
          HttpEndpoint endpoint = endpoint(arguments[0], "team-" + i % NAMESPACES);
          looks.add(threads.submit(() -> look(endpoint)));
        }
      }
      for (Future<?> look : looks) {
        look.get();
      }
      System.out.println("all looks have ended");
    }

    private static void look(HttpEndpoint endpoint) {
      List<JsonNode> kept = new ArrayList<>();
      try (CallTime time = CallTime.begin()) {
        for (int page = 0; page < PAGES; page++) {
          kept.add(endpoint.send(Request.get("/" + page)).body());
        }
      } catch (ConnectorFailure.Transient later) {
        // It comes back; what it has kept goes with it.
      }
    }

    private static HttpEndpoint endpoint(String address, String namespace) {
      return new HttpEndpoint(
          "Test",
          address,
          new Sockets(Limits.DEFAULT).trusting(null),
          Limits.DEFAULT,
          new Throttle(null, namespace, Clock.systemUTC()),
          Clock.systemUTC());
    }
  }
}
