package io.secamo.processes.connector.http;

import java.time.Duration;

/**
 * How long and how much we are willing to wait and read.
 *
 * @param connect until the connection stands
 * @param request until the whole answer is read, connecting included
 * @param bytes size of an answer
 */
public record Limits(Duration connect, Duration request, int bytes) {
  /** 5 seconds to connect, 30 seconds in all, 4 MiB. */
  public static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(5), Duration.ofSeconds(30), 4 * 1024 * 1024);
}
