package io.secamo.processes.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.connector.http.Request;
import io.secamo.processes.firewall.Rule;
import io.secamo.processes.systems.LossyProxy;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NeedsRealSystem(RealSystem.OPEN_STACK)
class OpenStackFirewallTest {
  private static final Rule HTTPS = Rule.parse("Ingress tcp 443 from 203.0.113.0/24");
  private static final String OURS = "process c=1 u=1 r=1 team-a/web";
  private static final String LOOK = "GET /v2.0/security-groups";
  private static final String ADD = "POST /v2.0/security-group-rules";

  private final DemoCloud cloud = new DemoCloud();
  private final FirewallProvider firewall = cloud.connect();
  private final String group = "web-" + UUID.randomUUID();
  private String groupId = "";

  @BeforeEach
  void makeGroup() {
    groupId = makeGroup(group);
  }

  @AfterEach
  void removeGroup() {
    cloud.session().send(Request.delete("/v2.0/security-groups/" + groupId));
    cloud.close();
  }

  private String makeGroup(String name) {
    return post("/v2.0/security-groups", "{'security_group':{'name':'" + name + "'}}")
        .path("security_group")
        .path("id")
        .asText();
  }

  private JsonNode post(String path, String body) {
    try {
      JsonNode json = new ObjectMapper().readTree(body.replace('\'', '"'));
      return cloud.session().send(Request.post(path, json)).orRefuse("test").body();
    } catch (com.fasterxml.jackson.core.JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  private JsonNode get(String path) {
    return cloud.session().send(Request.get(path)).orRefuse("test").body();
  }

  /** Somebody else makes a rule. */
  private String somebodyAdds(String fields) {
    String body =
        "{'security_group_rule':{'security_group_id':'"
            + groupId
            + "','direction':'ingress',"
            + fields
            + "}}";
    return post("/v2.0/security-group-rules", body).path("security_group_rule").path("id").asText();
  }

  /** Without the two rules that every new group has. */
  private List<LiveRule> ingress() {
    return firewall.observe(group).rules().stream()
        .filter(live -> live.rule().direction() == Rule.Direction.INGRESS)
        .toList();
  }

  @Test
  void theCheckNamesProjectAndAddress() {
    assertThat(firewall.check()).isEqualTo(firewall.account());
    assertThat(firewall.account().description())
        .matches(
            "OpenStack project demo \\([0-9a-f]{32}\\) at "
                + java.util.regex.Pattern.quote(cloud.keystone())
                + ", region RegionOne");
  }

  @Test
  void aNewGroupLetsEverythingOut() {
    assertThat(firewall.observe(group).rules())
        .extracting(LiveRule::rule)
        .containsExactlyInAnyOrder(
            Rule.parse("Egress any to 0.0.0.0/0"), Rule.parse("Egress any to ::/0"));
    assertThat(firewall.observe(groupId).rules()).hasSize(2);
  }

  @Test
  void rulesOfOthersAreReadAsTheyAreMeant() {
    somebodyAdds("'protocol':'6','port_range_min':1,'port_range_max':65535");
    somebodyAdds(
        "'protocol':'udp','port_range_min':53,'port_range_max':53,"
            + "'remote_ip_prefix':'10.1.2.3/8'");
    somebodyAdds("'protocol':'icmp','ethertype':'IPv6'");
    somebodyAdds("'protocol':'icmp','port_range_min':8");
    somebodyAdds("'protocol':'tcp','remote_group_id':'" + groupId + "'");
    assertThat(ingress())
        .extracting(live -> live.rule().toString())
        .containsExactlyInAnyOrder(
            "Ingress tcp from 0.0.0.0/0",
            "Ingress udp 53 from 10.0.0.0/8",
            "Ingress icmpv6 from ::/0");
  }

  @Test
  void moreRulesThanAPageAreAllSeen() {
    for (int port = 1; port <= 5; port++) {
      somebodyAdds("'protocol':'tcp','port_range_min':" + port + ",'port_range_max':" + port);
    }
    List<LiveRule> paged = new SecurityGroups(cloud.session(), 2).rules(groupId);
    assertThat(paged)
        .hasSize(7)
        .containsExactlyInAnyOrderElementsOf(firewall.observe(group).rules());
  }

  @Test
  void aGroupTellsItsRulesExactlyAsTheirListDoes() {
    somebodyAdds("'protocol':'tcp','remote_group_id':'" + groupId + "','description':'é'");
    somebodyAdds("'protocol':'udp','port_range_min':53,'port_range_max':53");
    somebodyAdds("'protocol':'icmp','ethertype':'IPv6','remote_ip_prefix':'2001:db8::1/32'");
    JsonNode embedded = get("/v2.0/security-groups?name=" + group).path("security_groups");
    assertThat(embedded).hasSize(1);
    assertThat(embedded.get(0).path("id").asText()).isEqualTo(groupId);
    JsonNode rules = embedded.get(0).path("security_group_rules");
    // Neutron 21 tells two more fields there, neither of which says what the rule allows.
    rules.forEach(rule -> ((ObjectNode) rule).remove(List.of("standard_attr_id", "tags")));
    assertThat(rules)
        .hasSize(5)
        .containsExactlyInAnyOrderElementsOf(
            get("/v2.0/security-group-rules?security_group_id=" + groupId)
                .path("security_group_rules"));
  }

  @Test
  void moreRulesThanWeReadAtOnceComePageByPage() {
    for (int port = 1; port <= 20; port++) {
      somebodyAdds("'protocol':'tcp','port_range_min':" + port + ",'port_range_max':" + port);
    }
    KeystoneSession session = cloud.sessionReading(6000);
    OpenStackFirewall small =
        new OpenStackFirewall(session, new SecurityGroups(session, 3), Duration.ofSeconds(30));
    assertThat(small.observe(group).rules()).hasSize(22).doesNotHaveDuplicates();
  }

  @Test
  void aGroupThatComesWithoutItsRulesIsNotTakenForAnEmptyOne() {
    try (LossyProxy proxy = cloud.beforeNeutron()) {
      FirewallProvider far = cloud.connectThrough(proxy);
      proxy.otherAnswer(1, LOOK::equals, "{\"security_groups\":[{\"id\":\"" + groupId + "\"}]}");
      assertThat(far.observe(group).rules()).hasSize(2);
    }
  }

  @Test
  void anotherGroupThanTheOneAskedForIsNotTaken() {
    String other = "{\"security_groups\":[{\"id\":\"other\",\"security_group_rules\":[]}]}";
    try (LossyProxy proxy = cloud.beforeNeutron()) {
      FirewallProvider far = cloud.connectThrough(proxy);
      proxy.otherAnswer(1, LOOK::equals, other);
      assertThatThrownBy(() -> far.observe(groupId).rules())
          .isInstanceOf(ConnectorFailure.Refused.class)
          .hasMessageContaining("there is no security group");
    }
  }

  @Test
  void lookingIsOneCallAndAddingAndRemovingNoMoreThanTheyMustBe() {
    try (LossyProxy proxy = cloud.beforeNeutron()) {
      FirewallProvider far = cloud.connectThrough(proxy);
      far.observe(group).rules();
      far.observe(groupId).rules();
      assertThat(far.account()).isEqualTo(far.account());
      LiveRule added = far.add(group, HTTPS, OURS);
      far.remove(added.id());
      String rule = " /v2.0/security-group-rules/" + added.id();
      assertThat(proxy.seen())
          .containsExactly(LOOK, LOOK, LOOK, ADD, "GET" + rule, "DELETE" + rule, "GET" + rule);
    }
  }

  @Test
  void aRuleIsAddedWithItsMarkerAndReadBack() {
    LiveRule added = firewall.add(group, HTTPS, OURS);
    assertThat(added.rule()).isEqualTo(HTTPS);
    assertThat(added.marker()).isEqualTo(OURS);
    assertThat(ingress()).containsExactly(added);
    assertThat(firewall.add(group, HTTPS, OURS)).isEqualTo(added);
    assertThat(ingress()).hasSize(1);
  }

  @Test
  void everyKindOfRuleComesBackAsItWasAsked() {
    for (String text :
        List.of(
            "Ingress any from 192.0.2.0/24",
            "Ingress tcp from 0.0.0.0/0",
            "Ingress tcp 1 from 0.0.0.0/0",
            "Egress udp 53-54 to 2001:db8::/32",
            "Ingress icmp from 192.0.2.0/24",
            "Ingress icmpv6 from 2001:db8::/32")) {
      Rule rule = Rule.parse(text);
      assertThat(firewall.add(group, rule, OURS).rule()).isEqualTo(rule);
    }
  }

  @Test
  void anEqualRuleOfSomebodyElseStaysAsItIs() {
    String id =
        somebodyAdds(
            "'protocol':'tcp','port_range_min':443,'port_range_max':443,"
                + "'remote_ip_prefix':'203.0.113.0/24','description':'by hand'");
    assertThat(firewall.add(group, HTTPS, OURS)).isEqualTo(new LiveRule(id, HTTPS, "by hand"));
    assertThat(ingress()).hasSize(1);
  }

  @Test
  void anEqualRuleWithHostBitsIsEqualAlthoughNeutronWouldTakeASecond() {
    String id =
        somebodyAdds(
            "'protocol':'tcp','port_range_min':443,'port_range_max':443,"
                + "'remote_ip_prefix':'203.0.113.9/24'");
    assertThat(firewall.add(group, HTTPS, OURS)).isEqualTo(new LiveRule(id, HTTPS, ""));
    assertThat(ingress()).hasSize(1);
  }

  /** What a removal looks for once its own rule is gone. */
  @Test
  void aTwinWithHostBitsIsShownAsEqualWhenOursIsGone() {
    LiveRule ours = firewall.add(group, HTTPS, OURS);
    String twin =
        somebodyAdds(
            "'protocol':'6','port_range_min':443,'port_range_max':443,"
                + "'remote_ip_prefix':'203.0.113.7/24','description':'"
                + OURS
                + "'");
    firewall.remove(ours.id());

    assertThat(firewall.group(groupId).orElseThrow().rules())
        .filteredOn(rule -> rule.rule().direction() == Rule.Direction.INGRESS)
        .containsExactly(new LiveRule(twin, HTTPS, OURS));
  }

  @Test
  void eightAtTheSameTimeLeaveOneRule() throws Exception {
    CyclicBarrier start = new CyclicBarrier(8);
    Set<String> ids = new HashSet<>();
    try (ExecutorService all = Executors.newFixedThreadPool(8)) {
      List<Future<LiveRule>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(
            all.submit(
                () -> {
                  start.await();
                  return addedWhenThereIsRoom();
                }));
      }
      for (Future<LiveRule> call : calls) {
        ids.add(call.get().id());
      }
    }
    assertThat(ids).hasSize(1);
    assertThat(ingress()).hasSize(1);
  }

  /** Six may call at a time; who is told to come back does. */
  private LiveRule addedWhenThereIsRoom() {
    return await()
        .atMost(Duration.ofMinutes(1))
        .ignoreException(ConnectorFailure.Throttled.class)
        .until(() -> firewall.add(group, HTTPS, OURS), Objects::nonNull);
  }

  @Test
  void theRuleThatWonTheRaceIsReturned() {
    try (LossyProxy blind = cloud.beforeNeutron()) {
      FirewallProvider late = cloud.connectThrough(blind);
      LiveRule first = firewall.add(group, HTTPS, OURS);
      blind.otherAnswer(
          1,
          LOOK::equals,
          "{\"security_groups\":[{\"id\":\"" + groupId + "\",\"security_group_rules\":[]}]}");
      assertThat(late.add(group, HTTPS, "another")).isEqualTo(first);
      assertThat(blind.seen()).contains(ADD);
    }
    assertThat(ingress()).hasSize(1);
  }

  @Test
  void anAnswerWithoutAListIsNotAnEmptyList() {
    Map<String, String> odd = Map.of("security_group_rules", "rules");
    try (LossyProxy proxy = LossyProxy.before(cloud.neutron(), odd)) {
      FirewallProvider far = cloud.connectThrough(proxy);
      assertThatThrownBy(() -> far.observe(group).rules())
          .isInstanceOf(ConnectorFailure.Refused.class)
          .hasMessageContaining("without a list");
    }
  }

  @Test
  void removingTwiceIsFine() {
    LiveRule added = firewall.add(group, HTTPS, OURS);
    firewall.remove(added.id());
    assertThat(ingress()).isEmpty();
    firewall.remove(added.id());
  }

  @Test
  void whatIsInAGroupIsFoundByItsIdWhateverTheGroupIsCalledByNow() {
    LiveRule added = firewall.add(group, HTTPS, OURS);
    ObjectNode renamed = new ObjectMapper().createObjectNode();
    renamed.putObject("security_group").put("name", "renamed " + UUID.randomUUID());
    cloud.session().send(Request.put("/v2.0/security-groups/" + groupId, renamed)).orRefuse("test");

    assertThatThrownBy(() -> firewall.observe(group)).isInstanceOf(ConnectorFailure.Refused.class);
    assertThat(firewall.group(groupId).orElseThrow().rules()).contains(added);
    assertThat(firewall.find(added.id())).contains(new FirewallProvider.Found(groupId, added));
    firewall.remove(added.id());
    assertThat(firewall.find(added.id())).isEmpty();
  }

  @Test
  void aGroupThatWasDeletedIsGoneWithItsRules() {
    LiveRule added = firewall.add(group, HTTPS, OURS);
    cloud.session().send(Request.delete("/v2.0/security-groups/" + groupId)).orRefuse("test");

    assertThat(firewall.group(groupId)).isEmpty();
    assertThat(firewall.find(added.id())).isEmpty();
    firewall.remove(added.id());
  }

  @Test
  void aGroupThatIsNotThereIsToldWithThoseThatAre() {
    String near = group + "x";
    assertThatThrownBy(() -> firewall.observe(near).rules())
        .isInstanceOf(ConnectorFailure.Misnamed.class)
        .hasMessageStartingWith(
            "there is no security group '" + near + "' in project demo; it has: " + group);
    assertThatThrownBy(() -> firewall.add(UUID.randomUUID().toString(), HTTPS, OURS))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("there is no security group");
  }

  @Test
  void twoGroupsOfOneNameAreToldApartByTheirId() {
    String second = makeGroup(group);
    assertThatThrownBy(() -> firewall.observe(group).rules())
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("2 security groups")
        .hasMessageContaining(second);
    assertThat(firewall.observe(second).rules()).hasSize(2);
    cloud.session().send(Request.delete("/v2.0/security-groups/" + second));
  }

  @Test
  void aFullQuotaIsToldInNeutronsWordsWithWhatToDo() {
    cloud.limitRules(0);
    try {
      assertThatThrownBy(() -> firewall.add(group, HTTPS, OURS))
          .isInstanceOf(ConnectorFailure.Refused.class)
          .hasMessageContaining("Quota exceeded")
          .hasMessageContaining("quota of project demo");
    } finally {
      cloud.limitRules(null);
    }
  }

  @Test
  void aLostAnswerIsLookedAtAndTheRuleIsFound() {
    try (LossyProxy proxy = cloud.beforeNeutron()) {
      FirewallProvider far = cloud.connectThrough(proxy);
      proxy.loseAnswer(1, ADD::equals);
      assertThat(far.add(group, HTTPS, OURS).marker()).isEqualTo(OURS);
      assertThat(proxy.seen()).filteredOn(ADD::equals).hasSize(1);
    }
    assertThat(ingress()).hasSize(1);
  }

  @Test
  void aLostAnswerThatCannotBeLookedAtIsUnknownAndSafeToRepeat() {
    try (LossyProxy proxy = cloud.beforeNeutron()) {
      FirewallProvider far = cloud.connectThrough(proxy);
      far.observe(group).rules();
      proxy.loseAnswer(1, ADD::equals);
      proxy.refuseAfter(ADD, 1);
      assertThatThrownBy(() -> far.add(group, HTTPS, OURS))
          .isInstanceOf(ConnectorFailure.Unknown.class);
      assertThat(far.add(group, HTTPS, OURS).marker()).isEqualTo(OURS);
    }
    assertThat(ingress()).hasSize(1);
  }

  @Test
  void aBrokenServerIsUnknownWhenTheRuleIsNotThere() {
    try (LossyProxy proxy = cloud.beforeNeutron()) {
      FirewallProvider far = cloud.connectThrough(proxy);
      proxy.refuse(1, ADD::equals);
      assertThatThrownBy(() -> far.add(group, HTTPS, OURS))
          .isInstanceOf(ConnectorFailure.Unknown.class)
          .hasMessageContaining("HTTP 503");
    }
    assertThat(ingress()).isEmpty();
  }

  @Test
  void aLostAnswerToARemovalIsLookedAt() {
    LiveRule added = firewall.add(group, HTTPS, OURS);
    try (LossyProxy proxy = cloud.beforeNeutron()) {
      FirewallProvider far = cloud.connectThrough(proxy);
      proxy.loseAnswer(1, call -> call.startsWith("DELETE"));
      far.remove(added.id());
      LiveRule again = firewall.add(group, HTTPS, OURS);
      proxy.refuse(1, call -> call.startsWith("DELETE"));
      assertThatThrownBy(() -> far.remove(again.id())).isInstanceOf(ConnectorFailure.Unknown.class);
    }
    assertThat(ingress()).hasSize(1);
  }
}
