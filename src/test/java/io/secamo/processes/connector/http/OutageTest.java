package io.secamo.processes.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.systems.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a broken call means for a change: nothing happened, or it may have. */
class OutageTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"id\":"})
  void aResetAfterTheRequestLeavesAChangeToBeLookedAt(String before) throws IOException {
    try (ServerSocket listener = Misbehaving.resetting(before)) {
      HttpEndpoint endpoint = HttpEndpointTest.to("http://127.0.0.1:" + listener.getLocalPort());
      assertThat(HttpEndpointTest.failure(endpoint, HttpEndpointTest.CHANGE))
          .isInstanceOf(ConnectorFailure.Unknown.class);
      assertThat(HttpEndpointTest.failure(endpoint, HttpEndpointTest.READ))
          .isInstanceOf(ConnectorFailure.Transient.class);
    }
  }

  @Test
  void aConnectionThatTheOtherSideDroppedIsNotUsedForAChange() throws IOException {
    // Promises to keep the connection after each answer, and resets it at once.
    String kept = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    try (ServerSocket listener = Misbehaving.resetting(kept, Duration.ofMillis(20))) {
      HttpEndpoint endpoint = HttpEndpointTest.to("http://127.0.0.1:" + listener.getLocalPort());
      for (int i = 0; i < 20; i++) {
        assertThat(endpoint.send(HttpEndpointTest.READ).ok()).isTrue();
        assertThat(endpoint.send(HttpEndpointTest.CHANGE).ok()).isTrue();
      }
    }
  }

  @Test
  void aRefusedConnectionMeansThatNothingHappened() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = taken.getLocalPort();
    }
    assertThat(
            HttpEndpointTest.failure(
                HttpEndpointTest.to("http://127.0.0.1:" + port), HttpEndpointTest.CHANGE))
        .isInstanceOf(ConnectorFailure.Transient.class)
        .hasMessageContaining("cannot be reached: connection refused");
  }

  @Test
  void anUnknownHostMeansThatNothingHappened() {
    assertThat(
            HttpEndpointTest.failure(
                HttpEndpointTest.to("https://nowhere.invalid"), HttpEndpointTest.CHANGE))
        .isInstanceOf(ConnectorFailure.Transient.class)
        .hasMessageContaining("host name is unknown");
  }

  @Test
  void aPlainHttpPortBehindAnHttpsAddressIsToldAsOne() throws IOException {
    try (Misbehaving server = Misbehaving.answering(200, HttpEndpointTest.JSON, "{}")) {
      String address = server.address().replace("http:", "https:");
      assertThat(HttpEndpointTest.failure(HttpEndpointTest.to(address), HttpEndpointTest.CHANGE))
          .isInstanceOf(ConnectorFailure.Transient.class)
          .hasMessageContaining(address + " cannot be reached: ")
          .hasMessageContaining("plain http");
    }
  }

  /** Some wait for more of the greeting, which is an outage by time; most answer at once. */
  @Test
  void aPlainHttpPortThatAnswersTheGreetingOfTlsIsNoChangeThatMayHaveBeenMade() throws IOException {
    String bad = "HTTP/1.1 400 Bad Request\r\n\r\n";
    try (ServerSocket listener = Misbehaving.resetting(bad, Patience.LIMIT)) {
      HttpEndpoint endpoint = HttpEndpointTest.to("https://127.0.0.1:" + listener.getLocalPort());
      assertThat(HttpEndpointTest.failure(endpoint, HttpEndpointTest.CHANGE))
          .isInstanceOf(ConnectorFailure.Transient.class)
          .hasMessageEndingWith(
              "cannot be reached: it does not speak https there, but perhaps plain http: is the"
                  + " endpoint right?");
    }
  }
}
