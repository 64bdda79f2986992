package io.secamo.processes.connector.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider.Group;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.connector.http.Request;
import io.secamo.processes.connector.http.Response;
import io.secamo.processes.connector.http.VendorText;
import io.secamo.processes.text.Near;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The security groups of our project and their rules, as Neutron tells them. */
final class SecurityGroups {
  private static final int PAGE = 200;
  private static final int MOST_PAGES = 25;

  /** Five thousand rules with everything that may be said of them. */
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  private static final int NAMES_SHOWN = 10;
  private static final int NAME = 100;
  private static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  private final KeystoneSession session;
  private final int page;
  private final boolean takesBack;

  SecurityGroups(KeystoneSession session) {
    this(session, PAGE);
  }

  SecurityGroups(KeystoneSession session, int page) {
    this(session, page, false);
  }

  private SecurityGroups(KeystoneSession session, int page, boolean takesBack) {
    this.session = session;
    this.page = page;
    this.takesBack = takesBack;
  }

  /** The same, looked at to take something back. */
  SecurityGroups toTakeBack() {
    return new SecurityGroups(session, page, true);
  }

  private Response send(String path) {
    Request request = Request.get(path).keeping(RuleForm.FIELDS);
    return session.send(takesBack ? request.takingBack() : request);
  }

  /**
   * A group of our project, in one call.
   *
   * @throws ConnectorFailure.Misnamed if there is none, or several of that name
   */
  Group observe(String nameOrId) {
    // What looks like an id is none but an id: a group may be given any name.
    List<JsonNode> found =
        nameOrId.matches(UUID) ? withId(nameOrId) : groups("&name=" + encoded(nameOrId));
    if (found.isEmpty()) {
      throw none(nameOrId);
    }
    if (found.size() > 1) {
      throw several(nameOrId, found);
    }
    return group(found.get(0));
  }

  private Group group(JsonNode found) {
    String id = Identifier.of("id of a security group", found.path("id").asText());
    JsonNode embedded = found.path("security_group_rules");
    if (embedded.size() > MOST_PAGES * page) {
      throw tooMany("security-group-rules", MOST_PAGES);
    }
    return new Group(id, embedded.isArray() ? read(embedded) : rules(id));
  }

  private ConnectorFailure.Misnamed several(String name, List<JsonNode> groups) {
    List<String> ids =
        groups.stream().map(group -> VendorText.line(NAME, group.path("id").asText())).toList();
    return new ConnectorFailure.Misnamed(
        "there are "
            + ids.size()
            + " security groups '"
            + name
            + "' in project "
            + session.project().name()
            + ": name the one you mean by its id ("
            + String.join(", ", ids.subList(0, Math.min(NAMES_SHOWN, ids.size())))
            + ")");
  }

  private ConnectorFailure.Misnamed none(String nameOrId) {
    List<String> names = new ArrayList<>();
    each(
        "security-groups",
        ofProject() + "&fields=name&fields=id",
        1,
        group -> names.add(VendorText.line(NAME, group.path("name").asText())));
    if (names.isEmpty()) {
      mustSee();
    }
    String wanted = VendorText.line(NAME, nameOrId);
    return new ConnectorFailure.Misnamed(
        "there is no security group '"
            + wanted
            + "' in project "
            + session.project().name()
            + "; "
            + Near.told("it", wanted, names));
  }

  /** A filter that is ignored must not give us another group. */
  private List<JsonNode> withId(String id) {
    return groups("&id=" + id).stream()
        .filter(group -> group.path("id").asText().equalsIgnoreCase(id))
        .toList();
  }

  private List<JsonNode> groups(String filter) {
    try {
      // All fields, as documented: naming those we want makes Neutron load the rules another way.
      return groups(filter, "");
    } catch (ConnectorFailure.Refused tooLong) {
      // Thousands of rules are longer than the answers we read: those come page by page.
      return groups(filter, "&fields=id");
    }
  }

  private List<JsonNode> groups(String filter, String fields) {
    List<JsonNode> groups = new ArrayList<>();
    each("security-groups", ofProject() + fields + filter, 1, groups::add);
    return groups;
  }

  /** Also an administrator, who sees every project, must only meet our own groups. */
  private String ofProject() {
    return "&project_id=" + encoded(session.project().id());
  }

  private static List<LiveRule> read(JsonNode rules) {
    List<LiveRule> read = new ArrayList<>();
    rules.forEach(rule -> RuleForm.read(rule).ifPresent(read::add));
    return read;
  }

  /** The same rules from a list of their own, page by page. */
  List<LiveRule> rules(String group) {
    List<LiveRule> rules = new ArrayList<>();
    each(
        "security-group-rules",
        "&security_group_id=" + encoded(group),
        MOST_PAGES,
        rule -> RuleForm.read(rule).ifPresent(rules::add));
    return rules;
  }

