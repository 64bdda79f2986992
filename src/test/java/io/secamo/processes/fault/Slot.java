package io.secamo.processes.fault;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** A namespace with people, policy and Connections in which one run at a time is played. */
public record Slot(ApiServer server, String namespace, String outside) {
  /** Where the outside systems are if each operator reaches them in a way of its own. */
  static final String NOWHERE = "http://127.0.0.1:1";

  private static final String RBAC =
      "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings";
  private static final String RULES =
      """
      [{"name":"every","gates":[{"name":"security","required":1}]},
       {"name":"hurry","when":"request.name.startsWith('timed')",
        "gates":[{"name":"security","required":1,"within":"2s"}]}%s]
      """;
  private static final String OURS = "/apis/orchestrator.secamo.io/v1alpha1/namespaces/%s/";

  static Slot prepare(ApiServer server, String namespace, String outside) {
    Slot slot = new Slot(server, namespace, outside);
    slot.apply(
        "/api/v1/namespaces",
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\""
            + namespace
            + "\"}}");
    slot.bind("engineers", "processes-requester", "Group", "engineers");
    slot.bind("approvers", "processes-approver-security", "Group", "approvers");
    slot.bind("secrets", "processes-connection-secrets", "ServiceAccount", "process-orchestrator");
    slot.secret("helpdesk", "token", TicketDesk.TOKEN);
    slot.secret("cloud", "password", Cloud.PASSWORD);
    slot.untilBound();
    slot.connection(
        "helpdesk",
        "\"type\":\"RequestTracker\",\"requestTracker\":{\"queue\":\"FwChanges\",\"keyField\":\"opkey\"}",
        "");
    slot.connection("cloud", "\"type\":\"OpenStack\"", "/v3");
    slot.apply(
        OURS.formatted(namespace) + "approvalpolicies",
        """
        {"apiVersion":"orchestrator.secamo.io/v1alpha1","kind":"ApprovalPolicy",
         "metadata":{"name":"every-change"},"spec":{"rules":%s}}
        """
            .formatted(RULES.formatted("")));
    return slot;
  }

  /** Edits the policy so that it asks the same of people; its revision is another one. */
  void editPolicy() {
    String never =
        ",{\"name\":\"never\",\"when\":\"request.name =="
            + " '%s'\",\"gates\":[{\"name\":\"security\"}]}";
    server
        .patch(
            "admin",
            OURS.formatted(namespace) + "approvalpolicies/every-change",
            "{\"spec\":{\"rules\":" + RULES.formatted(never.formatted(UUID.randomUUID())) + "}}")
        .orFail();
  }

  /** No change is made from now on, at any time. */
  void freeze() {
    apply(
        OURS.formatted(namespace) + "changewindows",
        """
        {"apiVersion":"orchestrator.secamo.io/v1alpha1","kind":"ChangeWindow",
         "metadata":{"name":"freeze"},
         "spec":{"type":"Freeze","start":"2000-01-01T00:00:00","duration":"366d",
                 "recurrence":"FREQ=YEARLY","connections":{"names":["cloud"]},
                 "reason":"no changes for now"}}
        """);
  }

  void thaw() {
    server.delete("admin", OURS.formatted(namespace) + "changewindows/freeze").orFail();
  }

  public String requests() {
    return "/apis/processes.secamo.io/v1alpha1/namespaces/" + namespace + "/firewallchangerequests";
  }

  String evidence(String uid) {
    return OURS.formatted(namespace) + "evidencerecords/" + uid;
  }

  private void bind(String name, String role, String kind, String subject) {
    String whose =
        kind.equals("Group")
            ? "\"apiGroup\":\"rbac.authorization.k8s.io\""
            : "\"namespace\":\"process-orchestrator\"";
    apply(
        RBAC.formatted(namespace),
        """
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"%s"},
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"%s"},
         "subjects":[{"kind":"%s","name":"%s",%s}]}
        """
            .formatted(name, role, kind, subject, whose));
  }

  /** A busy server takes a while to act upon new bindings; the last of them comes last. */
  private void untilBound() {
    String secret = "/api/v1/namespaces/" + namespace + "/secrets/cloud";
    untilAnswered(() -> server.get("operator", secret).code() == 200);
  }

  void removeSecret(String name) {
    String secret = "/api/v1/namespaces/" + namespace + "/secrets/" + name;
    untilAnswered(
        () -> {
          var unused = server.delete("admin", secret);
          return server.get("admin", secret).code() == 404;
        });
  }

  /**
   * A busy server may also cut a connection. Whoever gives up then leaves the namespace as no fault
   * of the plan would.
   */
  private static void untilAnswered(BooleanSupplier done) {
    for (boolean over = false; !over; ) {
      try {
        over = done.getAsBoolean();
      } catch (UncheckedIOException cut) {
        System.err.println("the API server was asked again: " + cut);
      }
      if (!over) {
        Front.pause(Duration.ofMillis(100));
      }
    }
  }

  /** Makes a Secret, or gives it another value. */
  void secret(String name, String key, String value) {
    String data = "";
    for (String pair : List.of("username=orchestrator", "projectName=demo", key + "=" + value)) {
      String[] sides = pair.split("=", 2);
      data +=
          (data.isEmpty() ? "" : ",")
              + "\"%s\":\"%s\""
                  .formatted(
                      sides[0],
                      Base64.getEncoder()
                          .encodeToString(
                              sides[1].getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
    String secrets = "/api/v1/namespaces/" + namespace + "/secrets";
    String json =
        "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"%s\"},\"data\":{%s}}"
            .formatted(name, data);
    // The server may be busy: it has to be there in the end.
    untilAnswered(
        () ->
            server.post("admin", secrets, json).code() == 201
                || server.patch("admin", secrets + "/" + name, json).code() == 200);
  }

  private void connection(String name, String type, String path) {
    apply(
        OURS.formatted(namespace) + "connections",
        """
        {"apiVersion":"orchestrator.secamo.io/v1alpha1","kind":"Connection","metadata":{"name":"%s"},
         "spec":{%s,"endpoint":"%s","secretRef":{"name":"%s"}}}
        """
            .formatted(name, type, outside + path, name));
  }

  private void apply(String path, String json) {
    ApiServer.Answer answer = server.post("admin", path, json);
    if (answer.code() != 409) {
      answer.orFail();
    }
  }
}
