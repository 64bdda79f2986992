package io.secamo.processes.connector.requesttracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.connector.ConnectorFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnansweredTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final Unanswered unanswered = new Unanswered(Duration.ofSeconds(10), nanos::get);

  @BeforeEach
  void loseAnAnswer() {
    assertThatThrownBy(
            () ->
                unanswered.watching(
                    "ours",
                    () -> {
                      throw new ConnectorFailure.Unknown("no answer in time", null);
                    }))
        .isInstanceOf(ConnectorFailure.Unknown.class);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void assertNotBelieved(Duration wait) {
    assertThatThrownBy(() -> unanswered.missed("ours"))
        .isInstanceOfSatisfying(
            ConnectorFailure.Throttled.class, e -> assertThat(e.after()).isEqualTo(wait));
  }

  @Test
  void thatItIsNotThereIsBelievedAWhileAfterTheFirstLookThatWasAnswered() {
    pass(Duration.ofMinutes(5));
    assertNotBelieved(Duration.ofSeconds(10));
    pass(Duration.ofSeconds(9));
    assertNotBelieved(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    unanswered.missed("ours");
  }

  @Test
  void aSecondLostAnswerBeginsAnew() {
    assertNotBelieved(Duration.ofSeconds(10));
    pass(Duration.ofSeconds(10));
    loseAnAnswer();
    assertNotBelieved(Duration.ofSeconds(10));
  }

  @Test
  void whatWasSeenIsInDoubtNoMoreAndNothingElseEverWas() {
    unanswered.missed("another");
    unanswered.seen("ours");
    unanswered.missed("ours");
    String made = unanswered.watching("ours", () -> "made");
    unanswered.missed("ours");
    assertThat(made).isEqualTo("made");
  }
}
