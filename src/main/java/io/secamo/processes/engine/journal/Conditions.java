package io.secamo.processes.engine.journal;

import io.secamo.processes.api.BreakGlass;
import io.secamo.processes.api.Condition;
import io.secamo.processes.api.Effect;
import io.secamo.processes.api.EffectState;
import io.secamo.processes.api.Reasons;
import io.secamo.processes.api.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a process, by one table: what automation reads of a state. {@code Reconciling}
 * and {@code Stalled} exist only while they are true, as kstatus expects.
 */
final class Conditions {
  private static final String PROTECTED = "AdmissionProtected";
  private static final String LEFT = "over for this request; what stays is needed by another one";

  private static final String OVER = "over for this request";
  private static final String LEFT_ALONE = OVER + "; what was there before it was left alone";

  private final StepJournal journal;
  private final Progress progress;
  private final Instant now;
  private final List<Condition> before;
  private final List<Condition> judged = new ArrayList<>();

  private Conditions(StepJournal journal, Progress progress, List<Condition> before, Instant now) {
    this.journal = journal;
    this.progress = progress;
    this.before = before;
    this.now = now;
  }

  /**
   * The conditions of a process as it stands.
   *
   * @param unprotected what is wrong with the admission policies; empty: nothing; null: not judged
   * @param before those that are stored: what did not change keeps its time
   */
  static List<Condition> judge(
      StepJournal journal,
      Progress progress,
      @Nullable String unprotected,
      List<Condition> before,
      Instant now) {
    Conditions conditions = new Conditions(journal, progress, before, now);
    conditions.ready();
    conditions.facts(unprotected);
    return conditions.judged;
  }

  private void ready() {
    Progress p = progress;
    String text = p.message() == null || p.message().isEmpty() ? p.state().word() : p.message();
    if (p.retrying()) {
      add("Ready", "False", p.reason(), text);
      add("Reconciling", "True", Reasons.RETRYING, text);
      return;
    }
    switch (p.state()) {
      case RECEIVED, RUNNING, APPLYING, VERIFYING, REVERTING -> {
        add("Ready", "Unknown", Reasons.PROGRESSING, text);
        add("Reconciling", "True", Reasons.PROGRESSING, text);
      }
      case AWAITING_APPROVAL, SCHEDULED, SUSPENDED -> add("Ready", "False", p.reason(), text);
      case IN_FORCE, COMPLETED, ALREADY_SATISFIED, EXPIRED, REMOVED ->
          add("Ready", "True", p.reason(), text);
      case REJECTED, APPROVAL_TIMED_OUT, WITHDRAWN, ROLLED_BACK, NEEDS_ATTENTION -> {
        add("Ready", "False", p.reason(), text);
        add("Stalled", "True", p.reason(), text);
      }
    }
  }

  private void facts(@Nullable String unprotected) {
    boolean passed =
        !journal.gates().isEmpty()
            && journal.gates().stream().allMatch(g -> g.state().equals("Passed"));
    Optional<String> standard = journal.approvedBy();
    fact(
        "Approved",
        passed || standard.isPresent(),
        Reasons.APPROVED,
        standard
            .map(policies -> "a standard change, approved by " + policies)
            .orElse("every gate has been passed for the current plan"));
    journal.breakGlass().ifPresent(this::emergency);
    admission(unprotected);
    inForce();
    journal
        .ticket()
        .ifPresent(
            t -> {
              // The third one, NotOurs: whoever's it is by now, it is not ours to close.
              boolean open = t.phase() == null || t.phase().equals("Open");
              add(
                  "TicketOpen",
                  open ? "True" : "False",
                  open ? Reasons.OPEN : Reasons.CLOSED,
                  "ticket " + t.id());
            });
  }

  private void inForce() {
    State state = progress.state();
    boolean over = state.terminal() && state != State.COMPLETED;
    boolean live =
        journal.inForce().isPresent()
            && journal.inForce().get().revertedAt() == null
            && state != State.ALREADY_SATISFIED;
    if (mayBeLive() && (over || !live || journal.endDecided())) {
      add("InForce", "Unknown", Reasons.NOT_VERIFIED, "what was begun may be live, unverified");
    } else if (live && state.terminal() && allLeft()) {
      add("InForce", "False", progress.reason(), LEFT);
    } else if (live && over) {
      boolean before = any(EffectState.REFERENCED);
      add("InForce", "False", progress.reason(), before ? LEFT_ALONE : OVER);
    } else {
      fact("InForce", live, Reasons.IN_FORCE, "the change is live and verified");
    }
  }

  /** Whether it is over for this request, though what it made is still there. */
  private boolean allLeft() {
    return !mayBeLive() && any(EffectState.RELEASED);
  }

  private boolean any(EffectState which) {
    return journal.effectLog().all().stream().anyMatch(effect -> effect.state() == which);
  }

  private boolean mayBeLive() {
    return journal.effectLog().all().stream().anyMatch(Effect::toBeUndone);
  }

  private void emergency(BreakGlass emergency) {
    boolean reviewed = emergency.reviewedAt() != null;
    String open = progress.state().terminal() ? Reasons.NOT_REVIEWED : Reasons.BREAK_GLASS;
    add(
        "BreakGlass",
        reviewed ? "False" : "True",
        reviewed ? Reasons.REVIEWED : open,
        emergency.words());
  }

  private void admission(@Nullable String problem) {
    if (problem != null) {
      boolean holds = problem.isEmpty();
      add(
          PROTECTED,
          holds ? "True" : "False",
          holds ? Reasons.ADMISSION_PROTECTED : Reasons.ADMISSION_UNPROTECTED,
          holds ? "the admission policies are in force as shipped" : problem);
    }
  }

  /** What a stored status says is wrong with the admission policies; null if it does not say. */
  static @Nullable String unprotected(List<Condition> conditions) {
    return conditions.stream()
        .filter(c -> c.type().equals(PROTECTED))
        .map(c -> c.status().equals("True") ? "" : c.message())
        .findFirst()
        .orElse(null);
  }

  /**
   * What is over keeps these words, whether it may come to be so or not: others would have a new
   * version write to each request that is over.
   */
  private void fact(String type, boolean holds, String reason, String text) {
    add(type, holds ? "True" : "False", holds ? reason : Reasons.NOT_YET, holds ? text : "not so");
  }

  private void add(String type, String status, String reason, String text) {
    Optional<Condition> old = before.stream().filter(c -> c.type().equals(type)).findFirst();
    Instant since =
        old.filter(c -> c.status().equals(status)).map(Condition::lastTransitionTime).orElse(now);
    judged.add(new Condition(type, status, reason, text, since, progress.generation()));
  }
}
