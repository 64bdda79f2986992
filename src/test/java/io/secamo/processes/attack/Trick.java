package io.secamo.processes.attack;

import static io.secamo.processes.api.Annotations.HELD;
import static io.secamo.processes.api.Annotations.SUSPEND_BY;
import static io.secamo.processes.api.Annotations.WITHDRAWN_BY;
import static io.secamo.processes.attack.Edits.*;
import static io.secamo.processes.attack.Fact.*;
import static io.secamo.processes.attack.Scene.DIGEST;

import io.secamo.processes.controlplane.Submitted;
import java.util.Set;

/** What an attempt writes: an edit of the request as it stands, and what that means. */
enum Trick {
  NOTHING(none(), Fact.NOTHING),

  VOTE(vote("approve", "security.x", "ME " + DIGEST + " fine"), Fact.VOTE),
  VOTE_WITHOUT_REASON(vote("approve", "security.x", "ME " + DIGEST), Fact.VOTE),
  REJECTION(vote("reject", "security.x", "ME " + DIGEST + " no"), Fact.VOTE, REJECTS),
  VOTE_WITH_TAKEN_NUMBER(vote("approve", "security.9", "ME " + DIGEST), Fact.VOTE),
  VOTE_OF_KEY_WITH_DOTS(vote("approve", "security.a.b_C-9", "ME " + DIGEST), Fact.VOTE),
  VOTE_AT_OTHER_GATE(vote("approve", "finance.x", "ME " + DIGEST), Fact.VOTE, OTHER_GATE),
  VOTE_IN_ANOTHER_NAME(vote("approve", "security.x", "boss " + DIGEST), Fact.VOTE, OTHER_NAME),
  VOTE_IN_NAME_THAT_BEGINS_ALIKE(
      vote("approve", "security.x", "MEx " + DIGEST), Fact.VOTE, OTHER_NAME),
  VOTE_IN_UPPER_CASE_NAME(
      vote("approve", "security.x", "APPROVER " + DIGEST), Fact.VOTE, OTHER_NAME),
  VOTE_IN_FULL_WIDTH_NAME(
      vote("approve", "security.x", "\uff41pprover " + DIGEST), Fact.VOTE, OTHER_NAME),
  VOTE_WITH_LEADING_SPACE(
      vote("approve", "security.x", " ME " + DIGEST), Fact.VOTE, OTHER_NAME, WRONG_DIGEST),
  VOTE_WITH_TAB(
      vote("approve", "security.x", "ME\t" + DIGEST), Fact.VOTE, OTHER_NAME, WRONG_DIGEST, CONTROL),
  VOTE_WITH_UNBROKEN_SPACE(
      vote("approve", "security.x", "ME\u00a0" + DIGEST), Fact.VOTE, OTHER_NAME, WRONG_DIGEST),
  VOTE_EMPTY(vote("approve", "security.x", ""), Fact.VOTE, OTHER_NAME, WRONG_DIGEST),
  VOTE_NAME_ONLY(vote("approve", "security.x", "ME"), Fact.VOTE, OTHER_NAME, WRONG_DIGEST),
  VOTE_NO_DIGEST(vote("approve", "security.x", "ME "), Fact.VOTE, WRONG_DIGEST),
  VOTE_WRONG_DIGEST(vote("approve", "security.x", "ME ffffffffffffffff"), Fact.VOTE, WRONG_DIGEST),
  VOTE_UPPER_CASE_DIGEST(
      vote("approve", "security.x", "ME " + DIGEST.toUpperCase()), Fact.VOTE, WRONG_DIGEST),
  VOTE_PART_OF_DIGEST(
      vote("approve", "security.x", "ME " + DIGEST.substring(0, 15)), Fact.VOTE, WRONG_DIGEST),
  VOTE_DIGEST_GOES_ON(vote("approve", "security.x", "ME " + DIGEST + "0"), Fact.VOTE, WRONG_DIGEST),
  VOTE_TWO_SPACES(vote("approve", "security.x", "ME  " + DIGEST), Fact.VOTE, WRONG_DIGEST),
  VOTE_DIGEST_IN_REASON(vote("approve", "security.x", "ME yes " + DIGEST), Fact.VOTE, WRONG_DIGEST),
  VOTE_LINE_END(vote("approve", "security.x", "ME " + DIGEST + " a\nb"), Fact.VOTE, CONTROL),
  VOTE_CARRIAGE_RETURN(vote("approve", "security.x", "ME " + DIGEST + " a\rb"), Fact.VOTE, CONTROL),
  VOTE_NEXT_LINE(vote("approve", "security.x", "ME " + DIGEST + " a\u0085b"), Fact.VOTE, CONTROL),
  VOTE_LINE_SEPARATOR(
      vote("approve", "security.x", "ME " + DIGEST + " a\u2028b"), Fact.VOTE, CONTROL),
  VOTE_PARAGRAPH_SEPARATOR(
      vote("approve", "security.x", "ME " + DIGEST + " a\u2029b"), Fact.VOTE, CONTROL),
  VOTE_NUL(vote("approve", "security.x", "ME " + DIGEST + " a\u0000b"), Fact.VOTE, CONTROL),
  VOTE_ESCAPE(vote("approve", "security.x", "ME " + DIGEST + " \u001b[2J"), Fact.VOTE, CONTROL),
  VOTE_RIGHT_TO_LEFT(
      vote("approve", "security.x", "ME " + DIGEST + " \u202eb"), Fact.VOTE, CONTROL),
  VOTE_ZERO_WIDTH(vote("approve", "security.x", "ME " + DIGEST + " a\u200bb"), Fact.VOTE, CONTROL),
  VOTE_TURNED_APART(
      vote("approve", "security.x", "ME " + DIGEST + " \u2066b\u2069"), Fact.VOTE, CONTROL),
  VOTE_LONE_JOINER(vote("approve", "security.x", "ME " + DIGEST + " a\u200d"), Fact.VOTE, CONTROL),
  VOTE_JOINED(
      vote("approve", "security.x", "ME " + DIGEST + " \u0645\u06cc\u200c\u062e"), Fact.VOTE),
  VOTE_LONG(
      vote("approve", "security.x", "ME " + DIGEST + " " + "a".repeat(1024)), Fact.VOTE, LONG),
  VOTE_HUGE(
      vote("approve", "security.x", "ME " + DIGEST + " " + "a".repeat(200_000)), Fact.VOTE, LONG),

