package io.secamo.processes.kubernetes;

import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.engine.ProcessEngine;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.kubernetes.event.Announcer;
import io.secamo.processes.kubernetes.leaving.Vanished;
import io.secamo.processes.kubernetes.queue.Targets;
import io.secamo.processes.kubernetes.queue.Wakes;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Reconciles firewall changes. */
public final class FirewallChangeReconciler
    extends ProcessReconciler<FirewallChangeRequest, FirewallChangeSpec> {
  private final Wakes wakes;
  private final Targets targets;

  FirewallChangeReconciler(
      ProcessEngine<FirewallChangeSpec> engine,
      StatusWriter<FirewallChangeRequest> writer,
      Announcer announcer,
      Wakes wakes,
      Targets targets,
      Collaborators collaborators,
      Clock clock) {
    super(engine, writer, announcer, collaborators, clock);
    this.wakes = wakes;
    this.targets = targets;
  }

  @Override
  Request<FirewallChangeSpec> request(FirewallChangeRequest resource) {
    return Requests.of(resource);
  }

  @Override
  void settled(FirewallChangeRequest resource) {
    Set<String> next = targets.after(resource.getMetadata().getUid(), resource.getStatus());
    if (!next.isEmpty()) {
      wakes.wake(r -> next.contains(r.getMetadata().getUid()));
    }
    wakeTheOther(resource);
  }

  /** What is to be removed, and who has it removed, wait for each other. */
  private void wakeTheOther(FirewallChangeRequest resource) {
    State state = resource.getStatus() == null ? null : resource.getStatus().state();
    String removes = resource.getSpec().removes();
    if (state == State.APPLYING && removes != null) {
      wakes.wake(r -> sameNamespace(r, resource) && r.getMetadata().getName().equals(removes));
    }
    if (state == State.REVERTING || state == State.REMOVED) {
      String name = resource.getMetadata().getName();
      wakes.wake(r -> sameNamespace(r, resource) && name.equals(r.getSpec().removes()));
    }
  }

  private static boolean sameNamespace(FirewallChangeRequest one, FirewallChangeRequest other) {
    return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace());
  }

  @Override
  public List<EventSource<?, FirewallChangeRequest>> prepareEventSources(
      EventSourceContext<FirewallChangeRequest> context) {
    return List.of(wakes.source(), new Vanished<>(FirewallChangeRequest.class, this::vanished));
  }
}
