package io.secamo.processes.attack;

import static io.secamo.processes.api.State.AWAITING_APPROVAL;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.secamo.processes.api.State;
import io.secamo.processes.attack.Verb.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which attempts are made: everything by everything, without what makes no sense. */
final class Matrix {
  private static final Set<Person> EVERYBODY = EnumSet.allOf(Person.class);
  private static final Set<Person> CHIEF =
      EnumSet.of(
          Person.REQUESTER,
          Person.APPROVER,
          Person.SECOND_APPROVER,
          Person.STRANGER,
          Person.GITOPS,
          Person.DUTY,
          Person.OPERATOR,
          Person.ADMIN);
  private static final Set<Verb> CHANGES =
      EnumSet.of(Verb.UPDATE, Verb.JSON_PATCH, Verb.MERGE_PATCH, Verb.APPLY);
  private static final Set<Verb> CREATES =
      EnumSet.of(Verb.CREATE, Verb.UPDATE_ABSENT, Verb.APPLY_ABSENT);
  private static final Set<Trick> ALL = EnumSet.allOf(Trick.class);
  private static final Set<Trick> CORE =
      EnumSet.of(
          Trick.VOTE,
          Trick.REJECTION,
          Trick.SHORT_VOTE,
          Trick.SHORT_WITH_GATE,
          Trick.SHORT_BOTH,
          Trick.TWO_VOTES,
          Trick.VOTE_AT_OTHER_GATE,
          Trick.VOTE_IN_ANOTHER_NAME,
          Trick.VOTE_AND_SPEC,
          Trick.REMOVE_VOTE,
          Trick.ALTER_VOTE,
          Trick.EDIT_SPEC,
          Trick.STRIP_FINALIZER,
          Trick.REMOVE_REQUESTER,
          Trick.OVERRIDE,
          Trick.ANSWER,
          Trick.ABANDON,
          Trick.FORGE_SUBMITTER,
          Trick.FORGE_STATUS);
  private static final Set<Trick> ANSWERS =
      EnumSet.copyOf(
          EnumSet.allOf(Trick.class).stream()
              .filter(t -> t.facts.contains(Fact.ANSWERS) || t == Trick.ANSWERER_ALONE)
              .toList());
  private static final Set<Trick> ANSWERED =
      EnumSet.of(
          Trick.REMOVE_ANSWER,
          Trick.REMOVE_ANSWERER,
          Trick.EMPTY_ANSWER,
          Trick.ANSWER,
          Trick.ABANDON,
          Trick.EDIT_LABEL,
          Trick.NOTHING);
  private static final Set<Trick> SPEC_SWITCHES =
      EnumSet.of(
          Trick.SUSPEND,
          Trick.RESUME,
          Trick.DROP_SUSPEND,
          Trick.LIFT,
          Trick.WITHDRAW,
          Trick.REVIVE,
          Trick.DROP_WITHDRAWN,
          Trick.NOTHING,
          Trick.VOTE);
  private static final Set<Trick> REMOVALS =
      EnumSet.of(
          Trick.REMOVAL,
          Trick.REMOVAL_THAT_EXPIRES,
          Trick.REMOVAL_UNTIL,
          Trick.REMOVAL_OF_A_HIDDEN_NAME,
          Trick.DROP_REMOVAL,
          Trick.NOTHING);
  private static final Set<Trick> ON_STATUS =
      EnumSet.of(
          Trick.NOTHING,
          Trick.FORGE_STATUS,
          Trick.VOTE,
          Trick.VOTE_AND_STATUS,
          Trick.SHORT_VOTE,
          Trick.REMOVE_VOTE,
          Trick.STRIP_FINALIZER,
          Trick.CHANGE_REQUESTER,
          Trick.EDIT_SPEC);
  private static final Set<Stage> BEFORE_VOTES = EnumSet.of(Stage.FRESH);
  private static final Set<Stage> SOME_VOTES = EnumSet.of(Stage.FRESH, Stage.VOTED);

  private final Set<Attempt> attempts = new LinkedHashSet<>();

  private Matrix() {}

  /** All of it. */
  static List<Attempt> full() {
    Matrix matrix = new Matrix();
    for (Person person : EVERYBODY) {
      matrix.votes(person, CHANGES);
      matrix.creations(person, CREATES);
      matrix.subresources(person);
      for (State state : State.values()) {
        matrix.states(person, state);
      }
    }
    return List.copyOf(matrix.attempts);
  }

  /**
   * Of attempts that differ in the verb alone one, the verbs in turn: every person with every trick
   * at every stage, and every verb with every person, with every trick and at every stage.
   */
  static List<Attempt> inTurn() {
    Map<List<Object>, List<Attempt>> alike =
        full().stream().collect(groupingBy(Matrix::butForVerb, LinkedHashMap::new, toList()));
    return alike.values().stream().map(some -> some.get(turn(some.get(0)) % some.size())).toList();
  }

  private static List<Object> butForVerb(Attempt a) {
    Verb verb = a.verb();
    Object sort = List.of(verb.creates(), verb.changes(), verb.deletes());
    return List.of(a.person(), sort, a.part(), a.state(), a.stage(), a.trick());
  }

  private static int turn(Attempt a) {
    return a.person().ordinal() + a.trick().ordinal() + a.stage().ordinal() + a.state().ordinal();
  }

  /** One verb of each sort: enough for each rule to speak. */
  static List<Attempt> reduced() {
    Matrix matrix = new Matrix();
    for (Person person : EVERYBODY) {
      matrix.votes(person, EnumSet.of(Verb.MERGE_PATCH));
      matrix.creations(person, EnumSet.of(Verb.CREATE));
      matrix.add(person, Verb.MERGE_PATCH, Part.STATUS, AWAITING_APPROVAL, SOME_VOTES, ON_STATUS);
      matrix.add(person, Verb.MERGE_PATCH, Part.OBJECT, State.RUNNING, BEFORE_VOTES, CORE);
    }
    return List.copyOf(matrix.attempts);
  }

