package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.engine.ProcessEngine;
import io.secamo.processes.engine.procedure.ProcessType;
import io.secamo.processes.kubernetes.admission.Canary;
import io.secamo.processes.kubernetes.admission.Identity;
import io.secamo.processes.kubernetes.event.Announcer;
import io.secamo.processes.kubernetes.evidence.EvidenceStore;
import io.secamo.processes.kubernetes.gitops.Anchor;
import io.secamo.processes.kubernetes.health.Progress;
import io.secamo.processes.kubernetes.health.Transitions;
import io.secamo.processes.kubernetes.queue.Targets;
import io.secamo.processes.kubernetes.queue.Turns;
import io.secamo.processes.kubernetes.queue.Wakes;
import io.secamo.processes.kubernetes.reading.Seen;
import io.secamo.processes.operator.Kinds;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The reconciler of requests without what surrounds it: nothing wakes it, nobody hears of it. */
record OneReconciler(KubernetesClient client, Clock clock) {
  ProcessReconciler<FirewallChangeRequest, FirewallChangeSpec> of(
      Supplier<? extends ProcessType<FirewallChangeSpec>> types) {
    return of(types, writer(), new Turns());
  }

  ProcessReconciler<FirewallChangeRequest, FirewallChangeSpec> of(
      Supplier<? extends ProcessType<FirewallChangeSpec>> types,
      StatusWriter<FirewallChangeRequest> writer,
      Turns turns) {
    return new ProcessReconciler<>(
        new ProcessEngine<>(types),
        writer,
        new Announcer(client, clock, Transitions.UNHEARD),
        new SimpleInboundEventSource<>("wakes"),
        new ProcessReconciler.Collaborators(
            new Canary(client, new Identity("operator"), Kinds.shipped()),
            new EvidenceStore(client),
            new Anchor(client),
            new Progress(),
            turns,
            new Dependents(new Wakes(Stream::empty), new Targets(Stream::empty))),
        clock);
  }

  StatusWriter<FirewallChangeRequest> writer() {
    return new StatusWriter<>(client, FirewallChangeRequest.class, new Seen<>());
  }
}
