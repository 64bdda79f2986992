package io.secamo.processes.kubernetes;

import static io.secamo.processes.kubernetes.Submission.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.orchestrator.EvidenceRecord;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.connector.http.CallTime;
import io.secamo.processes.effect.Intended;
import io.secamo.processes.effect.Interruption;
import io.secamo.processes.effect.Place;
import io.secamo.processes.effect.Undo;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.ProcessType;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.engine.procedure.Steps;
import io.secamo.processes.kubernetes.queue.Turns;
import io.secamo.processes.kubernetes.reading.Seen;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pass must know what was written before it, by us and by others. */
@EnableKubernetesMockClient(crud = true)
class LostUpdatesTest {
  private static final Clock CLOCK = Clock.systemUTC();

  KubernetesClient client;
  KubernetesMockServer server;
  private StatusWriter<FirewallChangeRequest> writer;
  private FirewallChangeRequest request;

  @BeforeEach
  void submit() {
    request = Submission.submit(server, client);
    writer = writer();
  }

  private StatusWriter<FirewallChangeRequest> writer() {
    return new StatusWriter<>(client, FirewallChangeRequest.class, new Seen<>());
  }

  /** The informer hands out what it has; it hears of our own writes a moment later. */
  @Test
  void aPassThatIsWokenBeforeTheInformerHasHeardOfOurLastWriteIsNotInVain() {
    ProcessReconciler<FirewallChangeRequest, FirewallChangeSpec> reconciler =
        reconciler(new OneStep());
    writer.write(request, saying("first"));

    reconciler.reconcile(request, null);

    assertThat(live().getStatus().state()).isEqualTo(State.COMPLETED);
  }

  /** After a downgrade: fields that this version does not know say what was made, and where. */
  @Test
  void whatANewerOperatorHasWrittenIsLeftAloneAndToldOnce() {
    ProcessReconciler<FirewallChangeRequest, FirewallChangeSpec> reconciler =
        reconciler(new OneStep());
    client
        .resource(request)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\": {\"message\": \"newer\", \"format\": 2}}");
    FirewallChangeRequest before = live();

    reconciler.reconcile(before, null);
    client.resource(before).delete();
    reconciler.cleanup(live(), null);

