package io.secamo.processes.attack;

import io.secamo.processes.attack.Wire.Answer;
import io.secamo.processes.controlplane.Submitted;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One refused write for each rule about evidence, delegations and what configures requests. */
final class Probes {
  private static final String BASE = "/apis/orchestrator.secamo.io/v1alpha1/namespaces/";
  private static final String RECORD =
      "{\"apiVersion\":\"orchestrator.secamo.io/v1alpha1\",\"kind\":\"EvidenceRecord\","
          + "\"metadata\":{\"name\":\"%s\"},\"spec\":{\"process\":{\"kind\":\"K\",\"namespace\":\"n\","
          + "\"name\":\"p\",\"uid\":\"u\",\"cluster\":\"c\"},\"entries\":[{\"seq\":1,\"at\":"
          + "\"2027-01-01T00:00:00Z\",\"what\":\"%s\",\"previous\":\"p\",\"hash\":\"h\"}]}}";
  private static final String DELEGATION =
      "{\"apiVersion\":\"orchestrator.secamo.io/v1alpha1\",\"kind\":\"ApprovalDelegation\","
          + "\"metadata\":{\"name\":\"%s\"},\"spec\":{\"gate\":\"%s\",\"by\":\"%s\",\"to\":\"%s\","
          + "\"until\":\""
          + Submitted.inThirtyDays()
          + "\"}}";
  private static final String CONNECTION =
      "{\"apiVersion\":\"orchestrator.secamo.io/v1alpha1\",\"kind\":\"Connection\","
          + "\"metadata\":{\"name\":\"x\",\"annotations\":{%s}},"
          + "\"spec\":{\"type\":\"Sandbox\",\"sandbox\":{\"securityGroups\":[\"web\"]}}}";
  private static final List<String> MASTERS = List.of("system:masters");
  private static final List<String> APPROVERS = List.of("attack-delegators", "approvers");

  private final Scene scene;

  /** A write and the sentence with which it is refused. */
  record Probe(
      Wire wire,
      String sentence,
      String user,
      List<String> groups,
      String method,
      String path,
      String type,
      String body) {
    Answer send() {
      return wire.send(user, groups, method, path, type, body);
    }
  }

  Probes(Scene scene) {
    this.scene = scene;
    String json = "application/json";
    scene.wire.send(
        Person.OPERATOR, "POST", path("evidencerecords"), json, RECORD.formatted("kept", "A"));
    scene.wire.send(
        "approver",
        MASTERS,
        "POST",
        path("approvaldelegations"),
        json,
        DELEGATION.formatted("kept", "security", "approver", "deputy"));
  }

  private String path(String resource) {
    return BASE + scene.namespace + "/" + resource;
  }

  /** A write that a policy of evidence or delegations is asked about. */
  ChangedPolicy.Write any(String kind) {
    if (kind.equals("keys")) {
      return new ChangedPolicy.Write(
          "POST", path("connections"), "application/json", CONNECTION.formatted(""));
    }
    boolean record = kind.equals("evidence");
    return new ChangedPolicy.Write(
        "POST",
        path(record ? "evidencerecords" : "approvaldelegations"),
        "application/json",
        record
            ? RECORD.formatted("x", "A")
            : DELEGATION.formatted("x", "security", "approver", "deputy"));
  }

  /** The write that only this rule refuses. */
  Probe of(String words) {
    String record = path("evidencerecords");
    String delegations = path("approvaldelegations") + "?dryRun=All";
    if (words.contains("only the operator writes evidence")) {
      return probe(
          words, "admin", MASTERS, "POST", record + "?dryRun=All", RECORD.formatted("x", "A"));
    }
    if (words.contains("evidence is not deleted")) {
      return probe(words, "admin", MASTERS, "DELETE", record + "/kept?dryRun=All", "");
    }
    if (words.contains("entries of evidence are added")) {
      String forged = RECORD.formatted("kept", "B");
      return new Probe(
          scene.wire,
          words,
          Person.OPERATOR.user,
          MASTERS,
          "PATCH",
          record + "/kept?dryRun=All",
          Scene.MERGE,
          forged);
    }
    Optional<String> filled = Filled.beyond(words);
    if (filled.isPresent()) {
      String policies = path("approvalpolicies") + "?dryRun=All";
      return probe(words, "admin", MASTERS, "POST", policies, filled.get());
    }
    if (words.contains("no annotation or label here begins with")) {
      String misplaced = CONNECTION.formatted("\"processes.secamo.io/requested-at\":\"now\"");
      return probe(words, "admin", MASTERS, "POST", path("connections") + "?dryRun=All", misplaced);
    }
    if (words.contains("you delegate your own vote only")) {
      return probe(
          "you delegate your own vote only",
          "admin",
          MASTERS,
          "POST",
          delegations,
          DELEGATION.formatted("x", "security", "approver", "deputy"));
    }
    if (words.contains("a delegation is a person's")) {
      return probe(
          "a delegation is a person's",
          Person.MACHINE.user,
          MASTERS,
          "POST",
          delegations,
          DELEGATION.formatted("x", "security", Person.MACHINE.user, "deputy"));
    }
    if (words.contains("so you cannot let somebody else")) {
      return probe(
          "so you cannot let somebody else",
          "approver",
          APPROVERS,
          "POST",
          delegations,
          DELEGATION.formatted("x", "finance", "approver", "deputy"));
    }
    if (words.contains("you are not in group")) {
      return probe(
          "you are not in group",
          "approver",
          APPROVERS,
          "POST",
          delegations,
          DELEGATION
              .formatted("x", "security", "approver", "deputy")
              .replace("\"gate\"", "\"byGroups\":[\"system:masters\"],\"gate\""));
    }
    if (words.contains("a delegation lasts at most 31 days")) {
      return probe(
          "a delegation lasts at most 31 days",
          "approver",
          APPROVERS,
          "POST",
          delegations,
          DELEGATION
              .formatted("x", "security", "approver", "deputy")
              .replace(Submitted.inThirtyDays().substring(0, 4), "2099"));
    }
    if (words.contains("200 at most can be written down")) {
      List<String> many =
          Stream.concat(APPROVERS.stream(), IntStream.range(0, 200).mapToObj(i -> "team-" + i))
              .toList();
      return probe(
          "200 at most can be written down",
          "approver",
          many,
          "POST",
          delegations,
          DELEGATION.formatted("x", "security", "approver", "deputy"));
    }
    if (words.contains("takes this delegation back")) {
      return probe(
          "takes this delegation back",
          "other",
          APPROVERS,
          "DELETE",
          path("approvaldelegations") + "/kept?dryRun=All",
          "");
    }
    if (words.contains("name somebody else in spec.to")) {
      return probe(
          "name somebody else in spec.to",
          "approver",
          MASTERS,
          "POST",
          delegations,
          DELEGATION.formatted("x", "security", "approver", "approver"));
    }
    return new Probe(
        scene.wire,
        "a delegation cannot be edited",
        "admin",
        MASTERS,
        "PATCH",
        path("approvaldelegations") + "/kept?dryRun=All",
        Scene.MERGE,
        "{\"spec\":{\"to\":\"somebody-else\"}}");
  }

  private Probe probe(
      String sentence, String user, List<String> groups, String method, String path, String body) {
    return new Probe(scene.wire, sentence, user, groups, method, path, "application/json", body);
  }
}
