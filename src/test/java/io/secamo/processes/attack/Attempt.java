package io.secamo.processes.attack;

import io.secamo.processes.api.State;
import java.util.EnumSet;
import java.util.Set;

/** One thing that somebody tries. */
record Attempt(Person person, Verb verb, Verb.Part part, State state, Stage stage, Trick trick) {
  private static final Set<State> BEFORE_THE_CHANGE =
      EnumSet.of(
          State.RUNNING, State.SCHEDULED, State.SUSPENDED, State.NEEDS_ATTENTION, State.APPLYING);

  boolean is(Fact fact) {
    return trick.facts.contains(fact);
  }

  /** Whether the write is one that the policies about votes judge. */
  boolean onObject() {
    return part == Verb.Part.OBJECT && !verb.deletes();
  }

  boolean creates() {
    return onObject() && verb.creates();
  }

  boolean changes() {
    return onObject() && verb.changes();
  }

  /** What the policies about votes see of it. */
  boolean writes() {
    return changes() || creates();
  }

  /** Adds exactly one vote, after stamping. */
  boolean oneVote() {
    return changes() && is(Fact.VOTE) && !unstamped();
  }

  /** Adds votes, after stamping. */
  boolean votes() {
    return oneVote() || (changes() && is(Fact.VOTES));
  }

  /** The short form stays as it was written: it is not clear for which gate. */
  boolean unstamped() {
    return changes()
        && (is(Fact.BOTH) || (is(Fact.SHORT) && !is(Fact.NAMES_GATE) && openGates() != 1));
  }

  int openGates() {
    if (state != State.AWAITING_APPROVAL) {
      // Who rejects does so at a gate that is passed.
      return is(Fact.REJECTS) ? 1 : 0;
    }
    return stage == Stage.TWO_GATES ? 2 : 1;
  }

  boolean hasVote() {
    return stage == Stage.VOTED || stage == Stage.SUPERSEDED || stage == Stage.FULL;
  }

  /** A machine's write from which what it drops is given back. */
  boolean healed() {
    return changes() && person.healed();
  }

  /** Takes votes away that are not given back. */
  boolean removes() {
    return is(Fact.REMOVES) && !healed();
  }

  /** Takes our finalizer away, and it is not given back. */
  boolean strips() {
    return is(Fact.STRIPS) && !healed();
  }

  /** Whether spec.suspend is another one afterwards. */
  boolean toggles() {
    boolean held = stage == Stage.HELD || stage == Stage.HELD_BY_APPROVER;
    boolean drops = is(Fact.DROPS_SUSPEND) && !healed();
    return changes()
        && (held ? trick == Trick.RESUME || drops : is(Fact.SUSPENDS) && trick != Trick.RESUME);
  }

  /**
   * Lets go on, or lets others let go on, what the approver holds. Who applies leaves what somebody
   * else has set.
   */
  boolean lifts() {
    return stage == Stage.HELD_BY_APPROVER
        && changes()
        && (trick == Trick.RESUME
            || (is(Fact.LIFTS) && !verb.applies() && !healed())
            || (is(Fact.DROPS_SUSPEND) && !healed()));
  }

  /** Puts the attacker's name in the place of the approver's, and leaves the rest as it is. */
  boolean takesOver() {
    return stage == Stage.HELD_BY_APPROVER
        && changes()
        && !toggles()
        && !lifts()
        && !suspendedIt()
        && (is(Fact.SUSPENDER_ALONE) || is(Fact.LIFTS));
  }

  /** Whether the name that is there is the attacker's. */
  boolean suspendedIt() {
    return (stage == Stage.HELD && person == Person.COLLEAGUE)
        || (stage == Stage.HELD_BY_APPROVER && person == Person.APPROVER);
  }

  /** Takes back what was not taken back yet. */
  boolean withdraws() {
    return changes()
        && stage != Stage.WITHDRAWN
        && (trick == Trick.WITHDRAW || is(Fact.OTHER_WITHDRAWER));
  }

  /** Says no where nothing else can be said: to what is approved, held or stuck, and not made. */
  boolean lateNo() {
    return is(Fact.REJECTS) && stage != Stage.MADE && BEFORE_THE_CHANGE.contains(state);
  }

  /** Votes at a gate that the plan does not ask, so that nobody would count it. */
  boolean atGateNotAsked() {
    return oneVote()
        && stage != Stage.UNPLANNED
        && stage != Stage.TWO_GATES
        && stage != Stage.ESCALATES
        && is(Fact.OTHER_GATE);
  }

  boolean answers() {
    return changes() && is(Fact.ANSWERS);
  }

  /** The short form of who may not approve, but stand in, is kept as a deputy's. */
  boolean stampedAsDeputy() {
    return is(Fact.SHORT)
        && !person.may("approve", gate())
        && person.may("approve-as-deputy", gate());
  }

  /** The verb that the vote takes. */
  String right() {
    if (is(Fact.OVERRIDES)) {
      return "override";
    }
    return is(Fact.DEPUTY) || stampedAsDeputy() ? "approve-as-deputy" : "approve";
  }

  String gate() {
    return is(Fact.OTHER_GATE) ? Scene.OTHER_GATE : Scene.GATE;
  }

  @Override
  public String toString() {
    return person + " " + verb + part.path + " " + state.word() + " " + stage + " " + trick;
  }
}
