package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.effect.Creation;
import io.secamo.processes.effect.Intended;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.effect.Undo;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.ProcessType;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.engine.procedure.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Creating something exactly once in a system that does not show it at once. */
class EffectProtocolTest {
  private static final Duration SETTLE = Duration.ofSeconds(10);
  private static final IdempotencyKey KEY = IdempotencyKey.of("cluster", "uid", "Make", "it");

  private final List<String> outside = new ArrayList<>();
  private final List<ProcessStatus> recorded = new ArrayList<>();
  private Instant now = Instant.parse("2027-01-04T09:00:00Z");
  private ProcessStatus status;
  private boolean visible = true;
  private boolean wanted = true;
  private boolean conflict;
  private boolean admissionHolds = true;
  private Supplier<String> create = this::made;

  private String made() {
    outside.add("it");
    return "it";
  }

  @Test
  void itIsAnnouncedBeforeItIsMade() {
    create =
        () -> {
          assertThat(recorded).hasSize(1);
          assertThat(recorded.get(0).effects().get(0).state()).isEqualTo(EffectState.INTENDED);
          return made();
        };
    assertThat(pass().state()).isEqualTo(State.COMPLETED);
    assertThat(status.effects().get(0).state()).isEqualTo(EffectState.DONE);
  }

  @Test
  void whoLosesTheWriteMakesNothing() {
    conflict = true;
    assertThat(run()).isInstanceOf(PassResult.Again.class);
    assertThat(outside).isEmpty();
  }

  @Test
  void nothingIsMadeForARequestThatWasWithdrawnMeanwhile() {
    wanted = false;
    assertThat(run()).isInstanceOf(PassResult.Again.class);
    assertThat(outside).isEmpty();
  }

  @Test
  void afterALostAnswerItIsLookedForAndAdopted() {
    create =
        () -> {
          made();
          throw new ConnectorFailure.Unknown("the answer was lost", null);
        };
    assertThat(pass().state()).isNotEqualTo(State.COMPLETED);
    now = now.plusSeconds(60);
    create = this::made;
    assertThat(pass().state()).isEqualTo(State.COMPLETED);
    assertThat(outside).hasSize(1);
  }

  @Test
  void whileItMayStillShowUpItIsNotMadeAgain() {
    visible = false;
    create =
        () -> {
          made();
          throw new ConnectorFailure.Unknown("the answer was lost", null);
        };
    pass();
    now = now.plusSeconds(5);
    create = this::made;
    var result = (PassResult.Settled) run();
    assertThat(outside).hasSize(1);
    assertThat(result.wakeAt()).contains(Instant.parse("2027-01-04T09:00:10Z"));
    assertThat(result.status()).as("a waiting pass writes nothing").isEqualTo(status);
    visible = true;
    now = now.plusSeconds(6);
    assertThat(pass().state()).isEqualTo(State.COMPLETED);
    assertThat(outside).hasSize(1);
  }

  @Test
  void whatSurelyDidNotHappenIsTriedAgainWithoutWaitingForItToShowUp() {
    create =
        () -> {
          throw new ConnectorFailure.Transient("connection refused", null);
        };
    assertThat(pass().effects()).isEmpty();
    now = now.plusSeconds(4);
    create = this::made;
    assertThat(pass().state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void throttlingWaitsAsLongAsAskedAndIsNoFailedAttempt() {
    create =
        () -> {
          throw new ConnectorFailure.Throttled("slow down", Duration.ofSeconds(90));
        };
    pass();
    assertThat(status.nextAttemptAt()).isEqualTo(now.plusSeconds(91));
    assertThat(status.steps()).noneMatch(s -> s.attempts() != null && s.attempts() > 0);
  }

  @Test
  void aDefectIsTriedFiveTimesAndThenParked() {
    create =
        () -> {
          throw new IllegalStateException("a bug");
        };
    for (int i = 0; i < 5; i++) {
      pass();
      now = now.plusSeconds(400);
    }
    assertThat(status.state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(status.message()).doesNotContain("a bug");
  }

  @Test
  void aRetryIsAlwaysWokenFor() {
    create =
        () -> {
          throw new ConnectorFailure.Transient("busy", null);
        };
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 20; i++) {
      var result = (PassResult.Settled) run();
      status = result.status();
      assertThat(result.wakeAt()).isPresent();
      Duration wait = Duration.between(now, result.wakeAt().get());
      longest = wait.compareTo(longest) > 0 ? wait : longest;
      now = result.wakeAt().get();
    }
    assertThat(longest).isLessThanOrEqualTo(Duration.ofMinutes(6));
  }

  private ProcessStatus pass() {
    status = ((PassResult.Settled) run()).status();
    return status;
  }

  private PassResult run() {
    return new ProcessEngine<>(Making::new).pass(request(Wish.PROCEED), status, guard(), now);
  }

  private final class Making implements ProcessType<String> {
    @Override
    public Steps<String> steps(Request<String> request) {
      return Steps.<String>begin()
          .step(
              "Make",
              context -> {
                context
                    .effects()
                    .once(
                        new Creation<>(
                            new Intended(KEY, "make", Map.of()),
                            SETTLE,
                            () -> visible ? outside.stream().findFirst() : Optional.empty(),
                            () -> create.get(),
                            made -> made,
                            Optional.empty()));
                return Outcome.done();
              });
    }

    @Override
    public List<Undo> undos() {
      return List.of();
    }

    @Override
    public Subject subject(Request<String> request) {
      return new Subject("Making", "ns", "name", "uid", "cluster");
    }

    @Override
    public boolean undoneOnDelete(String spec) {
      return false;
    }
  }

  private static Request<String> request(Wish wish) {
    Instant created = Instant.parse("2027-01-04T08:00:00Z");
    return new Request<>(
        new KindName("FirewallChangeRequest"),
        "uid",
        "ns",
        "name",
        1,
        created,
        wish,
        "requester",
        Map.of(),
        "spec");
  }

  @Test
  void nothingIsMadeWhileVotesAreNoProof() {
    admissionHolds = false;

    PassResult.Settled settled = (PassResult.Settled) run();

    assertThat(outside).isEmpty();
    assertThat(settled.status().message()).isEqualTo("the vote policy is missing");
    assertThat(settled.wakeAt()).contains(now.plusSeconds(60));
    assertThat(settled.status().conditions())
        .anyMatch(c -> c.type().equals("AdmissionProtected") && c.status().equals("False"));
  }

  private Guard<String> guard() {
    return new Guard<>() {
      @Override
      public Instant now() {
        return now;
      }

      @Override
      public void requireProtected() {
        if (!admissionHolds) {
          throw new Interruption.Unprotected("the vote policy is missing");
        }
      }

      @Override
      public void checkpoint(ProcessStatus next) {
        if (conflict) {
          throw new Interruption.Conflict("somebody else wrote");
        }
        recorded.add(next);
        status = next;
      }

      @Override
      public Optional<Request<String>> reread() {
        return Optional.of(request(wanted ? Wish.PROCEED : Wish.WITHDRAW));
      }
    };
  }
}
