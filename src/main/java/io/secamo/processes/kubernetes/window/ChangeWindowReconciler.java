package io.secamo.processes.kubernetes.window;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import io.secamo.processes.api.orchestrator.ChangeWindow;
import io.secamo.processes.api.orchestrator.ChangeWindowSpec;
import io.secamo.processes.api.orchestrator.ChangeWindowStatus;
import io.secamo.processes.kubernetes.queue.Turns;
import io.secamo.processes.text.Limit;
import io.secamo.processes.text.Plain;
import io.secamo.processes.window.Calendar;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Says in the status of a window whether it can be understood, and where it stands. */
public final class ChangeWindowReconciler implements Reconciler<ChangeWindow> {
  private static final Duration LONGEST = Duration.ofHours(12);

  /** The schema takes a little more. */
  private static final int LONGEST_MESSAGE = 1000;

  private final KubernetesClient client;
  private final EventSource<?, ChangeWindow> changes;
  private final Clock clock;
  private final Turns turns = Turns.ofStatuses();

  /**
   * Writes to the status of windows.
   *
   * @param changes tells those who depend on them
   */
  public ChangeWindowReconciler(
      KubernetesClient client, EventSource<?, ChangeWindow> changes, Clock clock) {
    this.client = client;
    this.changes = changes;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ChangeWindow>> prepareEventSources(
      EventSourceContext<ChangeWindow> context) {
    return List.of(changes);
  }

  @Override
  public UpdateControl<ChangeWindow> reconcile(ChangeWindow window, Context<ChangeWindow> context) {
    Turns.Turn turn = turns.waitInOrder(window.getMetadata().getNamespace());
    try {
      return look(window);
    } finally {
      turn.close();
    }
  }

  private UpdateControl<ChangeWindow> look(ChangeWindow window) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    ChangeWindowStatus status = status(window, now);
    if (!status.equals(window.getStatus())) {
      store(window, status);
    }
    UpdateControl<ChangeWindow> control = UpdateControl.noUpdate();
    Instant next = status.nextChange();
    if (next != null) {
      Duration wait = Duration.between(now, next);
      control.rescheduleAfter(wait.compareTo(LONGEST) < 0 ? wait.plusSeconds(1) : LONGEST);
    }
    return control;
  }

  /** What the status of a window says at a moment. */
  static ChangeWindowStatus status(ChangeWindow window, Instant now) {
    ChangeWindowSpec spec = window.getSpec();
    Long generation = window.getMetadata().getGeneration();
    try {
      Calendar.Standing standing = Calendar.standing(spec, now);
      return new ChangeWindowStatus(
          generation,
          standing.inside() ? "Inside" : "Outside",
          standing.nextChange().orElse(null),
          List.of(ready(window, "True", "Ready", said(spec, standing), now)));
    } catch (IllegalArgumentException problem) {
      String until =
          spec.type() == ChangeWindowSpec.Type.FREEZE
              ? "no change is made until this is mended: "
              : "it opens nothing until this is mended: ";
      String message = Limit.first(LONGEST_MESSAGE, Plain.shown(until + problem.getMessage()));
      return new ChangeWindowStatus(
          generation, "Invalid", null, List.of(ready(window, "False", "Invalid", message, now)));
    }
  }

  /** A window that never comes again is right, and helps nobody any more. */
  private static String said(ChangeWindowSpec spec, Calendar.Standing standing) {
    if (standing.inside() || standing.nextChange().isPresent()) {
      return "the window is understood";
    }
    return spec.type() == ChangeWindowSpec.Type.FREEZE
        ? "it is over, and holds nothing any more"
        : "it is over and never opens again, so it holds every change that no other window lets"
            + " through: delete it, or give it a new start";
  }

  private static Condition ready(
      ChangeWindow window, String status, String reason, String message, Instant now) {
    Instant since =
        Optional.ofNullable(window.getStatus())
            .map(ChangeWindowStatus::conditions)
            .flatMap(all -> all.stream().filter(c -> c.status().equals(status)).findFirst())
            .map(Condition::lastTransitionTime)
            .orElse(now);
    return new Condition(
        "Ready", status, reason, message, since, window.getMetadata().getGeneration());
  }

  private void store(ChangeWindow window, ChangeWindowStatus status) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    JsonNode tree = client.getKubernetesSerialization().convertValue(status, JsonNode.class);
    ObjectNode change = patch.putObject("status");
    // A merge patch takes away only what it names.
    change.putNull("state").putNull("nextChange");
    change.setAll((ObjectNode) tree);
    client
        .resources(ChangeWindow.class)
        .inNamespace(window.getMetadata().getNamespace())
        .withName(window.getMetadata().getName())
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
  }
}
