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
import io.secamo.processes.kubernetes.patch.MergePatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the Ready condition of connections true to a real call with the real credentials. A ready
 * connection is not called again until it changes or a process finds its credentials refused.
 */
public final class ConnectionReconciler implements Reconciler<Connection> {
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final int CHECKS_AT_A_TIME = 16;

  private final KubernetesClient client;
  private final KubernetesSystems.Factory systems;
  private final List<EventSource<?, Connection>> sources;
  private final Clock clock;

  /** Any number of them, each at a system that answers as slowly and as much as it likes. */
  private final Semaphore places = new Semaphore(CHECKS_AT_A_TIME, true);

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
    ConnectionStatus status = checked(connection);
    store(connection, status);
    UpdateControl<Connection> control = UpdateControl.noUpdate();
    if (!ready(status)) {
      control.rescheduleAfter(AGAIN);
    }
    return control;
  }

  private ConnectionStatus checked(Connection connection) {
    places.acquireUninterruptibly();
    try {
      return check(connection);
    } finally {
      places.release();
    }
  }

  private ConnectionStatus check(Connection connection) {
    String namespace = connection.getMetadata().getNamespace();
    String name = connection.getMetadata().getName();
    try {
      String account = systems.in(namespace).connector(name).check().description();
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
