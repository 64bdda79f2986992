package io.secamo.processes.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.attack.Attacker.Outcome;
import java.util.List;

/**
 * Whether an answer is the one that the rules demand, and whether what was allowed was also done.
 */
final class Judge {
  private Judge() {}

  /** What is wrong, or nothing. */
  static String fault(Outcome outcome) {
    List<Rules> broken = Rules.brokenBy(outcome.attempt());
    if (broken.isEmpty()) {
      return outcome.refused() ? "refused, and no rule says so" : effect(outcome);
    }
    if (!outcome.refused()) {
      return "allowed, against " + broken;
    }
    String said = outcome.answer().message();
    return broken.stream().anyMatch(r -> said.contains(r.sentence))
        ? ""
        : "refused by none of " + broken;
  }

  private static String effect(Outcome outcome) {
    if (outcome.attempt().verb().deletes()) {
      return "";
    }
    ObjectNode expected = expected(outcome);
    ObjectNode got = outcome.answer().body();
    if (outcome.attempt().is(Fact.SHORT) && outcome.attempt().changes()) {
      stamp(outcome, expected, got);
    }
    for (String at :
        List.of(
            "/metadata/annotations",
            "/metadata/labels",
            "/metadata/finalizers",
            "/metadata/ownerReferences",
            "/status")) {
      if (!same(expected.at(at), got.at(at))) {
        return "allowed, but " + at + " is " + got.at(at) + " and not " + expected.at(at);
      }
    }
    boolean compared = outcome.attempt().creates() || expected.at("/spec").equals(got.at("/spec"));
    return compared ? "" : "allowed, but the spec is " + got.at("/spec");
  }

  /** A write to one part leaves the other part as it was. */
  private static ObjectNode expected(Outcome outcome) {
    Attempt attempt = outcome.attempt();
    ObjectNode result = (attempt.onObject() ? outcome.wanted() : outcome.before()).deepCopy();
    JsonNode status = (attempt.onObject() ? outcome.before() : outcome.wanted()).get("status");
    if (status == null) {
      result.remove("status");
    } else {
      result.set("status", status);
    }
    if (attempt.creates()) {
      // What nobody has looked at yet says so, and nothing else.
      result.putObject("status").put("observedGeneration", -1);
      ObjectNode annotations = Edits.annotations(result);
      if (!annotations.has(Annotations.REQUESTED_BY)) {
        annotations.put(Annotations.REQUESTED_BY, attempt.person().user);
      }
      if (!annotations.get(Annotations.REQUESTED_BY).asText().equals(attempt.person().user)) {
        annotations.put(Annotations.SUBMITTED_BY, attempt.person().user);
      }
      ((ObjectNode) result.get("metadata")).withArray("finalizers").add(Annotations.FINALIZER);
    }
    // A name that is left as it was is not meant for the new answer.
    boolean unsigned = !attempt.is(Fact.OTHER_ANSWERER);
    if (attempt.answers() && unsigned) {
      Edits.annotations(result).put(Annotations.RESOLVED_BY, attempt.person().user);
    }
    if (attempt.healed()) {
      heal(outcome.before(), result);
    }
    if (attempt.is(Fact.LIFTS) && !attempt.lifts()) {
      Edits.annotations(result).setAll(held(outcome.before()));
    }
    wishes(attempt, result);
    return result;
  }

  private static ObjectNode held(ObjectNode before) {
    return Edits.annotations(before.deepCopy()).retain(Annotations.HELD);
  }

  /** Who suspends, lets go on or takes back is written down. */
  private static void wishes(Attempt attempt, ObjectNode result) {
    ObjectNode annotations = Edits.annotations(result);
    if (attempt.toggles()) {
      annotations.put(Annotations.SUSPEND_BY, attempt.person().user);
      if (!result.at("/spec/suspend").asBoolean()) {
        annotations.remove(Annotations.HELD);
      } else if (attempt.person().holdsRequests()) {
        annotations.put(Annotations.HELD, "true");
      }
    }
    if (attempt.withdraws()) {
      annotations.put(Annotations.WITHDRAWN_BY, attempt.person().user);
    }
  }

  /**
   * The short form becomes the full form, in the writer's own name and under a key that was free.
   */
  private static void stamp(Outcome outcome, ObjectNode expected, ObjectNode got) {
    String decision = outcome.attempt().is(Fact.REJECTS) ? "reject" : "approve";
    ObjectNode annotations = Edits.annotations(expected);
    String text = annotations.remove("processes.secamo.io/" + decision).asText();
    String value = outcome.attempt().person().user + " " + text.substring(text.indexOf(':') + 1);
    String prefix =
        decision
            + ".processes.secamo.io/"
            + outcome.attempt().gate()
            + "."
            + (outcome.attempt().stampedAsDeputy() ? "deputy-" : "");
    got.at("/metadata/annotations").properties().stream()
        .filter(e -> e.getKey().startsWith(prefix) && !annotations.has(e.getKey()))
        .filter(e -> e.getValue().asText().equals(value))
        .forEach(e -> annotations.set(e.getKey(), e.getValue()));
    if (annotations.size() == outcome.before().at("/metadata/annotations").size()) {
      annotations.put(prefix + "<n>", value);
    }
  }

  /** What a machine drops of what people said is given back to it. */
  private static void heal(ObjectNode before, ObjectNode result) {
    for (var entry : before.at("/metadata/annotations").properties()) {
      boolean kept = entry.getKey().matches(".*processes[.]secamo[.]io/.*");
      if (kept && !result.at("/metadata/annotations").has(entry.getKey())) {
        Edits.annotations(result).set(entry.getKey(), entry.getValue());
      }
    }
    if (!result.at("/metadata/finalizers").toString().contains(Annotations.FINALIZER)) {
      ((ObjectNode) result.get("metadata")).withArray("finalizers").add(Annotations.FINALIZER);
    }
    for (String wish : List.of("suspend", "withdrawn")) {
      if (before.at("/spec/" + wish).asBoolean() && !result.get("spec").has(wish)) {
        ((ObjectNode) result.get("spec")).put(wish, true);
      }
    }
  }

  private static boolean same(JsonNode a, JsonNode b) {
    return a.equals(b) || (a.isEmpty() && b.isEmpty());
  }
}
