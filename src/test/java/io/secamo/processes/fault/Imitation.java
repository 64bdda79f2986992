package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.fault.Fault.Kind;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Outside systems of our own, as {@link HeldToTheRealOnesTest} holds them to the real ones. */
final class Imitation implements Outside {
  private static final String ELSEWHERE = "/elsewhere";
  private static final List<String> SECRETS = List.of("canarysecret", "gAAAcanarytoken");

  private final Ledger ledger;
  private final TicketDesk desk;
  private final Cloud cloud;
  private final Cloud elsewhere;

  /** The one that the credentials are for. */
  private volatile Cloud acting;

  Imitation(Ledger ledger) {
    this.ledger = ledger;
    desk = new TicketDesk(ledger);
    cloud = new Cloud(ledger);
    elsewhere = Cloud.ofSomebodyElse(ledger);
    acting = cloud;
  }

  TicketDesk desk() {
    return desk;
  }

  Cloud cloud() {
    return cloud;
  }

  @Override
  public Reply answer(HttpExchange exchange, byte[] body, String self) throws IOException {
    JsonNode json =
        ApiServer.JSON.readTree(body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body);
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    return Outside.atDesk(exchange)
        ? desk.answer(
            method,
            path,
            query(exchange),
            exchange.getRequestHeaders().getFirst("Authorization"),
            json)
        : atCloud(
            new Cloud.Call(
                method,
                path,
                query(exchange),
                exchange.getRequestHeaders().getFirst("X-Auth-Token"),
                json),
            self);
  }

  private Reply atCloud(Cloud.Call call, String self) {
    return call.path().startsWith(ELSEWHERE)
        ? elsewhere.answer(call.at(call.path().substring(ELSEWHERE.length())), self + ELSEWHERE)
        : acting.answer(call, self);
  }

  @Override
  public boolean swap(Kind kind, String request) {
    switch (kind) {
      case ACCOUNT -> acting = elsewhere;
      case RENAMED -> cloud.rename(request);
      default -> {
        return desk.merge(request);
      }
    }
    return true;
  }

  @Override
  public void swapBack(Kind kind, String request) {
    switch (kind) {
      case ACCOUNT -> acting = cloud;
      case MERGED -> desk.mergeNoMore(request);
      default -> {}
    }
  }

  @Override
  public List<String> foreignTouched() {
    return desk.foreignTouched();
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

  @Override
  public String secret(Channel channel) {
    return channel == Channel.OS ? Cloud.PASSWORD : TicketDesk.TOKEN;
  }

  @Override
  public List<String> secrets() {
    return SECRETS;
  }

  @Override
  public List<Ledger.Entry> deeds(String request) {
    return ledger.about(request, desk.numbers(request));
  }

  @Override
  public List<String> openTickets(String request) {
    return desk.open(request);
  }

  @Override
  public List<String> keys(String request) {
    return desk.keyed(request);
  }

  @Override
  public List<String> rules(String request) {
    return cloud.rules(request);
  }

  @Override
  public void blind(Instant until) {
    desk.blind(until);
    cloud.blind(until);
  }

  @Override
  public void changeSecret(Channel channel, String next) {
    if (channel == Channel.OS) {
      cloud.changePassword(next);
      elsewhere.changePassword(next);
    } else {
      desk.changeToken(next);
    }
  }
}
