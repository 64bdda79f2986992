package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Stands for Keystone and Neutron: the calls that the operator makes. An equal rule is refused with
 * 409 SecurityGroupRuleExists, as the real one does.
 */
final class Cloud {
  static final String PASSWORD = "canarysecretofthecloud";
  private static final String TOKEN = "gAAAcanarytoken";
  private static final List<String> SAME =
      List.of(
          "security_group_id",
          "direction",
          "ethertype",
          "protocol",
          "port_range_min",
          "port_range_max",
          "remote_ip_prefix");
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Ledger ledger;
  private final Map<String, ObjectNode> rules = new LinkedHashMap<>();
  private final Map<String, String> groups = new LinkedHashMap<>();
  private String password = PASSWORD;
  private String token = TOKEN;
  private int made;
  private Instant blindUntil = Instant.MIN;

  Cloud(Ledger ledger) {
    this.ledger = ledger;
  }

  /** From now on no rule is listed for a while. */
  synchronized void blind(Instant until) {
    blindUntil = until;
  }

  /** From now on another password is right, and what was signed in is out. */
  synchronized void changePassword(String next) {
    password = next;
    token = TOKEN + next.length();
  }

  /** A call. */
  record Call(String method, String path, Map<String, String> query, String token, JsonNode body) {}

  /** Answers a call; {@code self} is the address under which it came. */
  synchronized Reply answer(Call call, String self) {
    String path = call.path();
    if (path.equals("/v3/auth/tokens")) {
      return signIn(call.body(), self);
    }
    if (!token.equals(call.token())) {
      return Reply.of(401, JSON.createObjectNode().put("message", "Authentication required"));
    }
    if (path.equals("/v2.0/security-groups")) {
      return groups(call.query());
    }
    String id = path.replaceAll("^/v2.0/security-group-rules/?", "");
    return switch (call.method()) {
      case "POST" -> add(call.body().path("security_group_rule"));
      case "DELETE" -> remove(id);
      default -> id.isEmpty() ? list(call.query().get("security_group_id")) : show(id);
    };
  }

  /** Every name that is asked for is that of a group, which is told with its rules. */
  private Reply groups(Map<String, String> query) {
    ObjectNode found = JSON.createObjectNode();
    ArrayNode list = found.putArray("security_groups");
    String name = query.getOrDefault("name", "web");
    if (!query.containsKey("id")) {
      String id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
      groups.put(id, name);
      tell(list, id);
    } else if (groups.containsKey(query.get("id"))) {
      tell(list, query.get("id"));
    }
    return Reply.of(200, found);
  }

  private void tell(ArrayNode list, String id) {
    ObjectNode group = list.addObject().put("id", id).put("name", groups.get(id));
    group.set("security_group_rules", listed(id));
  }

  private Reply signIn(JsonNode body, String self) {
    if (!body.toString().contains("\"" + password + "\"")) {
      return Reply.of(401, JSON.createObjectNode().put("message", "wrong credentials"));
    }
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode session = answer.putObject("token");
    session.put("expires_at", Instant.now().plusSeconds(3600).toString());
    session.putObject("project").put("id", "p1").put("name", "demo");
    ObjectNode service = session.putArray("catalog").addObject().put("type", "network");
    service
        .putArray("endpoints")
        .addObject()
        .put("interface", "public")
        .put("region_id", "RegionOne")
        .put("url", self);
    return Reply.of(201, answer).with("X-Subject-Token", token);
  }

  private Reply list(String group) {
    ObjectNode found = JSON.createObjectNode();
    found.set("security_group_rules", listed(group));
    return Reply.of(200, found);
  }

  private ArrayNode listed(String group) {
    ArrayNode list = JSON.createArrayNode();
    if (Instant.now().isAfter(blindUntil)) {
      rules.values().stream()
          .filter(r -> r.path("security_group_id").asText().equals(group))
          .forEach(list::add);
    }
    return list;
  }

  private Reply show(String id) {
    ObjectNode rule = rules.get(id);
    return rule == null
        ? none(id)
        : Reply.of(200, JSON.createObjectNode().set("security_group_rule", rule));
  }

  private static Reply none(String id) {
    ObjectNode answer = JSON.createObjectNode();
    answer.putObject("NeutronError").put("type", "SecurityGroupRuleNotFound").put("message", id);
    return Reply.of(404, answer);
  }

  private Reply add(JsonNode asked) {
    for (Map.Entry<String, ObjectNode> there : rules.entrySet()) {
      if (SAME.stream().allMatch(f -> same(there.getValue(), asked, f))) {
        ObjectNode answer = JSON.createObjectNode();
        answer
            .putObject("NeutronError")
            .put("type", "SecurityGroupRuleExists")
            .put("message", "Rule id is " + there.getKey());
        return Reply.of(409, answer);
      }
    }
    String id = "00000000-0000-0000-0000-%012d".formatted(++made);
    ObjectNode rule = asked.deepCopy();
    SAME.stream().filter(f -> !rule.has(f)).forEach(rule::putNull);
    rule.put("id", id);
    rules.put(id, rule);
    ledger.did("rule.added", id, of(rule) + " " + rule.path("description").asText());
    return Reply.of(201, JSON.createObjectNode().set("security_group_rule", rule));
  }

  private static boolean same(JsonNode one, JsonNode other, String field) {
    return Objects.equals(one.path(field).asText(""), other.path(field).asText(""))
        || (one.path(field).isNull() && !other.hasNonNull(field));
  }

  private Reply remove(String id) {
    ObjectNode rule = rules.remove(id);
    if (rule == null) {
      return none(id);
    }
    ledger.did("rule.removed", id, of(rule));
    return Reply.of(204, "");
  }

  /** The name of the group that a rule belongs to. */
  private String of(ObjectNode rule) {
    return groups.getOrDefault(rule.path("security_group_id").asText(), "?");
  }

  /** Rules that a group has now. */
  synchronized List<String> rules(String group) {
    return rules.entrySet().stream()
        .filter(r -> of(r.getValue()).equals(group))
        .map(Map.Entry::getKey)
        .toList();
  }
}
