package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What Keystone and Neutron are asked by our connector, and what they answer. */
final class CloudInterview {
  private static final String RULES = "/v2.0/security-group-rules";

  /** What our connector reads of a rule. */
  private static final List<String> FIELDS =
      List.of(
          "direction",
          "ethertype",
          "protocol",
          "port_range_min",
          "port_range_max",
          "remote_ip_prefix",
          "remote_group_id",
          "remote_address_group_id",
          "description");

  private static final String HTTPS =
      "'protocol':'tcp','port_range_min':443,'port_range_max':443,"
          + "'remote_ip_prefix':'203.0.113.0/24'";
  private final Interview cloud;
  private final String group;
  private String groupId = "";

  private CloudInterview(String keystone, String group) {
    this.cloud = new Interview(keystone);
    this.group = group;
  }

  /**
   * The notes of a whole interview.
   *
   * @param group name of a security group that is new
   */
  static Map<String, List<String>> with(String keystone, String password, String group) {
    CloudInterview interview = new CloudInterview(keystone, group);
    String project = interview.signIn(password);
    interview.groups(project);
    interview.additions();
    interview.whatIsNotThere();
    interview.removals();
    interview.withAWrongToken();
    return interview.cloud.notes();
  }

  private String signIn(String password) {
    cloud.post(
        "sign in with a wrong password",
        "/v3/auth/tokens",
        RealServers.credentials("not the password"),
        "error/message:type");
    Reply answer =
        cloud.post(
            "sign in",
            "/v3/auth/tokens",
            RealServers.credentials(password),
            "token/project/id:type",
            "token/project/name");
    JsonNode token = answer.json().path("token");
    for (JsonNode service : token.path("catalog")) {
      if (service.path("type").asText().equals("network")) {
        JsonNode first = service.path("endpoints").path(0);
        cloud.note("sign in", "network " + first.path("interface") + first.path("region_id"));
        cloud.note("sign in", "ends with " + first.path("url").asText().replaceAll(".*:\\d+", ""));
      }
    }
    cloud.note("sign in", "expires at a time that is ahead " + ahead(token.path("expires_at")));
    cloud.turnTo(RealServers.network(token));
    cloud.header("X-Auth-Token", answer.headers().get("X-Subject-Token"));
    return token.at("/project/id").asText();
  }

  private static boolean ahead(JsonNode time) {
    try {
      return Instant.parse(time.asText()).isAfter(Instant.now());
    } catch (DateTimeParseException odd) {
      return false;
    }
  }

