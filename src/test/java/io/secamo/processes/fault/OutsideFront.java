package io.secamo.processes.fault;

import com.sun.net.httpserver.HttpExchange;
import io.secamo.processes.fault.Fault.Channel;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Ticket system and cloud as one operator sees them. */
final class OutsideFront extends Front {
  private final Outside outside;

  OutsideFront(Life life, int port, Trouble trouble, Outside outside) throws IOException {
    super(life, port, trouble);
    this.outside = outside;
  }

  @Override
  List<Channel> channels(HttpExchange exchange) {
    Channel whose = Outside.atDesk(exchange) ? Channel.RT : Channel.OS;
    boolean asks =
        exchange.getRequestMethod().equals("GET")
            || exchange.getRequestURI().getPath().endsWith("/auth/tokens");
    return asks ? List.of(whose) : List.of(whose, Channel.EFFECT);
  }

  @Override
  void blind() {
    outside.blind(Instant.now().plusSeconds(2));
  }

  @Override
  Reply perform(HttpExchange exchange, byte[] body) throws IOException {
    return outside.answer(exchange, body, address());
  }
}
