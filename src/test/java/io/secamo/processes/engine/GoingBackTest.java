package io.secamo.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.effect.Intended;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.effect.Place;
import io.secamo.processes.effect.Undo;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.ProcessType;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.Request.Wish;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.engine.procedure.Steps;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process goes back when the world has changed, and looks at it once more before an effect. */
class GoingBackTest {
  private static final Outcome VOTE =
      new Outcome.Wait(State.AWAITING_APPROVAL, "AwaitingApproval", "ann", "vote", null, null);
  private static final Outcome BACK = Outcome.jumpTo("Plan", "the world is another one");

  private final Rehearsal process = new Rehearsal().step("Open").step("Plan").step("Look");
  private final Rehearsal gated = new Rehearsal().step("Plan").gate("Approve").makes("Apply");

  @Test
  void whereTheWorldHasChangedTheProcessGoesOnFromTheStepThatMustBeDoneAgain() {
    in(process, "Look", BACK, Outcome.done());

    process.pass();

    assertThat(process.story).containsExactly("Open", "Plan", "Look", "Plan", "Look");
    assertThat(process.status.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void whatMustBeDoneAgainIsNotCalledDone() {
    process.fails("Look", new ConnectorFailure.Transient("the cloud is away", null));
    process.pass();
    assertThat(process.stepState("Look")).contains("Retrying");
    process.comesTo("Look", BACK);
    process.comesTo("Plan", VOTE);

    process.passAfter(Duration.ofMinutes(1));

    assertThat(process.status.step()).isEqualTo("Plan");
    assertThat(process.stepState("Open")).contains("Done");
    assertThat(process.stepState("Plan")).isEmpty();
    assertThat(process.stepState("Look")).isEmpty();
  }

  @Test
  void aWorldThatChangesThreeTimesIsFollowed() {
    in(process, "Look", BACK, BACK, BACK, Outcome.done());

    process.pass();

    assertThat(process.status.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void aWorldThatKeepsChangingIsFollowedNoFurtherAndTriedAgainLater() {
    process.comesTo("Look", BACK);

    PassResult.Settled settled = process.pass();

    assertThat(process.story).filteredOn("Look"::equals).hasSize(4);
    assertThat(process.status.state()).isEqualTo(State.RUNNING);
    assertThat(process.status.message())
        .isEqualTo("the outside world keeps changing: the world is another one (attempt 1)");
    assertThat(settled.wakeAt()).isPresent();
    assertThat(settled.defect()).isEmpty();
  }

  /** Nothing was begun: whoever else has something to change there must not wait for this. */
  @Test
  void whatKeepsGoingBackBeforeItsEffectDoesNotHoldUpOthersAtItsTarget() {
    Rehearsal applying = new Rehearsal().step("Plan").step("Apply", State.APPLYING);
    applying.comesTo("Apply", BACK);

    applying.pass();

    assertThat(applying.status.state()).isEqualTo(State.RUNNING);
    assertThat(applying.status.step()).isEqualTo("Plan");
    applying.works("Apply");
    applying.passAfter(Duration.ofMinutes(1));
    assertThat(applying.status.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void whatKeepsGoingBackAfterItsEffectKeepsItsPlaceAtTheTarget() {
    Rehearsal begun = new Rehearsal().step("Plan").makes("Apply");
    begun.comesTo("Apply", BACK);

    begun.pass();

    assertThat(begun.outside).isNotEmpty();
    assertThat(begun.status.state()).isEqualTo(State.APPLYING);
  }

  @Test
  void aGateIsJudgedOnceMoreRightBeforeTheEffect() {
    gated.pass();

    assertThat(gated.story).containsExactly("Plan", "Approve", "Approve", "Apply");
    assertThat(gated.outside).containsExactly("Apply");
  }

  @Test
  void aGateThatClosesRightBeforeTheEffectStopsItAndIsWaitedFor() {
    gated.justBeforeAnEffect = () -> gated.comesTo("Approve", VOTE);

    gated.pass();

    assertThat(gated.outside).isEmpty();
    assertThat(gated.status.effects()).as("nothing was made").isEmpty();
    assertThat(gated.status.state()).isEqualTo(State.AWAITING_APPROVAL);
    assertThat(gated.status.step()).isEqualTo("Approve");
    assertThat(gated.stepState("Approve")).isEmpty();
    assertThat(gated.stepState("Plan")).contains("Done");

    gated.justBeforeAnEffect = () -> {};
    gated.works("Approve");
    gated.pass();
    assertThat(gated.outside).containsExactly("Apply");
  }

  @Test
  void aGateThatComesLaterDoesNotHoldAnEffectUp() {
    Rehearsal reviewed = new Rehearsal().makes("Apply").gate("Review");
    reviewed.comesTo("Review", VOTE);

    reviewed.pass();

    assertThat(reviewed.outside).containsExactly("Apply");
    assertThat(reviewed.status.state()).isEqualTo(State.AWAITING_APPROVAL);
  }

  @Test
  void theGateSeesTheRequestAsItIsRightBeforeTheEffect() {
    gated.does("Approve", context -> context.spec().equals("spec") ? Outcome.done() : VOTE);
    gated.justBeforeAnEffect = () -> gated.spec = "another spec";

    gated.pass();

    assertThat(gated.outside).isEmpty();
    assertThat(gated.status.state()).isEqualTo(State.AWAITING_APPROVAL);
  }

  /** A kind may keep what it has read: what it read before the effect was stopped is too old. */
  @Test
  void theWorldIsLookedAtAfreshBeforeAnEffectAndAfterOneThatWasStopped() {
    process.justBeforeAnEffect = () -> process.spec = "closed";

    PassResult.Settled settled =
        (PassResult.Settled)
            new ProcessEngine<>(() -> new Glance(process.spec.equals("closed")))
                .pass(process.request(), null, process, process.now);

    assertThat(process.outside).isEmpty();
    assertThat(settled.status().state()).isEqualTo(State.AWAITING_APPROVAL);
  }

  @Test
  void whereNoGateGuardsAnEffectTheAdmissionPoliciesMustHoldRightBeforeIt() {
    Rehearsal open = new Rehearsal().step("Plan").makes("Apply");
    open.admission =
        () -> {
          throw new Interruption.Unprotected("votes is missing");
        };

    PassResult.Settled settled = open.pass();

    assertThat(open.outside).isEmpty();
    assertThat(open.status.message()).isEqualTo("votes is missing");
    assertThat(open.status.waitingFor()).isEqualTo("administrator");
    assertThat(open.condition("Ready").reason()).isEqualTo("AdmissionUnprotected");
    assertThat(open.condition("AdmissionProtected").message()).isEqualTo("votes is missing");
    assertThat(open.stepState("Apply")).contains("Retrying");
    assertThat(settled.wakeAt()).contains(open.now.plusSeconds(60));
  }

  @Test
  void whereAGateGuardsAnEffectTheGateJudgesTheAdmissionPolicies() {
    gated.admission =
        () -> {
          throw new Interruption.Unprotected("votes is missing");
        };

    gated.pass();

    assertThat(gated.outside).containsExactly("Apply");
  }

  @ParameterizedTest
  @EnumSource(names = {"SUSPEND", "WITHDRAW", "DELETE"})
  void nothingIsMadeForARequestThatIsHeldTakenBackOrDeletedMeanwhile(Wish wish) {
    gated.justBeforeAnEffect = () -> gated.wish = wish;

    PassResult result = gated.run();

    assertThat(result)
        .isInstanceOfSatisfying(
            PassResult.Again.class,
            again ->
                assertThat(again.why()).isEqualTo("the request was withdrawn, held or deleted"));
    assertThat(gated.outside).isEmpty();
  }

  @Test
  void nothingIsMadeForARequestThatIsGone() {
    gated.justBeforeAnEffect = () -> gated.gone = true;

    PassResult result = gated.run();

    assertThat(result)
        .isInstanceOfSatisfying(
            PassResult.Again.class,
            again -> assertThat(again.why()).isEqualTo("the request is gone"));
    assertThat(gated.outside).isEmpty();
  }

  @Test
  void nothingIsMadeForAnotherRequestThatTookTheName() {
    gated.justBeforeAnEffect = () -> gated.uid = "another";

    assertThat(gated.run()).isInstanceOf(PassResult.Again.class);
    assertThat(gated.outside).isEmpty();
  }

  @Test
  void stepsAfterAnEffectSeeTheRequestAsItWasWhenTheEffectWasMade() {
    Rehearsal open = new Rehearsal().makes("Apply").step("Look");
    open.justBeforeAnEffect = () -> open.spec = "another spec";
    open.does("Look", context -> Outcome.attention("Seen", context.spec()));

    open.pass();

    assertThat(open.status.message()).isEqualTo("another spec");
  }

  /** Lets a step come to one outcome after the other. */
  private static void in(Rehearsal process, String step, Outcome... outcomes) {
    Deque<Outcome> left = new ArrayDeque<>(List.of(outcomes));
    process.does(step, context -> left.isEmpty() ? Outcome.done() : left.pop());
  }

  /** A kind that believes for as long as it lives what it saw when it began. */
  private final class Glance implements ProcessType<String> {
    private final boolean closed;

    private Glance(boolean closed) {
      this.closed = closed;
    }

    @Override
    public Steps<String> steps(Request<String> request) {
      return Steps.<String>begin()
          .precondition("Approve", context -> closed ? VOTE : Outcome.done())
          .step("Apply", this::apply)
          .changesBy("make");
    }

    private Outcome apply(StepContext<String> context) {
      IdempotencyKey key = IdempotencyKey.of("cluster", "uid", "Apply", "it");
      context
          .effects()
          .announce(
              List.of(new Intended(key, "make", Map.of())),
              new Place("connection", "account", "target"))
          .perform(key, () -> process.outside.add("it"), String::valueOf, made -> true);
      return Outcome.done();
    }

    @Override
    public List<Undo> undos() {
      return List.of(new NothingToUndo());
    }

    @Override
    public Subject subject(Request<String> request) {
      return process.subject(request);
    }

    @Override
    public boolean undoneOnDelete(String spec) {
      return false;
    }
  }

  private static final class NothingToUndo implements Undo {
    @Override
    public String verb() {
      return "make";
    }

    @Override
    public void undo(UndoContext context) {
      throw new AssertionError("nothing was made");
    }
  }
}
