package io.secamo.processes.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.contract.Played.Killed;
import io.secamo.processes.contract.Played.Point;
import io.secamo.processes.contract.Played.Trouble;
import io.secamo.processes.engine.procedure.Request.Wish;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What holds for every procedure, whatever its steps do: tried with trouble at each of its points.
 */
public abstract class ProcedureContract {
  private static final Duration STEP = Duration.ofMinutes(5);

  /** Longer than the access is live, and than anything is tried again. */
  private static final int STEPS = 30;

  private static final Set<Point> CALLS = EnumSet.of(Point.BEFORE_A_CALL, Point.AFTER_A_CALL);

  /** A process that was just submitted, whose access ends after an hour. */
  protected abstract Played begun();

  /** The ids of what an undisturbed process makes. */
  protected abstract int makes();

  @Test
  void undisturbedItIsLiveForItsTimeAndThenGone() {
    Played process = begun();
    process.workAfter(Duration.ZERO);
    process.approve();
    process.workAfter(STEP);
    assertThat(process.status().state()).as(told(process)).isEqualTo(State.IN_FORCE);
    assertThat(process.standing()).isNotEmpty();

    play(process);

    assertThat(process.status().state()).isEqualTo(State.EXPIRED);
    assertThat(process.standing()).isEmpty();
    assertThat(process.made()).hasSize(makes());
  }

  /** No more than its time costs nothing: nobody writes, and no system is called. */
  @Test
  void whatIsLiveIsLeftAlone() {
    Played process = begun();
    process.workAfter(Duration.ZERO);
    process.approve();
    process.workAfter(STEP);
    int writes = process.writes();
    int calls = process.calls();

    process.workAfter(STEP);
    process.workAfter(STEP);

    assertThat(process.writes()).isEqualTo(writes);
    assertThat(process.calls()).isEqualTo(calls);
  }

  @Test
  void killedAtAnyPointItComesToTheSameEnd() {
    atEachPoint(
        EnumSet.allOf(Point.class),
        () -> {
          throw new Killed();
        },
        process -> {},
        process -> {
          assertThat(process.status().state()).isEqualTo(State.EXPIRED);
          assertThat(process.standing()).isEmpty();
          assertThat(process.made()).as("nothing is made twice").hasSize(makes());
        });
  }

  @Test
  void whatMendsItselfChangesNothingInTheEnd() {
    Map<String, Supplier<ConnectorFailure>> failures = new LinkedHashMap<>();
    failures.put("away", () -> new ConnectorFailure.Transient("away", null));
    failures.put("busy", () -> new ConnectorFailure.Throttled("busy", Duration.ofSeconds(30)));
    failures.forEach(
        (name, failure) ->
            atEachPoint(
                EnumSet.of(Point.BEFORE_A_CALL),
                () -> {
                  throw failure.get();
                },
                process -> {},
                process -> {
                  assertThat(process.status().state()).as(name).isEqualTo(State.EXPIRED);
                  assertThat(process.standing()).isEmpty();
                  assertThat(process.made()).hasSize(makes());
                }));
  }

  @Test
  void anAnswerThatIsLostIsNoReasonToDoItTwice() {
    atEachPoint(
        EnumSet.of(Point.AFTER_A_CALL),
        () -> {
          throw new ConnectorFailure.Unknown("the answer was lost", null);
        },
        process -> {},
        process -> {
          assertThat(process.status().state()).isEqualTo(State.EXPIRED);
          assertThat(process.standing()).isEmpty();
          assertThat(process.made()).hasSize(makes());
        });
  }

  @Test
  void withdrawnAtAnyPointNothingStays() {
    atEachPoint(
        EnumSet.allOf(Point.class),
        () -> {},
        process -> process.wish(Wish.WITHDRAW),
        process -> {
          assertThat(process.status().state().terminal()).isTrue();
          assertThat(process.standing()).isEmpty();
        });
  }

