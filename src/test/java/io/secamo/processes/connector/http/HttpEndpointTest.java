package io.secamo.processes.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.secamo.processes.connector.ConnectorFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEndpointTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Limits IMPATIENT =
      new Limits(Duration.ofMillis(400), Duration.ofMillis(600), 4 * 1024 * 1024);
  static final String JSON = "application/json";
  private static final String TOKEN = "tok-3cr3t-0123456789";
  static final Request READ =
      Request.get("/thing?x=1").withSecret("Authorization", "token " + TOKEN);
  static final Request CHANGE = Request.post("/thing", body());

  private static ObjectNode body() {
    return JsonNodeFactory.instance.objectNode().put("name", "ü");
  }

  static HttpEndpoint to(String address) {
    return to(address, IMPATIENT);
  }

  private static HttpEndpoint to(String address, Limits limits) {
    return new HttpEndpoint(
        "Test system",
        address,
        new Sockets(limits).trusting(null),
        limits,
        new Throttle(null, "team-a", Clock.fixed(NOW, ZoneOffset.UTC)),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  static ConnectorFailure failure(HttpEndpoint endpoint, Request request) {
    ConnectorFailure failure =
        catchThrowableOfType(ConnectorFailure.class, () -> endpoint.send(request));
    assertThat(failure).isNotNull().hasMessageNotContaining(TOKEN);
    return failure;
  }

  @Test
  void jsonGoesOutAndComesBack() throws IOException {
    AtomicReference<String> said = new AtomicReference<>();
    try (Misbehaving server =
        Misbehaving.by(
            exchange -> {
              String text = new String(exchange.getRequestBody().readAllBytes(), "UTF-8");
              said.set(
                  exchange.getRequestMethod()
                      + " "
                      + exchange.getRequestURI()
                      + " "
                      + exchange.getRequestHeaders().getFirst("User-Agent")
                      + " "
                      + text);
              Misbehaving.answer(exchange, 201, JSON, "{\"id\":\"é\"}", "X-Thing", "7");
            })) {
      Response answer = to(server.address() + "/base/").send(CHANGE);
      assertThat(answer.body().path("id").asText()).isEqualTo("é");
      assertThat(answer.header("x-thing")).contains("7");
      assertThat(answer.ok()).isTrue();
    }
    assertThat(said.get()).isEqualTo("POST /base/thing process-orchestrator {\"name\":\"ü\"}");
  }

  /** A system that is slow decides how many calls a look takes, and so how long others wait. */
  @Test
  void noMoreCallsAreMadeWhenALookHasTakenTooLong() throws IOException {
    AtomicLong nanos = new AtomicLong();
    try (Misbehaving server = Misbehaving.answering(204, null, "")) {
      CallTime time = CallTime.begin(nanos::get);
      assertThat(to(server.address()).send(Request.get("/thing")).ok()).isTrue();
      nanos.set(CallTime.LIMIT.plusSeconds(1).toNanos());
      assertThat(failure(to(server.address()), Request.get("/thing")))
          .isInstanceOf(ConnectorFailure.Transient.class)
          .hasMessageContaining("answers slowly");
      time.close();
      assertThat(to(server.address()).send(Request.get("/thing")).ok()).isTrue();
    }
  }

  @Test
  void anEmptySuccessIsASuccess() throws IOException {
    try (Misbehaving server = Misbehaving.answering(204, null, "")) {
      assertThat(to(server.address()).send(Request.delete("/thing")).ok()).isTrue();
    }
  }

  @Test
  void silenceLeavesAReadToBeRepeatedAndAChangeToBeLookedAt() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    try (Misbehaving server = Misbehaving.by(exchange -> await(end))) {
      HttpEndpoint endpoint = to(server.address());
      assertThat(failure(endpoint, READ)).isInstanceOf(ConnectorFailure.Transient.class);
      assertThat(failure(endpoint, CHANGE))
          .isInstanceOf(ConnectorFailure.Unknown.class)
          .hasMessageContaining("Test system at " + server.address())
          .hasMessageContaining("no answer in time");
    } finally {
      end.countDown();
    }
  }

  /** Cut short, it might be done after it was looked for; it has its own limit all the same. */
  @Test
  void whatMustBeRemovedAgainIsWaitedForThoughTheLookIsOver() throws IOException {
    try (Misbehaving server = Misbehaving.by(HttpEndpointTest::afterTwoSeconds);
        CallTime time = CallTime.begin(() -> 0)) {
      CallTime.endBy(Duration.ofSeconds(1));
      HttpEndpoint endpoint = to(server.address(), Limits.DEFAULT);

      assertThat(failure(endpoint, CHANGE)).isInstanceOf(ConnectorFailure.Unknown.class);
      assertThat(endpoint.send(CHANGE.waitedFor()).ok()).isTrue();
    }
  }

  private static void afterTwoSeconds(HttpExchange exchange) throws IOException {
    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
    Misbehaving.answer(exchange, 204, null, "");
  }

  @Test
  void theDeadlineCoversTheBodyToo() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    try (Misbehaving server =
        Misbehaving.by(
            exchange -> {
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write('{');
              exchange.getResponseBody().flush();
              await(end);
            })) {
      assertThat(failure(to(server.address()), READ))
          .isInstanceOf(ConnectorFailure.Transient.class)
          .hasMessageContaining("no answer in time");
    } finally {
      end.countDown();
    }
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  /** What another product answers: the address is the one that somebody wrote. */
  @Test
  void aRedirectToTheSameServerMeansThatThereIsNoSuchSystem() throws IOException {
    for (String target : new String[] {"/login", "SERVER/login?session=abc"}) {
      AtomicReference<String> own = new AtomicReference<>("");
      try (Misbehaving server =
          Misbehaving.by(
              exchange ->
                  Misbehaving.answer(
                      exchange, 302, null, "", "Location", target.replace("SERVER", own.get())))) {
        own.set(server.address());
        assertThat(failure(to(server.address() + "/v3"), READ))
            .isInstanceOf(ConnectorFailure.Refused.class)
            .hasMessage(
                "there is no Test system at "
                    + server.address()
                    + "/v3: it answered with a redirect (HTTP 302). Is the endpoint right?");
      }
    }
  }

  @Test
  void tenMegabytesAreNotRead() throws IOException {
    AtomicInteger written = new AtomicInteger();
    try (Misbehaving server =
        Misbehaving.by(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              byte[] megabyte = new byte[1024 * 1024];
              for (int i = 0; i < 64; i++) {
                exchange.getResponseBody().write(megabyte);
                written.incrementAndGet();
              }
            })) {
      HttpEndpoint patient =
          new HttpEndpoint(
              "Test system",
              server.address(),
              new Sockets(IMPATIENT).trusting(null),
              Limits.DEFAULT,
              new Throttle(null, "team-a", Clock.systemUTC()),
              Clock.systemUTC());
      assertThat(failure(patient, READ))
          .isInstanceOf(ConnectorFailure.Refused.class)
          .hasMessageContaining("far too much");
      assertThat(failure(patient, CHANGE)).isInstanceOf(ConnectorFailure.Unknown.class);
      assertThat(written.get()).isLessThan(128);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{},", "["})
  void aMillionEmptyObjectsAreNoAnswer(String one) throws IOException {
    String many = "[" + one.repeat(1_000_000) + "0";
    try (Misbehaving server = Misbehaving.answering(200, JSON, many + "]")) {
      assertThat(failure(to(server.address()), READ))
          .isInstanceOf(ConnectorFailure.Transient.class)
          .hasMessageContaining("not whole JSON");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"id\":\"ours\",\"id\":\"theirs\"}", "{\"rules\":[]}{\"rules\":[1]}", "[] []"})
  void anAnswerThatSaysTwoThingsIsNoAnswer(String body) throws IOException {
    try (Misbehaving server = Misbehaving.answering(200, JSON, body)) {
      assertThat(failure(to(server.address()), READ))
          .isInstanceOf(ConnectorFailure.Transient.class)
          .hasMessageContaining("not whole JSON");
    }
  }

  @Test
  void truncatedJsonIsNoAnswer() throws IOException {
    try (Misbehaving server = Misbehaving.answering(200, JSON, "{\"items\":[{\"id\":")) {
      assertThat(failure(to(server.address()), READ))
          .isInstanceOf(ConnectorFailure.Transient.class)
          .hasMessageContaining("not whole JSON");
      assertThat(failure(to(server.address()), CHANGE))
          .isInstanceOf(ConnectorFailure.Unknown.class);
    }
  }

  @Test
  void aWebPageIsNotTheSystemWeWereToldOf() throws IOException {
    try (Misbehaving server =
        Misbehaving.answering(200, "text/html; charset=utf-8", "<html>Please sign in</html>")) {
      assertThat(failure(to(server.address()), READ))
          .isInstanceOf(ConnectorFailure.Refused.class)
          .hasMessageContaining("web page instead of JSON");
      assertThat(failure(to(server.address()), CHANGE))
          .isInstanceOf(ConnectorFailure.Unknown.class);
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws IOException {
    AtomicInteger elsewhere = new AtomicInteger();
    try (Misbehaving other =
            Misbehaving.by(
                exchange -> {
                  elsewhere.incrementAndGet();
                  Misbehaving.answer(exchange, 200, JSON, "{}");
                });
        Misbehaving server =
            Misbehaving.answering(302, null, "", "Location", other.address() + "/in?session=abc")) {
      assertThat(failure(to(server.address()), READ))
          .isInstanceOf(ConnectorFailure.Refused.class)
          .hasMessageContaining(other.address())
          .hasMessageNotContaining("session");
    }
    assertThat(elsewhere).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7|7",
        "Mon, 23 Nov 2026 10:02:00 GMT|120",
        "Mon, 23 Nov 2026 09:00:00 GMT|1",
        "86400|3600",
        "99999999999999999999|3600",
        "soon|30"
      })
  void aThrottledCallWaitsAsLongAsItIsTold(String header, long seconds) throws IOException {
    try (Misbehaving server = Misbehaving.answering(429, JSON, "{}", "Retry-After", header)) {
      assertThat(failure(to(server.address()), CHANGE))
          .isInstanceOfSatisfying(
              ConnectorFailure.Throttled.class,
              throttled -> assertThat(throttled.after()).isEqualTo(Duration.ofSeconds(seconds)));
    }
  }

  /** Not by waiting, if another product stands there and knows no such request (501). */
  @ParameterizedTest
  @ValueSource(ints = {500, 501, 502, 503, 504})
  void aBrokenServerLeavesAChangeToBeLookedAt(int status) throws IOException {
    boolean never = status == 501;
    try (Misbehaving server = Misbehaving.answering(status, "text/html", "<h1>oops</h1>")) {
      assertThat(failure(to(server.address()), READ))
          .isInstanceOf(never ? ConnectorFailure.Refused.class : ConnectorFailure.Transient.class)
          .hasMessageContaining("HTTP " + status)
          .hasMessageContaining(never ? ": is the endpoint right?" : "");
      assertThat(failure(to(server.address()), CHANGE))
          .isInstanceOf(ConnectorFailure.Unknown.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRejectedTokenIsReportedInTheSystemsWordsWithoutTheToken(int status) throws IOException {
    String words = "token " + TOKEN + " is\\u0007 no good\\r\\n" + "x".repeat(500);
    try (Misbehaving server =
        Misbehaving.answering(
            status, JSON, "{\"error\":{\"code\":1,\"message\":\"" + words + "\"}}")) {
      Response answer = to(server.address()).send(READ);
      assertThat(answer.words())
          .startsWith("token (secret) is no good xxx")
          .hasSize(300)
          .endsWith("…");
      assertThatThrownBy(() -> answer.orRefuse("no entry"))
          .isInstanceOf(ConnectorFailure.Unauthorized.class)
          .hasMessageStartingWith("no entry: token (secret) is no good")
          .hasMessageNotContaining(TOKEN);
    }
  }

  @Test
  void anotherRefusalIsForTheConnectorToJudge() throws IOException {
    try (Misbehaving server = Misbehaving.answering(409, JSON, "[\"there already\"]")) {
      Response answer = to(server.address()).send(CHANGE);
      assertThat(answer.status()).isEqualTo(409);
      assertThatThrownBy(() -> answer.orRefuse("not added"))
          .isInstanceOf(ConnectorFailure.Refused.class)
          .hasMessage("not added: there already (HTTP 409)");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://tickets.example.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://2130706433",
        "https://user:pw-4711@tickets.example.com",
        "ftp://localhost",
        "file:///etc/passwd",
        "https://",
        "tickets.example.com",
        "https://tickets.example.com?x=1",
        "https://tickets example.com"
      })
  void onlyHttpsOrThisMachineIsSpokenTo(String address) {
    assertThatThrownBy(() -> to(address))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageNotContaining("pw-4711");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://localhost:1", "http://127.8.9.1:1", "http://[::1]:1", "https://x.example"})
  void httpsAndThisMachineAreFine(String address) {
    assertThat(to(address).address()).isEqualTo(address);
  }

  /** It says whose account it is: spelled in another way it would be another account. */
  @ParameterizedTest
  @CsvSource({
    "HTTPS://X.example:443/v3/, https://x.example/v3",
    "https://x.example:8443, https://x.example:8443",
    "http://LOCALHOST:80, http://localhost",
    "https://x.example/A%2fb, https://x.example/A%2fb",
  })
  void oneSystemHasOneAddressHoweverItIsSpelled(String address, String kept) {
    assertThat(to(address).address()).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@evil.example/", "thing", ".evil.example"})
  void aPathCannotChangeTheHost(String path) {
    assertThatThrownBy(() -> to("https://x.example").send(Request.get(path)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingThatIsPrintedHoldsASecret() {
    Request signIn =
        Request.ask("/tokens?key=" + TOKEN, body().put("password", TOKEN)).signingIn(TOKEN);
    Response answer =
        new Response(201, body().put("token", TOKEN), java.util.Map.of("x-token", TOKEN), "", 0);
    assertThat(signIn + " " + READ + " " + answer + " " + to("https://x.example"))
        .doesNotContain(TOKEN)
        .contains("POST /tokens", "GET /thing", "HTTP 201");
  }

  @Test
  void aStoppedThreadStaysStoppedAndDoesNotClaimThatNothingHappened() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>(false);
    try (Misbehaving server =
        Misbehaving.by(
            exchange -> {
              arrived.countDown();
              await(end);
            })) {
      HttpEndpoint patient =
          new HttpEndpoint(
              "Test system",
              server.address(),
              new Sockets(IMPATIENT).trusting(null),
              Limits.DEFAULT,
              new Throttle(null, "team-a", Clock.systemUTC()),
              Clock.systemUTC());
      Thread caller =
          new Thread(
              () -> {
                try {
                  patient.send(CHANGE);
                } catch (ConnectorFailure failure) {
                  thrown.set(failure);
                  flag.set(Thread.currentThread().isInterrupted());
                }
              });
      caller.start();
      await(arrived);
      caller.interrupt();
      caller.join();
    } finally {
      end.countDown();
    }
    assertThat(thrown.get()).isInstanceOf(ConnectorFailure.Unknown.class);
    assertThat(flag.get()).isTrue();
  }
}