  VOTE_OF_MANY_BYTES(
      vote("approve", "security.x", "ME " + DIGEST + " " + "\u20ac".repeat(400)), Fact.VOTE, FAT),

  KEY_WITHOUT_REST(vote("approve", "security", "ME " + DIGEST), Fact.VOTE, BAD_KEY),
  KEY_WITH_EMPTY_REST(vote("approve", "security.", "ME " + DIGEST), Fact.VOTE, NO_KEY, BAD_KEY),
  KEY_WITHOUT_GATE(vote("approve", ".x", "ME " + DIGEST), Fact.VOTE, NO_KEY, BAD_KEY, OTHER_GATE),
  KEY_IN_UPPER_CASE(vote("approve", "Security.x", "ME " + DIGEST), Fact.VOTE, BAD_KEY, OTHER_GATE),
  KEY_WITH_UNDERSCORE(
      vote("approve", "secu_rity.x", "ME " + DIGEST), Fact.VOTE, BAD_KEY, OTHER_GATE),
  KEY_LOOKS_ALIKE(
      vote("approve", "s\u0435curity.x", "ME " + DIGEST), Fact.VOTE, NO_KEY, BAD_KEY, OTHER_GATE),
  KEY_WITH_SPACE(vote("approve", "security .x", "ME " + DIGEST), Fact.VOTE, NO_KEY, BAD_KEY),
  KEY_TOO_LONG(vote("approve", "security." + "x".repeat(60), "ME " + DIGEST), Fact.VOTE, NO_KEY),

