package io.secamo.processes.connector.requesttracker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody wrote the address of something else: then no queue is missing there. */
class AnotherProductTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/html        | <h1>Not Found</h1>           | a web page (HTTP 404)
          application/json | {"error":{"message":"gone"}} | gone (HTTP 404)
          """)
  void whatIsNoRequestTrackerIsNotToldAsOneWithoutAQueue(String type, String body, String shown)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] text = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.sendResponseHeaders(404, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    try {
      assertThatThrownBy(() -> to(address).check())
          .isInstanceOf(ConnectorFailure.Refused.class)
          .hasMessage(
              "there is no Request Tracker at "
                  + address
                  + ": "
                  + shown
                  + ". Is the endpoint right? Write it without /REST/2.0");
    } finally {
      server.stop(0);
    }
  }

  private static Connector to(String address) {
    ConnectionSpec spec =
        new ConnectionSpec(
            ConnectionSpec.Type.REQUEST_TRACKER,
            address,
            new ConnectionSpec.SecretRef("helpdesk"),
            new ConnectionSpec.RequestTracker("Firewall", "opkey"),
            null,
            null,
            null,
            null);
    return new RequestTrackerFactory(Clock.systemUTC())
        .connect(new ConnectionSettings("team-a", "helpdesk", spec, Map.of("token", "t0ken")));
  }
}
