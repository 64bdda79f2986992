package io.secamo.processes.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.attack.Wire.Answer;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Each rule of each policy is taken away once; the attacks must notice, or say who else refuses.
 */
@NeedsRealSystem(RealSystem.CONTROL_PLANE)
class RuleMutationTest {
  private static final String POLICIES =
      "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/";
  private static final int MOST_ATTEMPTS = 40;
  private static final int PATIENCE = 40;

  /** Refused by the kind's own schema as well, in the same words: two walls, one sentence. */
  private static final Set<String> TWICE_WALLED =
      Set.of(
          "a submitted change cannot be edited",
          "a delegation cannot be edited",
          "name somebody else in spec.to");

  /**
   * Implied by the next rule and kept because its sentence says what is wrong; or implied as long
   * as nobody trusts the operator with a machine's vote by name.
   */
  private static final Set<String> IMPLIED =
      Set.of("vote in your own name only", "the operator does not vote");

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
    List<String> unnoticed = new ArrayList<>();
    int rules = 0;
    for (String policy : List.of("votes", "status", "answers")) {
      String name = policy + ".processes.secamo.io";
      ArrayNode validations = validations(name);
      for (int i = 0; i < validations.size(); i++) {
        JsonNode rule = validations.get(i);
        without(name, validations, i);
        boolean noticed = noticed(rule);
        if (noticed == (walledTwice(rule) || implied(rule))) {
          unnoticed.add(policy + " " + words(rule));
        }
        rules++;
      }
      put(name, validations);
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
    for (String name :
        List.of("evidence.orchestrator.secamo.io", "delegations.orchestrator.secamo.io")) {
      ArrayNode validations = validations(name);
      for (int i = 0; i < validations.size(); i++) {
        JsonNode rule = validations.get(i);
        Probes.Probe probe = probes.of(words(rule));
        assertThat(probe.send().message()).contains(probe.sentence());
        without(name, validations, i);
        boolean flips = flips(probe);
        if (flips == walledTwice(rule)) {
          unnoticed.add(words(rule));
        }
        rules++;
        put(name, validations);
        comesBack(probe);
      }
    }
    System.out.println("FIGURE rules about evidence and delegations: " + rules);
    assertThat(unnoticed).isEmpty();
    assertThat(rules).isEqualTo(8);
  }

  /** A change of a policy takes about a second to act. */
  private static boolean flips(Probes.Probe probe) {
    for (int i = 0; i < PATIENCE; i++) {
      if (!probe.send().message().contains(probe.sentence())) {
        return true;
      }
      Wire.pause(100);
    }
    return false;
  }

  private static void comesBack(Probes.Probe probe) {
    for (int i = 0; i < PATIENCE && !probe.send().message().contains(probe.sentence()); i++) {
      Wire.pause(100);
    }
  }

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
    for (int i = 0; i < PATIENCE; i++) {
      if (attacker.tryAll(aimed).stream().anyMatch(o -> !o.refused())) {
        return true;
      }
      if ((walledTwice(rule) || implied(rule)) && i > PATIENCE / 2) {
        return false;
      }
      Wire.pause(100);
    }
    return false;
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

  private static ArrayNode validations(String policy) {
    ObjectNode object = Scene.must(admin("GET", policy, "", "")).body();
    return (ArrayNode) object.at("/spec/validations");
  }

  private static void without(String policy, ArrayNode validations, int index) {
    ArrayNode rest = validations.deepCopy();
    rest.remove(index);
    if (rest.isEmpty()) {
      rest.addObject().put("expression", "true");
    }
    put(policy, rest);
  }

  private static void put(String policy, ArrayNode validations) {
    ObjectNode patch = Wire.JSON.createObjectNode();
    patch.putObject("spec").set("validations", validations);
    Scene.must(admin("PATCH", policy, Scene.MERGE, patch.toString()));
  }

  private static Answer admin(String method, String policy, String type, String body) {
    return scene.wire.send(Person.ADMIN, method, POLICIES + policy, type, body);
  }
}
