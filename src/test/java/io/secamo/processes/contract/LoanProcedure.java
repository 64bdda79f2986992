package io.secamo.processes.contract;

import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.effect.Creation;
import io.secamo.processes.effect.Effects.Announced;
import io.secamo.processes.effect.Intended;
import io.secamo.processes.effect.Place;
import io.secamo.processes.effect.Undo;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.ProcessType;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.engine.procedure.Steps;
import io.secamo.processes.process.Planning;
import io.secamo.processes.process.Scheduling;
import io.secamo.processes.process.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A procedure that exists in these tests only: two verbs of which one cannot be undone, two gates,
 * steps that do not wait for each other, a step that is not for every request, and outputs that are
 * used later.
 */
final class LoanProcedure implements ProcessType<Loan> {
  static final String JOIN = "directory.join";
  static final String SEND = "mail.send";
  private static final Duration SEARCH_LAG = Duration.ofSeconds(10);
  private static final Place DIRECTORY = new Place("directory", "tenant", "group");

  private final LoanWorld world;
  private final LoanPlan plan;
  private final Scheduling scheduling;

  LoanProcedure(LoanWorld world, Surroundings around) {
    this.world = world;
    this.plan = new LoanPlan(around);
    this.scheduling = new Scheduling(around);
  }

  @Override
  public Steps<Loan> steps(Request<Loan> request) {
    return Steps.<Loan>begin()
        .step("OpenCase", this::openCase)
        .gives("case")
        .step(Planning.STEP, plan::plan)
        .precondition("Approve", plan.approvals()::judge)
        .precondition("Schedule", this::schedule)
        .together(
            "Grant",
            grant ->
                grant
                    .step("Join", State.APPLYING, this::join)
                    .changesBy(JOIN)
                    .gives("membership")
                    .step("Tell", this::tell)
                    .takes("case"))
        .step("Badge", this::badge)
        .when(context -> context.spec().badge())
        .step("Verify", State.VERIFYING, this::verify)
        .takes("membership")
        .inForceUntil(context -> context.journal().expiresAt())
        .atTheEnd("CloseCase", context -> {});
  }

  @Override
  public List<Undo> undos() {
    return List.of(new Leave());
  }

  @Override
  public Subject subject(Request<Loan> request) {
    return request.subject("cluster");
  }

  @Override
  public boolean undoneOnDelete(Loan spec) {
    return true;
  }

  private Outcome openCase(StepContext<Loan> context) {
    String id = once(context, "case.open", world.cases, "case");
    context.outputs().give("case", id);
    return Outcome.done();
  }

  private Outcome schedule(StepContext<Loan> context) {
    boolean begun = !context.journal().effectLog().by(JOIN).isEmpty();
    return begun
        ? Outcome.done()
        : scheduling.judge(context, Optional.empty(), LoanPlan.DIRECTORY, "group");
  }

  private Outcome join(StepContext<Loan> context) {
    IdempotencyKey key = key(context, "Join");
    if (context.journal().expiresAt().isEmpty()) {
      context.journal().expiresAt(context.asOf().plus(LoanPlan.LASTS));
    }
    plan.approvals().tellJudged(context, scheduling.openWindows(context, LoanPlan.DIRECTORY));
    Announced announced =
        context.effects().announce(List.of(new Intended(key, JOIN, Map.of())), DIRECTORY);
    String id =
        announced.perform(
            key, () -> world.join(key, context.spec().person()), made -> made, made -> true);
    context.outputs().give("membership", id);
    return Outcome.done();
  }

  private Outcome tell(StepContext<Loan> context) {
    String about = context.outputs().take("case").orElse("no case");
    once(context, SEND, world.mails, "mail about " + about);
    return Outcome.done();
  }

  private Outcome badge(StepContext<Loan> context) {
    once(context, "badge.print", world.badges, "badge of " + context.spec().person());
    return Outcome.done();
  }

  private Outcome verify(StepContext<Loan> context) {
    Optional<String> membership = context.outputs().take("membership");
    if (membership.flatMap(world::member).isEmpty()) {
      return Outcome.end(State.ROLLED_BACK, "VerificationFailed", "they are not in the group");
    }
    Instant end = context.journal().expiresAt().orElseThrow();
    context.journal().recordInForce(context.now(), Optional.of(end));
    return Outcome.done();
  }

  /** What is made once because it is looked for, and what cannot be taken back. */
  private String once(
      StepContext<Loan> context, String verb, Map<String, String> where, String text) {
    IdempotencyKey key = key(context, verb);
    return context
        .effects()
        .once(
            new Creation<>(
                new Intended(key, verb, Map.of()),
                SEARCH_LAG,
                () -> world.find(where, key),
                () -> world.make(where, key, text),
                id -> id,
                Optional.empty()));
  }

  private static IdempotencyKey key(StepContext<Loan> context, String what) {
    return IdempotencyKey.of("cluster", context.request().uid(), what, "it");
  }

  /** Takes people out of the group again, by the keys of the effects alone. */
  private final class Leave implements Undo {
    @Override
    public String verb() {
      return JOIN;
    }

    @Override
    public void undo(UndoContext context) {
      for (Effect effect : context.effectLog().by(JOIN)) {
        if (effect.standing()) {
          context.effectLog().noteRemovalAsked(effect.key());
          world.leave(effect.key());
          context
              .effectLog()
              .noteUndone(effect.key(), EffectState.REVERTED, effect.externalId(), context.now());
        }
      }
    }
  }
}
