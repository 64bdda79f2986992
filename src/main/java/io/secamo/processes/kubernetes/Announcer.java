package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs every transition, and tells people with an Event when somebody has to act: votes are wanted,
 * or attention is. Everything else is in the status, so an Event would only be one more write.
 */
final class Announcer {
  private static final Logger LOG = LoggerFactory.getLogger("processes.transitions");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final Map<State, String> CALLS =
      Map.of(
          State.AWAITING_APPROVAL, "ApprovalWanted",
          State.NEEDS_ATTENTION, "NeedsAttention");
  private static final int NOTE_LIMIT = 1000;

  private final KubernetesClient client;
  private final Clock clock;

  Announcer(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Tells what has changed between a status and the resource as stored now. */
  void announce(@Nullable ProcessStatus before, CustomResource<?, ProcessStatus> stored) {
    ProcessStatus now = stored.getStatus();
    State was = before == null ? null : before.state();
    if (now == null || now.state() == null || (now.state() == was && !replanned(before, now))) {
      return;
    }
    LOG.atInfo()
        .addKeyValue("kind", stored.getKind())
        .addKeyValue("namespace", stored.getMetadata().getNamespace())
        .addKeyValue("name", stored.getMetadata().getName())
        .addKeyValue("step", now.step())
        .addKeyValue("state", now.state().word())
        .log("{}", now.message());
    String call = CALLS.get(now.state());
    if (call != null) {
      send(event(stored, now, call));
    }
  }

  private static boolean replanned(@Nullable ProcessStatus before, ProcessStatus now) {
    return before != null
        && now.state() == State.AWAITING_APPROVAL
        && !Objects.equals(before.plan(), now.plan());
  }

  private void send(Event event) {
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() == 409) {
        return;
      }
      // The status says the same; a lost Event must not stop a process.
      LOG.warn("an Event could not be written: {}", e.getMessage());
    }
  }

  private Event event(CustomResource<?, ProcessStatus> about, ProcessStatus now, String reason) {
    String message = now.message() == null ? "" : now.message();
    return new EventBuilder()
        .withNewMetadata()
        .withName(name(about, now))
        .withNamespace(about.getMetadata().getNamespace())
        .endMetadata()
        .withRegarding(
            new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .build())
        .withType(now.state() == State.NEEDS_ATTENTION ? "Warning" : "Normal")
        .withReason(reason)
        .withAction(now.step() == null ? "None" : now.step())
        .withNote(message.length() > NOTE_LIMIT ? message.substring(0, NOTE_LIMIT) : message)
        .withEventTime(new MicroTime(MICROS.format(clock.instant().truncatedTo(ChronoUnit.MICROS))))
        .withReportingController("processes.secamo.io/operator")
        .withReportingInstance("process-orchestrator")
        .build();
  }

  /** One name for one transition, so that a second replica cannot announce it again. */
  private static String name(CustomResource<?, ProcessStatus> about, ProcessStatus now) {
    String plan = now.plan() == null ? "" : now.plan().digest();
    String transition = about.getMetadata().getUid() + now.state() + plan + now.message();
    UUID hash = UUID.nameUUIDFromBytes(transition.getBytes(StandardCharsets.UTF_8));
    return about.getMetadata().getName() + "." + hash.toString().replace("-", "").substring(0, 16);
  }
}
