package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.secamo.processes.fault.Fault.Channel;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ticket system and cloud as one operator sees them. */
final class OutsideFront extends Front {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final TicketDesk desk;
  private final Cloud cloud;

  OutsideFront(Life life, int port, Trouble trouble, TicketDesk desk, Cloud cloud)
      throws IOException {
    super(life, port, trouble);
    this.desk = desk;
    this.cloud = cloud;
  }

  private static boolean atDesk(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().startsWith("/REST/");
  }

  @Override
  List<Channel> channels(HttpExchange exchange) {
    Channel whose = atDesk(exchange) ? Channel.RT : Channel.OS;
    boolean asks =
        exchange.getRequestMethod().equals("GET")
            || exchange.getRequestURI().getPath().endsWith("/auth/tokens");
    return asks ? List.of(whose) : List.of(whose, Channel.EFFECT);
  }

  @Override
  void blind() {
    desk.blind(Instant.now().plusSeconds(2));
    cloud.blind(Instant.now().plusSeconds(2));
  }

  @Override
  Reply perform(HttpExchange exchange, byte[] body) throws IOException {
    JsonNode json = JSON.readTree(body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body);
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    return atDesk(exchange)
        ? desk.answer(
            method,
            path,
            query(exchange),
            exchange.getRequestHeaders().getFirst("Authorization"),
            json)
        : cloud.answer(
            new Cloud.Call(
                method,
                path,
                query(exchange),
                exchange.getRequestHeaders().getFirst("X-Auth-Token"),
                json),
            address());
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        String[] sides = pair.split("=", 2);
        query.put(
            sides[0], sides.length < 2 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }
}
