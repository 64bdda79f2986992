package io.secamo.processes.connector.sandbox;

import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.connector.TicketDraft;
import io.secamo.processes.connector.TicketRef;
import io.secamo.processes.connector.TicketSystem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tickets as entries named after their key: the store itself refuses a second one. */
final class SandboxTickets implements TicketSystem {
  /** The name is made of the key: the store itself refuses a second one. */
  static final String KEYS = "name of the sandbox's ConfigMap";

  private static final String KIND = "ticket";
  private static final String NUMBER = "number";
  private static final String STATUS = "status";
  private static final String COMMENTS = "comments";
  private static final String COUNTER = "sandbox-ticket-counter";
  private static final String PREFIX = "CHG-";
  private static final int FIRST_NUMBER = 1001;
  private static final int MOST_ATTEMPTS = 50;

  private final Account account;
  private final ConnectionSettings settings;
  private final SandboxStore store;
  private final Faults faults;

  SandboxTickets(Account account, ConnectionSettings settings, SandboxStore store, Faults faults) {
    this.account = account;
    this.settings = settings;
    this.store = store;
    this.faults = faults;
  }

  @Override
  public Duration settleWindow() {
    return Duration.ZERO;
  }

  @Override
  public String whereKeysAre() {
    return KEYS;
  }

  @Override
  public Account check() {
    return faults.call("check", () -> account);
  }

  @Override
  public Optional<TicketRef> find(IdempotencyKey key) {
    return faults.call("find", () -> store.read(name(key)).map(this::ref));
  }

  @Override
  public Optional<TicketRef> read(String id, IdempotencyKey key) {
    return find(key).filter(ticket -> ticket.id().equals(id));
  }

  @Override
  public TicketRef create(TicketDraft draft) {
    faults.call("create", () -> make(draft), () -> false);
    return store
        .read(name(draft.key()))
        .map(this::ref)
        .orElseThrow(
            () ->
                new ConnectorFailure.Unknown(
                    "the sandbox said it opened the ticket, but it cannot be found", null));
  }

  private boolean make(TicketDraft draft) {
    if (store.read(name(draft.key())).isPresent()) {
      return false;
    }
    Map<String, String> data = new HashMap<>();
    data.put(NUMBER, PREFIX + nextNumber());
    data.put("subject", draft.subject());
    data.put("body", draft.body());
    data.put(STATUS, "open");
    data.put(COMMENTS, "");
    return store.create(name(draft.key()), KIND, data);
  }

  @Override
  public void comment(String id, String marker, String text) {
    say(id, marker, comments -> comments + text + "\n\n");
  }

  @Override
  public void ensureComment(String id, String marker, String text) {
    say(id, marker, comments -> comments.contains(marker) ? comments : comments + text + "\n\n");
  }

  private void say(String id, String marker, UnaryOperator<String> comments) {
    faults.call(
        "comment",
        () ->
            change(
                id,
                data -> {
                  data.put(COMMENTS, comments.apply(data.getOrDefault(COMMENTS, "")));
                  return data;
                }),
        () -> true);
    if (!ticket(id).data().getOrDefault(COMMENTS, "").contains(marker)) {
      throw new ConnectorFailure.Transient("the comment is not on ticket " + id, null);
    }
  }

  @Override
  public void ensureClosed(String id, boolean success) {
    faults.call(
        "close",
        () ->
            change(
                id,
                data -> {
                  if ("open".equals(data.get(STATUS))) {
                    data.put(STATUS, success ? "resolved" : "rejected");
                  }
                  return data;
                }),
        () -> true);
    if ("open".equals(ticket(id).data().get(STATUS))) {
      throw new ConnectorFailure.Transient("ticket " + id + " is still open", null);
    }
  }

  private boolean change(String id, UnaryOperator<Map<String, String>> edit) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      SandboxStore.Entry read = ticket(id);
      if (store.replace(read, edit.apply(new HashMap<>(read.data())))) {
        return true;
      }
    }
    throw new ConnectorFailure.Transient("ticket " + id + " is busy", null);
  }

  private SandboxStore.Entry ticket(String id) {
    AtomicReference<SandboxStore.@Nullable Entry> found = new AtomicReference<>();
    store.each(
        KIND,
        entry -> {
          if (id.equals(entry.data().get(NUMBER))) {
            found.compareAndSet(null, entry);
          }
        });
    return Optional.ofNullable(found.get())
        .orElseThrow(
            () -> new ConnectorFailure.Refused("there is no ticket " + id + " in " + settings));
  }

  private int nextNumber() {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Optional<SandboxStore.Entry> counter = store.read(COUNTER);
      int next =
          counter.isPresent()
              ? Count.read(COUNTER, counter.get().data().get("next"), FIRST_NUMBER)
              : afterTheLast();
      Map<String, String> data = Map.of("next", Integer.toString(next + 1));
      boolean stored =
          counter.isPresent()
              ? store.replace(counter.get(), data)
              : store.create(COUNTER, "counter", data);
      if (stored) {
        return next;
      }
    }
    throw new ConnectorFailure.Transient("the sandbox is busy", null);
  }

  /** Where to count on if somebody has removed the counter: a number must not be given twice. */
  private int afterTheLast() {
    AtomicInteger next = new AtomicInteger(FIRST_NUMBER);
    store.each(
        KIND,
        entry -> {
          String number = entry.data().getOrDefault(NUMBER, "");
          if (number.matches(PREFIX + "[0-9]{1,8}")) {
            int after = Integer.parseInt(number.substring(PREFIX.length())) + 1;
            next.accumulateAndGet(after, Math::max);
          }
        });
    return next.get();
  }

  private TicketRef ref(SandboxStore.Entry entry) {
    String url =
        "kubectl -n " + settings.namespace() + " get configmap " + entry.name() + " -o yaml";
    boolean closed = !"open".equals(entry.data().get(STATUS));
    return new TicketRef(entry.data().getOrDefault(NUMBER, "?"), url, closed);
  }

  private static String name(IdempotencyKey key) {
    return "sandbox-ticket-" + key;
  }
}
