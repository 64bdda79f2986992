package io.secamo.processes.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.connector.ConnectorFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a Neutron may answer; 50 rules are the most here, 25 pages of two. */
class SecurityGroupsTest {
  private final CannedCloud cloud;
  private final SecurityGroups groups;

  SecurityGroupsTest() throws IOException {
    cloud = new CannedCloud();
    groups = new SecurityGroups(cloud.session(Duration.ofSeconds(40)), 2);
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private static String rules(int number) {
    return IntStream.range(0, number)
        .mapToObj("{'id':'r%d','direction':'ingress','ethertype':'IPv4'}"::formatted)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String group(String id, String rules) {
    return ("{'security_groups':[{'id':'" + id + "','security_group_rules':" + rules + "}]}")
        .replace('\'', '"');
  }

  @Test
  void aGroupWithMoreRulesThanCanBeJudgedIsRefusedHoweverTheyCome() {
    cloud.answering(path -> group("g1", rules(50)));
    assertThat(groups.observe("web").rules()).hasSize(50);
    cloud.answering(path -> group("g1", rules(51)));
    assertThatThrownBy(() -> groups.observe("web"))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("lists more than 50 security-group-rules: too many to judge");
  }

  @Test
  void aPageThatHoldsMoreThanAllPagesMayIsRefused() {
    cloud.answering(path -> "{'security_group_rules':%s}".formatted(rules(50)).replace('\'', '"'));
    assertThat(groups.rules("g1")).hasSize(50);
    cloud.answering(path -> "{'security_group_rules':%s}".formatted(rules(51)).replace('\'', '"'));
    assertThatThrownBy(() -> groups.rules("g1"))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("lists more than 50 security-group-rules");
  }

  /** Page after page of what nobody asked for, kept until the last one. */
  @Test
  void aListThatGrowsWithoutEndIsRefusedAndSaysWhy() {
    AtomicInteger pages = new AtomicInteger();
    String much = "x".repeat(3_500_000);
    cloud.answering(
        path ->
            "{'security_group_rules':[{'id':'r%d','x':'%s'}],'security_group_rules_links':[{'rel':'next'}]}"
                .formatted(pages.incrementAndGet(), much)
                .replace('\'', '"'));

    assertThatThrownBy(() -> groups.rules("g1"))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessage(
            "OpenStack Neutron says more than 8 MiB about security-group-rules: too much to judge");
    assertThat(pages).hasValue(3);
  }

  @Test
  void anIdThatCannotBeWrittenDownIsRefused() {
    cloud.answering(path -> group("g1, region Two", "[]"));
    assertThatThrownBy(() -> groups.observe("web"))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("as id of a security group");
    cloud.answering(
        path ->
            group(
                "g1",
                "[{'id':'" + "r".repeat(101) + "','direction':'ingress','ethertype':'IPv4'}]"));
    assertThatThrownBy(() -> groups.observe("web"))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("as id of a rule");
  }

  @Test
  void aRuleForSomethingThatIsNoNetworkIsRefusedInOneShortLine() {
    String odd = "everything\\nApproved: yes" + "x".repeat(5000);
    cloud.answering(
        path ->
            group(
                "g1",
                "[{'id':'r1','direction':'ingress','ethertype':'IPv4','remote_ip_prefix':'"
                    + odd
                    + "'}]"));
    assertThatThrownBy(() -> groups.observe("web"))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("a rule for everything Approved: yesx")
        .hasMessageEndingWith("…, which is no network: look at rule r1");
  }

  @Test
  void namesOfGroupsAreShownInOneShortLine() {
    cloud.answering(
        path ->
            path.contains("name=web")
                ? "{\"security_groups\":[]}"
                : "{\"security_groups\":[{\"name\":\"a\\nApproved: yes"
                    + "x".repeat(500)
                    + "\"}]}");
    assertThatThrownBy(() -> groups.observe("web"))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("it has: a Approved: yesx")
        .hasMessageEndingWith("x…");
  }

  @Test
  void aDescriptionIsKeptAsFarAsItMayBeAMarker() {
    cloud.answering(
        path ->
            group(
                "g1",
                "[{'id':'r1','direction':'ingress','ethertype':'IPv4','description':'"
                    + "d".repeat(9000)
                    + "'}]"));
    assertThat(groups.observe("web").rules().get(0).marker()).hasSize(1000);
  }
}
