package io.secamo.processes.kubernetes.event;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.text.Plain;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Events (events.k8s.io/v1). One occasion has one name, so that a second replica does not
 * tell it again; a stranger who has taken that name keeps nothing from being told.
 */
final class Events {
  private static final Logger LOG = LoggerFactory.getLogger(Events.class);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final int NOTE_LIMIT = 1000;
  private static final String CONTROLLER = "processes.secamo.io/operator";
  private static final String INSTANCE = "process-orchestrator";

  private final KubernetesClient client;
  private final Clock clock;

  Events(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Calls people to a request. */
  void warn(CustomResource<?, ProcessStatus> about, String reason, String note, String occasion) {
    send(event(about, "Warning", reason, note, occasion));
  }

  /** Reminds people of a request. */
  void remind(CustomResource<?, ProcessStatus> about, String reason, String note, String occasion) {
    send(event(about, "Normal", reason, note, occasion));
  }

  /** Tells something about what makes votes a proof. */
  void aboutVotes(boolean good, String reason, String note) {
    ObjectReference policy =
        new ObjectReferenceBuilder()
            .withApiVersion("admissionregistration.k8s.io/v1")
            .withKind("ValidatingAdmissionPolicy")
            .withName("votes.processes.secamo.io")
            .build();
    EventBuilder event = written(policy, good ? "Normal" : "Warning", reason, "Watch", note);
    send(
        event
            .withNewMetadata()
            .withGenerateName("votes.processes.secamo.io-")
            .withNamespace("default")
            .endMetadata()
            .build());
  }

  private Event event(
      CustomResource<?, ProcessStatus> about,
      String type,
      String reason,
      String note,
      String occasion) {
    ObjectReference request =
        new ObjectReferenceBuilder()
            .withApiVersion(about.getApiVersion())
            .withKind(about.getKind())
            .withNamespace(about.getMetadata().getNamespace())
            .withName(about.getMetadata().getName())
            .withUid(about.getMetadata().getUid())
            .build();
    String step = about.getStatus() == null ? null : about.getStatus().step();
    return written(request, type, reason, step == null ? "None" : step, note)
        .withNewMetadata()
        .withName(name(about, occasion))
        .withNamespace(about.getMetadata().getNamespace())
        .endMetadata()
        .build();
  }

  private EventBuilder written(
      ObjectReference about, String type, String reason, String action, String note) {
    return new EventBuilder()
        .withRegarding(about)
        .withType(type)
        .withReason(reason)
        .withAction(action)
        .withNote(limited(Plain.shown(note)))
        .withEventTime(new MicroTime(MICROS.format(clock.instant().truncatedTo(ChronoUnit.MICROS))))
        .withReportingController(CONTROLLER)
        .withReportingInstance(INSTANCE);
  }

  /** The status says the same; a lost Event must not stop a process. */
  private void send(Event event) {
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() == 409 && event.getMetadata().getName() != null) {
        sendBeside(event);
      } else {
        LOG.warn("an Event could not be written: {}", e.getMessage());
      }
    }
  }

  private void sendBeside(Event event) {
    if (!told(event)) {
      event.getMetadata().setGenerateName(event.getMetadata().getName() + "-");
      event.getMetadata().setName(null);
      send(event);
    }
  }

  /** What cannot be read is told once more rather than not at all. */
  private boolean told(Event event) {
    try {
      Event there = client.resource(event).get();
      return there != null
          && Objects.equals(there.getReason(), event.getReason())
          && Objects.equals(there.getType(), event.getType())
          && Objects.equals(there.getNote(), event.getNote());
    } catch (KubernetesClientException notNow) {
      return false;
    }
  }

  private static String limited(String note) {
    // The API server says characters and counts bytes.
    byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= NOTE_LIMIT
        ? note
        : new String(bytes, 0, NOTE_LIMIT, StandardCharsets.UTF_8).replaceAll("\uFFFD+$", "");
  }

  private static String name(CustomResource<?, ProcessStatus> about, String occasion) {
    String whole = about.getMetadata().getUid() + occasion;
    UUID hash = UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8));
    return about.getMetadata().getName() + "." + hash.toString().replace("-", "").substring(0, 16);
  }
}
