package io.secamo.processes.engine;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.ProcessStatus.RequestedBy;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import io.secamo.processes.api.orchestrator.EvidenceRecordSpec.Subject;
import io.secamo.processes.engine.journal.Outcome;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.evidence.Chain;
import io.secamo.processes.evidence.Chain.Happening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people and the evidence are told of what was asked for, held, withdrawn or deleted. */
record RequestTexts(Request<?> request) {
  private static final String TOO_LATE = ", too late: what it began goes on";

  /** Who last suspended it or let it go on; empty if that was not recorded. */
  private String suspendBy() {
    return request.annotations().getOrDefault(Annotations.SUSPEND_BY, "");
  }

  /** Whether only who may hold requests lets it go on. */
  private boolean held() {
    return request.annotations().containsKey(Annotations.HELD);
  }

  /** With the generation of the spec, because a request may be suspended again and again. */
  Happening suspension(String what) {
    List<String> facts = new ArrayList<>(List.of("generation " + request.generation()));
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
    return new Happening(
        "Withdrawn", request.annotations().get(Annotations.WITHDRAWN_BY), null, List.of());
  }

  /** Who took it back, and whether what it began is done by another one, to its end. */
  String withdrawnText(boolean tooLate) {
    String by = request.annotations().getOrDefault(Annotations.WITHDRAWN_BY, "its people");
    return "withdrawn by " + by + (tooLate ? TOO_LATE : "");
  }

  /** The first entry of its evidence. */
  Happening submitted(Subject subject, Optional<RequestedBy> requester) {
    List<String> facts = new ArrayList<>(Chain.identity(subject));
    facts.add("created " + request.createdAt());
    requester.ifPresent(r -> facts.add("requester known from " + r.source()));
    if (!request.submittedBy().isEmpty()) {
      facts.add("submitted by " + request.submittedBy());
    }
    return new Happening(Chain.SUBMITTED, request.requestedBy(), null, facts);
  }
}
