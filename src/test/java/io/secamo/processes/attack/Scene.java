package io.secamo.processes.attack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.State;
import io.secamo.processes.attack.Wire.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A namespace with its rights, and in it one request for each state and stage that is attacked. All
 * is written by server-side apply of one manager, so that an apply of the same manager can also
 * remove.
 */
final class Scene {
  static final String DIGEST = "0f3a9c2e5b7d1846";
  static final String OLD_DIGEST = "aaaa9c2e5b7d1846";
  static final String GATE = "security";
  static final String OTHER_GATE = "finance";
  static final String VOTE_KEY = "approve.processes.secamo.io/security.1";
  private static final String LATER = ", after PT1H also " + OTHER_GATE + ", reminded every PT1H";
  static final String MANAGER = "attack";
  static final List<String> POSSIBLE =
      List.of("resume:Check", "resume:OpenTicket", "resume:Plan", "skip:OpenTicket", "abandon");
  static final String APPLY = "application/apply-patch+yaml";
  static final String MERGE = "application/merge-patch+json";

  final Wire wire;
  final String namespace;
  private final String resource;
  private final ObjectNode template;
  private final Map<String, ObjectNode> requests = new TreeMap<>();

  Scene(Wire wire, String namespace) throws IOException {
    this(
        wire,
        namespace,
        "firewallchangerequests",
        Files.readString(Path.of("examples/sandbox/request.yaml")));
  }

  /**
   * Of another kind.
   *
   * @param resource its plural
   * @param sample a request of it
   */
  Scene(Wire wire, String namespace, String resource, String sample) throws IOException {
    this.wire = wire;
    this.namespace = namespace;
    this.resource = resource;
    template = Wire.JSON.valueToTree(Serialization.unmarshal(sample, Map.class));
    String rights = Files.readString(Path.of("src/test/resources/attack/rights.yaml"));
    for (String document : rights.replace("NAMESPACE", namespace).split("\n---\n")) {
      applyManifest(document);
    }
  }

  private void applyManifest(String yaml) {
    ObjectNode object = Wire.JSON.valueToTree(Serialization.unmarshal(yaml, Map.class));
    String kind = object.path("kind").asText();
    String name = object.at("/metadata/name").asText();
    String path =
        kind.equals("Namespace")
            ? "/api/v1/namespaces/" + name
            : "/apis/rbac.authorization.k8s.io/v1/"
                + (kind.equals("ClusterRole") ? "" : "namespaces/" + namespace + "/")
                + kind.toLowerCase()
                + "s/"
                + name;
    must(wire.send(Person.ADMIN, "PATCH", path + "?force=true&fieldManager=t", APPLY, yaml));
  }

  String collection() {
    return "/apis/processes.secamo.io/v1alpha1/namespaces/" + namespace + "/" + resource;
  }

  /** A request that nobody has submitted yet. */
  ObjectNode unborn(String name) {
    ObjectNode request = template.deepCopy();
    ObjectNode metadata = request.putObject("metadata");
    metadata.put("name", name).put("namespace", namespace);
    return request;
  }

  /** The request in this state and stage, made when it is first asked for. */
  synchronized ObjectNode request(State state, Stage stage) {
    String name = (state.word() + "-" + stage).toLowerCase().replace('_', '-');
    return requests.computeIfAbsent(name, n -> make(n, state, stage)).deepCopy();
  }

  ObjectNode make(String name, State state, Stage stage) {
    ObjectNode request = unborn(name);
    ObjectNode annotations = ((ObjectNode) request.get("metadata")).putObject("annotations");
    annotations.put(Annotations.REQUESTED_BY, Person.REQUESTER.user).put("example.org/note", "n");
    ((ObjectNode) request.get("metadata")).putArray("finalizers").add(Annotations.FINALIZER);
    if (stage == Stage.REMOVING) {
      Edits.drop("expiresAfter").and(Edits.removes("acme-web-443")).make(request, Person.REQUESTER);
    }
    apply(stage == Stage.ON_BEHALF ? Person.AUTOMAT : Person.REQUESTER, request);
    switch (stage) {
      case VOTED -> voted(request, DIGEST, List.of(Person.APPROVER.user));
      case SUPERSEDED -> voted(request, OLD_DIGEST, List.of(Person.APPROVER.user));
      case FULL -> voted(request, DIGEST, fifty());
      case HELD -> said(Person.COLLEAGUE, request, "suspend");
      case HELD_BY_APPROVER -> said(Person.APPROVER, request, "suspend");
      case WITHDRAWN -> said(Person.REQUESTER, request, "withdrawn");
      case ANSWERED -> answered(name, request);
      default -> {}
    }
    return status(name, state, stage == Stage.UNPLANNED ? "" : DIGEST, stage);
  }

