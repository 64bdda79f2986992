package io.secamo.processes.connector.http;

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
}