  SHORT_VOTE(annotate("processes.secamo.io/approve", DIGEST + " fine"), Fact.VOTE, SHORT),
  SHORT_REJECTION(annotate("processes.secamo.io/reject", DIGEST), Fact.VOTE, SHORT, REJECTS),
  SHORT_WITH_GATE(
      annotate("processes.secamo.io/approve", "security:" + DIGEST), Fact.VOTE, SHORT, NAMES_GATE),
  SHORT_AT_OTHER_GATE(
      annotate("processes.secamo.io/approve", "finance:" + DIGEST),
      Fact.VOTE,
      SHORT,
      NAMES_GATE,
      OTHER_GATE),
  SHORT_AT_BAD_GATE(
      annotate("processes.secamo.io/approve", "Sec:" + DIGEST),
      Fact.VOTE,
      SHORT,
      NAMES_GATE,
      OTHER_GATE,
      BAD_KEY),
  SHORT_AT_GATE_WITH_SLASH(
      annotate("processes.secamo.io/approve", "a/security:" + DIGEST),
      Fact.VOTE,
      SHORT,
      NAMES_GATE,
      OTHER_GATE,
      BAD_KEY,
      NO_KEY),
  SHORT_BOTH(
      annotate("processes.secamo.io/approve", DIGEST)
          .and(annotate("processes.secamo.io/reject", DIGEST)),
      BOTH),
  SHORT_WRONG_DIGEST(
      annotate("processes.secamo.io/approve", "ffffffffffffffff"), Fact.VOTE, SHORT, WRONG_DIGEST),
  SHORT_IN_FULL_FORM(
      annotate("processes.secamo.io/approve", "boss " + DIGEST), Fact.VOTE, SHORT, WRONG_DIGEST),
  SHORT_EMPTY(annotate("processes.secamo.io/approve", ""), Fact.VOTE, SHORT, WRONG_DIGEST),
  SHORT_LINE_END(
      annotate("processes.secamo.io/approve", DIGEST + " a\nb"), Fact.VOTE, SHORT, CONTROL),
  SHORT_LONG(
      annotate("processes.secamo.io/approve", DIGEST + " " + "a".repeat(1100)),
      Fact.VOTE,
      SHORT,
      LONG),

  OVERRIDE(vote("override", "security.x", "ME " + DIGEST + " INC-4711 down"), Fact.VOTE, OVERRIDES),
  OVERRIDE_WITHOUT_INCIDENT(
      vote("override", "security.x", "ME " + DIGEST), Fact.VOTE, OVERRIDES, NO_INCIDENT),
  OVERRIDE_WITH_ODD_INCIDENT(
      vote("override", "security.x", "ME " + DIGEST + " a/b c"), Fact.VOTE, OVERRIDES, NO_INCIDENT),
  OVERRIDE_IN_ANOTHER_NAME(
      vote("override", "security.x", "boss " + DIGEST + " INC-4711"),
      Fact.VOTE,
      OVERRIDES,
      OTHER_NAME),
  OVERRIDE_AT_OTHER_GATE(
      vote("override", "finance.x", "ME " + DIGEST + " INC-4711"),
      Fact.VOTE,
      OVERRIDES,
      OTHER_GATE),
  OVERRIDE_AS_DEPUTY(
      vote("override", "security.deputy", "ME " + DIGEST + " INC-4711"),
      Fact.VOTE,
      OVERRIDES,
      NO_INCIDENT),
  DEPUTYS_VOTE(vote("approve", "security.deputy-x", "ME " + DIGEST), Fact.VOTE, DEPUTY),
  DEPUTYS_REJECTION(
      vote("reject", "security.deputy-x", "ME " + DIGEST), Fact.VOTE, DEPUTY, REJECTS),