  private void groups(String project) {
    cloud.get(
        "one group",
        "/v2.0/security-groups?limit=1&fields=id&project_id=" + project,
        "security_groups/*/id:type");
    String list = "/v2.0/security-groups?limit=200&sort_key=id&sort_dir=asc&project_id=" + project;
    groupId =
        cloud
            .get(
                "a group by its name",
                list + "&fields=id&fields=name&name=" + group,
                "security_groups/*/id:type",
                "security_groups/*/name")
            .json()
            .at("/security_groups/0/id")
            .asText();
    rules("rules of a new group");
    cloud.note(
        "the id of a group",
        "is one " + groupId.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
    cloud.get(
        "a group alone",
        "/v2.0/security-groups/" + groupId + "?fields=id",
        "security_group/id:type");
    cloud.get("a group by its id", list + "&fields=id&id=" + groupId, "security_groups/*/id:type");
    cloud.get(
        "a group by the id of none",
        list + "&fields=id&id=" + UUID.randomUUID(),
        "security_groups/*/id:type");
  }

  /** The rules of the group, listed alone and within their group. */
  private void rules(String question) {
    JsonNode list =
        cloud
            .get(
                question,
                RULES + "?limit=200&sort_key=id&sort_dir=asc&security_group_id=" + groupId)
            .json();
    cloud.note(
        question,
        "goes on "
            + list.path("security_group_rules_links").findValuesAsText("rel").contains("next"));
    note(question, list.path("security_group_rules"));
    String within = question + ", within their group";
    JsonNode groups =
        cloud
            .get(
                within,
                "/v2.0/security-groups?limit=200&sort_key=id&sort_dir=asc"
                    + "&fields=id&fields=security_group_rules&name="
                    + group,
                "security_groups/0/security_group_rules:type")
            .json();
    note(within, groups.at("/security_groups/0/security_group_rules"));
  }

  /** In any order: it goes by ids, which nobody chooses. */
  private void note(String question, JsonNode rules) {
    List<String> all = new ArrayList<>();
    rules.forEach(rule -> all.add(told(rule)));
    all.stream().sorted().forEach(rule -> cloud.note(question, rule));
  }

  private String told(JsonNode rule) {
    StringBuilder told = new StringBuilder("rule");
    for (String field : FIELDS) {
      JsonNode value = rule.path(field);
      told.append(' ').append(field).append('=');
      told.append(value.isMissingNode() ? "missing" : value);
    }
    boolean here = rule.path("security_group_id").asText().equals(groupId);
    return told + " id=" + rule.path("id").getNodeType() + " here=" + here;
  }

  private String add(String question, String to, String fields) {
    String body =
        "{'security_group_rule':{'security_group_id':'"
            + to
            + "','direction':'ingress','ethertype':'IPv4',"
            + fields
            + "}}";
    JsonNode answer =
        cloud.post(question, RULES, body, "NeutronError/type", "NeutronError/message:type").json();
    if (answer.has("security_group_rule")) {
      cloud.note(question, told(answer.path("security_group_rule")));
    }
    return answer.at("/security_group_rule/id").asText();
  }

  private void additions() {
    String id = add("add a rule", groupId, HTTPS + ",'description':'ours'");
    JsonNode shown = cloud.get("show it", RULES + "/" + id).json();
    cloud.note("show it", told(shown.path("security_group_rule")));
    add("add it again", groupId, HTTPS + ",'description':'ours'");
    add(
        "add it with the number of its protocol",
        groupId,
        HTTPS.replace("'tcp'", "'6'") + ",'description':'ours'");
    add("from anywhere", groupId, HTTPS.replace("203.0.113.0/24", "0.0.0.0/0"));
    add(
        "from anywhere, said otherwise",
        groupId,
        "'protocol':'tcp','port_range_min':443,'port_range_max':443");
    add("add it with another description", groupId, HTTPS + ",'description':'theirs'");
    add("with bits behind the prefix", groupId, HTTPS.replace("3.0/24", "3.9/24"));
    add(
        "without a description",
        groupId,
        "'protocol':'udp','port_range_min':53,'port_range_max':53,'remote_ip_prefix':'192.0.2.0/24'");
    add(
        "every port",
        groupId,
        "'protocol':'tcp','remote_ip_prefix':'192.0.2.0/24','description':'m'");
    add("every protocol", groupId, "'remote_ip_prefix':'192.0.2.0/24','description':'m'");
    rules("rules after that");
  }

  private void whatIsNotThere() {
    String nothing = UUID.randomUUID().toString();
    String[] error = {"NeutronError/type", "NeutronError/message:type"};
    cloud.get("show a rule that is not there", RULES + "/" + nothing, error);
    cloud.ask("remove a rule that is not there", "DELETE", RULES + "/" + nothing, "", error);
    add("add to a group that is not there", nothing, HTTPS);
    cloud.get(
        "a group alone that is not there",
        "/v2.0/security-groups/" + nothing + "?fields=id",
        error);
    cloud.get(
        "rules of a group that is not there",
        RULES + "?security_group_id=" + nothing,
        "security_group_rules/*");
  }

  private void removals() {
    String id = add("add one to be removed", groupId, HTTPS.replace("443", "8443"));
    cloud.ask("remove it", "DELETE", RULES + "/" + id, "");
    cloud.get("show it when it is gone", RULES + "/" + id, "NeutronError/type");
    cloud.ask("remove it again", "DELETE", RULES + "/" + id, "", "NeutronError/type");
    rules("rules in the end");
    add("add it anew", groupId, HTTPS.replace("443", "8443"));
  }

  private void withAWrongToken() {
    cloud.header("X-Auth-Token", "gAAAAABnonsense");
    cloud.refused();
    cloud.get("list without leave", RULES, "error/message:type");
    add("add without leave", groupId, HTTPS.replace("443", "9443"));
    cloud.ask("remove without leave", "DELETE", RULES + "/" + groupId, "", "error/message:type");
  }
}
