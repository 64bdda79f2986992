package io.secamo.processes.fault;

import io.secamo.processes.systems.Patience;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
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
    slot.bindSecrets();
    slot.secret("helpdesk", "token", TicketDesk.TOKEN);
    slot.secret("cloud", "password", Cloud.PASSWORD);
    slot.untilBound();
    slot.connection(
        "helpdesk",
        "\"type\":\"RequestTracker\",\"requestTracker\":{\"queue\":\"FwChanges\",\"keyField\":\"opkey\"}",
        "");
    slot.connectCloud();
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
    // Not there is an answer too: then it may be read.
    untilAnswered(() -> server.get("operator", secret).code() != 403);
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
    Instant end = Instant.now().plus(Patience.LIMIT);
    for (boolean over = false; !over; ) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("the API server does not let us prepare a namespace");
      }
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

  void bindSecrets() {
    bind("secrets", "processes-connection-secrets", "ServiceAccount", "process-orchestrator");
  }

  /** The operator may not read any Secret any more; the server takes a while to act upon it. */
  void unbindSecrets() {
    String binding = RBAC.formatted(namespace) + "/secrets";
    untilAnswered(
        () -> {
          var unused = server.delete("admin", binding);
          return server.get("admin", binding).code() == 404;
        });
  }

  /** And may again. */
  void bindSecretsAgain() {
    bindSecrets();
    untilBound();
  }

  void connectCloud() {
    connection("cloud", "\"type\":\"OpenStack\"", "/v3");
  }

  /** Has the Connection to the cloud lead to another path. */
  void lead(String path) {
    String patch = "{\"spec\":{\"endpoint\":\"" + outside + path + "\"}}";
    String connection = OURS.formatted(namespace) + "connections/cloud";
    untilAnswered(
        () -> {
          int code = server.patch("admin", connection, patch).code();
          // Somebody else has taken it away, and brings it back as it was.
          return code < 300 || code == 404;
        });
  }

  void disconnect() {
    String connection = OURS.formatted(namespace) + "connections/cloud";
    untilAnswered(
        () -> {
          var unused = server.delete("admin", connection);
          return server.get("admin", connection).code() == 404;
        });
  }

  /** As the controller manager would write it down that nothing is left. */
  void quota() {
    String none =
        "\"hard\":{\"count/evidencerecords.orchestrator.secamo.io\":\"0\","
            + "\"count/events.events.k8s.io\":\"0\"}";
    String quotas = "/api/v1/namespaces/" + namespace + "/resourcequotas";
    apply(
        quotas,
        "{\"apiVersion\":\"v1\",\"kind\":\"ResourceQuota\",\"metadata\":{\"name\":\"full\"},\"spec\":{"
            + none
            + "}}");
    String used = none.replace("hard", "used");
    String status = "{\"status\":{" + none + "," + used + "}}";
    untilAnswered(() -> server.patch("admin", quotas + "/full/status", status).code() < 300);
  }

  void noQuota() {
    String quota = "/api/v1/namespaces/" + namespace + "/resourcequotas/full";
    untilAnswered(
        () -> {
          var unused = server.delete("admin", quota);
          return server.get("admin", quota).code() == 404;
        });
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
    untilAnswered(
        () -> {
          ApiServer.Answer answer = server.post("admin", path, json);
          if (answer.code() == 400 || answer.code() == 403 || answer.code() == 422) {
            var unused = answer.orFail();
          }
          return answer.code() < 300 || answer.code() == 409;
        });
  }
}