  ANSWER(annotate("processes.secamo.io/resolve", "resume:Plan mended"), ANSWERS),
  ANSWER_SKIP(annotate("processes.secamo.io/resolve", "skip:OpenTicket"), ANSWERS),
  ABANDON(annotate("processes.secamo.io/resolve", "abandon nobody wants it"), ANSWERS, ABANDONS),
  ANSWER_UNKNOWN_STEP(annotate("processes.secamo.io/resolve", "resume:Foo"), ANSWERS, NO_SUCH_STEP),
  ANSWER_LATER_STEP(
      annotate("processes.secamo.io/resolve", "resume:Apply please"), ANSWERS, NO_SUCH_STEP),
  ANSWER_SKIPS_APPROVAL(
      annotate("processes.secamo.io/resolve", "skip:Approve"), ANSWERS, NO_SUCH_STEP),
  ANSWER_NONSENSE(
      annotate("processes.secamo.io/resolve", "do:Plan"), ANSWERS, BAD_ANSWER, NO_SUCH_STEP),
  ANSWER_LINE_END(annotate("processes.secamo.io/resolve", "resume:Plan a\nb"), ANSWERS, BAD_ANSWER),
  ANSWER_TURNED(
      annotate("processes.secamo.io/resolve", "resume:Plan \u202eb"), ANSWERS, BAD_ANSWER),
  ANSWER_JOINED(annotate("processes.secamo.io/resolve", "resume:Plan \u2764\u200d\u2708"), ANSWERS),
  ANSWER_IN_ANOTHER_NAME(
      annotate("processes.secamo.io/resolve", "resume:Plan")
          .and(annotate("processes.secamo.io/resolved-by", "boss")),
      ANSWERS,
      OTHER_ANSWERER),
  REMOVE_ANSWER(forget("processes.secamo.io/resolve"), ANNOTATION, DROPS_ANSWER),
  REMOVE_ANSWERER(forget("processes.secamo.io/resolved-by"), ANNOTATION, DROPS_ANSWER),
  EMPTY_ANSWER(annotate("processes.secamo.io/resolve", ""), ANNOTATION, DROPS_ANSWER, EMPTIES),
  ANSWERER_ALONE(annotate("processes.secamo.io/resolved-by", "ME"), Fact.ANSWERER_ALONE),
  ANSWER_AND_LABEL(ANSWER.edit.and(label()), ANSWERS, LABEL),
  ANSWER_AND_ANNOTATION(ANSWER.edit.and(annotate("example.org/a", "b")), ANSWERS, ANNOTATION),
  ANSWER_AND_SUSPEND(ANSWER.edit.and(suspend(true)), ANSWERS, SUSPENDS),
  ANSWER_AND_FINALIZER(ANSWER.edit.and(finalizer()), ANSWERS, FINALIZER),
  FORGE_SUBMITTER(annotate("processes.secamo.io/submitted-by", "boss"), SUBMITTER),

  TWO_VOTES(
      vote("approve", "security.x", "ME " + DIGEST)
          .and(vote("approve", "security.y", "ME " + DIGEST)),
      VOTES),
  VOTE_AND_REJECTION(
      vote("approve", "security.x", "ME " + DIGEST)
          .and(vote("reject", "security.y", "ME " + DIGEST)),
      VOTES),
  SHORT_AND_FULL(
      annotate("processes.secamo.io/approve", DIGEST)
          .and(vote("reject", "security.y", "ME " + DIGEST)),
      VOTES,
      SHORT),

