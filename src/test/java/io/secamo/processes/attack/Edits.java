package io.secamo.processes.attack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.api.Annotations;

/**
 * Edits of a request, as an attacker would make them in an editor. ME stands for the attacker's
 * user name.
 */
@FunctionalInterface
interface Edits {
  /** Of names that are nearly as long as they may be. */
  String LONG_PREFIX = ("a".repeat(60) + ".").repeat(3) + "example.org/";

  void make(ObjectNode request, Person me);

  default Edits and(Edits next) {
    return (request, me) -> {
      make(request, me);
      next.make(request, me);
    };
  }

  static Edits none() {
    return (request, me) -> {};
  }

  static Edits annotate(String key, String value) {
    return (request, me) -> annotations(request).put(key, value.replace("ME", me.user));
  }

  static Edits vote(String decision, String name, String value) {
    return annotate(decision + ".processes.secamo.io/" + name, value);
  }

  static Edits forget(String key) {
    return (request, me) -> annotations(request).remove(key);
  }

  static Edits alter() {
    return (request, me) -> {
      if (annotations(request).has(Scene.VOTE_KEY)) {
        annotations(request).put(Scene.VOTE_KEY, "boss " + Scene.DIGEST);
      }
    };
  }

  static Edits many(int count, String prefix) {
    return (request, me) -> {
      for (int i = 0; i < count; i++) {
        annotations(request).put(prefix + i, "");
      }
    };
  }

  static Edits fat() {
    return annotate("example.org/fat", "a".repeat(140_000));
  }

  static Edits labels(int count, String prefix) {
    return (request, me) -> {
      for (int i = 0; i < count; i++) {
        ((ObjectNode) request.get("metadata")).withObject("/labels").put(prefix + i, "b");
      }
    };
  }

  /** Anybody can write what somebody else is said to have set. */
  static Edits managers() {
    return (request, me) -> {
      ObjectNode entry =
          ((ObjectNode) request.get("metadata")).withArray("managedFields").addObject();
      entry.put("manager", "squatter").put("operation", "Apply").put("fieldsType", "FieldsV1");
      entry.put("apiVersion", request.path("apiVersion").asText());
      entry.put("time", "2026-01-01T00:00:00Z");
      ObjectNode fields = entry.putObject("fieldsV1").putObject("f:metadata");
      ObjectNode set = fields.putObject("f:annotations");
      for (int i = 0; i < 6000; i++) {
        set.putObject("f:example.org/some-name-" + i);
      }
    };
  }

  static Edits finalizers(int count) {
    return (request, me) -> {
      for (int i = 0; i < count; i++) {
        ((ObjectNode) request.get("metadata")).withArray("finalizers").add("example.org/n" + i);
      }
    };
  }

  static Edits bare() {
    return (request, me) -> ((ObjectNode) request.get("metadata")).remove("annotations");
  }

  /** The same annotations in another order. */
  static Edits reorder() {
    return (request, me) -> {
      ObjectNode old = annotations(request);
      ObjectNode turned = request.objectNode();
      old.properties().stream()
          .toList()
          .reversed()
          .forEach(e -> turned.set(e.getKey(), e.getValue()));
      ((ObjectNode) request.get("metadata")).set("annotations", turned);
    };
  }

  static Edits spec() {
    return (request, me) ->
        ((ObjectNode) request.get("spec")).put("justification", "something else entirely");
  }

  static Edits suspend(boolean value) {
    return (request, me) -> ((ObjectNode) request.get("spec")).put("suspend", value);
  }

  static Edits withdraw(boolean value) {
    return (request, me) -> ((ObjectNode) request.get("spec")).put("withdrawn", value);
  }

  /** What another request opened for good is to be removed. */
  static Edits removes(String other) {
    return (request, me) -> ((ObjectNode) request.get("spec")).put("removes", other);
  }

  static Edits expiresAt(String time) {
    return (request, me) -> ((ObjectNode) request.get("spec")).put("expiresAt", time);
  }

  static Edits drop(String field) {
    return (request, me) -> ((ObjectNode) request.get("spec")).remove(field);
  }

  static Edits label() {
    return label("a");
  }

  static Edits label(String key) {
    return (request, me) ->
        ((ObjectNode) request.get("metadata")).withObject("/labels").put(key, "b");
  }

  static Edits finalizer() {
    return (request, me) ->
        ((ObjectNode) request.get("metadata")).withArray("finalizers").add("example.org/mine");
  }

  static Edits squat() {
    return (request, me) ->
        ((ObjectNode) request.get("metadata"))
            .withArray("finalizers")
            .add("processes.secamo.io/squatter");
  }

  static Edits strip() {
    return (request, me) -> {
      var kept = request.arrayNode();
      for (var f : request.get("metadata").withArray("finalizers")) {
        if (!f.asText().equals(Annotations.FINALIZER)) {
          kept.add(f);
        }
      }
      ((ObjectNode) request.get("metadata")).set("finalizers", kept);
    };
  }

  /** An owner that does not exist: the garbage collector would delete what belongs to it. */
  static Edits owner() {
    return (request, me) ->
        ((ObjectNode) request.get("metadata"))
            .withArray("ownerReferences")
            .addObject()
            .put("apiVersion", "v1")
            .put("kind", "ConfigMap")
            .put("name", "doomed")
            .put("uid", "00000000-0000-0000-0000-000000000000");
  }

  static Edits status() {
    return (request, me) -> request.withObject("/status").put("message", "forged");
  }

  static ObjectNode annotations(ObjectNode request) {
    return ((ObjectNode) request.get("metadata")).withObject("/annotations");
  }
}
