package io.secamo.processes.connector;

import java.time.Duration;
import java.util.Optional;

/**
 * A ticket system, as processes need it. Every call ends with a value that was read back from the
 * system, or throws {@link ConnectorFailure}. Success codes are not believed.
 */
public interface TicketSystem {
  /**
   * How long after a create was announced {@link #find} may still miss the ticket: as long as the
   * calls of a create may take, which another operator may be making, and a while more. Zero means
   * that find sees it at once and the system itself refuses a second ticket for a key; anything
   * else makes the engine announce a create before it is made, and wait this long before a repeat.
   */
  Duration settleWindow();

  /** Proves endpoint, credentials and queue by a real call. */
  Account check();

  /**
   * Where a ticket carries its key, for people, at most 200 characters; for example {@code custom
   * field processes-key of Request Tracker}. What is read anywhere else does not say whose ticket
   * it is, for others may write there.
   */
  String whereKeysAre();

  /** The ticket that carries the key, closed ones included; the oldest if there are several. */
  Optional<TicketRef> find(IdempotencyKey key);

  /**
   * The ticket with this number, if it is the one that carries the key. Tickets are merged, moved
   * and deleted, and a number may lead to somebody else's then.
   *
   * @return empty if there is none of that number, or another one
   */
  Optional<TicketRef> read(String id, IdempotencyKey key);

  /** Opens a ticket and reads back that it carries the key. Never opens a second one for a key. */
  TicketRef create(TicketDraft draft);

  /**
   * Adds a comment of which the caller knows that it was never asked for before, and reads it back.
   * Does not look first: after any failure the caller knows nothing any more and goes on with
   * {@link #ensureComment}.
   */
  void comment(String id, String marker, String text);

  /** Adds a comment unless one that contains {@code marker} is there already. */
  void ensureComment(String id, String marker, String text);

  /**
   * Brings the ticket to its end unless it is there already, and reads the state back.
   *
   * @param success whether what was asked for was done; decides between "resolved" and "rejected"
   */
  void ensureClosed(String id, boolean success);
}