  VOTE_AND_SPEC(VOTE.edit.and(spec()), Fact.VOTE, SPEC),
  VOTE_AND_SUSPEND(VOTE.edit.and(suspend(true)), Fact.VOTE, SUSPENDS),
  VOTE_AND_LABEL(VOTE.edit.and(label()), Fact.VOTE, LABEL),
  VOTE_AND_ANNOTATION(VOTE.edit.and(annotate("example.org/a", "b")), Fact.VOTE, ANNOTATION),
  VOTE_AND_LOSS_OF_ANNOTATION(VOTE.edit.and(forget("example.org/note")), Fact.VOTE, ANNOTATION),
  VOTE_AND_FINALIZER(VOTE.edit.and(finalizer()), Fact.VOTE, FINALIZER),
  VOTE_AND_STRIP(VOTE.edit.and(strip()), Fact.VOTE, STRIPS, FINALIZER),
  VOTE_AND_OWNER(VOTE.edit.and(owner()), Fact.VOTE, OWNER),
  VOTE_AND_REQUESTER(
      VOTE.edit.and(annotate("processes.secamo.io/requested-by", "boss")),
      Fact.VOTE,
      REQUESTER,
      ANNOTATION),
  VOTE_AND_ANSWER(VOTE.edit.and(ANSWER.edit), Fact.VOTE, ANSWERS, ANNOTATION),
  VOTE_AND_STATUS(VOTE.edit.and(status()), Fact.VOTE, STATUS),
  VOTE_AND_ALTER(VOTE.edit.and(alter()), Fact.VOTE, ALTERS),
  SHORT_AND_LABEL(SHORT_VOTE.edit.and(label()), Fact.VOTE, SHORT, LABEL),
  SHORT_AND_SPEC(SHORT_VOTE.edit.and(suspend(true)), Fact.VOTE, SHORT, SUSPENDS),

  REMOVE_VOTE(forget(Scene.VOTE_KEY), REMOVES),
  ALTER_VOTE(alter(), ALTERS),
  RENAME_VOTE(
      forget(Scene.VOTE_KEY).and(vote("approve", "security.z", "approver " + DIGEST)),
      REMOVES,
      Fact.VOTE,
      OTHER_NAME),
  REMOVE_ALL_ANNOTATIONS(bare(), REMOVES, NO_REQUESTER, ANNOTATION),
  REORDER(reorder(), Fact.NOTHING),

