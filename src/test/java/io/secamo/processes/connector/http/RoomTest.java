package io.secamo.processes.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.connector.ConnectorFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Systems that say much take no memory that the others need. */
class RoomTest {
  private static final int KIB = 1024;

  private static final Duration SHORT = Duration.ofMillis(50);

  private final Room room = new Room(1000, 400, SHORT);

  @Test
  void whoReadsLongAnswersLeavesRoomForTheNextNamespaceAndTheNext() {
    assertThat(room.answer("team-b", false).more(500)).isTrue();
    assertThat(room.answer("team-b", false).more(1)).as("half of it is enough").isFalse();
    assertThat(room.answer("team-c", false).more(251)).isFalse();
    assertThat(room.answer("team-c", false).more(250)).isTrue();

    assertThat(room.answer("team-a", false).more(125)).isTrue();
  }

  @Test
  void whatTakesSomethingBackHasRoomOfItsOwn() {
    assertThat(room.answer("team-b", false).more(500)).isTrue();
    assertThat(room.answer("team-c", false).more(250)).isTrue();

    assertThat(room.answer("team-b", true).more(200)).isTrue();
    assertThat(room.answer("team-b", true).more(1)).isFalse();
    assertThat(room.answer("team-a", true).more(100)).isTrue();
  }

  @Test
  void whoWaitsReadsOnWhenAnotherHasFinished() {
    Room patient = new Room(1000, 0, Duration.ofMinutes(5));
    Room.Held first = patient.answer("team-b", false);
    assertThat(first.more(500)).isTrue();
    CompletableFuture<Boolean> second =
        CompletableFuture.supplyAsync(() -> patient.answer("team-b", false).more(500));

    first.giveBack();

    assertThat(second).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo(true);
  }

  /** The socket may still bring something when nobody waits for it any more. */
  @Test
  void whatComesAfterTheEndTakesNoRoom() {
    Room.Held ended = room.answer("team-b", false);
    ended.giveBack();
    ended.giveBack();
    assertThat(ended.more(1)).isFalse();
    assertThat(room.answer("team-b", false).more(501)).isFalse();
    assertThat(room.answer("team-b", false).more(500)).isTrue();
  }

  @Test
  void whatIsNoMoreInMemoryLeavesItsRoom() {
    Room.Held removal = room.answer("team-b", true);
    assertThat(removal.more(500)).isTrue();
    assertThat(removal.more(200)).as("of what is kept").isTrue();
    removal.less(300);
    assertThat(room.answer("team-b", true).more(200)).isTrue();
    assertThat(room.answer("team-b", false).more(100)).isTrue();
    assertThat(room.answer("team-b", false).more(1)).isFalse();
    removal.giveBack();
    assertThat(room.answer("team-b", false).more(401)).isFalse();
    assertThat(room.answer("team-b", false).more(400)).isTrue();
  }

  @Test
  void whatALookHasReadCountsUntilItEndsAndTheSameQuestionOnce() throws IOException {
    try (Misbehaving server = saying(40 * KIB)) {
      HttpEndpoint endpoint = endpoint(server, new Room(440L * KIB, 0, SHORT));
      CallTime look = CallTime.begin();
      for (int i = 0; i < 5; i++) {
        assertThat(endpoint.send(Request.get("/a")).bytes()).isEqualTo(40 * KIB);
      }

      assertThat(endpoint.send(Request.get("/b")).ok()).isTrue();
      assertThatThrownBy(() -> endpoint.send(Request.get("/c")))
          .isInstanceOf(ConnectorFailure.Transient.class)
          .hasMessage(
              "too many long answers at a time: what Test at "
                  + server.address()
                  + " says is read later");
      assertThatThrownBy(() -> endpoint.send(Request.delete("/c")))
          .isInstanceOf(ConnectorFailure.Unknown.class)
          .hasMessageContaining("DELETE /c: there was no room for its answer");
      look.close();

      for (int i = 0; i < 5; i++) {
        assertThat(endpoint.send(Request.get("/" + i)).ok()).as("no look, none kept").isTrue();
      }
    }
  }

  @Test
  void whatTookTooMuchGivesBackWhatItHad() throws IOException {
    Room shared = new Room(260L * KIB, 0, SHORT);
    try (Misbehaving much = saying(60 * KIB);
        Misbehaving less = saying(40 * KIB)) {
      assertThatThrownBy(() -> endpoint(much, shared).send(Request.get("/")))
          .isInstanceOf(ConnectorFailure.Transient.class);
      assertThat(endpoint(less, shared).send(Request.get("/")).ok()).isTrue();
    }
  }

  private static Misbehaving saying(int bytes) throws IOException {
    return Misbehaving.answering(200, "application/json", "\"" + "x".repeat(bytes - 2) + "\"");
  }

  private static HttpEndpoint endpoint(Misbehaving server, Room room) {
    return new HttpEndpoint(
        "Test",
        server.address(),
        new Sockets(Limits.DEFAULT).trusting(null),
        Limits.DEFAULT,
        new Throttle(null, "team-b", room, Clock.systemUTC()),
        Clock.systemUTC());
  }
}
