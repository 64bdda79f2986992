package io.secamo.processes.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Stands for Keystone and Neutron: the calls that the operator makes. An equal rule is refused with
 * 409 SecurityGroupRuleExists, as the real one does.
 */
final class Cloud {
  static final String PASSWORD = "canarysecretofthecloud";

  /** Of a user in the same project to whom nothing is shown, as without the role that lets look. */
  static final String PASSWORD_OF_THE_UNSEEING = "canarysecretoftheunseeing";

  private static final String TOKEN = "gAAAcanarytoken";
  private static final List<String> SAME =
      List.of(
          "security_group_id",
          "direction",
          "ethertype",
          "protocol",
          "port_range_min",
          "port_range_max",
          "remote_ip_prefix",
          "remote_group_id",
          "remote_address_group_id");
  private static final Set<String> ANYBODY = Set.of("0.0.0.0/0", "::/0");
  private static final Map<String, String> NUMBERS =
      Map.of("tcp", "6", "udp", "17", "icmp", "1", "ipv6-icmp", "58", "icmpv6", "58");
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Ledger ledger;
  private final String project;

  /** Of a cloud in which none of our groups is. */
  private final boolean bare;

  private final Map<String, ObjectNode> rules = new LinkedHashMap<>();
  private final Map<String, String> groups = new LinkedHashMap<>();
  private String password = PASSWORD;
  private final Map<String, Integer> generations = new HashMap<>();
  private String token;
  private int made;
  private final Set<String> hiding = new HashSet<>();
  private Instant blindUntil = Instant.MIN;

  Cloud(Ledger ledger) {
    this(ledger, "p1", false);
  }

  private Cloud(Ledger ledger, String project, boolean bare) {
    this.ledger = ledger;
    this.project = project;
    this.bare = bare;
    this.token = first();
  }

  /** The same with nothing in it of what stories are about. */
  static Cloud ofSomebodyElse(Ledger ledger) {
    return new Cloud(ledger, "p2", true);
  }

  private String first() {
    return TOKEN + project;
  }

  /** The group gets another name, and another group the name that it had. */
  synchronized void rename(String group) {
    generations.merge(group, 1, Integer::sum);
  }

  /** From now on no rule is listed for a while. */
  synchronized void blind(Instant until) {
    blindUntil = until;
  }

  /** From now on a group takes rules and never lists them. */
  synchronized void hide(String group) {
    hiding.add(group);
  }

  /** Somebody opens a group by hand, for what every story asks for. */
  synchronized void openByHand(String group) {
    meet(group);
    ObjectNode rule = JSON.createObjectNode().put("direction", "ingress").put("ethertype", "IPv4");
    rule.put("security_group_id", id(group)).put("protocol", "tcp");
    rule.put("port_range_min", 443).put("port_range_max", 443);
    made(rule.put("remote_ip_prefix", "203.0.113.0/24").put("description", "by hand"));
  }

  /** From now on another password is right, and what was signed in is out. */
  synchronized void changePassword(String next) {
    password = next;
    token = first() + next.length();
  }

  /** A call. */
  record Call(String method, String path, Map<String, String> query, String token, JsonNode body) {
    Call at(String otherPath) {
      return new Call(method, otherPath, query, token, body);
    }
  }

  /** Answers a call; {@code self} is the address under which it came. */
  synchronized Reply answer(Call call, String self) {
    String path = call.path();
    if (path.equals("/v3/auth/tokens")) {
      return signIn(call.body(), self);
    }
    if (unseeing().equals(call.token())) {
      return nothing(call);
    }
    if (!token.equals(call.token())) {
      return unauthorized();
    }
    meet(call.query().getOrDefault("name", "web"));
    if (path.equals("/v2.0/security-groups")) {
      return groups(call.query());
    }
    if (path.startsWith("/v2.0/security-groups/")) {
      return group(path.substring("/v2.0/security-groups/".length()));
    }
    String id = path.replaceAll("^/v2.0/security-group-rules/?", "");
    return switch (call.method()) {
      case "POST" -> add(call.body().path("security_group_rule"));
      case "DELETE" -> remove(id);
      default -> id.isEmpty() ? list(call.query().get("security_group_id")) : show(id);
    };
  }

  private String unseeing() {
    return TOKEN + "unseeing" + project;
  }

  /** Lists are empty and nothing is found by its id, as Neutron does it. */
  private static Reply nothing(Call call) {
    String[] path = call.path().split("/");
    String id = path[path.length - 1];
    return switch (id) {
      case "security-groups", "security-group-rules" ->
          call.method().equals("POST")
              ? no(404, "SecurityGroupNotFound", "there is no such security group")
              : Reply.of(
                  200, JSON.createObjectNode().set(id.replace('-', '_'), JSON.createArrayNode()));
      default ->
          call.path().contains("/security-groups/")
              ? no(404, "SecurityGroupNotFound", "there is no security group " + id)
              : none(id);
    };
  }