  static List<String> fifty() {
    return java.util.stream.IntStream.rangeClosed(1, 50).mapToObj(i -> "voter-" + i).toList();
  }

  private void voted(ObjectNode request, String digest, List<String> voters) {
    status(request.at("/metadata/name").asText(), State.AWAITING_APPROVAL, digest, Stage.FRESH);
    for (int i = 0; i < voters.size(); i++) {
      Edits.annotations(request)
          .put("approve.processes.secamo.io/security." + (i + 1), voters.get(i) + " " + digest);
      apply(voters.get(i), List.of("approvers"), request);
    }
  }

  private void answered(String name, ObjectNode request) {
    status(name, State.NEEDS_ATTENTION, DIGEST, Stage.FRESH);
    Edits.annotations(request)
        .put(Annotations.RESOLVE, "resume:OpenTicket it is back")
        .put(Annotations.RESOLVED_BY, Person.DUTY.user);
    apply(Person.DUTY, request);
  }

  private void said(Person person, ObjectNode request, String field) {
    ((ObjectNode) request.get("spec")).put(field, true);
    apply(person, request);
  }

  ObjectNode apply(Person person, ObjectNode request) {
    return apply(person.user, person.groups, request);
  }

  private ObjectNode apply(String user, List<String> groups, ObjectNode request) {
    String path = path(request) + "?force=true&fieldManager=" + MANAGER;
    return must(wire.send(user, groups, "PATCH", path, APPLY, request.toString())).body();
  }

  String path(ObjectNode request) {
    return collection() + "/" + request.at("/metadata/name").asText();
  }

  /** The operator says how the request stands. */
  ObjectNode status(String name, State state, String digest, Stage stage) {
    ObjectNode body = Wire.JSON.createObjectNode();
    ObjectNode status = body.putObject("status").put("state", state.word());
    if (!digest.isEmpty()) {
      ObjectNode plan = status.putObject("plan").put("digest", digest).put("sha256", digest);
      plan.put("summary", "s").put("account", "a").put("policy", "p");
      plan.put("computedAt", "2027-01-01T00:00:00Z").putArray("effects");
      plan.putObject("basis")
          .put("connection", "c")
          .putArray("gates")
          .add(GATE + ": 1 within PT8H" + (stage == Stage.ESCALATES ? LATER : ""))
          .add("in an emergency 2 review it within PT8H");
    }
    ArrayNode effects = status.putArray("effects");
    effect(effects, "OpenTicket", "Done");
    if (stage == Stage.MADE) {
      effect(effects, "Apply", "Intended").put("connection", "cloud");
    } else if (stage == Stage.VOTED) {
      effect(effects, "Apply", "Reverted").put("connection", "cloud");
    }
    if (state == State.NEEDS_ATTENTION) {
      POSSIBLE.forEach(status.putArray("answers")::add);
    }
    String word = state == State.AWAITING_APPROVAL ? "Open" : "Passed";
    for (String gate : stage == Stage.TWO_GATES ? List.of(GATE, OTHER_GATE) : List.of(GATE)) {
      status
          .withArray("gates")
          .addObject()
          .put("name", gate)
          .put("state", word)
          .put("required", 1)
          .put("approvals", 0);
    }
    String path = collection() + "/" + name + "/status";
    return must(wire.send(Person.OPERATOR, "PATCH", path, MERGE, body.toString())).body();
  }

  private static ObjectNode effect(ArrayNode effects, String step, String state) {
    return effects.addObject().put("key", "k-" + step).put("step", step).put("state", state);
  }

  ObjectNode now(String name) {
    return must(wire.send(Person.ADMIN, "GET", collection() + "/" + name, "", "")).body();
  }

  /** The names of the requests that are not as they were made. */
  synchronized List<String> touched() {
    return requests.entrySet().stream()
        .filter(
            e ->
                !now(e.getKey())
                    .at("/metadata/resourceVersion")
                    .equals(e.getValue().at("/metadata/resourceVersion")))
        .map(Map.Entry::getKey)
        .toList();
  }

  static Answer must(Answer answer) {
    if (!answer.allowed()) {
      throw new AssertionError("the scene could not be set: " + answer.text());
    }
    return answer;
  }
}
