package io.secamo.processes.attack;

import static io.secamo.processes.attack.Fact.*;

import io.secamo.processes.api.State;
import java.util.List;
import java.util.function.Predicate;

/**
 * What must be refused, as a table for people: a rule, why, when it is broken, and what the answer
 * then says. Written from the decision about approvals, not from the policies that it judges.
 */
enum Rules {
  RBAC("who holds no right in the namespace writes nothing", "cannot ", a -> !a.person().writes()),
  MEDIA(
      "custom resources know no strategic merge patch",
      "the body of the request was in an unknown format",
      a -> a.verb() == Verb.STRATEGIC_PATCH),
  SCALE("a process has no scale", "not f", a -> a.part() == Verb.Part.SCALE),
  ABSENT("a PUT makes no request", "not found", a -> a.verb() == Verb.UPDATE_ABSENT),
  STATUS_VERBS(
      "a status is neither made nor deleted on its own",
      "is not supported on resources",
      a -> a.part() == Verb.Part.STATUS && (a.verb() == Verb.CREATE || a.verb().deletes())),
  STATUS(
      "only the operator writes the status",
      "only the operator writes the status of a process",
      a -> a.part() == Verb.Part.STATUS && a.verb().changes() && a.person() != Person.OPERATOR),
  KEYS(
      "the API server takes well-formed annotation keys only",
      "metadata.annotations: Invalid value",
      a -> (a.changes() || (a.creates() && !a.is(SHORT))) && a.is(NO_KEY)),
  E1(
      "nothing is smuggled in at creation",
      "a new request cannot carry votes",
      a -> a.creates() && (a.is(VOTE) || a.is(VOTES) || a.is(BOTH))),
  E2(
      "votes are append-only, for everybody",
      "votes cannot be changed or removed",
      a -> a.changes() && a.hasVote() && (a.removes() || a.is(ALTERS))),
  E3(
      "who may vote at a gate is decided by RBAC",
      "you may not vote at gate",
      a -> a.oneVote() && !a.person().may(a.right(), a.gate())),
  NOT_ASKED(
      "a vote that nobody would count is refused",
      "this plan does not ask gate",
      Attempt::atGateNotAsked),
  E4(
      "people vote, and machines only with a verb of their own",
      "a vote is a person's",
      a -> a.oneVote() && a.person().machine() && !a.person().votesAsMachine(a.gate())),
  E4_OPERATOR(
      "the operator never votes",
      "the operator does not vote",
      a -> a.votes() && a.person() == Person.OPERATOR),
  E5_NAME(
      "a vote is in the voter's own name",
      "vote in your own name only",
      a -> a.oneVote() && a.is(OTHER_NAME)),
  E5_DIGEST(
      "a vote names the current plan",
      "the plan is now",
      a -> a.oneVote() && (a.is(WRONG_DIGEST) || a.is(OTHER_NAME)) && a.stage() != Stage.UNPLANNED),
  E5_NO_PLAN(
      "where there is no plan there is no vote",
      "there is no plan to vote on yet",
      a -> a.oneVote() && a.stage() == Stage.UNPLANNED),
  E6(
      "nobody approves what they requested",
      "you requested this change",
      a ->
          a.votes()
              && (a.person() == Person.REQUESTER
                  || a.person() == Person.SECOND_SPELLING
                  || (a.person() == Person.AUTOMAT && a.stage() == Stage.ON_BEHALF))),
  E7_ONE("one vote per write", "one vote per write", a -> a.votes() && a.is(VOTES)),
  E7_TWICE(
      "nobody votes twice",
      "you have already voted at gate",
      a ->
          a.oneVote()
              && a.stage() == Stage.VOTED
              && a.person() == Person.APPROVER
              && !a.is(REJECTS)
              && !a.is(DEPUTY)
              && !a.is(OVERRIDES)
              && !a.is(OTHER_GATE)),
  E8(
      "no early and no late vote",
      "this request is not waiting for votes",
      a -> (a.votes() || a.unstamped()) && a.state() != State.AWAITING_APPROVAL && !a.lateNo()),
  INCIDENT(
      "an override says what for, in one's own right",
      "an override names its incident",
      a ->
          a.oneVote()
              && a.is(OVERRIDES)
              && (a.is(NO_INCIDENT) || a.is(OTHER_NAME) || a.is(WRONG_DIGEST))),
  ANSWER_SMUGGLED(
      "nothing is answered before it is asked",
      "a new request cannot carry an answer",
      a -> a.creates() && (a.is(ANSWERS) || a.is(ANSWERER_ALONE))),
  ANSWER_FORM(
      "an answer is one of three, in one line",
      "write resume:<Step>, skip:<Step> or abandon",
      a -> a.answers() && a.is(BAD_ANSWER)),
  ANSWER_NAME(
      "an answer is in one's own name",
      "you answer in your own name only",
      a -> a.answers() && a.is(OTHER_ANSWERER)),
  ANSWER_NAME_ALONE(
      "a name stays with its answer",
      "resolved-by changes together with resolve only",
      a -> a.changes() && a.is(ANSWERER_ALONE)),
  ANSWER_RIGHT(
      "who may answer is decided by RBAC",
      "you may not answer this",
      a -> a.answers() && !a.person().answers()),
  ANSWER_STATE(
      "only what is stuck is answered, only what is not over is given up",
      "this request asks for no answer",
      a ->
          a.answers()
              && (a.is(ABANDONS) ? a.state().terminal() : a.state() != State.NEEDS_ATTENTION)),
  ANSWER_STEP(
      "an answer that nobody would follow is refused",
      "this request cannot be answered with",
      a -> a.answers() && a.is(NO_SUCH_STEP) && a.state() == State.NEEDS_ATTENTION),
  ANSWER_TAKEN_AWAY(
      "an answer stays until it was followed",
      "it is not taken away before that",
      a ->
          a.changes()
              && a.stage() == Stage.ANSWERED
              && a.is(DROPS_ANSWER)
              && (a.is(EMPTIES) || !a.healed())),
  ANSWER_METADATA(
      "an answer changes nothing else of the request",
      "spec, labels, finalizers or owners were changed as well",
      a -> a.answers() && (a.is(LABEL) || a.is(SUSPENDS) || a.is(FINALIZER))),
  ANSWER_ANNOTATIONS(
      "an answer changes no other annotation",
      "an answer changes nothing else: another annotation was changed as well",
      a -> a.answers() && (a.is(ANNOTATION) || a.is(VOTE))),
  SUBMITTER_CREATED(
      "who submits for nobody else names no submitter",
      "submitted-by goes with requests for somebody else only",
      a -> a.creates() && a.is(SUBMITTER)),
  SUBMITTER_CHANGED(
      "who submitted stays", "submitted-by cannot be changed", a -> a.changes() && a.is(SUBMITTER)),
  E9_SPEC(
      "a vote does not change the request",
      "the spec was changed as well",
      a -> a.votes() && (a.is(SPEC) || a.is(SUSPENDS))),
  E9_METADATA(
      "a vote does not change labels, finalizers, owners",
      "labels, finalizers or owners were changed as well",
      a ->
          a.votes()
              && (a.is(LABEL) || (a.is(FINALIZER) && !a.is(STRIPS)) || a.strips() || a.is(OWNER))),
  E9_ANNOTATIONS(
      "a vote does not change other annotations",
      "another annotation was changed as well",
      // Whoever suspends is written down in one.
      a ->
          a.votes()
              && (a.is(ANNOTATION)
                  || a.toggles()
                  || (a.hasVote() && (a.removes() || a.is(ALTERS))))),
  LINE(
      "a vote is one line in which all is seen",
      "a vote is one line of plain text",
      a -> a.oneVote() && a.is(CONTROL)),
  VOTER(
      "nobody votes by a name that can be read as another",
      "a user name with white space or hidden characters",
      a -> a.oneVote() && a.person().nameHasWhiteSpace()),
  FORM(
      "the key of a vote has one form", "the key of a vote reads", a -> a.votes() && a.is(BAD_KEY)),
  SHORT_GATE(
      "where several gates are open, a short vote names one",
      "there are several gates",
      a -> a.unstamped() && a.openGates() > 1 && !a.is(BOTH)),
  SHORT_ONE(
      "a short vote is yes or no",
      "approve or reject, not both",
      a -> a.unstamped() && a.is(BOTH) && a.openGates() > 0),
  E10_EMPTY(
      "a request names its requester",
      "requested-by names one user",
      a -> a.creates() && a.trick() == Trick.EMPTY_REQUESTER),
  E10(
      "nobody submits in another name but a machine that may",
      "requested-by must be you",
      a ->
          a.creates()
              && (a.is(REQUESTER) || a.trick() == Trick.EMPTY_REQUESTER)
              && !(a.person().serviceAccount() && a.person().submitsForOthers())),
  E11(
      "the requester stays who it is",
      "requested-by cannot be changed",
      a ->
          a.changes()
              && (a.is(REQUESTER)
                  || a.trick() == Trick.EMPTY_REQUESTER
                  || (a.is(NO_REQUESTER) && !a.healed()))),
  E12(
      "what was submitted is not edited",
      "a submitted change cannot be edited",
      a ->
          a.changes()
              && (a.is(SPEC)
                  || a.is(REMOVAL)
                  || (a.is(DROPS_REMOVAL) && a.stage() == Stage.REMOVING))),
  REMOVAL_END(
      "what is removed is removed for good",
      "a removal has no end: leave expiresAt and expiresAfter out",
      a -> a.writes() && a.is(ENDS)),
  REMOVAL_NAME(
      "who approves a removal sees of what",
      "write one line of plain text, without hidden characters",
      a -> a.writes() && a.is(HIDDEN)),
  E13(
      "only the operator removes its finalizer",
      "only the operator removes its finalizer",
      a -> a.changes() && a.strips() && a.person() != Person.OPERATOR),
  E13_ADDS(
      "only the operator adds its finalizers",
      "only the operator adds finalizers of its own",
      a -> (a.changes() || a.creates()) && a.is(SQUATS) && a.person() != Person.OPERATOR),
  E14(
      "votes are bounded in number and length",
      "at most 50 votes of 1,024 characters each",
      a ->
          (a.oneVote()
                  && (a.is(LONG) || (a.stage() == Stage.FULL && !a.removes() && !a.is(REJECTS))))
              || (a.creates() && a.is(VOTE) && a.is(LONG) && !a.is(SHORT))),
  FAT_VOTE(
      "a vote is bounded in bytes too",
      "a vote has at most 1,024 bytes",
      a -> a.oneVote() && (a.is(FAT) || a.is(LONG))),
  FLOOD(
      "annotations are bounded in number, and leave room for votes",
      "at most 64 annotations beside votes",
      a -> a.writes() && (a.is(FLOODS) || a.is(CROWDS)) && a.person() != Person.OPERATOR),
  FLOOD_OURS(
      "those of ours as well, and leave room for answers",
      "at most 20 annotations that begin with processes.secamo.io/",
      a -> a.writes() && a.is(CROWDS_OURS) && a.person() != Person.OPERATOR),
  LONG_NUDGE(
      "and no more of the annotation that anybody may write",
      "requested-at has at most 253 bytes",
      a -> a.writes() && a.is(Fact.NUDGES_LONG)),
  STRANGE_KEY(
      "what is nearly one of our annotations is a mistake",
      "unknown annotation",
      a -> a.writes() && a.is(STRANGE) && a.person() != Person.OPERATOR),
  STRANGE_LABELS(
      "what people say is said in annotations, not in labels",
      "no label of a request begins with",
      a -> a.writes() && a.is(STRANGE_LABEL) && a.person() != Person.OPERATOR),
  FILL(
      "an object that is full could not be written any more",
      "annotations beside votes hold at most 131,072 bytes together",
      a -> a.writes() && a.is(FILLS) && a.person() != Person.OPERATOR),
  LONG_NAMES(
      "names fill it as values do",
      "the names of annotations beside votes",
      a -> a.writes() && a.is(NAMES) && a.person() != Person.OPERATOR),
  LABELS(
      "labels fill an object as well",
      "at most 32 labels",
      a -> a.writes() && a.is(Fact.LABELS) && a.person() != Person.OPERATOR),
  LONG_LABELS(
      "the same of their names",
      "labels have at most 4,096 characters",
      a -> a.writes() && a.is(LABEL_NAMES) && a.person() != Person.OPERATOR),
  MANAGERS(
      "what is said to be set by others fills an object too",
      "field managers hold at most 131,072 bytes",
      a ->
          a.writes()
              && a.is(Fact.MANAGERS)
              && !a.verb().applies()
              && a.person() != Person.OPERATOR),
  FINALIZERS(
      "and so do finalizers",
      "at most 10 finalizers",
      a -> a.writes() && a.is(Fact.FINALIZERS) && a.person() != Person.OPERATOR),
  OWNED(
      "what has an owner is deleted with it, by nobody who may delete it",
      "a request has no owner",
      a -> a.writes() && a.is(OWNER) && a.person() != Person.OPERATOR),
  NAME(
      "who cannot be recorded takes no part",
      "a user name of more than 253 characters cannot be recorded",
      a -> a.writes() && a.person() == Person.ENDLESS),
  WISH_CREATED(
      "nobody suspended or withdrew what is new",
      "leave out suspend-by, held and withdrawn-by",
      a ->
          a.creates()
              && (a.is(OTHER_SUSPENDER)
                  || a.is(SUSPENDER_ALONE)
                  || a.is(HOLDS)
                  || a.is(LIFTS)
                  || a.is(OTHER_WITHDRAWER)
                  || a.is(WITHDRAWER_ALONE))),
  WISH_NAME(
      "who suspends and who lets it go on is named",
      "you suspend and resume in your own name only",
      // The operator's writes are not signed: it has no reason to suspend.
      a ->
          a.toggles()
              && (a.is(OTHER_SUSPENDER) || (a.is(DROPS_SUSPEND) && a.person() == Person.OPERATOR))),
  WISH_NAME_ALONE(
      "that name stays with what it was written for",
      "suspend-by changes together with spec.suspend only",
      a ->
          a.changes()
              && !a.toggles()
              && (a.is(OTHER_SUSPENDER)
                  || (!a.suspendedIt()
                      && !a.takesOver()
                      && (a.is(SUSPENDER_ALONE) || (a.is(LIFTS) && !a.lifts()))))),
  WITHDRAWER(
      "who takes it back is named",
      "you withdraw in your own name only",
      a -> a.withdraws() && a.is(OTHER_WITHDRAWER)),
  WITHDRAWER_NAME_ALONE(
      "that name stays too",
      "withdrawn-by changes together with spec.withdrawn only",
      a -> a.changes() && a.is(WITHDRAWER_ALONE)),
  WITHDRAWS_NOTHING(
      "what is stored is followed",
      "this request is Completed, so that withdrawing it would take nothing back",
      a -> a.withdraws() && a.state() == State.COMPLETED),
  WITHDRAWS_WHAT_IS_OVER(
      "and so it is where all has ended",
      "so that there is nothing left to withdraw",
      a -> a.withdraws() && a.state().terminal() && a.state() != State.COMPLETED),
  SUSPENDS_WHAT_IS_OVER(
      "nor is a suspension stored that holds nothing",
      "so that there is nothing left to suspend",
      a -> a.toggles() && a.trick() == Trick.SUSPEND && a.state().terminal()),
  HOLD_FORM(
      "only what is suspended is held",
      "held is true, and only together with spec.suspend: true",
      a -> a.changes() && a.is(HOLDS_NOTHING)),
  HOLD_RIGHT(
      "who may hold, and lift that, is decided by RBAC",
      "it takes the verb hold",
      a ->
          (a.lifts() || a.takesOver() || (a.changes() && a.is(HOLDS)))
              && !a.person().holdsRequests()),
  HOLD_OWN(
      "who asks for a change does not lift what others hold",
      "and you asked for this change",
      a ->
          (a.lifts() || a.takesOver())
              && (a.person() == Person.REQUESTER || a.person() == Person.SECOND_SPELLING)),
  E15_SUSPEND(
      "a suspension does not end by leaving it out",
      "suspend does not end by leaving it out",
      a ->
          a.changes()
              && !a.healed()
              && (a.stage() == Stage.HELD || a.stage() == Stage.HELD_BY_APPROVER)
              && a.is(DROPS_SUSPEND)),
  E15_WITHDRAWN(
      "withdrawn is final",
      "withdrawn is final",
      a ->
          a.changes()
              && a.stage() == Stage.WITHDRAWN
              && (a.trick() == Trick.REVIVE || (a.is(REVIVES) && !a.healed())));

  final String why;
  final String sentence;
  private final Predicate<Attempt> broken;

  Rules(String why, String sentence, Predicate<Attempt> broken) {
    this.why = why;
    this.sentence = sentence;
    this.broken = broken;
  }

  /** The rules that an attempt breaks; none means that it is allowed. */
  static List<Rules> brokenBy(Attempt attempt) {
    return List.of(values()).stream().filter(r -> r.broken.test(attempt)).toList();
  }
}