  /** What it made just before it was killed was announced before, so that somebody looks for it. */
  @Test
  void killedAtAnyPointAndThenWithdrawnNothingStays() {
    atEachPoint(
        EnumSet.allOf(Point.class),
        () -> {
          throw new Killed();
        },
        process -> process.wish(Wish.WITHDRAW),
        process -> assertThat(process.standing()).isEmpty());
  }

  @Test
  void deletedAtAnyPointNothingStays() {
    atEachPoint(
        EnumSet.allOf(Point.class),
        () -> {},
        process -> process.wish(Wish.DELETE),
        process -> assertThat(process.standing()).isEmpty());
  }

  /** Refused for good at any call, and taken back by its people: what was made goes. */
  @Test
  void whatIsRefusedIsTakenBackWithAllThatWasMade() {
    atEachPoint(
        EnumSet.of(Point.BEFORE_A_CALL),
        () -> {
          throw new ConnectorFailure.Refused("no");
        },
        process -> {},
        process -> {
          process.wish(Wish.WITHDRAW);
          process.workAfter(STEP);
          process.workAfter(STEP);
          assertThat(process.standing()).isEmpty();
        });
  }

  @Test
  void withoutVotesNothingIsMadeThatHasToGo() {
    Played process = begun();
    for (int i = 0; i < STEPS; i++) {
      process.workAfter(STEP);
      assertThat(process.standing()).isEmpty();
    }
  }

  /** Until the change is made: what is live has its own end. */
  @Test
  void aVoteThatIsTakenBackBeforeTheChangeStopsIt() {
    Played process = begun();
    process.workAfter(Duration.ZERO);
    process.happens(point -> process.takeVotesBack());
    process.approve();
    process.workAfter(STEP);

    assertThat(process.standing()).isEmpty();
    assertThat(process.status().state()).isNotEqualTo(State.IN_FORCE);
  }

  @Test
  void suspendedBeforeTheChangeItMakesNothingUntilItGoesOn() {
    Played process = begun();
    process.workAfter(Duration.ZERO);
    process.wish(Wish.SUSPEND);
    process.approve();
    process.workAfter(STEP);
    assertThat(process.standing()).isEmpty();
    assertThat(process.status().state()).isEqualTo(State.SUSPENDED);

    process.wish(Wish.PROCEED);
    process.workAfter(STEP);
    assertThat(process.standing()).isNotEmpty();
  }

  /** Plays a process of its own for each point: at that one something happens, once. */
  private void atEachPoint(
      Set<Point> points, Runnable trouble, Consumer<Played> done, Consumer<Played> ends) {
    int all = pointsOf(points);
    assertThat(all).isGreaterThan(CALLS.size());
    for (int at = 0; at < all; at++) {
      Played process = begun();
      int chosen = at;
      process.happens(
          new Trouble() {
            private int seen;

            @Override
            public void at(Point point) {
              if (points.contains(point) && seen++ == chosen) {
                done.accept(process);
                trouble.run();
              }
            }
          });
      play(process);
      try {
        ends.accept(process);
      } catch (AssertionError failed) {
        throw new AssertionError(
            "at point " + chosen + " of " + all + ": " + told(process), failed);
      }
    }
  }

  private int pointsOf(Set<Point> points) {
    int[] seen = new int[1];
    Played process = begun();
    process.happens(point -> seen[0] += points.contains(point) ? 1 : 0);
    play(process);
    return seen[0];
  }

  /** To its end, by people who say yes as often as they are asked. */
  private static void play(Played process) {
    for (int i = 0; i < STEPS; i++) {
      try {
        process.workAfter(i == 0 ? Duration.ZERO : STEP);
        if (process.status() != null && process.status().state() == State.AWAITING_APPROVAL) {
          process.approve();
          process.workAfter(Duration.ZERO);
        }
      } catch (Killed goesOnWithWhatIsStored) {
        // The next one is another operator.
      }
    }
  }

  private static String told(Played process) {
    ProcessStatus status = process.status();
    return status == null ? "no status" : status.state() + ": " + status.message();
  }
}
