package io.secamo.processes.connector.requesttracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.connector.http.HttpEndpoint;
import io.secamo.processes.connector.http.Limits;
import io.secamo.processes.connector.http.Sockets;
import io.secamo.processes.connector.http.Throttle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tickets on which others have said a lot, and servers that say too much. */
class HistoryTest {
  /** Does not tell whose it is: anybody's text may be ours. */
  private static final String TOKEN = "t0ken";

  private final HttpServer server;
  private final AtomicInteger read = new AtomicInteger();
  private final AtomicInteger said = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private final RequestTracker tickets;

  /** How many more items each list has than were asked for. */
  private volatile int tooMany;

  /** What each call takes, in seconds. */
  private volatile int slow;

  /** What others have said, in Base64. */
  private volatile String others = base64("text of others");

  HistoryTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/REST/2.0/", this::answer);
    server.start();
    Clock clock = Clock.systemUTC();
    HttpEndpoint endpoint =
        new HttpEndpoint(
            "Request Tracker",
            "http://127.0.0.1:" + server.getAddress().getPort(),
            new Sockets(Limits.DEFAULT).trusting(null),
            Limits.DEFAULT,
            new Throttle(null, "team-a", clock),
            clock);
    tickets =
        new RequestTracker(
            new Rest2(endpoint, TOKEN, "opkey"), "Firewall", Limits.DEFAULT.request(), nanos::get);
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    nanos.addAndGet(slow * 1_000_000_000L);
    byte[] bytes = answerTo(exchange).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String answerTo(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/comment")) {
      said.incrementAndGet();
      return "[]";
    }
    if (path.contains("/attachment/")) {
      read.incrementAndGet();
      boolean ours = path.endsWith("/100000") && said.get() > 0;
      return "{\"Content\":\"" + (ours ? base64("It is open. [op:1]") : others) + "\"}";
    }
    String query = exchange.getRequestURI().getQuery();
    int asked = Integer.parseInt(query.replaceAll(".*per_page=([0-9]+).*", "$1"));
    int page = query.contains("&page=") ? Integer.parseInt(query.replaceAll(".*&page=", "")) : 1;
    return IntStream.range(0, asked + tooMany)
        .map(index -> 100_000 - (page - 1) * asked - index)
        .mapToObj(
            "{\"id\":%d,\"ContentType\":\"text/plain\",\"Creator\":{\"id\":\"x\"}}"::formatted)
        .collect(Collectors.joining(",", "{\"items\":[", "]}"));
  }

  @Test
  void ofWhatOthersHaveSaidTheNewestIsRead() {
    tickets.ensureComment("7", "[op:1]", "It is open.");
    assertThat(said).hasValue(1);
    assertThat(read).as("a hundred before, and our own after").hasValue(101);
    tickets.ensureComment("7", "[op:1]", "It is open.");
    assertThat(said).hasValue(1);
  }

  @Test
  void aServerThatIsSlowWithEachTextIsGivenUpForNow() {
    slow = 29;
    assertThatThrownBy(() -> tickets.ensureComment("7", "[op:1]", "It is open."))
        .isInstanceOf(ConnectorFailure.Transient.class)
        .hasMessageContaining("takes too long to show the history of ticket 7");
    assertThat(read).hasValueLessThan(6);
    assertThat(said).hasValue(0);
  }

  @Test
  void aTextThatIsNoTextIsNotOurs() {
    others = "a";
    tickets.ensureComment("7", "[op:1]", "It is open.");
    assertThat(said).hasValue(1);
  }

  @Test
  void aListWithMoreThanWasAskedForIsRefused() {
    tooMany = 1;
    assertThatThrownBy(() -> tickets.find(new IdempotencyKey("op-x")))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("Request Tracker at ")
        .hasMessageContaining("answered with more items than asked for");
    assertThatThrownBy(() -> tickets.ensureComment("7", "[op:1]", "It is open."))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("answered with more items than asked for");
    assertThat(read).hasValue(0);
  }
}
