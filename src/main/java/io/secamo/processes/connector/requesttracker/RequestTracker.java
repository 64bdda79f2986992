package io.secamo.processes.connector.requesttracker;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.connector.TicketDraft;
import io.secamo.processes.connector.TicketRef;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.connector.http.Response;
import io.secamo.processes.connector.http.VendorText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Request Tracker as a ticket system. Its success codes mean little (it answers 200 to a state that
 * does not exist, and 201 while dropping our key), so everything is read back.
 */
final class RequestTracker implements Connector, TicketSystem {
  private static final String RESOLVED = "resolved";
  private static final String REJECTED = "rejected";

  /** How long the search may lag behind a ticket that was made. */
  private static final Duration SETTLE = Duration.ofSeconds(10);

  private final Rest2 rest;
  private final String ownQueue;
  private final Duration settle;
  private final Unanswered unanswered;
  private final History history;
  private final Set<String> usableQueues = ConcurrentHashMap.newKeySet();

  /**
   * With a queue for tickets that name none.
   *
   * @param call the longest that one call takes
   */
  RequestTracker(Rest2 rest, String ownQueue, Duration call) {
    this(rest, ownQueue, call, System::nanoTime);
  }

  RequestTracker(Rest2 rest, String ownQueue, Duration call, LongSupplier nanos) {
    this.rest = rest;
    this.ownQueue = ownQueue;
    // A create looks first.
    this.settle = call.multipliedBy(2).plus(SETTLE);
    this.unanswered = new Unanswered(SETTLE, nanos);
    this.history = new History(rest, nanos);
  }

  @Override
  public Optional<TicketSystem> tickets() {
    return Optional.of(this);
  }

  @Override
  public Optional<FirewallProvider> firewall() {
    return Optional.empty();
  }

  @Override
  public Duration settleWindow() {
    return settle;
  }

  @Override
  public String whereKeysAre() {
    return "custom field " + rest.keyField() + " of Request Tracker";
  }

  @Override
  public Account check() {
    proveQueue(ownQueue);
    String user = rest.userName().map(name -> " user " + VendorText.name(name)).orElse("");
    return new Account("Request Tracker" + user + ", queue " + ownQueue + " at " + rest.address());
  }

  /** Proves that a ticket of this queue can carry our key. REST2 does not tell if it is unique. */
  private void proveQueue(String queue) {
    JsonNode found =
        rest.queue(queue)
            .orRefuse(
                "Request Tracker has no queue '"
                    + queue
                    + "', or its user may not see it: create it, or grant SeeQueue, ShowTicket,"
                    + " CreateTicket, CommentOnTicket, ShowTicketComments and ModifyTicket")
            .body();
    if (found.path("Disabled").asInt() != 0) {
      throw new ConnectorFailure.Refused(
          "the queue '" + queue + "' of Request Tracker is disabled: enable it or name another");
    }
    for (JsonNode field : found.path("TicketCustomFields")) {
      if (field.path("name").asText().equals(rest.keyField())) {
        usableQueues.add(queue);
        return;
      }
    }
    throw new ConnectorFailure.Refused(
        "the queue '"
            + queue
            + "' of Request Tracker has no custom field '"
            + rest.keyField()
            + "': make one for tickets (enter one value), tick that values must be unique, apply it"
            + " to the queue, and grant SeeCustomField, ModifyCustomField and"
            + " SetInitialCustomField");
  }

  @Override
  public Optional<TicketRef> find(IdempotencyKey key) {
    Optional<Ticket> found = rest.withKey(key.value()).stream().findFirst();
    tellFound(key.value(), found.isPresent());
    return found.map(hit -> carrying(hit, key)).map(this::ref);
  }

  /** What the search says is asked of the ticket itself: a wrong number is somebody else's. */
  private Ticket carrying(Ticket hit, IdempotencyKey key) {
    if (read(Long.toString(hit.id()), key).isEmpty()) {
      throw new ConnectorFailure.Transient(
          "the search of Request Tracker gives number " + hit.id() + ", which is another ticket",
          null);
    }
    return hit;
  }

  /** Request Tracker answers with the other ticket where one was merged into another. */
  @Override
  public Optional<TicketRef> read(String id, IdempotencyKey key) {
    long number = number(id);
    return rest.find(number)
        .filter(ticket -> ticket.id() == number)
        .filter(ticket -> ticket.key().filter(key.value()::equals).isPresent())
        .map(this::ref);
  }

  private void tellFound(String mark, boolean found) {
    if (found) {
      unanswered.seen(mark);
    } else {
      unanswered.missed(mark);
    }
  }

