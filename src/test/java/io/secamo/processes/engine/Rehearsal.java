package io.secamo.processes.engine;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.Condition;
import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.EvidenceEntry;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.effect.Creation;
import io.secamo.processes.effect.Effects;
import io.secamo.processes.effect.Intended;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** One process of a made-up kind: the test says what its steps do and plays it pass by pass. */
final class Rehearsal implements Guard<String>, ProcessType<String> {
  private static final String VERB = "make.";
  private static final Instant CREATED = Instant.parse("2027-01-04T08:00:00Z");

  final ProcessEngine<String> engine = new ProcessEngine<>(this::looked);

  /** What the process did, in order: names of steps, and "undo" before those that were undone. */
  final List<String> story = new ArrayList<>();

  /** What stands in the outside system, by the name of the step that made it. */
  final List<String> outside = new ArrayList<>();

  final List<ProcessStatus> recorded = new ArrayList<>();
  final Map<String, String> annotations = new HashMap<>();
  Instant now = Instant.parse("2027-01-04T09:00:00Z");
  String uid = "uid";
  String spec = "spec";
  String requestedBy = "requester";
  Wish wish = Wish.PROCEED;
  boolean gone;
  boolean undoneOnDelete;
  Optional<Outcome.End> endedByAnother = Optional.empty();
  Runnable justBeforeAnEffect = () -> {};
  Runnable admission = () -> {};
  Runnable justBeforeItIsRecorded = () -> {};
  ProcessStatus status;
  int looks;
  private final Map<String, Function<StepContext<String>, Outcome>> script = new HashMap<>();
  private final Map<String, Consumer<UndoContext>> undoes = new HashMap<>();
  private final Steps<String> steps = Steps.begin();
  private final List<Undo> verbs = new ArrayList<>();

  /** Adds a step that changes nothing outside. */
  Rehearsal step(String name) {
    steps.step(name, context -> play(name, context));
    return this;
  }

  /** Adds a step that people see under a state of its own. */
  Rehearsal step(String name, State state) {
    steps.step(name, state, context -> play(name, context));
    return this;
  }

  /** Adds a gate. */
  Rehearsal gate(String name) {
    steps.precondition(name, context -> play(name, context));
    return this;
  }

  /** Adds a step that makes something outside which can be taken back. */
  Rehearsal makes(String name) {
    steps.step(name, State.APPLYING, context -> make(name, context)).changesBy(VERB + name);
    verbs.add(new Unmaking(name));
    return this;
  }

  /** Adds steps that do not wait for each other and change nothing outside. */
  Rehearsal beside(String... names) {
    steps.together(
        String.join(" and ", names),
        beside ->
            List.of(names).forEach(name -> beside.step(name, context -> play(name, context))));
    return this;
  }

  /** Adds a step that creates something once, which is undone at an end. */
  Rehearsal creates(String name) {
    steps.step(name, State.APPLYING, context -> create(name, context)).changesBy(VERB + name);
    verbs.add(new Unmaking(name));
    return this;
  }

  /** Knows how that is undone which another procedure made, without a step that makes it. */
  Rehearsal knows(String name) {
    verbs.add(new Unmaking(name));
    return this;
  }

  /** Lets people leave out the step before. */
  Rehearsal orSkipped() {
    steps.orSkipped();
    return this;
  }

  /** Keeps the change until then; null: for good. */
  Rehearsal until(Instant end) {
    steps.inForceUntil(context -> Optional.ofNullable(end));
    return this;
  }

  /** Adds what runs at every ending. */
  Rehearsal atTheEnd(String name) {
    steps.atTheEnd(name, context -> play(name, context));
    return this;
  }

  /** From now on a step comes to this. */
  void comesTo(String name, Outcome outcome) {
    script.put(name, context -> outcome);
  }

  /** From now on a step does this. */
  void does(String name, Function<StepContext<String>, Outcome> what) {
    script.put(name, what);
  }

  /** From now on a step, or "undo" or "look after" and a step, fails like this. */
  void fails(String name, RuntimeException failure) {
    script.put(
        name,
        context -> {
          throw failure;
        });
    undoes.put(
        name,
        context -> {
          throw failure;
        });
  }

  /** From now on "undo" or "look after" and a step does this. */
  void undoes(String name, Consumer<UndoContext> what) {
    undoes.put(name, what);
  }

