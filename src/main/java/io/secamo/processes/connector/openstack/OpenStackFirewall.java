package io.secamo.processes.connector.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.connector.Account;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.connector.http.Request;
import io.secamo.processes.connector.http.Response;
import io.secamo.processes.connector.http.VendorText;
import io.secamo.processes.firewall.Rule;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * OpenStack's security groups as a firewall. Neutron refuses a second equal rule, which makes
 * adding safe to repeat, but not one that differs only in bits behind the prefix: so we look first.
 */
final class OpenStackFirewall implements Connector, FirewallProvider {
  private static final String RULES = "/v2.0/security-group-rules";

  /** How long a list may lag behind a rule that was made. */
  private static final Duration SETTLE = Duration.ofSeconds(10);

  private final KeystoneSession session;
  private final SecurityGroups groups;
  private final Duration settle;

  /**
   * Signed in over a session.
   *
   * @param call the longest that one call takes
   */
  OpenStackFirewall(KeystoneSession session, SecurityGroups groups, Duration call) {
    this.session = session;
    this.groups = groups;
    this.settle = call.plus(SETTLE);
  }

  @Override
  public Optional<TicketSystem> tickets() {
    return Optional.empty();
  }

  @Override
  public Optional<FirewallProvider> firewall() {
    return Optional.of(this);
  }

  /** Signs in anew: what we knew of the account may be an hour old. */
  @Override
  public Account check() {
    session.renew();
    groups.mustSee();
    return account();
  }

  @Override
  public Account account() {
    KeystoneSession.Project project = session.project();
    String region = project.region().isEmpty() ? "" : Account.REGION + project.region();
    String id = "(%s) at %s%s".formatted(project.id(), session.address(), region);
    return new Account("OpenStack project " + project.name() + " " + id, id);
  }

  @Override
  public Duration settleWindow() {
    return settle;
  }

  @Override
  public Group observe(String securityGroup) {
    return groups.observe(securityGroup);
  }

  @Override
  public Optional<Group> group(String groupId) {
    return groups.toTakeBack().group(groupId);
  }

  @Override
  public Optional<Found> find(String ruleId) {
    return groups.toTakeBack().rule(ruleId).map(shown -> found(ruleId, shown));
  }

  /**
   * Neutron's rules cannot be edited: what cannot be said as a rule is not the one that we made.
   */
  private static Found found(String id, JsonNode shown) {
    LiveRule rule =
        RuleForm.read(shown)
            .filter(read -> read.id().equals(id))
            .orElseThrow(
                () ->
                    new ConnectorFailure.Refused(
                        "OpenStack Neutron shows something else as rule " + id + ": look at it"));
    return new Found(
        Identifier.of("id of a security group", shown.path("security_group_id").asText()), rule);
  }

  @Override
  public LiveRule add(String securityGroup, Rule rule, String marker) {
    Group now = groups.observe(securityGroup);
    String group = now.id();
    JsonNode body = RuleForm.write(group, rule, VendorText.plain(marker));
    Optional<LiveRule> there = equal(now.rules(), rule, marker);
    if (there.isPresent()) {
      return there.get();
    }
    Response answer;
    try {
      answer = session.send(Request.post(RULES, body).waitedFor());
    } catch (ConnectorFailure.Unknown lost) {
      return look(group, rule, marker, lost);
    }
    if (answer.status() == 409) {
      return conflict(group, rule, marker, answer);
    }
    String id =
        answer
            .orRefuse("OpenStack Neutron does not add '" + rule + "' to " + securityGroup)
            .body()
            .path("security_group_rule")
            .path("id")
            .asText();
    return readBack(id, rule, VendorText.plain(marker));
  }

  /** An equal rule, our own before anybody else's. */
  private static Optional<LiveRule> equal(List<LiveRule> rules, Rule rule, String marker) {
    return rules.stream()
        .filter(live -> live.rule().equals(rule))
        .min(
            Comparator.comparing((LiveRule live) -> !live.marker().equals(marker))
                .thenComparing(LiveRule::id));
  }

  private LiveRule look(String group, Rule rule, String marker, ConnectorFailure.Unknown lost) {
    try {
      return equal(groups.rules(group), rule, marker).orElseThrow(() -> lost);
    } catch (ConnectorFailure blind) {
      if (!blind.equals(lost)) {
        lost.addSuppressed(blind);
      }
      throw lost;
    }
  }

  /** 409 means an equal rule, or a quota: only the type tells. */
  private LiveRule conflict(String group, Rule rule, String marker, Response answer) {
    String type = answer.body().path("NeutronError").path("type").asText();
    if (type.equals("SecurityGroupRuleExists")) {
      return equal(groups.rules(group), rule, marker)
          .orElseThrow(
              () ->
                  new ConnectorFailure.Transient(
                      "an equal rule was there and went away while we added '"
                          + rule
                          + "'"
                          + answer.explained(),
                      null));
    }
    String todo =
        type.equals("OverQuota")
            ? ": remove rules that nobody needs, or have the quota of project "
                + session.project().name()
                + " raised"
            : "";
    throw new ConnectorFailure.Refused(
        "OpenStack Neutron does not add '" + rule + "'" + answer.explained() + todo);
  }

  /**
   * Under the same id and with our marker: what is taken for another one would never be removed.
   */
  private LiveRule readBack(String id, Rule rule, String marker) {
    try {
      Optional<LiveRule> live = groups.rule(id).flatMap(RuleForm::read);
      if (!live.equals(Optional.of(new LiveRule(id, rule, marker)))) {
        throw new ConnectorFailure.Unknown(
            "OpenStack Neutron accepted '"
                + rule
                + "' and now shows "
                + live.map(read -> "'" + read.rule() + "'").orElse("nothing"),
            null);
      }
      return live.get();
    } catch (ConnectorFailure.Unknown known) {
      throw known;
    } catch (ConnectorFailure notRead) {
      throw new ConnectorFailure.Unknown(
          "rule " + id + " was added but could not be read back: " + notRead.getMessage(), notRead);
    }
  }

  @Override
  public void remove(String ruleId) {
    String path = RULES + "/" + URLEncoder.encode(ruleId, StandardCharsets.UTF_8);
    SecurityGroups shown = groups.toTakeBack();
    try {
      Response answer = session.send(Request.delete(path).takingBack());
      if (SecurityGroups.noSuchRule(answer)) {
        return;
      }
      answer.orRefuse("OpenStack Neutron does not remove rule " + ruleId);
    } catch (ConnectorFailure.Unknown lost) {
      if (shown.rule(ruleId).isPresent()) {
        throw lost;
      }
      return;
    }
    if (shown.rule(ruleId).isPresent()) {
      throw new ConnectorFailure.Unknown(
          "OpenStack Neutron says that it removed rule " + ruleId + " and still shows it", null);
    }
  }
}
