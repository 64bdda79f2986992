package io.secamo.processes.engine.journal;

import io.secamo.processes.api.Condition;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.text.Limit;
import io.secamo.processes.text.Plain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a process stands: state, step, whom it waits for, retries. Written by the engine only. */
public final class Progress {
  static final ProcessStatus EMPTY =
      new ProcessStatus(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null, null, null, null, null, null, null, null, null, null);
  private static final Duration UNPROTECTED = Duration.ofMinutes(1);
  private static final int MESSAGE_LIMIT = 1000;
  private static final int MOST_DEFECTS = 5;

  private final StepStates steps;
  private State state;
  private String reason = Reasons.PROGRESSING;
  private @Nullable Long generation;
  private @Nullable String step;
  private @Nullable String waitingFor;
  private @Nullable String message;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;
  private @Nullable Instant deadline;
  private @Nullable Instant nextAttemptAt;
  private boolean retrying;

  Progress(ProcessStatus base) {
    state = base.state() == null ? State.RECEIVED : base.state();
    generation = base.observedGeneration();
    step = base.step();
    waitingFor = base.waitingFor();
    message = base.message();
    startedAt = base.startedAt();
    finishedAt = base.finishedAt();
    deadline = base.deadline();
    nextAttemptAt = base.nextAttemptAt();
    steps = new StepStates(base.steps() == null ? List.of() : base.steps());
    if (base.conditions() != null) {
      base.conditions().forEach(this::recall);
    }
  }

  private void recall(Condition condition) {
    if (condition.type().equals("Ready")) {
      reason = condition.reason();
    }
    if (condition.type().equals("Reconciling")) {
      retrying = condition.reason().equals(Reasons.RETRYING);
    }
  }

  /** A pass looks at it, for this generation of the spec. */
  public void begin(long observed, Instant now) {
    generation = observed;
    startedAt = startedAt == null ? now : startedAt;
  }

  /** It comes to a step. */
  public void enter(String name, State seen) {
    step = name;
    to(seen, Reasons.PROGRESSING, null, "");
  }

  /** It waits, as a step said. */
  public void waits(Outcome.Wait wait) {
    to(wait.state(), wait.reason(), wait.waitingFor(), wait.message());
    deadline = wait.until();
    Instant soonest = wait.lookAgain();
    boolean before = soonest != null && (deadline == null || soonest.isBefore(deadline));
    nextAttemptAt = before ? soonest : null;
  }

  /** People said to go on without a step, or with an earlier one. */
  public void goTo(String name, String skipped) {
    if (!skipped.isEmpty()) {
      steps.skip(skipped);
    }
    step = name;
  }

  void retries(String name, String why, String text, Instant next, boolean counts) {
    steps.retries(name, counts);
    to(pausing() ? State.RUNNING : state, why, null, text);
    retrying = true;
    nextAttemptAt = next;
  }

  /** What a failure of an outside system makes of the process: one place for all of them. */
  public void failed(String name, ConnectorFailure failure, String uid, Instant now) {
    String text = String.valueOf(failure.getMessage());
    int attempt = steps.attempts(name) + 1;
    String counted = text + " (attempt " + attempt + ")";
    Instant next = now.plus(Timing.backoff(attempt, uid));
    switch (failure) {
      case ConnectorFailure.Transient t -> retries(name, Reasons.RETRYING, counted, next, true);
      case ConnectorFailure.Throttled t ->
          retries(name, Reasons.RETRYING, text, now.plus(t.after()).plusSeconds(1), false);
      case ConnectorFailure.Unknown u ->
          retries(name, Reasons.CHECKING_OUTCOME, counted, next, true);
      case ConnectorFailure.Refused r -> parked(name, Reasons.REFUSED, text);
      case ConnectorFailure.Unauthorized u -> parked(name, Reasons.CREDENTIALS_REJECTED, text);
    }
  }