  /** From now on a step goes well. */
  void works(String name) {
    script.remove(name);
    undoes.remove(name);
  }

  /** What a person says about the process, as admission let it in. */
  void answer(String text) {
    annotations.put(Annotations.RESOLVE, text);
    annotations.put(Annotations.RESOLVED_BY, "duty");
  }

  private Outcome play(String name, StepContext<String> context) {
    story.add(name);
    return script.getOrDefault(name, t -> Outcome.done()).apply(context);
  }

  private Outcome make(String name, StepContext<String> context) {
    IdempotencyKey key = IdempotencyKey.of("cluster", uid, name, "it");
    Effects.Announced announced =
        context
            .effects()
            .announce(
                List.of(new Intended(key, VERB + name, Map.of())),
                new Place("connection", "account", "target"));
    announced.perform(key, () -> made(name), made -> made, made -> true);
    return play(name, context);
  }

  private Outcome create(String name, StepContext<String> context) {
    IdempotencyKey key = IdempotencyKey.of("cluster", uid, name, "it");
    context
        .effects()
        .once(
            new Creation<>(
                new Intended(key, VERB + name, Map.of()),
                Duration.ZERO,
                () -> outside.stream().filter(name::equals).findFirst(),
                () -> made(name),
                made -> made,
                Optional.of(new Place("connection", "account", "target"))));
    return play(name, context);
  }

  private String made(String name) {
    outside.add(name);
    return name;
  }

  /** What undoes that which a step has made. */
  private final class Unmaking implements Undo {
    private final String step;

    private Unmaking(String step) {
      this.step = step;
    }

    @Override
    public String verb() {
      return VERB + step;
    }

    @Override
    public void undo(UndoContext context) {
      story.add("undo " + step);
      undoes.getOrDefault("undo " + step, o -> {}).accept(context);
      outside.remove(step);
      context.effectLog().by(verb()).stream()
          .filter(Effect::standing)
          .forEach(e -> context.effectLog().became(step, e.key(), EffectState.REVERTED, null));
      undoes.getOrDefault("look after " + step, o -> {}).accept(context);
    }
  }

  /** Plays one pass after some time and stores what came of it. */
  PassResult.Settled passAfter(Duration time) {
    now = now.plus(time);
    return pass();
  }

  /** Plays one pass and stores what came of it. */
  PassResult.Settled pass() {
    PassResult.Settled settled = (PassResult.Settled) run();
    status = settled.status();
    return settled;
  }

  /** Plays one pass. */
  PassResult run() {
    return engine.pass(request(), status, this, now);
  }

  /** The request as it stands. */
  Request<String> request() {
    return new Request<>(
        new KindName("FirewallChangeRequest"),
        uid,
        "ns",
        "name",
        7,
        CREATED,
        wish,
        requestedBy,
        Map.copyOf(annotations),
        spec);
  }

  /** What the status says about a step. */
  Optional<String> stepState(String name) {
    return status.steps().stream()
        .filter(step -> step.name().equals(name))
        .map(ProcessStatus.Step::state)
        .findFirst();
  }

  /** What the status judges of a type. */
  Condition condition(String type) {
    return status.conditions().stream()
        .filter(c -> c.type().equals(type))
        .findFirst()
        .orElseThrow();
  }

  /** The evidence of one kind. */
  List<EvidenceEntry> evidence(String what) {
    return status.evidence().stream().filter(e -> e.what().equals(what)).toList();
  }

  private ProcessType<String> looked() {
    looks++;
    return this;
  }

  @Override
  public Steps<String> steps(Request<String> request) {
    return steps;
  }

  @Override
  public List<Undo> undos() {
    return verbs;
  }

  @Override
  public Subject subject(Request<String> request) {
    return new Subject("Rehearsal", "ns", "name", request.uid(), "cluster");
  }

  @Override
  public boolean undoneOnDelete(String wanted) {
    return undoneOnDelete;
  }

  @Override
  public Optional<Outcome.End> endedByAnother(Request<String> request) {
    return endedByAnother;
  }

  @Override
  public void checkpoint(ProcessStatus next) {
    justBeforeItIsRecorded.run();
    recorded.add(next);
    status = next;
  }

  @Override
  public Optional<Request<String>> reread() {
    justBeforeAnEffect.run();
    return gone ? Optional.empty() : Optional.of(request());
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void requireProtected() {
    admission.run();
  }
}
