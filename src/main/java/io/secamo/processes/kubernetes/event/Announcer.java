package io.secamo.processes.kubernetes.event;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.approval.Protection;
import io.secamo.processes.kubernetes.health.Transitions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs every transition, and tells people with an Event what they would not look for: that only a
 * person can help, that an emergency went ahead, that votes were asked for long ago or are void,
 * that somebody said no, that an access ends soon or ended late. Everything else is in the status,
 * also that votes are wanted, so an Event would only be one more write.
 */
public final class Announcer {
  private static final Logger LOG = LoggerFactory.getLogger("processes.transitions");
  private static final String REMINDER = "ApprovalReminder";
  private static final String OVERDUE = "RemovalOverdue";
  private static final String ENDS_SOON = "EndsSoon";

  private static final String WAITING = ". Waiting for: ";

  /** Why nothing was tried. */
  private static final String TURN =
      WAITING + "its turn: other removals of this namespace take long";

  /** So many ids are told: the cause has to fit as well. */
  private static final int MOST_IDS = 3;

  private final Events events;
  private final Clock clock;
  private final Transitions transitions;
  private final Map<String, Instant> since = new ConcurrentHashMap<>();
  private final Map<String, Instant> overdue = new ConcurrentHashMap<>();
  private final Map<String, Instant> soon = new ConcurrentHashMap<>();
  private final Set<String> unkept = ConcurrentHashMap.newKeySet();
  private final Set<String> newer = ConcurrentHashMap.newKeySet();

  /**
   * Tells by Events, and monitoring as well.
   *
   * @param transitions told of each change of state
   */
  public Announcer(KubernetesClient client, Clock clock, Transitions transitions) {
    this.events = new Events(client, clock);
    this.clock = clock;
    this.transitions = transitions;
  }

  /** Tells what has changed between a status and the resource as stored now. */
  public void announce(@Nullable ProcessStatus before, CustomResource<?, ProcessStatus> stored) {
    ProcessStatus now = stored.getStatus();
    if (now == null || now.state() == null) {
      return;
    }
    State was = before == null ? null : before.state();
    if (now.state() != was) {
      measure(was, now.state(), stored);
    }
    boolean moved =
        now.state() != was || Occasion.replanned(before, now) || Occasion.emergency(before, now);
    if (moved) {
      log(stored, now);
      Occasion.between(before, now, clock.instant().minus(ProcessStatus.REMOVAL))
          .ifPresent(call -> events.warn(stored, call.reason(), call.note(), transition(now)));
    } else if (reminders(now) > reminders(before)) {
      String message = now.message() == null ? "" : now.message();
      events.remind(stored, REMINDER, message, transition(now));
    }
    now.overdueSince(clock.instant().minus(ProcessStatus.REMOVAL))
        .ifPresent(end -> overdue(stored, now, end));
    endsSoon(stored, now);
  }

  /** Once for each end: who wants the access to stay has to ask for it before. */
  private void endsSoon(CustomResource<?, ProcessStatus> stored, ProcessStatus now) {
    Instant instant = clock.instant();
    ProcessStatus.InForce live = now.inForce();
    if (live == null || now.state() != State.IN_FORCE) {
      return;
    }
    Instant until = live.until();
    if (until == null
        || !instant.isBefore(until)
        || live.endsSoonFrom().filter(from -> !instant.isBefore(from)).isEmpty()
        || until.equals(soon.put(stored.getMetadata().getUid(), until))) {
      return;
    }
    String note =
        "it is removed at "
            + until
            + ". For it to stay, submit what this writes: kubectl process extend "
            + stored.getMetadata().getName()
            + " -n "
            + stored.getMetadata().getNamespace()
            + " --for 8h";
    events.remind(stored, ENDS_SOON, note, ENDS_SOON + until);
  }

  /** Tells that what was kept of a process is not what its status says happened. */
  public void disagreement(CustomResource<?, ProcessStatus> stored) {
    LOG.error("{}: its evidence disagrees with its status", stored.getMetadata().getName());
    events.warn(
        stored,
        Reasons.EVIDENCE_DISAGREES,
        "what was kept of this request says something else than its status: somebody wrote to one"
            + " of them. Both are kept: kubectl get evidencerecords",
        Reasons.EVIDENCE_DISAGREES);
  }

  /** Tells, once, that something is live of which no record stands on its own, and why. */
  public void unkept(CustomResource<?, ProcessStatus> stored, String why) {
    if (unkept.add(stored.getMetadata().getUid())) {
      events.warn(
          stored,
          Reasons.EVIDENCE_NOT_KEPT,
          "its evidence stands in its status only, for no record of its own can be written: " + why,
          Reasons.EVIDENCE_NOT_KEPT);
    }
  }

