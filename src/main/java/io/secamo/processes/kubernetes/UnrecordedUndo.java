package io.secamo.processes.kubernetes;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.request.ProcessRequest;
import io.secamo.processes.api.request.RequestSpec;
import io.secamo.processes.connector.http.CallTime;
import io.secamo.processes.engine.ProcessEngine;
import io.secamo.processes.engine.ProcessEngine.StillLookedAfter;
import io.secamo.processes.engine.procedure.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done after a pass whose result was refused, or when a request vanished. A replica
 * that stood still between its last look and its change makes the change late: if another one has
 * undone the process meanwhile, nobody but the late one knows of it.
 *
 * @param <R> kind of resource
 * @param <S> its spec
 */
final class UnrecordedUndo<R extends ProcessRequest<S>, S extends RequestSpec> {
  private static final Logger LOG = LoggerFactory.getLogger(UnrecordedUndo.class);
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final ProcessEngine<S> engine;
  private final StatusWriter<R> writer;
  private final Clock clock;

  UnrecordedUndo(ProcessEngine<S> engine, StatusWriter<R> writer, Clock clock) {
    this.engine = engine;
    this.writer = writer;
    this.clock = clock;
  }

  /** Takes back what the pass made, if nobody answers for it; goes on trying if it has to. */
  void undo(Request<S> request, R resource, ProcessStatus unrecorded) {
    undo(request, resource, unrecorded, StillLookedAfter.ANNOUNCED_TOO);
  }

  /** The same where what was announced can never be recorded as made. */
  void undoNeverRecorded(Request<S> request, R resource, ProcessStatus unrecorded) {
    undo(request, resource, unrecorded, StillLookedAfter.MADE_ONLY);
  }

  private void undo(
      Request<S> request, R resource, ProcessStatus unrecorded, StillLookedAfter lookedAfter) {
    if (!attempt(request, resource, unrecorded, lookedAfter)) {
      untilDone(request.address(), () -> attempt(request, resource, unrecorded, lookedAfter));
    }
  }

  /** Tries in a thread of its own, at longer and longer intervals, and never gives up. */
  static void untilDone(String request, BooleanSupplier attempt) {
    Thread.ofVirtual().start(() -> persist(request, attempt));
  }

  private static void persist(String request, BooleanSupplier attempt) {
    Duration wait = FIRST;
    while (!succeeds(request, attempt) && !Thread.currentThread().isInterrupted()) {
      if (wait.compareTo(LONGEST) >= 0) {
        LOG.error(
            "a change of {} that nobody answers for may still be there: look for rules with its"
                + " marker",
            request);
      }
      LockSupport.parkNanos(wait.toNanos());
      wait = wait.compareTo(LONGEST) < 0 ? wait.multipliedBy(2) : wait;
    }
  }

  /**
   * A thread that died of a defect would leave it to nobody: after a restart no one knows of it.
   */
  private static boolean succeeds(String request, BooleanSupplier attempt) {
    try {
      return attempt.getAsBoolean();
    } catch (RuntimeException defect) {
      LOG.error(
          "what {} leaves behind could not be seen to yet: a defect of ours", request, defect);
      return false;
    }
  }

  private boolean attempt(
      Request<S> request, R resource, ProcessStatus unrecorded, StillLookedAfter lookedAfter) {
    // The time of the pass may be over, and that this is left to the next look is no answer here.
    CallTime time = CallTime.begin();
    try {
      R live = writer.live(resource);
      boolean same = live != null && live.getMetadata().getUid().equals(request.uid());
      List<String> gone =
          engine.undoUnrecorded(
              request,
              unrecorded,
              same && live != null ? live.getStatus() : null,
              lookedAfter,
              clock.instant());
      if (!gone.isEmpty()) {
        LOG.warn("took back {} of {}: nobody answers for it any more", gone, request.address());
      }
      return true;
    } catch (RuntimeException notNow) {
      LOG.warn("cannot take back yet what nobody answers for: {}", notNow.getMessage());
      return false;
    } finally {
      time.close();
    }
  }
}