  /** A fifth of those, without what only requests to remove something can be tricked into. */
  static List<Attempt> ofAnyKind() {
    return reduced().stream()
        .filter(attempt -> attempt.stage() != Stage.REMOVING && !REMOVALS.contains(attempt.trick()))
        .filter(attempt -> turn(attempt) % 5 == 0)
        .toList();
  }

  private void votes(Person person, Set<Verb> verbs) {
    for (Verb verb : verbs) {
      add(person, verb, Part.OBJECT, AWAITING_APPROVAL, SOME_VOTES, ALL);
      Set<Stage> others =
          EnumSet.of(
              Stage.SUPERSEDED,
              Stage.UNPLANNED,
              Stage.TWO_GATES,
              Stage.ESCALATES,
              Stage.FULL,
              Stage.ON_BEHALF);
      add(person, verb, Part.OBJECT, AWAITING_APPROVAL, others, CORE);
      Set<Stage> said = EnumSet.of(Stage.HELD, Stage.HELD_BY_APPROVER, Stage.WITHDRAWN);
      add(person, verb, Part.OBJECT, AWAITING_APPROVAL, said, SPEC_SWITCHES);
      Set<Stage> removing = EnumSet.of(Stage.REMOVING);
      add(person, verb, Part.OBJECT, AWAITING_APPROVAL, removing, CORE);
      add(person, verb, Part.OBJECT, AWAITING_APPROVAL, removing, REMOVALS);
      add(person, verb, Part.OBJECT, State.NEEDS_ATTENTION, BEFORE_VOTES, ANSWERS);
      Set<Trick> no = EnumSet.of(Trick.REJECTION, Trick.SHORT_REJECTION, Trick.VOTE);
      Set<Stage> madeOrNot = EnumSet.of(Stage.FRESH, Stage.MADE);
      add(person, verb, Part.OBJECT, State.NEEDS_ATTENTION, madeOrNot, no);
      Set<Stage> answered = EnumSet.of(Stage.ANSWERED);
      add(person, verb, Part.OBJECT, State.NEEDS_ATTENTION, answered, ANSWERED);
      Set<Trick> late = EnumSet.of(Trick.WITHDRAW, Trick.SUSPEND, Trick.NOTHING);
      add(person, verb, Part.OBJECT, State.COMPLETED, BEFORE_VOTES, late);
      add(person, verb, Part.OBJECT, State.EXPIRED, BEFORE_VOTES, late);
    }
  }

  private void creations(Person person, Set<Verb> verbs) {
    Set<Trick> tricks = EnumSet.noneOf(Trick.class);
    ALL.stream()
        .filter(t -> !t.facts.contains(Fact.SPEC) && !t.facts.contains(Fact.STRIPS))
        .filter(t -> !t.facts.contains(Fact.REMOVES) && !t.facts.contains(Fact.ALTERS))
        .filter(t -> t != Trick.VOTE_AND_REQUESTER && t != Trick.REMOVE_REQUESTER)
        .forEach(tricks::add);
    for (Verb verb : verbs) {
      add(person, verb, Part.OBJECT, State.RECEIVED, BEFORE_VOTES, tricks);
    }
  }

  private void subresources(Person person) {
    for (Verb verb : CHANGES) {
      add(person, verb, Part.STATUS, AWAITING_APPROVAL, SOME_VOTES, ON_STATUS);
      add(person, verb, Part.SCALE, AWAITING_APPROVAL, BEFORE_VOTES, Set.of(Trick.VOTE));
    }
    Set<Trick> two = EnumSet.of(Trick.VOTE, Trick.FORGE_STATUS);
    for (Part part : Part.values()) {
      add(person, Verb.STRATEGIC_PATCH, part, AWAITING_APPROVAL, BEFORE_VOTES, two);
    }
    add(person, Verb.CREATE, Part.STATUS, AWAITING_APPROVAL, BEFORE_VOTES, two);
    add(person, Verb.DELETE, Part.STATUS, AWAITING_APPROVAL, BEFORE_VOTES, Set.of(Trick.NOTHING));
  }

  private void states(Person person, State state) {
    for (Verb verb : List.of(Verb.DELETE, Verb.DELETE_COLLECTION)) {
      add(person, verb, Part.OBJECT, state, SOME_VOTES, Set.of(Trick.NOTHING));
    }
    if (state == AWAITING_APPROVAL || !CHIEF.contains(person)) {
      return;
    }
    for (Verb verb : CHANGES) {
      add(person, verb, Part.OBJECT, state, EnumSet.of(Stage.VOTED), CORE);
      Set<Trick> two = EnumSet.of(Trick.FORGE_STATUS, Trick.VOTE);
      add(person, verb, Part.STATUS, state, BEFORE_VOTES, two);
    }
  }

  private void add(
      Person person, Verb verb, Part part, State state, Set<Stage> stages, Set<Trick> tricks) {
    List<Attempt> some = new ArrayList<>();
    for (Stage stage : stages) {
      for (Trick trick : tricks) {
        some.add(new Attempt(person, verb, part, state, stage, trick));
      }
    }
    some.stream().filter(Matrix::makesSense).forEach(attempts::add);
  }

  /** A vote that is not there cannot be taken away. */
  private static boolean makesSense(Attempt attempt) {
    boolean onVote = Arrays.asList(Fact.REMOVES, Fact.ALTERS).stream().anyMatch(attempt::is);
    return !onVote || attempt.hasVote();
  }
}
