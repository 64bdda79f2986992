package io.secamo.processes.kubernetes.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.secamo.processes.api.Condition;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.api.orchestrator.ConnectionStatus;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.kubernetes.connection.FailedChecks.Failed;
import io.secamo.processes.kubernetes.patch.MergePatch;
import io.secamo.processes.kubernetes.queue.Turns;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the Ready condition of connections true to a real call with the real credentials. A ready
 * connection is not called again until it changes or a process finds its credentials refused; one
 * whose check failed is called again after a minute, or when it or its Secret is another one.
 */
public final class ConnectionReconciler implements Reconciler<Connection> {
  private static final int CHECKS_AT_A_TIME = 16;
  private static final int OF_ONE_NAMESPACE = 4;

  private final KubernetesClient client;
  private final KubernetesSystems.Factory systems;
  private final List<EventSource<?, Connection>> sources;
  private final Clock clock;

  /** Any number of them, each at a system that answers as slowly and as much as it likes. */
  private final Turns turns = new Turns(CHECKS_AT_A_TIME, OF_ONE_NAMESPACE);

  private final FailedChecks failed = new FailedChecks();

  /**
   * Writes the status of connections.
   *
   * @param changes tells those who depend on them
   */
  public ConnectionReconciler(
      KubernetesClient client,
      KubernetesSystems.Factory systems,
      ConnectionChecks checks,
      EventSource<?, Connection> changes,
      Clock clock) {
    this.client = client;
    this.systems = systems;
    this.sources = List.of(checks.source(), changes);
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, Connection>> prepareEventSources(
      EventSourceContext<Connection> context) {
    return sources;
  }

  @Override
  public UpdateControl<Connection> reconcile(Connection connection, Context<Connection> context) {
    String namespace = connection.getMetadata().getNamespace();
    Turns.Turn turn = turns.waitInOrder(namespace);
    try {
      return look(connection, systems.in(namespace));
    } finally {
      turn.close();
    }
  }

  private UpdateControl<Connection> look(Connection connection, KubernetesSystems here) {
    String name = connection.getMetadata().getName();
    String id = connection.getMetadata().getNamespace() + "/" + name;
    String version = here.version(name).orElse("");
    Optional<Failed> known = failed.find(id, version, clock.instant());
    if (known.isPresent()) {
      store(connection, known.get().status());
      return again(known.get());
    }
    ConnectionStatus status = check(connection, here);
    if (ready(status)) {
      store(connection, status);
      return UpdateControl.noUpdate();
    }
    Failed last = new Failed(version, status, clock.instant());
    if (!version.isEmpty()) {
      failed.add(id, last);
    }
    store(connection, status);
    return again(last);
  }

  private UpdateControl<Connection> again(Failed last) {
    return UpdateControl.<Connection>noUpdate().rescheduleAfter(last.again(clock.instant()));
  }

  private ConnectionStatus check(Connection connection, KubernetesSystems here) {
    try {
      String account = here.connector(connection.getMetadata().getName()).check().description();
      return status(connection, account, "True", "Ready", "a call with the credentials went well");
    } catch (ConnectorFailure failure) {
      String reason =
          switch (failure) {
            case ConnectorFailure.Unauthorized u -> Reasons.CREDENTIALS_REJECTED;
            case ConnectorFailure.Refused r -> Reasons.REFUSED;
            case ConnectorFailure.Transient t -> Reasons.RETRYING;
            case ConnectorFailure.Throttled t -> Reasons.RETRYING;
            case ConnectorFailure.Unknown u -> Reasons.RETRYING;
          };
      return status(connection, null, "False", reason, String.valueOf(failure.getMessage()));
    }
  }

  private ConnectionStatus status(
      Connection connection,
      @Nullable String account,
      String ready,
      String reason,
      String message) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant since =
        condition(connection.getStatus())
            .filter(c -> c.status().equals(ready))
            .map(Condition::lastTransitionTime)
            .orElse(now);
    Long generation = connection.getMetadata().getGeneration();
    return new ConnectionStatus(
        generation,
        account,
        List.of(new Condition("Ready", ready, reason, message, since, generation)));
  }

  private void store(Connection connection, ConnectionStatus status) {
    var json = client.getKubernetesSerialization();
    ConnectionStatus old = connection.getStatus();
    JsonNode before = json.convertValue(old == null ? Map.of() : old, JsonNode.class);
    JsonNode after = json.convertValue(status, JsonNode.class);
    ObjectNode change = MergePatch.between((ObjectNode) before, (ObjectNode) after);
    if (!change.isEmpty()) {
      ObjectNode patch = change.objectNode();
      patch.set("status", change);
      client
          .resources(Connection.class)
          .inNamespace(connection.getMetadata().getNamespace())
          .withName(connection.getMetadata().getName())
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
    }
  }

  /** Whether the last call with its credentials went well. */
  public static boolean ready(Connection connection) {
    return ready(connection.getStatus());
  }

  private static boolean ready(@Nullable ConnectionStatus status) {
    return condition(status).filter(c -> c.status().equals("True")).isPresent();
  }

  private static Optional<Condition> condition(@Nullable ConnectionStatus status) {
    return status == null || status.conditions() == null
        ? Optional.empty()
        : status.conditions().stream().filter(c -> c.type().equals("Ready")).findFirst();
  }
}
