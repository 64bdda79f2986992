package io.secamo.processes.attack;

/** What a trick does, in words that the rules are about. */
enum Fact {
  /** Adds one vote. */
  VOTE,
  /** Adds more than one vote. */
  VOTES,
  /** Writes a vote in the short form, which is stamped into the full one. */
  SHORT,
  /** Writes both short forms at once, which are not stamped. */
  BOTH,
  /** The short form says the gate. */
  NAMES_GATE,
  /** The vote is a rejection. */
  REJECTS,
  /** The vote is for a gate that approvers do not hold. */
  OTHER_GATE,
  /** The gate or the key has a form that no vote may have. */
  BAD_KEY,
  /** The key is no annotation key at all. */
  NO_KEY,
  /** The vote is in somebody else's name. */
  OTHER_NAME,
  /** The vote does not name the current plan. */
  WRONG_DIGEST,
  /** The vote holds a line end or a character that is not seen. */
  CONTROL,
  /** The vote is longer than 1,024 characters. */
  LONG,
  /** Changes what was asked for. */
  SPEC,
  /** Changes suspend. */
  SUSPENDS,
  /** Suspends in somebody else's name. */
  OTHER_SUSPENDER,
  /** Writes who suspended, without suspending. */
  SUSPENDER_ALONE,
  /** Sees to it that nobody without the right lets it go on. */
  HOLDS,
  /** Holds what is not suspended. */
  HOLDS_NOTHING,
  /** Lets others let it go on. */
  LIFTS,
  /** Takes it back in somebody else's name. */
  OTHER_WITHDRAWER,
  /** Writes who took it back, without taking it back. */
  WITHDRAWER_ALONE,
  /** Leaves suspend out. */
  DROPS_SUSPEND,
  /** Takes a withdrawal back. */
  REVIVES,
  /** Changes a label. */
  LABEL,
  /** Changes an annotation that means nothing to us. */
  ANNOTATION,
  /** Adds an annotation that is nearly one of ours. */
  STRANGE,
  /** Adds a label that would mean something as an annotation. */
  STRANGE_LABEL,
  /** Brings more annotations than the API server can look through in time. */
  FLOODS,
  /** Adds annotations until no vote would fit. */
  CROWDS,
  /** Adds annotations of ours until no answer would fit. */
  CROWDS_OURS,
  /** Asks for another look in very many words. */
  NUDGES_LONG,
  /** Adds one annotation that fills the object. */
  FILLS,
  /** Adds annotations whose names fill the object. */
  NAMES,
  /** The vote has more than 1,024 bytes. */
  FAT,
  /** Adds labels until the object is full. */
  LABELS,
  /** Adds labels with names that fill the object. */
  LABEL_NAMES,
  /** Says that others have set so much that the object is full. */
  MANAGERS,
  /** Adds finalizers until the object is full. */
  FINALIZERS,
  /** Changes a finalizer of somebody else. */
  FINALIZER,
  /** Adds a finalizer that only the operator could remove. */
  SQUATS,
  /** Removes the operator's finalizer. */
  STRIPS,
  /** Changes the owner references. */
  OWNER,
  /** Removes the vote that is there. */
  REMOVES,
  /** Changes the vote that is there. */
  ALTERS,
  /** Names another requester. */
  REQUESTER,
  /** Names no requester, or removes it. */
  NO_REQUESTER,
  /** Writes the status. */
  STATUS,
  /** The vote is an override. */
  OVERRIDES,
  /** The override does not say for what. */
  NO_INCIDENT,
  /** The vote is one in somebody's place. */
  DEPUTY,
  /** Answers a request that is stuck. */
  ANSWERS,
  /** The answer gives the request up. */
  ABANDONS,
  /** The answer is none that there is. */
  BAD_ANSWER,
  /** The answer names a step to which nobody can send the request. */
  NO_SUCH_STEP,
  /** The answer is in somebody else's name. */
  OTHER_ANSWERER,
  /** Takes an answer away, or the name under it. */
  DROPS_ANSWER,
  /** Leaves the key of an answer where it was, without its words. */
  EMPTIES,
  /** The name under an answer is written without an answer. */
  ANSWERER_ALONE,
  /** Says who submitted. */
  SUBMITTER,
  /** Has something else removed that is open for good. */
  REMOVAL,
  /** The removal has an end. */
  ENDS,
  /** The removal names what with characters that are not seen. */
  HIDDEN,
  /** Leaves out what is to be removed. */
  DROPS_REMOVAL,
  /** Changes nothing at all. */
  NOTHING
}
