package io.secamo.processes.process.firewallchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Direction;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Protocol;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Rule;
import io.secamo.processes.process.firewallchange.Stage.Change;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rules of a policy may ask about a firewall change, and what they are answered. */
class PolicyQuestionsTest {
  private final Stage stage = new Stage();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan.summary.startsWith('adds 2 rules to security group web: +256 public IPv4')",
        "plan.effects == ['add Ingress tcp 22-23 from 198.51.100.0/24 on web',"
            + " 'add Egress udp 53 to 10.1.2.3/32 on web']",
        "plan.account == 'Sandbox team-a/sandbox'",
        "!plan.temporary && plan.lasting",
        "plan.seconds > 1000 * 365 * 86400",
        "plan.starts == timestamp('2027-01-04T09:00:00Z')",
        "plan.gained.all(g, g.from == plan.starts && g.until > timestamp('9999-01-01T00:00:00Z'))",
        "connection.longest == ''",
        "plan.gained.size() == 2",
        "plan.gained[0].direction == 'Ingress' && plan.gained[1].direction == 'Egress'",
        "plan.gained[0].protocol == 'tcp' && plan.gained[1].protocol == 'udp'",
        "plan.gained[0].fromPort == 22 && plan.gained[0].toPort == 23",
        "plan.gained[0].peer == '198.51.100.0/24' && plan.gained[1].peer == '10.1.2.3/32'",
        "plan.findings[0].id == 'FW-001' && plan.findings[0].severity == 'Critical'",
        "plan.findings[0].text.startsWith('administration ports from the internet')",
        "request.namespace == 'team-a' && request.name == 'web'",
        "request.requestedBy == 'requester' && request.source == 'Admission'",
        "request.spec.target.securityGroup == 'web'",
        "request.spec.rules[0].protocol == 'tcp' && request.spec.rules[0].ports == ['22-23']",
        "connection.name == 'sandbox' && connection.type == 'Sandbox'",
        "connection.endpoint == 'https://cloud.example.com'",
        "connection.labels['stage'] == 'production'",
      })
  void aRuleIsAnsweredTruly(String question) {
    stage.connectionLabels.put("stage", "production");
    stage.policy(1, Stage.rule("asks", question, Stage.gate("security", 1)));

    Change change =
        stage.submitted(
            "web",
            new Wanted()
                .rules(
                    new Rule(
                        "admin",
                        Direction.INGRESS,
                        Protocol.TCP,
                        List.of("22-23"),
                        List.of("198.51.100.0/24"),
                        null),
                    new Rule(
                        "names",
                        Direction.EGRESS,
                        Protocol.UDP,
                        List.of("53"),
                        List.of("10.1.2.3"),
                        null)));

    assertThat(change.status.message()).doesNotContain("no rule", "rule asks");
    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan.temporary && !plan.lasting",
        "plan.seconds == 3600",
        "plan.starts == timestamp('2027-01-04T09:00:00Z')",
        "plan.gained.all(g, g.from == plan.starts && g.until == timestamp('2027-01-04T10:00:00Z'))",
        "request.spec.expiresAt == '2027-01-04T10:00:00Z'",
        "plan.findings.size() == 0",
        "plan.changes.all(c, c.verb == 'firewall.open' && c.does == 'Add' && c.target == 'web')",
        "plan.changes[0].subject.startsWith('Ingress tcp ')",
      })
  void aTemporaryChangeIsKnownAsOne(String question) {
    stage.policy(1, Stage.rule("asks", question, Stage.gate("security", 1)));

    Change change = stage.submitted("web", new Wanted().expiringAt(stage.now.plusSeconds(3600)));

    assertThat(change.state()).isEqualTo(State.AWAITING_APPROVAL);
  }
}
