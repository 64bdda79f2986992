package io.secamo.processes.contract;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.engine.procedure.Request.Wish;
import java.time.Duration;
import java.util.Set;

/** One process of a procedure, in a world of its own in which something may happen at any point. */
public interface Played {
  /** Where something may happen. */
  enum Point {
    BEFORE_A_CALL,
    AFTER_A_CALL,
    BEFORE_IT_IS_STORED,
    AFTER_IT_IS_STORED
  }

  /** What happens: it may do something to the process, or throw. */
  interface Trouble {
    void at(Point point);
  }

  /** The process is killed here, and another operator goes on with what is stored. */
  final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** From now on this happens. */
  void happens(Trouble trouble);

  /** Lets the operator work some time later, until nothing is due any more. */
  void workAfter(Duration time);

  /** Says yes to whatever waits for votes, as all who are asked. */
  void approve();

  /** Takes a yes back. */
  void takeVotesBack();

  /** What its people want of it from now on. */
  void wish(Wish wish);

  /** How it stands, as it is stored. */
  ProcessStatus status();

  /** All that was ever made outside for it, each by its own id. */
  Set<String> made();

  /** What of that stands and has to go at its end. */
  Set<String> standing();

  /** How often something was stored. */
  int writes();

  /** How often an outside system was called. */
  int calls();
}
