package io.secamo.processes.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads share a socket, a change never does, and it needs no client of its own for that. */
class SocketsTest {
  private static final Request READ = Request.get("/thing");
  private static final List<Request> CHANGES =
      List.of(
          Request.post("/thing", JsonNodeFactory.instance.objectNode()),
          Request.put("/thing", JsonNodeFactory.instance.objectNode()),
          Request.delete("/thing"));

  private static HttpEndpoint to(String address) {
    return new HttpEndpoint(
        "Test system",
        address,
        new Sockets(Limits.DEFAULT).trusting(null),
        Limits.DEFAULT,
        new Throttle(null, "team-a", Clock.systemUTC()),
        Clock.systemUTC());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachChangeHasASocketOfItsOwnWhetherTheServerClosesItOrNot(boolean polite)
      throws IOException {
    try (Sessions server = new Sessions(polite)) {
      HttpEndpoint endpoint = to(server.address());
      for (Request change : CHANGES) {
        assertThat(endpoint.send(READ).ok()).isTrue();
        assertThat(endpoint.send(change).ok()).isTrue();
        assertThat(endpoint.send(change).ok()).isTrue();
        assertThat(endpoint.send(READ).ok()).isTrue();
      }
      assertThat(server.sockets())
          .containsExactly(
              List.of("GET", "GET", "GET", "GET", "GET", "GET"),
              List.of("POST"),
              List.of("POST"),
              List.of("PUT"),
              List.of("PUT"),
              List.of("DELETE"),
              List.of("DELETE"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void changesAtTheSameTimeDoNotMeetOnASocketEither(boolean polite) throws Exception {
    CyclicBarrier start = new CyclicBarrier(4);
    try (Sessions server = new Sessions(polite);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      HttpEndpoint endpoint = to(server.address());
      List<Future<Boolean>> all =
          Collections.nCopies(4, CHANGES.get(0)).stream()
              .map(
                  change ->
                      threads.submit(
                          () -> {
                            for (int i = 0; i < 20; i++) {
                              start.await();
                              endpoint.send(change);
                            }
                            return true;
                          }))
              .toList();
      for (Future<Boolean> one : all) {
        assertThat(one.get()).isTrue();
      }
      assertThat(server.sockets()).hasSize(80).allMatch(seen -> seen.equals(List.of("POST")));
    }
  }

  @Test
  void twentyChangesNeedOneClient() throws IOException {
    Set<String> before = selectors();
    Set<String> seen = ConcurrentHashMap.newKeySet();
    try (Misbehaving server =
        Misbehaving.by(
            exchange -> {
              seen.addAll(selectors());
              Misbehaving.answer(exchange, 200, "application/json", "{}", "Connection", "close");
            })) {
      HttpEndpoint endpoint = to(server.address());
      for (int i = 0; i < 20; i++) {
        endpoint.send(CHANGES.get(0));
      }
    }
    seen.removeAll(before);
    assertThat(seen).as("the one for changes").hasSize(1);
  }

  /** Each takes some hundred thousand bytes. */
  @Test
  void whoTrustsTheSameSharesWhatIsKeptOfIt() {
    Sockets sockets = new Sockets(Limits.DEFAULT);
    for (int i = 0; i < 2500; i++) {
      Sockets.Trusting unused = sockets.trusting(null);
    }
    assertThat(sockets.contexts()).isEqualTo(1);
  }

  /** Each client of Java has such a thread. */
  private static Set<String> selectors() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.endsWith("SelectorManager"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  @ParameterizedTest
  @CsvSource({"'',connection", "host,'host,connection'", "Connection,Connection"})
  void whatIsAllowedAlreadyStaysAllowed(String before, String after) throws Exception {
    assertThat(inAnotherJvm("allow", before)).isEqualTo(after);
  }

  @Test
  void ifItIsTooLateTheMessageSaysHowToStartJava() throws Exception {
    assertThat(inAnotherJvm("late", ""))
        .isEqualTo(
            "java.lang.IllegalStateException: Java's HTTP client was used before it was told that"
                + " we close connections: start Java with"
                + " -Djdk.httpclient.allowRestrictedHeaders=connection");
  }

  private static String inAnotherJvm(String what, String allowed)
      throws IOException, InterruptedException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.httpclient.allowRestrictedHeaders=" + allowed,
                "-cp",
                System.getProperty("java.class.path"),
                Another.class.getName(),
                what)
            .start();
    String said = new String(java.getInputStream().readAllBytes());
    assertThat(java.waitFor()).as(said).isZero();
    return said.strip();
  }

  /** A program that uses the HTTP client too early, or asks what is allowed. */
  static final class Another {
    public static void main(String[] arguments) {
      if (arguments[0].equals("late")) {
        HttpRequest.newBuilder().setHeader("Accept", "application/json");
      }
      try {
        to("http://127.0.0.1:1");
        System.out.println(System.getProperty("jdk.httpclient.allowRestrictedHeaders"));
      } catch (RuntimeException refused) {
        System.out.println(refused);
      }
    }
  }
}
