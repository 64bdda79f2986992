package io.secamo.processes.attack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.api.State;
import io.secamo.processes.attack.Wire.Answer;
import io.secamo.processes.systems.Patience;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A policy from which rules are taken away. The API server acts on a change some time later, so
 * each change brings a rule of its own that refuses one name: once that is refused, the change
 * acts.
 */
final class ChangedPolicy {
  private static final String POLICIES =
      "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/";
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** A write that only this policy could refuse, before all others of its rules. */
  record Write(String method, String path, String type, String body) {}

  private final Scene scene;
  private final String path;
  private final Write write;
  private final ArrayNode rules;

  ChangedPolicy(Scene scene, String name, Write write) {
    this.scene = scene;
    this.path = POLICIES + name;
    this.write = write;
    ObjectNode policy =
        Scene.must(scene.wire.send(Person.ADMIN, "GET", path, "application/json", "")).body();
    this.rules = (ArrayNode) policy.at("/spec/validations");
  }

  /** A change of a request that means nothing. */
  static Write ofRequest(Scene scene) {
    return new Write(
        "PATCH", waiting(scene), Scene.MERGE, "{\"metadata\":{\"labels\":{\"look\":\"on\"}}}");
  }

  /** The same of its status. */
  static Write ofStatus(Scene scene) {
    return new Write("PATCH", waiting(scene) + "/status", Scene.MERGE, "{\"status\":{}}");
  }

  private static String waiting(Scene scene) {
    return scene.path(scene.request(State.AWAITING_APPROVAL, Stage.FRESH));
  }

  /** As it is installed. */
  ArrayNode rules() {
    return rules.deepCopy();
  }

  /** Returns when the API server acts without that rule. */
  void takeAway(int index) {
    ArrayNode rest = rules();
    rest.remove(index);
    put(rest);
  }

  /** Returns when the API server acts with all rules again. */
  void putBack() {
    put(rules());
  }

  private void put(ArrayNode changed) {
    String name = "look-" + COUNT.incrementAndGet();
    ObjectNode own = Wire.JSON.createObjectNode();
    // Not the name alone: other rules say it as well.
    String sentence = "the change with " + name + " acts";
    own.put("expression", "request.userInfo.username != '" + name + "'").put("message", sentence);
    changed.insert(0, own);
    ObjectNode patch = Wire.JSON.createObjectNode();
    patch.putObject("spec").set("validations", changed);
    Scene.must(scene.wire.send(Person.ADMIN, "PATCH", path, Scene.MERGE, patch.toString()));
    Awaitility.await().atMost(Patience.LIMIT).until(() -> look(name).message().contains(sentence));
  }

  private Answer look(String name) {
    String dry = write.path() + "?dryRun=All";
    return scene.wire.send(
        name, List.of("system:masters"), write.method(), dry, write.type(), write.body());
  }
}