  EDIT_SPEC(spec(), SPEC),
  REMOVAL(drop("expiresAfter").and(removes("acme-web-80")), Fact.REMOVAL),
  REMOVAL_THAT_EXPIRES(removes("acme-web-80"), Fact.REMOVAL, ENDS),
  REMOVAL_UNTIL(REMOVAL.edit.and(expiresAt(Submitted.inThirtyDays())), Fact.REMOVAL, ENDS),
  REMOVAL_OF_A_HIDDEN_NAME(
      drop("expiresAfter").and(removes("acme-web\u200b-80")), Fact.REMOVAL, HIDDEN),
  DROP_REMOVAL(drop("removes"), DROPS_REMOVAL),
  SUSPEND(suspend(true), SUSPENDS),
  RESUME(suspend(false), SUSPENDS),
  DROP_SUSPEND(drop("suspend"), DROPS_SUSPEND),
  SUSPEND_IN_ANOTHER_NAME(
      suspend(true).and(annotate(SUSPEND_BY, "boss")), SUSPENDS, OTHER_SUSPENDER),
  SUSPENDER_ALONE(annotate(SUSPEND_BY, "ME"), ANNOTATION, Fact.SUSPENDER_ALONE),
  HOLD(suspend(true).and(annotate(SUSPEND_BY, "ME")).and(annotate(HELD, "true")), SUSPENDS, HOLDS),
  HOLD_NOTHING(
      annotate(SUSPEND_BY, "ME").and(annotate(HELD, "true")), ANNOTATION, HOLDS, HOLDS_NOTHING),
  LIFT(forget(HELD).and(annotate(SUSPEND_BY, "ME")), ANNOTATION, LIFTS),
  WITHDRAW_IN_ANOTHER_NAME(
      withdraw(true).and(annotate(WITHDRAWN_BY, "boss")), ANNOTATION, OTHER_WITHDRAWER),
  WITHDRAWER_ALONE(annotate(WITHDRAWN_BY, "ME"), ANNOTATION, Fact.WITHDRAWER_ALONE),
  WITHDRAW(withdraw(true)),
  REVIVE(withdraw(false), REVIVES),
  DROP_WITHDRAWN(drop("withdrawn"), REVIVES),
  EDIT_LABEL(label(), LABEL),
  EDIT_ANNOTATION(annotate("example.org/a", "b"), ANNOTATION),
  FLOOD(many(240, "example.org/n"), FLOODS),
  VOTE_IN_A_FLOOD(VOTE.edit.and(FLOOD.edit), Fact.VOTE, ANNOTATION, FLOODS),
  CROWD(many(120, "example.org/n"), ANNOTATION, CROWDS),
  CROWD_OF_OURS(many(25, "processes.secamo.io/n"), ANNOTATION, CROWDS_OURS, STRANGE),
  FILL(fat(), ANNOTATION, FILLS),
  LONG_NAMES(many(60, LONG_PREFIX + "n"), ANNOTATION, NAMES),
  LONG_NUDGE(
      annotate("processes.secamo.io/requested-at", "a".repeat(300)), ANNOTATION, Fact.NUDGES_LONG),
  OUR_FAT(annotate("processes.secamo.io/n", "a".repeat(3000)), ANNOTATION, CROWDS_OURS, STRANGE),
  MISSPELT_VOTE(annotate("processes.secamo.io/aprove", DIGEST), ANNOTATION, STRANGE),
  MISSPELT_DECISION(vote("aprove", "security.x", "ME " + DIGEST + " fine"), ANNOTATION, STRANGE),
  MISSPELT_GROUP(annotate("process.secamo.io/approve", DIGEST), ANNOTATION, STRANGE),
  MISPLACED_GROUP(annotate("orchestrator.secamo.io/approve", DIGEST), ANNOTATION, STRANGE),
  VOTE_IN_UPPER_CASE_KEY(annotate("processes.secamo.io/Approve", DIGEST), ANNOTATION, STRANGE),
  SUSPEND_AS_ANNOTATION(annotate("processes.secamo.io/suspend", "true"), ANNOTATION, STRANGE),
  VOTE_AND_MISSPELT(
      VOTE.edit.and(annotate("processes.secamo.io/aprove", DIGEST)),
      Fact.VOTE,
      ANNOTATION,
      STRANGE),
  NEIGHBOURS_ANNOTATION(annotate("billing.secamo.io/approve", "x"), ANNOTATION),
  REQUEST_TO_LOOK(annotate("processes.secamo.io/requested-at", "now"), ANNOTATION),
  VOTE_AS_LABEL(label("processes.secamo.io/approve"), LABEL, STRANGE_LABEL),
  MANY_LABELS(labels(120, "n"), LABEL, LABELS),
  LONG_LABELS(labels(30, LONG_PREFIX + "n"), LABEL, LABEL_NAMES),
  MANAGED_BY_OTHERS(managers(), MANAGERS),
  MANY_FINALIZERS(finalizers(25), FINALIZER, FINALIZERS),
  ADD_FINALIZER(finalizer(), FINALIZER),
  SQUAT_FINALIZER(squat(), SQUATS),
  STRIP_FINALIZER(strip(), STRIPS),
  DOOMED_OWNER(owner(), OWNER),
  CHANGE_REQUESTER(annotate("processes.secamo.io/requested-by", "boss"), REQUESTER),
  REMOVE_REQUESTER(forget("processes.secamo.io/requested-by"), NO_REQUESTER),
  EMPTY_REQUESTER(annotate("processes.secamo.io/requested-by", ""), NO_REQUESTER),
  FORGE_STATUS(status(), STATUS);

  final Edits edit;
  final Set<Fact> facts;

  Trick(Edits edit, Fact... facts) {
    this.edit = edit;
    this.facts = Set.of(facts);
  }
}