  /**
   * A group by its id, whatever its name is.
   *
   * @return empty only if Neutron says that it is not there, to an account that is shown others
   */
  Optional<Group> group(String id) {
    Optional<Group> listed = withId(id).stream().findFirst().map(this::group);
    if (listed.isEmpty()) {
      mustBeGone(id);
    }
    return listed;
  }

  /** Who may not look is answered with an empty list, as if nothing were there. */
  private void mustBeGone(String id) {
    Response answer = send("/v2.0/security-groups/" + encoded(id) + "?fields=id");
    if (!absent(answer, "SecurityGroupNotFound")) {
      String what = "OpenStack Neutron does not list security group " + id;
      answer.orRefuse(what);
      throw new ConnectorFailure.Refused(
          what
              + " and shows it by its id: let the user of the Secret list the groups of its"
              + " project");
    }
    mustSee();
  }

  /**
   * Sees that we are shown security groups at all: each project has one, 'default', which Neutron
   * makes when they are listed.
   *
   * @throws ConnectorFailure.Refused if we are shown none, so that nothing can be told of others
   */
  void mustSee() {
    JsonNode shown =
        send("/v2.0/security-groups?limit=1&fields=id" + ofProject())
            .orRefuse("OpenStack Neutron does not list security groups")
            .body()
            .path("security_groups");
    if (!shown.isArray()) {
      throw noList("security-groups");
    }
    if (shown.isEmpty()) {
      throw new ConnectorFailure.Refused(
          "OpenStack Neutron shows no security group of project "
              + session.project().name()
              + ", not even 'default': give the user of the Secret a role that may see them");
    }
    String unused = Identifier.of("id of a security group", shown.path(0).path("id").asText());
  }

  private static ConnectorFailure.Refused noList(String what) {
    return new ConnectorFailure.Refused(
        "OpenStack Neutron answers without a list of " + what + ": is its address right?");
  }

  /** One rule by its id; nothing if Neutron says that it is not there. */
  Optional<JsonNode> rule(String id) {
    Response answer = send("/v2.0/security-group-rules/" + encoded(id));
    if (noSuchRule(answer)) {
      return Optional.empty();
    }
    return Optional.of(
        answer
            .orRefuse("OpenStack Neutron does not show rule " + id)
            .body()
            .path("security_group_rule"));
  }

  /** Whether there is no such rule: a 404 of something in front of Neutron does not say that. */
  static boolean noSuchRule(Response answer) {
    return absent(answer, "SecurityGroupRuleNotFound");
  }

  private static boolean absent(Response answer, String expected) {
    String type = answer.body().path("NeutronError").path("type").asText();
    return answer.status() == 404 && type.equals(expected);
  }

  /** Page by page, by the id of the last one seen; the links of the server are not followed. */
  private void each(String what, String filter, int pages, Consumer<JsonNode> use) {
    String field = what.replace('-', '_');
    String marker = "";
    int seen = 0;
    int bytes = 0;
    for (int number = 0; number < pages; number++) {
      String path = "/v2.0/" + what + "?limit=" + page + "&sort_key=id&sort_dir=asc" + filter;
      Response answer = send(path + marker).orRefuse("OpenStack Neutron does not list " + what);
      bytes += answer.bytes();
      if (bytes > MOST_BYTES) {
        throw new ConnectorFailure.Refused(
            "OpenStack Neutron says more than 8 MiB about " + what + ": too much to judge");
      }
      JsonNode body = answer.body();
      if (!body.path(field).isArray()) {
        throw noList(what);
      }
      int left = pages * page - seen;
      // Also a server that does not keep to what is asked for at a time gives no more than that.
      for (JsonNode item : body.path(field)) {
        if (left-- > 0) {
          use.accept(item);
        } else if (pages > 1) {
          throw tooMany(what, pages);
        }
      }
      seen += body.path(field).size();
      if (!more(body.path(field + "_links"))) {
        return;
      }
      JsonNode last = body.path(field).path(body.path(field).size() - 1);
      marker = "&marker=" + encoded(Identifier.of("id in a list", last.path("id").asText()));
    }
    if (pages > 1) {
      throw tooMany(what, pages);
    }
  }

  private ConnectorFailure.Refused tooMany(String what, int pages) {
    return new ConnectorFailure.Refused(
        "OpenStack Neutron lists more than " + pages * page + " " + what + ": too many to judge");
  }

  private static boolean more(JsonNode links) {
    for (JsonNode link : links) {
      if (link.path("rel").asText().equals("next")) {
        return true;
      }
    }
    return false;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
