package io.secamo.processes.connector.requesttracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.connector.TicketDraft;
import io.secamo.processes.connector.TicketRef;
import io.secamo.processes.connector.http.HttpEndpoint;
import io.secamo.processes.connector.http.Limits;
import io.secamo.processes.connector.http.Sockets;
import io.secamo.processes.connector.http.Throttle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A search that gives our key with the number of somebody else's ticket. */
class WrongNumberTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long THEIRS = 7;

  private final IdempotencyKey key = new IdempotencyKey("op-ours");
  private final TicketDraft draft = new TicketDraft(key, null, "Open 443", "please", null);
  private final HttpServer server;
  private final RequestTracker tickets;

  /** The key of each ticket, by its number. */
  private final Map<Long, String> keys = new TreeMap<>(Map.of(THEIRS, ""));

  private boolean lies;

  WrongNumberTest() throws IOException {
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
            new Rest2(endpoint, "t0ken", "opkey"), "Firewall", Limits.DEFAULT.request());
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void aTicketOfSomebodyElseIsNotTakenForOneThatWasOpenedBefore() {
    keys.put(8L, key.value());
    lies = true;

    assertThatThrownBy(() -> tickets.create(draft))
        .isInstanceOf(ConnectorFailure.Transient.class)
        .hasMessage("the search of Request Tracker gives number 7, which is another ticket");
    assertThat(keys).as("nor is a second one opened").hasSize(2);

    lies = false;
    assertThat(tickets.find(key)).map(TicketRef::id).contains("8");
  }

  @Test
  void aTicketOfSomebodyElseIsNotTakenForTheOneThatWasOpenedJustNow() {
    lies = true;

    assertThatThrownBy(() -> tickets.create(draft))
        .as("what was opened is not forgotten")
        .isInstanceOf(ConnectorFailure.Unknown.class)
        .hasMessageContaining("gives number 7, which is another ticket");

    lies = false;
    assertThat(tickets.create(draft).id()).isEqualTo("8");
    assertThat(keys).hasSize(2);
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    byte[] bytes =
        answerTo(exchange.getRequestURI().getPath(), body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized String answerTo(String path, JsonNode body) {
    if (path.endsWith("/tickets")) {
      return keys.entrySet().stream()
          .filter(ticket -> ticket.getValue().equals(key.value()))
          .map(ticket -> json(lies ? THEIRS : ticket.getKey(), key.value()))
          .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    }
    if (path.endsWith("/ticket")) {
      long number = keys.size() + THEIRS;
      keys.put(number, body.at("/CustomFields/opkey").asText());
      return "{\"id\":" + number + "}";
    }
    if (path.contains("/ticket/")) {
      long number = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
      return json(number, keys.getOrDefault(number, ""));
    }
    return "{\"Disabled\":\"0\",\"TicketCustomFields\":[{\"name\":\"opkey\"}]}";
  }

  private static String json(long number, String key) {
    return """
    {"id":%d,"Status":"new","Subject":"s","CustomFields":[{"name":"opkey","values":["%s"]}]}\
    """
        .formatted(number, key);
  }
}