  /** Tells, once, that an earlier version does not touch what a later one has written. */
  public void newerOperator(CustomResource<?, ProcessStatus> stored) {
    if (newer.add(stored.getMetadata().getUid())) {
      String what =
          "its status was written by a newer operator (status.format "
              + stored.getStatus().format()
              + ", this one knows up to "
              + ProcessStatus.FORMAT
              + "): nothing is done with it, and nothing of it is removed, until the newer operator"
              + " runs again";
      LOG.error(
          "{}/{}: {}", stored.getMetadata().getNamespace(), stored.getMetadata().getName(), what);
      events.warn(stored, Reasons.NEWER_OPERATOR, what, Reasons.NEWER_OPERATOR);
    }
  }

  /** Tells that a removal is overdue that waits for its turn: nobody outside was asked yet. */
  public void late(CustomResource<?, ProcessStatus> stored) {
    ProcessStatus now = stored.getStatus();
    if (now != null) {
      now.overdueSince(clock.instant().minus(ProcessStatus.REMOVAL))
          .ifPresent(end -> tellOnce(stored, now, end, TURN));
    }
  }

  /** What the status says last may be about another system. */
  private void overdue(CustomResource<?, ProcessStatus> stored, ProcessStatus now, Instant end) {
    String begin = ProcessStatus.pastItsEnd(end);
    String message = now.message() == null ? "" : now.message();
    String cause = message.startsWith(begin) ? message.substring(begin.length()) : message;
    Instant next = now.nextAttemptAt();
    String waits = cause.isEmpty() ? "" : WAITING + cause;
    tellOnce(stored, now, end, waits + (next == null ? "" : "; tried again at " + next));
  }

  /** Once for each end. */
  private void tellOnce(
      CustomResource<?, ProcessStatus> stored, ProcessStatus now, Instant end, String waits) {
    if (end.equals(overdue.put(stored.getMetadata().getUid(), end))) {
      return;
    }
    String note =
        ProcessStatus.pastItsEnd(end) + live(now) + " (status.effects says where)" + waits;
    events.warn(stored, OVERDUE, note, OVERDUE + now.end());
  }

  /** What may still be live, by the ids that the outside system gave. */
  private static String live(ProcessStatus now) {
    List<String> ids =
        now.standing().stream()
            .map(effect -> effect.externalId() == null ? effect.key() : effect.externalId())
            .toList();
    int more = ids.size() - MOST_IDS;
    return String.join(", ", ids.subList(0, Math.min(ids.size(), MOST_IDS)))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private void measure(@Nullable State was, State state, CustomResource<?, ProcessStatus> stored) {
    Instant now = clock.instant();
    String uid = stored.getMetadata().getUid();
    Instant began = state.terminal() ? since.remove(uid) : since.put(uid, now);
    if (state.terminal()) {
      overdue.remove(uid);
      soon.remove(uid);
    }
    transitions.moved(
        stored.getKind(),
        was == null ? "" : was.word(),
        state.word(),
        Optional.ofNullable(began).map(then -> Duration.between(then, now)));
  }

  /** Tells that votes are a proof again, or not any more. */
  public void protection(Protection now) {
    boolean good = now.problem().isEmpty();
    events.aboutVotes(
        good,
        good ? Reasons.ADMISSION_PROTECTED : Reasons.ADMISSION_UNPROTECTED,
        now.problem().orElse("the admission policies are in force as shipped"));
  }

  /** Tells that what guards votes was something else for a while. */
  public void changed() {
    events.aboutVotes(
        false,
        Reasons.ADMISSION_CHANGED,
        "the admission policies, or the definitions of our kinds, were changed or taken away for a"
            + " while: they are as shipped now, and open approvals are asked for again");
  }

  /** Tells who else may rewrite requests before they are validated. */
  public void rewriters(List<String> now) {
    String note =
        now.isEmpty()
            ? "nobody else rewrites requests any more"
            : "requests may be rewritten before they are validated, by: " + String.join(", ", now);
    events.aboutVotes(now.isEmpty(), Reasons.ADMISSION_REWRITTEN, note);
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

  private static int reminders(@Nullable ProcessStatus status) {
    return status == null || status.gates() == null
        ? 0
        : status.gates().stream()
            .map(ProcessStatus.Gate::reminders)
            .filter(Objects::nonNull)
            .mapToInt(Integer::intValue)
            .sum();
  }

  private static String transition(ProcessStatus now) {
    String plan = now.plan() == null ? "" : now.plan().digest();
    return now.state() + plan + reminders(now) + now.message();
  }
}
