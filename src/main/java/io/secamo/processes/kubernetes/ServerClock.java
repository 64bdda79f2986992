package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The clock of the API server, as its answers tell it (RFC 9110, field Date, to the second): what
 * the evidence says, and when something expires, does not depend on the clock of this machine.
 */
public final class ServerClock extends Clock implements Interceptor {
  private static final Duration TOLERATED = Duration.ofSeconds(2);

  private final Clock local;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  /** Follows the API server as soon as it answers; until then the local clock. */
  public ServerClock(Clock local) {
    this.local = local;
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    String date = response.header("Date");
    if (date != null) {
      follow(date);
    }
  }

  private void follow(String date) {
    try {
      Instant there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration apart = Duration.between(local.instant(), there);
      // The field has no fractions, so a difference of a second says nothing.
      ahead.set(apart.abs().compareTo(TOLERATED) <= 0 ? Duration.ZERO : apart);
    } catch (DateTimeException notADate) {
      // A proxy that writes nonsense does not change the time.
      return;
    }
  }

  @Override
  public Instant instant() {
    return local.instant().plus(ahead.get());
  }

  @Override
  public ZoneId getZone() {
    return local.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return local.withZone(zone);
  }
}