    assertThat(live().getStatus()).isEqualTo(before.getStatus());
    assertThat(live().getMetadata().getFinalizers()).contains(Annotations.FINALIZER);
    assertThat(client.events().v1().events().inNamespace("team-a").list().getItems())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getReason()).isEqualTo("NewerOperator");
              assertThat(event.getNote()).contains("status.format 2, this one knows up to 1");
            });
  }

  @Test
  void whatThisOperatorKnowsIsGoneOnWith() {
    client
        .resource(request)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": {\"format\": 1}}");

    reconciler(new OneStep()).reconcile(live(), null);

    assertThat(live().getStatus().state()).isEqualTo(State.COMPLETED);
    assertThat(live().getStatus().format()).isEqualTo(1);
  }

  @Test
  void whatAnotherOperatorHasWrittenIsSeenRightBeforeAnEffect() {
    LiveGuard<FirewallChangeRequest, FirewallChangeSpec> guard = guard(request);
    guard.checkpoint(saying("ours"));
    writer().write(live(), saying("another operator's"));

    assertThatThrownBy(guard::reread).isInstanceOf(Interruption.Conflict.class);
  }

  @Test
  void whoOnlyVotedIsHeardRightBeforeAnEffect() {
    LiveGuard<FirewallChangeRequest, FirewallChangeSpec> guard = guard(request);
    guard.checkpoint(saying("ours"));
    FirewallChangeRequest voted = live();
    voted.getMetadata().setAnnotations(Map.of("processes.secamo.io/reject-security", "no"));
    client.resource(voted).update();

    assertThat(guard.reread())
        .hasValueSatisfying(seen -> assertThat(seen.annotations()).containsValue("no"));
  }

  /** As by a quota of the namespace: what is live is removed in time all the same. */
  @Test
  void thatNoRecordOfItsOwnCanBeWrittenIsToldOnce() {
    quota();
    ProcessReconciler<FirewallChangeRequest, FirewallChangeSpec> reconciler =
        reconciler(new LiveFor(Duration.ofHours(1)));
    reconciler.reconcile(request, null);
    reconciler.reconcile(live(), null);

    assertThat(live().getStatus().state()).isEqualTo(State.IN_FORCE);
    assertThat(client.events().v1().events().inNamespace("team-a").list().getItems())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getReason()).isEqualTo("EvidenceNotKept");
              assertThat(event.getType()).isEqualTo("Warning");
              assertThat(event.getNote()).contains("exceeded quota: full");
            });
  }

  @Test
  void whatCannotBeLetGoBecauseItsRecordCannotBeWrittenIsToldToo() {
    quota();
    ProcessReconciler<FirewallChangeRequest, FirewallChangeSpec> reconciler =
        reconciler(new OneStep());
    client.resource(request).delete();
    reconciler.cleanup(live(), null);

    assertThat(live().getMetadata().getFinalizers()).contains(Annotations.FINALIZER);
    assertThat(client.events().v1().events().inNamespace("team-a").list().getItems())
        .extracting(Event::getReason)
        .containsExactly("EvidenceNotKept");
  }

  private void quota() {
    server
        .expect()
        .post()
        .withPath("/apis/orchestrator.secamo.io/v1alpha1/namespaces/team-a/evidencerecords")
        .andReturn(403, "{\"message\": \"exceeded quota: full\"}")
        .always();
  }

  /**
   * While the policies are away somebody may delete what was kept, and the request is all that
   * knows.
   */
  @Test
  void aRecordThatIsGoneIsWrittenAgainBeforeItsRequestIsLetGo() {
    ProcessReconciler<FirewallChangeRequest, FirewallChangeSpec> reconciler =
        reconciler(new LiveFor(Duration.ZERO));
    reconciler.reconcile(request, null);
    assertThat(live().getStatus().state()).isEqualTo(State.EXPIRED);
    assertThat(records().delete()).hasSize(1);
    client.resource(live()).delete();
    reconciler.cleanup(live(), null);

    assertThat(records().list().getItems())
        .singleElement()
        .satisfies(
            record ->
                assertThat(record.getSpec().entries())
                    .last()
                    .satisfies(entry -> assertThat(entry.what()).isEqualTo("Ended")));
  }

  /** As when a label or an annotation of somebody else has filled the request meanwhile. */
  @Test
  void whatWasMadeAndCannotBeRecordedAnyMoreIsTakenBack() {
    List<String> outside = new ArrayList<>();
    reconciler(new Making(outside, this::full)).reconcile(request, null);

    assertThat(outside).containsExactly("made", "removed");
    assertThat(live().getStatus().state()).isEqualTo(State.NEEDS_ATTENTION);
    assertThat(live().getStatus().message()).contains("Remove labels, annotations");
  }

  /** What has to be removed is not left to a next look by the rule that makes room for it. */
  @Test
  void whatIsTakenBackIsNotStoppedByTheTimeOfThePassThatMadeIt() {
    List<String> outside = new ArrayList<>();
    Runnable late =
        () -> {
          full();
          CallTime.endBy(Duration.ofNanos(1));
        };
    reconciler(new Making(outside, late)).reconcile(request, null);

    assertThat(outside).containsExactly("made", "removed");
  }

  /** It was accepted, so it is followed: what is Completed would stay for good. */
  @Test
  void whatItsPeopleTookBackWhileItWasMadeIsNotCompleted() {
    List<String> outside = new ArrayList<>();
    ProcessReconciler<FirewallChangeRequest, FirewallChangeSpec> reconciler =
        reconciler(new Making(outside, this::takenBack));
    reconciler.reconcile(request, null);
    assertThat(live().getStatus().state()).isNotEqualTo(State.COMPLETED);

    reconciler.reconcile(live(), null);

    assertThat(outside).containsExactly("made", "removed");
    assertThat(live().getStatus().state()).isEqualTo(State.WITHDRAWN);
  }

  private void takenBack() {
    client
        .resource(live())
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"withdrawn\": true}}");
  }

  @Test
  void aNoThatIsSaidWhileItIsMadeIsHeardBeforeItIsCompleted() {
    reconciler(new Making(new ArrayList<>(), () -> annotated("reject.processes.secamo.io/a.b")))
        .reconcile(request, null);
    assertThat(live().getStatus().state()).isNotEqualTo(State.COMPLETED);
  }

  /** Whoever writes anything else all the time does not keep it from being over. */
  @Test
  void whatElseIsWrittenMeanwhileDoesNotKeepItFromBeingCompleted() {
    Runnable others =
        () -> {
          annotated("example.com/beat");
          annotated(Annotations.REQUESTED_AT);
        };
    reconciler(new Making(new ArrayList<>(), others)).reconcile(request, null);
    assertThat(live().getStatus().state()).isEqualTo(State.COMPLETED);
  }

  private void annotated(String key) {
    client
        .resource(live())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"annotations\": {\"%s\": \"x\"}}}".formatted(key));
  }

  private void full() {
    server
        .expect()
        .patch()
        .withPath(
            "/apis/processes.secamo.io/v1alpha1/namespaces/team-a/firewallchangerequests/web/status")
        .andReturn(413, "{\"message\": \"request is too large\"}")
        .once();
  }

  private LiveGuard<FirewallChangeRequest, FirewallChangeSpec> guard(FirewallChangeRequest known) {
    return new LiveGuard<>(
        writer,
        Requests::of,
        resource -> new Protection(Optional.empty(), "epoch"),
        Clock.systemUTC(),
        known);
  }

  private NonNamespaceOperation<
          EvidenceRecord, KubernetesResourceList<EvidenceRecord>, Resource<EvidenceRecord>>
      records() {
    return client.resources(EvidenceRecord.class).inNamespace("team-a");
  }

  /** A procedure whose change stays for a while. */
  private static final class LiveFor extends OneStep {
    private final Duration time;

    private LiveFor(Duration time) {
      this.time = time;
    }

    @Override
    public Steps<FirewallChangeSpec> steps(Request<FirewallChangeSpec> request) {
      return super.steps(request).inForceUntil(context -> Optional.of(context.asOf().plus(time)));
    }
  }

  /** A procedure that changes something outside, after which something happens to its request. */
  private static final class Making extends OneStep implements Undo {
    private static final String NAME = "make";
    private final List<String> outside;
    private final Runnable then;

    private Making(List<String> outside, Runnable then) {
      this.outside = outside;
      this.then = then;
    }

    @Override
    public Steps<FirewallChangeSpec> steps(Request<FirewallChangeSpec> request) {
      return Steps.<FirewallChangeSpec>begin()
          .precondition("Approve", context -> Outcome.done())
          .step("Make", this::make)
          .changesBy(NAME);
    }

    @Override
    public List<Undo> undos() {
      return List.of(this);
    }

    @Override
    public String verb() {
      return NAME;
    }

    private Outcome make(StepContext<FirewallChangeSpec> context) {
      IdempotencyKey key = new IdempotencyKey("it");
      context
          .effects()
          .announce(
              List.of(new Intended(key, NAME, Map.of())),
              new Place("connection", "account", "target"))
          .perform(key, this::made, made -> made, made -> true);
      then.run();
      return Outcome.done();
    }

    private String made() {
      outside.add("made");
      return "rule";
    }

    @Override
    public void undo(UndoContext context) {
      CallTime.check("cloud");
      outside.add("removed");
      for (Effect effect : context.effectLog().mayBeThere("Make")) {
        context.effectLog().became("Make", effect.key(), EffectState.REVERTED, null);
      }
    }
  }

  /** A procedure that is over at once. */
  private static class OneStep implements ProcessType<FirewallChangeSpec> {
    @Override
    public Steps<FirewallChangeSpec> steps(Request<FirewallChangeSpec> request) {
      return Steps.<FirewallChangeSpec>begin().step("Nothing", context -> Outcome.done());
    }

    @Override
    public List<Undo> undos() {
      return List.of();
    }

    @Override
    public Subject subject(Request<FirewallChangeSpec> request) {
      return new Subject(
          "FirewallChangeRequest", request.namespace(), request.name(), request.uid(), "cluster");
    }

    @Override
    public boolean undoneOnDelete(FirewallChangeSpec spec) {
      return false;
    }
  }

  private ProcessReconciler<FirewallChangeRequest, FirewallChangeSpec> reconciler(
      ProcessType<FirewallChangeSpec> type) {
    return new OneReconciler(client, CLOCK).of(() -> type, writer, new Turns());
  }

  private FirewallChangeRequest live() {
    return Submission.live(client);
  }
}
