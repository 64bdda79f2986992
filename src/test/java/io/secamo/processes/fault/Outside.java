package io.secamo.processes.fault;

import com.sun.net.httpserver.HttpExchange;
import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.fault.Fault.Kind;
import io.secamo.processes.systems.Patience;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Ticket system and cloud of a run: ours that imitate, or the real ones. They answer operators, and
 * afterwards they tell the checker what was done to them.
 */
interface Outside {
  /** Makes those of one run, which write down there what is done to them. */
  interface Maker extends Function<Ledger, Outside> {}

  static boolean atDesk(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().startsWith("/REST/");
  }

  /**
   * Answers a call of an operator.
   *
   * @param self the address under which it came
   */
  Reply answer(HttpExchange exchange, byte[] body, String self) throws IOException;

  /** What one of them accepts as a secret: the token of the desk, the password of the cloud. */
  String secret(Channel channel);

  /** Words that must be written down nowhere. */
  List<String> secrets();

  /** How long after the last fault a process may take to come to its end. */
  default Duration patience() {
    return Patience.LIMIT;
  }

  /** How long a temporary change lives: long enough to be made, seen and told. */
  default Duration life() {
    return Story.LIFE;
  }

  /** What was done for one request. */
  List<Ledger.Entry> deeds(String request);

  /** Tickets for one request that are still open. */
  List<String> openTickets(String request);

  /** Keys of the tickets for one request that carry one. */
  List<String> keys(String request);

  /** Rules that are there for one request. */
  List<String> rules(String request);

  /** Makes what a request needs before it is submitted: its security group. */
  default void prepare(String request) {}

  /** Leaves nothing that the next run would stumble over. */
  default void tidy(String request) {}

  /** From now on new objects are not found for a while. */
  default void blind(Instant until) {
    throw new IllegalStateException("they cannot be blinded");
  }

  /** From now on another secret is right. */
  default void changeSecret(Channel channel, String next) {
    throw new IllegalStateException("their secrets are not ours to change");
  }

  /** From now on what a request depends on is another one; false if there is nothing yet. */
  default boolean swap(Kind kind, String request) {
    throw new IllegalStateException("nothing like " + kind + " can happen to them");
  }

  /** And is as it was. */
  default void swapBack(Kind kind, String request) {}

  /** What of others was changed. */
  default List<String> foreignTouched() {
    return List.of();
  }

  /** Has one of them die or stand still, and come back by itself. */
  default void befall(Kind kind, Channel channel) {
    throw new IllegalStateException("nothing like " + kind + " can happen to them");
  }
}
