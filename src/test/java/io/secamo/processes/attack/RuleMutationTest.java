package io.secamo.processes.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.secamo.processes.api.State;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.Patience;
import io.secamo.processes.systems.RealSystem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Each rule of each policy is taken away once; the attacks must notice, or say who else refuses.
 */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class RuleMutationTest {
  private static final int MOST_ATTEMPTS = 40;

  /** Refused by the kind's own schema as well, in the same words: two walls, one sentence. */
  private static final Set<String> TWICE_WALLED =
      Set.of(
          "a submitted change cannot be edited",
          "a delegation cannot be edited",
          "name somebody else in spec.to");

  /**
   * Implied by the next rule and kept because its sentence says what is wrong; or implied as long
   * as nobody trusts the operator with a machine's vote by name; or because whoever changes the
   * spec has to sign that with an annotation, and a vote changes no other one; or kept for what was
   * stored before unknown annotations were refused.
   */
  private static final Set<String> IMPLIED =
      Set.of(
          "vote in your own name only",
          "the operator does not vote",
          "a vote changes nothing else: the spec was changed as well",
          "at most 20 annotations that begin with processes.secamo.io/");

  private static final String KIND =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/"
          + "firewallchangerequests.processes.secamo.io";
  private static final String SPEC = "/spec/versions/0/schema/openAPIV3Schema/properties/spec";

  private static Scene scene;
  private static Attacker attacker;
  private static List<Attempt> attempts;

  @BeforeAll
  static void set() throws Exception {
    scene = new Scene(new Wire(ControlPlane.apart("mutants").kubeconfig("admin")), "attack");
    attacker = new Attacker(scene);
    attempts = Matrix.reduced();
  }

  @Test
  void noRuleOfTheRequestPoliciesCanGoUnnoticed() throws Exception {
    ChangedPolicy.Write request = ChangedPolicy.ofRequest(scene);
    Map<String, ChangedPolicy.Write> policies = new TreeMap<>();
    policies.put("votes", request);
    policies.put("answers", request);
    policies.put("keys", request);
    policies.put("wishes", request);
    policies.put("status", ChangedPolicy.ofStatus(scene));
    List<String> unnoticed = new ArrayList<>();
    int rules = 0;
    for (var each : policies.entrySet()) {
      String name = each.getKey() + ".processes.secamo.io";
      ChangedPolicy policy = new ChangedPolicy(scene, name, each.getValue());
      for (int i = 0; i < policy.rules().size(); i++) {
        JsonNode rule = policy.rules().get(i);
        policy.takeAway(i);
        if (noticed(rule) == (walledTwice(rule) || implied(rule))) {
          unnoticed.add(each.getKey() + " " + words(rule));
        }
        rules++;
      }
      policy.putBack();
    }
    System.out.println("FIGURE rules taken away one by one: " + rules + ", unnoticed " + unnoticed);
    assertThat(unnoticed).isEmpty();
    assertThat(rules).isGreaterThan(30);
  }

  @Test
  void noRuleAboutEvidenceAndDelegationsCanGoUnnoticed() {
    Probes probes = new Probes(scene);
    List<String> unnoticed = new ArrayList<>();
    int rules = 0;
    for (String kind : List.of("evidence", "delegations", "keys")) {
      String name = kind + ".orchestrator.secamo.io";
      ChangedPolicy policy = new ChangedPolicy(scene, name, probes.any(kind));
      for (int i = 0; i < policy.rules().size(); i++) {
        JsonNode rule = policy.rules().get(i);
        Probes.Probe probe = probes.of(words(rule));
        policy.putBack();
        assertThat(probe.send().message()).contains(probe.sentence());
        policy.takeAway(i);
        if (probe.send().message().contains(probe.sentence()) != walledTwice(rule)) {
          unnoticed.add(words(rule));
        }
        rules++;
      }
      policy.putBack();
    }
    System.out.println("FIGURE rules about evidence and delegations: " + rules);
    assertThat(unnoticed).isEmpty();
    assertThat(rules).isEqualTo(21);
  }

  /** What the kind itself says of removals, which no policy repeats. */
  @Test
  void noRuleOfTheSchemaAboutRemovalsCanGoUnnoticed() {
    Map<String, Trick> rules =
        Map.of(
            SPEC + "/x-kubernetes-validations", Trick.REMOVAL_THAT_EXPIRES,
            SPEC + "/properties/removes/x-kubernetes-validations", Trick.REMOVAL_OF_A_HIDDEN_NAME);
    rules.forEach(
        (path, trick) -> {
          Attempt attempt =
              new Attempt(
                  Person.REQUESTER,
                  Verb.CREATE,
                  Verb.Part.OBJECT,
                  State.RECEIVED,
                  Stage.FRESH,
                  trick);
          String sentence = Rules.brokenBy(attempt).getFirst().sentence;
          assertThat(attacker.attack(attempt).answer().message()).contains(sentence);
          JsonNode before = kind("[]").at(path);
          ArrayNode rest = before.deepCopy();
          rest.removeIf(rule -> words(rule).contains(sentence));
          assertThat(rest).hasSize(before.size() - 1);
          kind(replaced(path, rest));
          Awaitility.await(sentence)
              .atMost(Patience.LIMIT)
              .until(() -> !attacker.attack(attempt).refused());
          kind(replaced(path, before));
          Awaitility.await().atMost(Patience.LIMIT).until(() -> attacker.attack(attempt).refused());
        });
  }

  private static JsonNode kind(String patch) {
    return Scene.must(
            scene.wire.send(Person.ADMIN, "PATCH", KIND, "application/json-patch+json", patch))
        .body();
  }

  private static String replaced(String path, JsonNode rules) {
    ArrayNode patch = Wire.JSON.createArrayNode();
    patch.addObject().put("op", "replace").put("path", path).set("value", rules);
    return patch.toString();
  }

  /** One of the attempts that this rule alone refuses comes through. */
  private static boolean noticed(JsonNode rule) throws Exception {
    List<Rules> spoken =
        List.of(Rules.values()).stream()
            .filter(r -> r != Rules.RBAC && words(rule).contains(r.sentence))
            .toList();
    assertThat(spoken).as("no rule of the table says: " + words(rule)).isNotEmpty();
    List<Attempt> aimed =
        attempts.stream()
            .filter(a -> !Rules.brokenBy(a).isEmpty() && spoken.containsAll(Rules.brokenBy(a)))
            .sorted(Comparator.comparing((Attempt a) -> Rules.brokenBy(a).size()))
            .limit(MOST_ATTEMPTS)
            .toList();
    assertThat(aimed.isEmpty()).as(words(rule)).isEqualTo(implied(rule));
    return attacker.tryAll(aimed).stream().anyMatch(o -> !o.refused());
  }

  private static boolean implied(JsonNode rule) {
    return IMPLIED.stream().anyMatch(words(rule)::contains);
  }

  private static boolean walledTwice(JsonNode rule) {
    return TWICE_WALLED.stream().anyMatch(words(rule)::contains);
  }

  private static String words(JsonNode rule) {
    return (rule.path("message").asText() + rule.path("messageExpression").asText())
        .replace("\\'", "'");
  }
}
