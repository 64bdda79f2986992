package io.secamo.processes.kubernetes.health;

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
import java.util.function.LongSupplier;

/**
 * The clock of the API server, as its answers tell it (RFC 9110, field Date, to the second): what
 * the evidence says, and when something expires, does not depend on the clock of this machine.
 * Between two answers it counts on by itself, so that a machine whose clock jumps expires nothing
 * early.
 */
public final class ServerClock extends Clock implements Interceptor {
  private static final Duration TOLERATED = Duration.ofSeconds(2);

  private final Clock local;
  private final LongSupplier nanos;
  private final AtomicReference<Reading> last;

  /** What the time was at a reading of the counter. */
  private record Reading(Instant time, long nanos) {
    Instant at(long later) {
      return time.plusNanos(later - nanos);
    }
  }

  /** Begins with the local clock and follows the API server as soon as it answers. */
  public ServerClock(Clock local) {
    this(local, System::nanoTime);
  }

  /**
   * With a counter of its own.
   *
   * @param nanos counts nanoseconds and never jumps
   */
  ServerClock(Clock local, LongSupplier nanos) {
    this.local = local;
    this.nanos = nanos;
    this.last = new AtomicReference<>(new Reading(local.instant(), nanos.getAsLong()));
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
      // The field has no fractions, so a difference of a second says nothing.
      if (Duration.between(instant(), there).abs().compareTo(TOLERATED) > 0) {
        last.set(new Reading(there, nanos.getAsLong()));
      }
    } catch (DateTimeException notADate) {
      // A proxy that writes nonsense does not change the time.
      return;
    }
  }

  @Override
  public Instant instant() {
    return last.get().at(nanos.getAsLong());
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
