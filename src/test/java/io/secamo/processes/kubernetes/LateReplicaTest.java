package io.secamo.processes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.effect.Intended;
import io.secamo.processes.effect.Place;
import io.secamo.processes.effect.Undo;
import io.secamo.processes.effect.UndoContext;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.ProcessType;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.StepContext;
import io.secamo.processes.engine.procedure.Steps;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A replica that stood still makes its change after another one has ended the process. */
@EnableKubernetesMockClient(crud = true)
class LateReplicaTest {
  private static final Clock NINE =
      Clock.fixed(Instant.parse("2027-01-04T09:00:00Z"), ZoneOffset.UTC);
  private static final String VERB = "test.make";

  KubernetesClient client;
  KubernetesMockServer server;
  private final List<String> outside = new CopyOnWriteArrayList<>();
  private final List<String> undone = new CopyOnWriteArrayList<>();

  /** The other one has looked for it before it was there, so that nobody would ever remove it. */
  @Test
  void whatItMadeIsTakenBackThoughItWasToldInItsVeryLastWrite() {
    FirewallChangeRequest request = Submission.submit(server, client);

    reconciler().reconcile(request, null);

    assertThat(undone).containsExactly("r1");
    assertThat(outside).isEmpty();
    assertThat(Submission.live(client).getStatus().state()).isEqualTo(State.EXPIRED);
  }

  private String make() {
    client
        .resource(Submission.live(client))
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\": {\"state\": \"Expired\", \"message\": \"over\", \"effects\": null}}");
    outside.add("r1");
    return "r1";
  }

  private final class Making implements ProcessType<FirewallChangeSpec>, Undo {
    @Override
    public Steps<FirewallChangeSpec> steps(Request<FirewallChangeSpec> request) {
      return Steps.<FirewallChangeSpec>begin()
          .precondition("Approve", context -> Outcome.done())
          .step("Apply", State.APPLYING, this::apply)
          .changesBy(VERB);
    }

    private Outcome apply(StepContext<FirewallChangeSpec> context) {
      IdempotencyKey key = IdempotencyKey.of("cluster", context.request().uid(), "Apply", "it");
      context
          .effects()
          .announce(
              List.of(new Intended(key, VERB, Map.of())), new Place("cloud", "account", "web"))
          .perform(key, LateReplicaTest.this::make, made -> made, made -> true);
      return Outcome.done();
    }

    @Override
    public List<Undo> undos() {
      return List.of(this);
    }

    @Override
    public String verb() {
      return VERB;
    }

    @Override
    public void undo(UndoContext context) {
      context.effectLog().by(VERB).forEach(effect -> undone.add(effect.externalId()));
      outside.removeAll(undone);
    }

    @Override
    public Subject subject(Request<FirewallChangeSpec> request) {
      return new Subject("FirewallChangeRequest", "team-a", "web", request.uid(), "cluster");
    }

    @Override
    public boolean undoneOnDelete(FirewallChangeSpec spec) {
      return false;
    }
  }

  private ProcessReconciler<FirewallChangeRequest, FirewallChangeSpec> reconciler() {
    return new OneReconciler(client, NINE).of(Making::new);
  }
}
