package io.secamo.processes.engine;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.ProcessStatus.RequestedBy;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.evidence.Chain.Happening;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request as it stands on the API server right now, without its status.
 *
 * @param kind what it is a request for
 * @param uid identity; names are reused, uids are not
 * @param namespace namespace
 * @param name name
 * @param generation counts changes of the spec
 * @param createdAt when the API server accepted it
 * @param wish what its people want of it besides what it says
 * @param requestedBy user name of the requester, as admission proved it; empty if nobody did
 * @param annotations its annotations
 * @param spec what is asked for
 * @param <S> spec of the process kind
 */
public record Request<S>(
    KindName kind,
    String uid,
    String namespace,
    String name,
    long generation,
    Instant createdAt,
    Wish wish,
    String requestedBy,
    Map<String, String> annotations,
    S spec) {
  private static final String TOO_LATE = ", too late: what it began goes on";

  /** What its people want of a request besides what it says. */
  public enum Wish {
    /** Go on. */
    PROCEED,
    /** Make no new change for now. */
    SUSPEND,
    /** Taken back. */
    WITHDRAW,
    /** The object is being deleted. */
    DELETE
  }

  /** Who submitted it in the name of the requester; empty if that was the requester. */
  String submittedBy() {
    return annotations.getOrDefault(Annotations.SUBMITTED_BY, "");
  }

  /** What the evidence says it is. */
  public Subject subject(String clusterId) {
    return new Subject(kind.value(), namespace, name, uid, clusterId);
  }

  /** The user names of whoever asks for it: requester and submitter. */
  public List<String> askedBy() {
    return Stream.of(requestedBy, submittedBy()).filter(name -> !name.isEmpty()).toList();
  }

  /** Who last suspended it or let it go on; empty if that was not recorded. */
  String suspendBy() {
    return annotations.getOrDefault(Annotations.SUSPEND_BY, "");
  }

  /** Whether only who may hold requests lets it go on. */
  boolean held() {
    return annotations.containsKey(Annotations.HELD);
  }

  /** With the generation of the spec, because a request may be suspended again and again. */
  Happening suspension(String what) {
    List<String> facts = new ArrayList<>(List.of("generation " + generation));
    if (held()) {
      facts.add("only who may hold it lets it go on");
    }
    String by = suspendBy();
    return new Happening(what, by.isEmpty() ? null : by, null, facts);
  }

  /**
   * Nothing new is made.
   *
   * @param begun how many effects stand that were made or announced before
   */
  Outcome.Wait suspended(long begun) {
    String how =
        held()
            ? "; who has the verb hold sets spec.suspend to false to go on"
            : "; set spec.suspend to false to go on";
    String live =
        begun == 0
            ? ""
            : ". "
                + (begun == 1 ? "1 effect" : begun + " effects")
                + " of it may be live: withdraw it to have that removed";
    // Who holds it is asked first; where nobody is named, its requester knows.
    String who = held() && !suspendBy().isEmpty() ? suspendBy() : ProcessStatus.REQUESTER;
    String message = suspendedWho() + how + live;
    return new Outcome.Wait(State.SUSPENDED, Reasons.SUSPENDED, who, message, null, null);
  }

  /**
   * That it is suspended, and what goes on all the same.
   *
   * @param tooLate whether what it began is done by another one, to its end
   */
  String suspendedBut(boolean tooLate) {
    return suspendedWho()
        + (tooLate ? TOO_LATE : ": what is live stays until its end, only new changes are held");
  }

  private String suspendedWho() {
    String by = suspendBy();
    return (held() ? "held" : "suspended") + (by.isEmpty() ? "" : " by " + by);
  }

  /** How it ends when it is deleted. */
  static Outcome.End deleted() {
    return new Outcome.End(State.WITHDRAWN, Reasons.WITHDRAWN, "the request was deleted");
  }

  /** That it was taken back, and by whom if that was recorded. */
  Happening withdrawn() {
    return new Happening("Withdrawn", annotations.get(Annotations.WITHDRAWN_BY), null, List.of());
  }

  /** Who took it back, and whether what it began is done by another one, to its end. */
  String withdrawnText(boolean tooLate) {
    String by = annotations.getOrDefault(Annotations.WITHDRAWN_BY, "its people");
    return "withdrawn by " + by + (tooLate ? TOO_LATE : "");
  }

  /** The requester and how we know; null if nobody is recorded. */
  public @Nullable RequestedBy requester() {
    if (requestedBy.isEmpty()) {
      return null;
    }
    String by = submittedBy();
    return by.isEmpty()
        ? new RequestedBy(requestedBy, "Admission", null)
        : new RequestedBy(requestedBy, "OnBehalf", by);
  }

  /** The first entry of its evidence. */
  Happening submitted(Subject subject, Optional<RequestedBy> requester) {
    List<String> facts = new ArrayList<>(Chain.identity(subject));
    facts.add("created " + createdAt);
    requester.ifPresent(r -> facts.add("requester known from " + r.source()));
    if (!submittedBy().isEmpty()) {
      facts.add("submitted by " + submittedBy());
    }
    return new Happening(Chain.SUBMITTED, requestedBy, null, facts);
  }

  /** Namespace and name, for messages. */
  public String address() {
    return namespace + "/" + name;
  }
}
