package io.secamo.processes.fault;

import java.util.Base64;
import java.util.List;

/** A namespace with people, policy and Connections in which one run at a time is played. */
record Slot(ApiServer server, String namespace) {
  private static final String RBAC =
      "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings";
  private static final String OURS = "/apis/orchestrator.secamo.io/v1alpha1/namespaces/%s/";

  static Slot prepare(ApiServer server, String namespace) {
    Slot slot = new Slot(server, namespace);
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
    slot.connection(
        "helpdesk",
        "\"type\":\"RequestTracker\",\"requestTracker\":{\"queue\":\"FwChanges\",\"keyField\":\"opkey\"}",
        "");
    slot.connection("cloud", "\"type\":\"OpenStack\"", "/v3");
    slot.apply(
        OURS.formatted(namespace) + "approvalpolicies",
        """
        {"apiVersion":"orchestrator.secamo.io/v1alpha1","kind":"ApprovalPolicy",
         "metadata":{"name":"every-change"},"spec":{"rules":[
          {"name":"every","gates":[{"name":"security","required":1}]},
          {"name":"hurry","when":"request.name.startsWith('timed')",
           "gates":[{"name":"security","required":1,"within":"2s"}]}]}}
        """);
    return slot;
  }

  String requests() {
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

  private void secret(String name, String key, String value) {
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
    apply(
        "/api/v1/namespaces/" + namespace + "/secrets",
        "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"%s\"},\"data\":{%s}}"
            .formatted(name, data));
  }

  private void connection(String name, String type, String path) {
    apply(
        OURS.formatted(namespace) + "connections",
        """
        {"apiVersion":"orchestrator.secamo.io/v1alpha1","kind":"Connection","metadata":{"name":"%s"},
         "spec":{%s,"endpoint":"http://127.0.0.1:1%s","secretRef":{"name":"%s"}}}
        """
            .formatted(name, type, path, name));
  }

  private void apply(String path, String json) {
    ApiServer.Answer answer = server.post("admin", path, json);
    if (answer.code() != 409) {
      answer.orFail();
    }
  }
}
