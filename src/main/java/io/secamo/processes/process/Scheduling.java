package io.secamo.processes.process;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectionFacts;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.window.Calendar;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When an approved change may be made: not before its own time, not outside of the change windows,
 * and not while another request changes the same target. Judged again at the moment of the effect.
 */
public final class Scheduling {
  private final Surroundings around;

  /** Reads windows and other requests from the surroundings. */
  public Scheduling(Surroundings around) {
    this.around = around;
  }

  /**
   * Whether the change may be made now.
   *
   * @param notBefore the request's own time, if it has one
   * @param connection the Connection of the target
   * @param target what is changed, the same text for the same thing
   */
  public Outcome judge(
      StepContext<?> context,
      Optional<Instant> notBefore,
      ConnectionFacts connection,
      String target) {
    Optional<Instant> early = notBefore.filter(at -> context.asOf().isBefore(at));
    if (early.isPresent()) {
      return Outcome.notBefore(early.get());
    }
    Calendar calendar = around.calendar(context.request().namespace());
    Calendar.Verdict verdict =
        calendar.judge(connection.name(), connection.labels(), context.asOf());
    if (verdict instanceof Calendar.Verdict.Closed closed) {
      return closed(closed);
    }
    return around
        .queueFor(context.request().uid(), target)
        .map(Scheduling::busy)
        .orElseGet(Outcome::done);
  }

  /** The names of the windows that let a change through now; none if there is no such window. */
  public List<String> openWindows(StepContext<?> context, ConnectionFacts connection) {
    return around
        .calendar(context.request().namespace())
        .open(connection.name(), connection.labels(), context.asOf());
  }

  private static Outcome closed(Calendar.Verdict.Closed closed) {
    Instant opening = closed.nextOpening().orElse(null);
    String none =
        closed.untilMended()
            ? "whoever keeps the windows mends it, and then this goes on by itself"
            : "there is no opening within five years: whoever keeps the windows gives one a new"
                + " start";
    String next = opening == null ? none : "the next opening is " + opening;
    return new Outcome.Wait(
        State.SCHEDULED,
        Reasons.WINDOW_CLOSED,
        opening == null ? ProcessStatus.ADMINISTRATOR : "window " + opening,
        "approved; " + closed.why() + "; " + next,
        opening,
        null);
  }

  private static Outcome busy(String other) {
    return new Outcome.Wait(
        State.SCHEDULED,
        Reasons.TARGET_BUSY,
        other,
        "approved; request " + other + " changes the same target first, this one follows",
        null,
        null);
  }
}
