package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.kubernetes.health.Transitions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs every transition, and tells people with an Event what they would not look for: that only a
 * person can help, that an emergency went ahead, that votes were asked for long ago. Everything
 * else is in the status, also that votes are wanted, so an Event would only be one more write.
 */
final class Announcer {
  private static final Logger LOG = LoggerFactory.getLogger("processes.transitions");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final String REMINDER = "ApprovalReminder";
  private static final String OVERDUE = "RemovalOverdue";

  /** As long as a removal takes when all is well. */
  private static final Duration REMOVAL = Duration.ofSeconds(10);

  private static final int NOTE_LIMIT = 1000;
  private static final String CONTROLLER = "processes.secamo.io/operator";
  private static final String INSTANCE = "process-orchestrator";

  private final KubernetesClient client;
  private final Clock clock;
  private final Transitions transitions;
  private final Map<String, Instant> since = new ConcurrentHashMap<>();
  private final Map<String, Instant> overdue = new ConcurrentHashMap<>();

  Announcer(KubernetesClient client, Clock clock, Transitions transitions) {
    this.client = client;
    this.clock = clock;
    this.transitions = transitions;
  }

  /** Tells what has changed between a status and the resource as stored now. */
  void announce(@Nullable ProcessStatus before, CustomResource<?, ProcessStatus> stored) {
    ProcessStatus now = stored.getStatus();
    if (now == null || now.state() == null) {
      return;
    }
    State was = before == null ? null : before.state();
    if (now.state() != was) {
      measure(was, now.state(), stored);
    }
    boolean moved = now.state() != was || replanned(before, now) || emergency(before, now);
    if (moved) {
      log(stored, now);
      call(before, now).ifPresent(call -> send(event(stored, now, call)));
    } else if (reminders(now) > reminders(before)) {
      send(event(stored, now, REMINDER));
    }
    now.overdueSince(clock.instant().minus(REMOVAL)).ifPresent(end -> overdue(stored, now, end));
  }

  /** Tells that what was kept of a process is not what its status says happened. */
  void disagreement(CustomResource<?, ProcessStatus> stored, ProcessStatus now) {
    LOG.error("{}: its evidence disagrees with its status", stored.getMetadata().getName());
    Event event = event(stored, now, Reasons.EVIDENCE_DISAGREES);
    event.setNote(
        "what was kept of this request says something else than its status: somebody wrote to one"
            + " of them. Both are kept: kubectl get evidencerecords");
    send(event);
  }

  /** Tells, once, that something is live of which no record stands on its own, and why. */
  void unkept(CustomResource<?, ProcessStatus> stored, ProcessStatus now, String why) {
    Event event = event(stored, now, Reasons.EVIDENCE_NOT_KEPT);
    event.setNote(
        limited(
            "its evidence stands in its status only, for no record of its own can be written: "
                + why));
    send(event);
  }

  /** Once for each end. */
  private void overdue(CustomResource<?, ProcessStatus> stored, ProcessStatus now, Instant end) {
    if (!end.equals(overdue.put(stored.getMetadata().getUid(), end))) {
      send(event(stored, now, OVERDUE));
    }
  }

  private void measure(@Nullable State was, State state, CustomResource<?, ProcessStatus> stored) {
    Instant now = clock.instant();
    String uid = stored.getMetadata().getUid();
    Instant began = state.terminal() ? since.remove(uid) : since.put(uid, now);
    if (state.terminal()) {
      overdue.remove(uid);
    }
    transitions.moved(
        stored.getKind(),
        was == null ? "" : was.word(),
        state.word(),
        Optional.ofNullable(began).map(then -> Duration.between(then, now)));
  }

  /** Tells that votes are a proof again, or not any more. */
  void protection(Protection now) {
    boolean good = now.problem().isEmpty();
    aboutVotes(
        good,
        good ? Reasons.ADMISSION_PROTECTED : Reasons.ADMISSION_UNPROTECTED,
        now.problem().orElse("the admission policies are in force as shipped"));
  }

  /** Tells that what guards votes was something else for a while. */
  void changed() {
    aboutVotes(
        false,
        Reasons.ADMISSION_CHANGED,
        "the admission policies, or the definitions of our kinds, were changed or taken away for a"
            + " while: they are as shipped now, and open approvals are asked for again");
  }

