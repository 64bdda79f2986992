package io.secamo.processes.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.systems.OwnJava;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In a Java of its own, with the heap that the operator is installed with. */
class HeapTest {
  private static final int LOOKS = 40;
  private static final int NAMESPACES = 4;
  private static final int PAGES = 2;

  /**
   * Texts as many as may be; a third of a megabyte that becomes ten once it is read; names, each
   * another one; texts that take twice as much, as one letter needs it.
   */
  static Stream<String> answers() {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      names.append('"').append(Integer.toString(i, 36)).append("\":1,");
    }
    return Stream.of(
        "[" + "\"0123456789abc\",".repeat(249_000) + "0]",
        "{\"security_groups\":[{\"x\":[" + "{},".repeat(124_900) + "{}]}]}",
        "{" + names + "\"end\":1}",
        "[\"" + "x".repeat(4_000_000) + "\u2126\"]");
  }

  @ParameterizedTest
  @MethodSource("answers")
  void looksAtSystemsThatSayAsMuchAsTheyMayDoNotEndTheOperator(String answer) throws Exception {
    try (Misbehaving talkative = Misbehaving.answering(200, "application/json", answer)) {
      assertThat(OwnJava.said(OwnJava.INSTALLED, Looks.class, talkative.address()))
          .doesNotContain("OutOfMemoryError")
          .contains("all looks have ended");
    }
  }

  /** Each reads some pages and keeps them until its end. */
  static final class Looks {
    /** Until then each keeps what it has read, as one that waits for its next answer does. */
    private static final CountDownLatch ALL_HAVE_READ = new CountDownLatch(LOOKS);

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

    private static int look(HttpEndpoint endpoint) throws InterruptedException {
      List<JsonNode> kept = new ArrayList<>();
      try (CallTime time = CallTime.begin()) {
        try {
          for (int page = 0; page < PAGES; page++) {
            kept.add(endpoint.send(Request.get("/" + page)).body());
          }
        } catch (ConnectorFailure.Transient later) {
          // It comes back; what it has kept goes with it.
          kept.clear();
        }
        ALL_HAVE_READ.countDown();
        ALL_HAVE_READ.await();
        return kept.size();
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