  /** What a failure of our own makes of the process. */
  public void defect(String name, String uid, Instant now) {
    int attempt = steps.attempts(name) + 1;
    String text = "a defect of the operator in step " + name + "; its log has the details";
    if (attempt < MOST_DEFECTS) {
      Instant next = now.plus(Timing.backoff(attempt, uid));
      retries(name, Reasons.INTERNAL_ERROR, text + " (attempt " + attempt + ")", next, true);
    } else {
      parked(name, Reasons.INTERNAL_ERROR, text);
    }
  }

  /** When it is looked at again by itself, as far as it is known by now. */
  public Optional<Instant> again() {
    return Optional.ofNullable(nextAttemptAt == null ? deadline : nextAttemptAt);
  }

  /** Tried again at that time at the latest. */
  public void againBefore(Instant next) {
    nextAttemptAt = nextAttemptAt == null || nextAttemptAt.isAfter(next) ? next : nextAttemptAt;
  }

  /** It waits for who is on duty. */
  public void parked(String name, String why, String text) {
    parked(name, new Outcome.Attention(why, ProcessStatus.DUTY, text));
  }

  /** It waits for a person. */
  public void parked(String name, Outcome.Attention by) {
    steps.failed(name);
    to(State.NEEDS_ATTENTION, by.reason(), by.waitingFor(), by.message());
  }

  /** Said besides what it waits for; of what is over there is nothing more to say. */
  public void alsoSays(String text) {
    if (!state.terminal()) {
      message = limited(message + "; " + text);
    }
  }

  /** What was made is being removed. */
  public void reverting(String text) {
    to(State.REVERTING, Reasons.PROGRESSING, null, text);
  }

  /** It is over. */
  public void ended(State end, String why, String text, Instant now) {
    to(end, why, null, text);
    step = null;
    finishedAt = now;
  }

  /** It stays over; how it ended is not how it is any more. */
  public void undoneWithItsRequest(String how) {
    to(state, reason, null, message + "; then the request was deleted: " + how);
  }

  /** It is not over, whatever is stored. */
  public void discardForeignEnd() {
    reverting("the status was rewritten by somebody else: looking at what there is");
    finishedAt = null;
  }

  /** It was over, and what it made is to go all the same. */
  public void toBeUndoneAfterAll(String why, Instant now) {
    reverting(why);
    finishedAt = null;
    nextAttemptAt = now;
  }

  /** What is to be read before all else. */
  public void sayFirst(String text) {
    if (message != null && !message.startsWith(text)) {
      message = limited(text + message);
    }
  }

  private void to(State next, String why, @Nullable String who, String text) {
    state = next;
    reason = why;
    waitingFor = who;
    message = limited(text);
    deadline = null;
    nextAttemptAt = null;
    retrying = false;
  }

  private static String limited(String text) {
    return Limit.to(MESSAGE_LIMIT + 1, Plain.shown(text));
  }

  /** Nothing may be changed until the admission policies hold again. */
  public void unprotected(String name, String problem, Instant now) {
    retries(name, Reasons.ADMISSION_UNPROTECTED, problem, now.plus(UNPROTECTED), false);
    waitingFor = ProcessStatus.ADMINISTRATOR;
  }

  private boolean pausing() {
    return state == State.RECEIVED
        || state == State.NEEDS_ATTENTION
        || state == State.SUSPENDED
        || state == State.AWAITING_APPROVAL
        || state == State.SCHEDULED;
  }

  /** Where it stands. */
  public State state() {
    return state;
  }

  /** Why, in one CamelCase word. */
  public String reason() {
    return reason;
  }

  boolean retrying() {
    return retrying;
  }

  @Nullable Long generation() {
    return generation;
  }

  /** The step that is next or under way; null if none is. */
  public @Nullable String step() {
    return step;
  }

  @Nullable String waitingFor() {
    return waitingFor;
  }

  @Nullable String message() {
    return message;
  }

  @Nullable Instant startedAt() {
    return startedAt;
  }

  @Nullable Instant finishedAt() {
    return finishedAt;
  }

  @Nullable Instant deadline() {
    return deadline;
  }

  @Nullable Instant nextAttemptAt() {
    return nextAttemptAt;
  }

  /** Where each of its steps stands. */
  public StepStates steps() {
    return steps;
  }
}
