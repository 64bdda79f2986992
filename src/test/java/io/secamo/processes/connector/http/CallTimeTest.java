package io.secamo.processes.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.connector.ConnectorFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallTimeTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  /** One that answers page after page, half a minute each, had the operator restarted. */
  @Test
  void aLookThatTakesTooLongIsGoneOnWithLater() {
    CallTime time = CallTime.begin(nanos::get);
    nanos.addAndGet(CallTime.LIMIT.minusSeconds(1).toNanos());
    assertThatCode(() -> CallTime.check("Request Tracker")).doesNotThrowAnyException();
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThatThrownBy(() -> CallTime.check("Request Tracker"))
        .isInstanceOf(ConnectorFailure.Transient.class)
        .hasMessage(
            "Request Tracker answers slowly: after 5 minutes the rest waits for the next look");
    time.close();
    assertThatCode(() -> CallTime.check("Request Tracker")).doesNotThrowAnyException();
  }

  /** Telling a ticket of it may take minutes, and it would be live for as long. */
  @Test
  void aLookEndsWhenSomethingHasToBeRemoved() {
    try (CallTime time = CallTime.begin(nanos::get)) {
      CallTime.endBy(Duration.ofSeconds(20));
      CallTime.endBy(Duration.ofHours(1));
      assertThat(CallTime.atMost(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(20));
      assertThat(CallTime.atMost(Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(10));
      nanos.addAndGet(Duration.ofMillis(19_500).toNanos());
      assertThat(CallTime.atMost(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(1));
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      assertThatThrownBy(() -> CallTime.check("Request Tracker"))
          .hasMessage(
              "Request Tracker answers slowly: something has to be removed now, the rest waits for"
                  + " the next look");
    }
    assertThat(CallTime.atMost(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
  }

  /** What the look made must be taken back though its time is over. */
  @Test
  void whatTakesBackHasATimeOfItsOwn() {
    try (CallTime look = CallTime.begin(nanos::get)) {
      CallTime.endBy(Duration.ofSeconds(2));
      nanos.addAndGet(Duration.ofSeconds(3).toNanos());
      try (CallTime own = CallTime.begin(nanos::get)) {
        assertThatCode(() -> CallTime.check("OpenStack")).doesNotThrowAnyException();
        assertThat(CallTime.atMost(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
      }
      assertThatThrownBy(() -> CallTime.check("OpenStack"))
          .isInstanceOf(ConnectorFailure.Transient.class);
    }
    assertThatCode(() -> CallTime.check("OpenStack")).doesNotThrowAnyException();
  }

  /** Until the end of the year 9999, as requests may say. */
  @Test
  void whatStandsForCenturiesCutsNoCall() {
    try (CallTime time = CallTime.begin(nanos::get)) {
      CallTime.endBy(Duration.ofDays(365L * 7_972));
      assertThat(CallTime.atMost(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
    }
  }

  @Test
  void theRemovalItselfTakesItsTime() {
    try (CallTime time = CallTime.begin(nanos::get)) {
      CallTime.endBy(Duration.ZERO);
      CallTime.endBy(Duration.ofSeconds(-1));
      assertThat(CallTime.atMost(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
      assertThatCode(() -> CallTime.check("Request Tracker")).doesNotThrowAnyException();
    }
  }
}