  /** Tells who else may rewrite requests before they are validated. */
  void rewriters(List<String> now) {
    String note =
        now.isEmpty()
            ? "nobody else rewrites requests any more"
            : "requests may be rewritten before they are validated, by: " + String.join(", ", now);
    aboutVotes(now.isEmpty(), Reasons.ADMISSION_REWRITTEN, note);
  }

  private void aboutVotes(boolean good, String reason, String note) {
    send(
        new EventBuilder()
            .withNewMetadata()
            .withGenerateName("votes.processes.secamo.io-")
            .withNamespace("default")
            .endMetadata()
            .withRegarding(
                new ObjectReferenceBuilder()
                    .withApiVersion("admissionregistration.k8s.io/v1")
                    .withKind("ValidatingAdmissionPolicy")
                    .withName("votes.processes.secamo.io")
                    .build())
            .withType(good ? "Normal" : "Warning")
            .withReason(reason)
            .withAction("Watch")
            .withNote(limited(note))
            .withEventTime(now())
            .withReportingController(CONTROLLER)
            .withReportingInstance(INSTANCE)
            .build());
  }

  private static void log(CustomResource<?, ProcessStatus> stored, ProcessStatus now) {
    LOG.atInfo()
        .addKeyValue("kind", stored.getKind())
        .addKeyValue("namespace", stored.getMetadata().getNamespace())
        .addKeyValue("name", stored.getMetadata().getName())
        .addKeyValue("step", now.step())
        .addKeyValue("state", Objects.requireNonNull(now.state()).word())
        .log("{}", now.message());
  }

  /** What people are called for, if for anything. */
  private static Optional<String> call(@Nullable ProcessStatus before, ProcessStatus now) {
    if (emergency(before, now)) {
      return Optional.of("BreakGlass");
    }
    if (before != null && over(before) && !over(now)) {
      return Optional.of(Reasons.STATUS_REWRITTEN);
    }
    return now.state() == State.NEEDS_ATTENTION ? Optional.of("NeedsAttention") : Optional.empty();
  }

  private static boolean over(ProcessStatus status) {
    return status.state() != null && status.state().terminal();
  }

  private static boolean emergency(@Nullable ProcessStatus before, ProcessStatus now) {
    return now.breakGlass() != null && (before == null || before.breakGlass() == null);
  }

  private static int reminders(@Nullable ProcessStatus status) {
    return status == null || status.gates() == null
        ? 0
        : status.gates().stream()
            .map(ProcessStatus.Gate::reminders)
            .filter(Objects::nonNull)
            .mapToInt(Integer::intValue)
            .sum();
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
    String rewritten = "it was not over, somebody else wrote that to its status; now: ";
    return new EventBuilder()
        .withNewMetadata()
        .withName(name(about, occasion(reason, now)))
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
        .withType(REMINDER.equals(reason) ? "Normal" : "Warning")
        .withReason(reason)
        .withAction(now.step() == null ? "None" : now.step())
        .withNote(limited(reason.equals(Reasons.STATUS_REWRITTEN) ? rewritten + message : message))
        .withEventTime(now())
        .withReportingController(CONTROLLER)
        .withReportingInstance(INSTANCE)
        .build();
  }

  private MicroTime now() {
    return new MicroTime(MICROS.format(clock.instant().truncatedTo(ChronoUnit.MICROS)));
  }

  private static String limited(String note) {
    // The API server says characters and counts bytes.
    byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= NOTE_LIMIT
        ? note
        : new String(bytes, 0, NOTE_LIMIT, StandardCharsets.UTF_8).replaceAll("\uFFFD+$", "");
  }

  private static String occasion(String reason, ProcessStatus now) {
    return switch (reason) {
      case OVERDUE -> OVERDUE + now.end();
      case Reasons.EVIDENCE_DISAGREES, Reasons.EVIDENCE_NOT_KEPT -> reason;
      default -> transition(now);
    };
  }

  private static String transition(ProcessStatus now) {
    String plan = now.plan() == null ? "" : now.plan().digest();
    return now.state() + plan + reminders(now) + now.message();
  }

  /** One name for one transition, so that a second replica cannot announce it again. */
  private static String name(CustomResource<?, ProcessStatus> about, String transition) {
    String whole = about.getMetadata().getUid() + transition;
    UUID hash = UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8));
    return about.getMetadata().getName() + "." + hash.toString().replace("-", "").substring(0, 16);
  }
}