  @Override
  public TicketRef create(TicketDraft draft) {
    Optional<TicketRef> there = find(draft.key());
    return there.isPresent() ? there.get() : open(draft);
  }

  private TicketRef open(TicketDraft draft) {
    String queue = draft.queue() == null ? ownQueue : draft.queue();
    if (!usableQueues.contains(queue)) {
      // Else the key would be dropped without a word, and the ticket never found again.
      proveQueue(queue);
    }
    Response answer =
        unanswered
            .watching(draft.key().value(), () -> rest.open(draft, queue))
            .orRefuse("Request Tracker does not open a ticket in queue '" + queue + "'");
    long id = answer.body().path("id").asLong();
    if (id == 0) {
      throw new ConnectorFailure.Unknown("Request Tracker gave no number for a new ticket", null);
    }
    return readBack(id, draft);
  }

  private TicketRef readBack(long id, TicketDraft draft) {
    String key = draft.key().value();
    List<Ticket> hits = read(id, () -> rest.withKey(key));
    if (!hits.isEmpty()) {
      Ticket winner = hits.get(0);
      if (winner.id() == id) {
        return ref(winner);
      }
      read(id, () -> carrying(winner, draft.key()));
      if (keyless(read(id, () -> rest.ticket(id)), draft)) {
        end(id, "Another ticket was opened for the same request: see ticket " + winner.id() + ".");
      }
      return ref(winner);
    }
    Ticket ours = read(id, () -> rest.ticket(id));
    if (ours.key().filter(key::equals).isPresent()) {
      // The key is unique and this ticket has it: the search only lags behind.
      return ref(ours);
    }
    if (!keyless(ours, draft)) {
      throw new ConnectorFailure.Unknown(
          "Request Tracker gave the number " + id + " for a new ticket, and it is another one",
          null);
    }
    String sentence =
        "its custom field '%s' stayed empty: grant SeeCustomField, ModifyCustomField and SetInitialCustomField"
            .formatted(rest.keyField());
    end(id, "Closed by the process that opened it: " + sentence + ".");
    throw new ConnectorFailure.Refused(
        "Request Tracker opened ticket " + id + ", which was rejected again because " + sentence);
  }

  /** Whatever it is that cannot be read: a ticket was opened, and is not to be forgotten. */
  private static <T> T read(long id, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ConnectorFailure notRead) {
      throw new ConnectorFailure.Unknown(
          "ticket " + id + " was opened but could not be read back: " + notRead.getMessage(),
          notRead);
    }
  }

  /** Whether we have just opened it and it got no key: a number may be that of another ticket. */
  private static boolean keyless(Ticket ticket, TicketDraft draft) {
    return ticket.key().orElse("").isEmpty() && ticket.subject().equals(Rest2.subject(draft));
  }

  /** Ends a ticket of our own that must not stay. */
  private void end(long id, String why) {
    rest.comment(id, why);
    ensureClosed(Long.toString(id), false);
  }

  @Override
  public void comment(String id, String marker, String text) {
    say(number(id), marker, text);
  }

  @Override
  public void ensureComment(String id, String marker, String text) {
    long ticket = number(id);
    boolean said = history.says(ticket, marker);
    tellFound(marker, said);
    if (!said) {
      say(ticket, marker, text);
    }
  }

  private void say(long ticket, String marker, String text) {
    String whole = text.contains(marker) ? text : text + "\n" + marker;
    unanswered.watching(marker, () -> rest.comment(ticket, whole));
    if (!history.saidLately(ticket, marker) && !history.says(ticket, marker)) {
      throw new ConnectorFailure.Refused(
          "Request Tracker does not show the comment it accepted on ticket "
              + ticket
              + ": grant ShowTicketComments");
    }
  }

  @Override
  public void ensureClosed(String id, boolean success) {
    long number = number(id);
    if (rest.closed(rest.ticket(number))) {
      return;
    }
    String status = success ? RESOLVED : REJECTED;
    Response answer = rest.setStatus(number, status);
    if (!rest.closed(rest.ticket(number))) {
      throw new ConnectorFailure.Refused(
          "Request Tracker does not bring ticket "
              + id
              + " to '"
              + status
              + "'"
              + answer.explained());
    }
  }

  private TicketRef ref(Ticket ticket) {
    return new TicketRef(Long.toString(ticket.id()), rest.page(ticket.id()), rest.closed(ticket));
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException odd) {
      throw new ConnectorFailure.Refused(
          "'" + id.replaceAll("\\p{Cc}", "") + "' is not a ticket number of Request Tracker");
    }
  }
}
