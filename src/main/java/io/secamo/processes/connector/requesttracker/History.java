package io.secamo.processes.connector.requesttracker;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.connector.ConnectorFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What was said on tickets, and whether it was us who said it. Looks at the newest first. */
final class History {
  /** Of a hundred texts each: a ticket that is so long is not one of ours. */
  private static final int MOST_PAGES = 20;

  /** Enough to find what was said a moment ago, and few enough to be quick. */
  private static final int NEWEST = 5;

  /**
   * Each takes a call. What is repeated since its answer was lost is among the newest; if others
   * wrote more than that in between, they get our sentence twice.
   */
  private static final int MOST_READ = 100;

  /** Many calls, each of which is answered just in time, must not hold up everything else. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Rest2 rest;
  private final LongSupplier nanos;

  /** Whether something of ours was seen under the name that we know. */
  private volatile boolean confirmed;

  /**
   * Of all tickets.
   *
   * @param nanos a counter like {@link System#nanoTime}
   */
  History(Rest2 rest, LongSupplier nanos) {
    this.rest = rest;
    this.nanos = nanos;
  }

  /** Whether we said a text with the marker on the ticket. */
  boolean says(long ticket, String marker) {
    if (new Look(ticket, marker).finds()) {
      return true;
    }
    // A name under which nothing of ours was ever seen may be a wrong one: asked for again.
    return !confirmed && rest.forgetUser() && new Look(ticket, marker).finds();
  }

  /** Whether one of the newest texts on the ticket is ours and has the marker. */
  boolean saidLately(long ticket, String marker) {
    return new Look(ticket, marker).isOnPage(NEWEST, 1);
  }

  /** One look at a ticket, which ends. */
  private final class Look {
    private final long ticket;
    private final String marker;
    private final long begun = nanos.getAsLong();
    private int left = MOST_READ;
    private boolean last;

    Look(long ticket, String marker) {
      this.ticket = ticket;
      this.marker = marker;
    }

    boolean finds() {
      for (int number = 1; number <= MOST_PAGES; number++) {
        if (isOnPage(rest.page(), number)) {
          return true;
        }
        if (left == 0 || last) {
          return false;
        }
      }
      throw new ConnectorFailure.Refused(
          rest.system() + " has more texts on ticket " + ticket + " than can be looked through");
    }

    boolean isOnPage(int size, int number) {
      inTime();
      JsonNode items = rest.texts(ticket, size, number);
      last = items.size() < size;
      Optional<String> us = rest.userName();
      for (JsonNode item : items) {
        boolean text = item.path("ContentType").asText().startsWith("text/");
        String author = item.path("Creator").path("id").asText();
        boolean ours = us.isEmpty() || us.get().equals(author);
        if (text && ours && left > 0 && has(item.path("id").asLong())) {
          confirmed = true;
          return true;
        }
      }
      return false;
    }

    private boolean has(long attachment) {
      inTime();
      left--;
      return rest.content(attachment).contains(marker);
    }

    private void inTime() {
      if (nanos.getAsLong() - begun > LONGEST.toNanos()) {
        throw new ConnectorFailure.Transient(
            rest.system() + " takes too long to show the history of ticket " + ticket, null);
      }
    }
  }
}