  /** Every name that is asked for is that of a group, which is told with its rules. */
  private Reply groups(Map<String, String> query) {
    ObjectNode found = JSON.createObjectNode();
    ArrayNode list = found.putArray("security_groups");
    String name = query.getOrDefault("name", "web");
    if (!query.containsKey("id") && !bare) {
      String id = id(name);
      groups.put(id, name);
      tell(list, id);
    } else if (groups.containsKey(query.get("id"))) {
      tell(list, query.get("id"));
    } else if (bare && !query.containsKey("id") && !query.containsKey("name")) {
      // Each project has one.
      list.addObject().put("id", id("default of " + project)).put("name", "default");
    }
    return Reply.of(200, found);
  }

  private Reply group(String id) {
    ObjectNode found = JSON.createObjectNode();
    found.putObject("security_group").put("id", id);
    return groups.containsKey(id)
        ? Reply.of(200, found)
        : no(404, "SecurityGroupNotFound", "there is no security group " + id);
  }

  private void tell(ArrayNode list, String id) {
    ObjectNode group = list.addObject().put("id", id).put("name", groups.get(id));
    group.set("security_group_rules", listed(id));
  }

  private Reply signIn(JsonNode body, String self) {
    boolean unseeing = body.toString().contains("\"" + PASSWORD_OF_THE_UNSEEING + "\"");
    if (!unseeing && !body.toString().contains("\"" + password + "\"")) {
      return unauthorized();
    }
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode session = answer.putObject("token");
    session.put("expires_at", Instant.now().plusSeconds(3600).toString());
    session.putObject("project").put("id", project).put("name", "demo");
    ObjectNode service = session.putArray("catalog").addObject().put("type", "network");
    service
        .putArray("endpoints")
        .addObject()
        .put("interface", "public")
        .put("region_id", "RegionOne")
        .put("url", self);
    return Reply.of(201, answer).with("X-Subject-Token", unseeing ? unseeing() : token);
  }

  private Reply list(String group) {
    ObjectNode found = JSON.createObjectNode();
    found.set("security_group_rules", listed(group));
    return Reply.of(200, found);
  }

  private ArrayNode listed(String group) {
    ArrayNode list = JSON.createArrayNode();
    if (Instant.now().isAfter(blindUntil) && !hiding.contains(groups.get(group))) {
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

  private static Reply unauthorized() {
    ObjectNode answer = JSON.createObjectNode();
    answer
        .putObject("error")
        .put("code", 401)
        .put("message", "The request you have made requires authentication.");
    return Reply.of(401, answer);
  }

  private static Reply none(String id) {
    return no(404, "SecurityGroupRuleNotFound", "there is no rule " + id);
  }

  private static Reply no(int status, String type, String why) {
    ObjectNode answer = JSON.createObjectNode();
    answer.putObject("NeutronError").put("type", type).put("message", why);
    return Reply.of(status, answer);
  }

  private Reply add(JsonNode asked) {
    if (!groups.containsKey(asked.path("security_group_id").asText())) {
      return no(404, "SecurityGroupNotFound", "there is no such security group");
    }
    for (Map.Entry<String, ObjectNode> there : rules.entrySet()) {
      if (SAME.stream().allMatch(f -> meant(there.getValue(), f).equals(meant(asked, f)))) {
        return no(409, "SecurityGroupRuleExists", "Rule id is " + there.getKey());
      }
    }
    ObjectNode rule = made(asked.deepCopy());
    rule.put("description", rule.path("description").asText(""));
    String id = rule.path("id").asText();
    ledger.did("rule.added", id, of(rule) + " " + rule.path("description").asText());
    return Reply.of(201, JSON.createObjectNode().set("security_group_rule", rule));
  }

  private ObjectNode made(ObjectNode rule) {
    String id = "00000000-0000-0000-0000-%012d".formatted(++made);
    SAME.stream().filter(f -> !rule.has(f)).forEach(rule::putNull);
    rule.put("id", id);
    rules.put(id, rule);
    return rule;
  }

  /** Also a new group has rules: they let everything out. */
  private void meet(String group) {
    String id = id(group);
    if (bare || group.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      return;
    }
    if (groups.putIfAbsent(id, group) == null) {
      for (String family : List.of("IPv4", "IPv6")) {
        ObjectNode out = JSON.createObjectNode().put("security_group_id", id);
        made(out.put("direction", "egress").put("ethertype", family).putNull("description"));
      }
    }
  }

  private String id(String group) {
    int generation = generations.getOrDefault(group, 0);
    String whole = group + (generation == 0 ? "" : "#" + generation);
    return UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Null is what "any" is, and a protocol has a name and a number. */
  private static String meant(JsonNode rule, String field) {
    String value = rule.path(field).asText("");
    return switch (field) {
      case "remote_ip_prefix" -> ANYBODY.contains(value) ? "" : value;
      case "protocol" -> NUMBERS.getOrDefault(value, value);
      default -> value;
    };
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
        .filter(r -> !r.getValue().path("direction").asText().equals("egress"))
        .map(Map.Entry::getKey)
        .toList();
  }
}
