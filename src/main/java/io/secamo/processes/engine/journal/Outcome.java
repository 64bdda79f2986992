package io.secamo.processes.engine.journal;

import static java.util.stream.Collectors.joining;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a step ended. The engine alone turns it into journal, conditions and wake-ups. */
public sealed interface Outcome {

  /** The step has nothing left to do; the next one follows in the same pass. */
  record Done() implements Outcome {}

  /** The step is not for this request; the next one follows in the same pass. */
  record LeftOut() implements Outcome {}

  /**
   * Somebody or something else must act first.
   *
   * @param state what people see
   * @param reason CamelCase word, for automation
   * @param waitingFor who has to do something, or what has to come
   * @param message what to do, in a sentence
   * @param until when the waiting is over by itself, for good or ill: a start, an end, or too late;
   *     the process looks again then. Null: no limit
   * @param lookAgain when to look before that without being woken; null: only when something
   *     changes
   */
  record Wait(
      State state,
      String reason,
      String waitingFor,
      String message,
      @Nullable Instant until,
      @Nullable Instant lookAgain)
      implements Outcome {
    /** The same, with something that is tried again by then. */
    public Wait trying(String what, Instant again) {
      Instant soonest = lookAgain == null || lookAgain.isAfter(again) ? again : lookAgain;
      return new Wait(state, reason, waitingFor, message + "; " + what, until, soonest);
    }
  }

  /** The world has changed so that an earlier step must be done again. */
  record JumpTo(String step, String why) implements Outcome {}

  /** The process ends here; what was changed is undone unless the state says it is wanted. */
  record End(State state, String reason, String message) implements Outcome {
    /** Whether what was asked for was done, even if it is over by now. */
    public boolean success() {
      return changeStays() || state == State.EXPIRED || state == State.REMOVED;
    }

    /** The same, with what became of the effects; nothing is said of an end that undid none. */
    public End telling(String undone) {
      String said = Stream.of(message, undone).filter(t -> !t.isEmpty()).collect(joining("; "));
      return new End(state, reason, said);
    }

    /** Whether people said no. */
    public boolean rejected() {
      return state == State.REJECTED;
    }

    /** What the evidence says about it. */
    public String[] facts() {
      return new String[] {state.word(), reason, message};
    }

    /** The end of which the evidence says this; empty if that tells of none. */
    public static Optional<End> of(@Nullable List<String> facts) {
      return facts == null || facts.size() != 3
          ? Optional.empty()
          : Stream.of(State.values())
              .filter(state -> state.terminal() && state.word().equals(facts.get(0)))
              .map(state -> new End(state, facts.get(1), facts.get(2)))
              .findFirst();
    }

    /** Whether what this very process has made is wanted beyond its end. */
    public boolean ownStays() {
      return state == State.COMPLETED;
    }

    /** Whether the change is wanted beyond the end of the process. */
    public boolean changeStays() {
      return state == State.COMPLETED || state == State.ALREADY_SATISFIED;
    }
  }

  /**
   * Parked: only a person can decide; the message says what.
   *
   * @param reason CamelCase word, for automation
   * @param waitingFor which person
   * @param message what to do, in a sentence
   */
  record Attention(String reason, String waitingFor, String message) implements Outcome {}

  /** The step has nothing left to do. */
  static Outcome done() {
    return new Done();
  }

  /** The change is approved but must not begin yet. */
  static Outcome notBefore(Instant start) {
    return new Wait(
        State.SCHEDULED,
        Reasons.SCHEDULED,
        "start time",
        "approved; the change begins at " + start,
        start,
        null);
  }

  /** An earlier step must be done again. */
  static Outcome jumpTo(String step, String why) {
    return new JumpTo(step, why);
  }

  /** The process ends without, or with the wanted, change. */
  static Outcome end(State state, String reason, String message) {
    return new End(state, reason, message);
  }

  /** Only a person can decide who looks after the installation. */
  static Outcome attention(String reason, String message) {
    return new Attention(reason, ProcessStatus.DUTY, message);
  }

  /** Only who installs and configures can put it right. */
  static Outcome forAdministrator(String reason, String message) {
    return new Attention(reason, ProcessStatus.ADMINISTRATOR, message);
  }

  /** Only who asked for it can put it right. */
  static Outcome backToRequester(String reason, String message) {
    return new Attention(reason, ProcessStatus.REQUESTER, message);
  }
}
