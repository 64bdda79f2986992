package io.secamo.processes.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider.LiveRule;
import io.secamo.processes.firewall.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleFormTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As Neutron 21 answers it, with some fields changed. */
  private static JsonNode neutron(String changed) {
    try {
      ObjectNode rule =
          (ObjectNode)
              JSON.readTree(
                  """
                  {"id": "r1", "ethertype": "IPv4", "direction": "ingress", "protocol": null,
                   "port_range_min": null, "port_range_max": null, "remote_ip_prefix": null,
                   "remote_address_group_id": null, "remote_group_id": null, "description": null}
                  """);
      rule.setAll((ObjectNode) JSON.readTree(changed.replace('\'', '"')));
      return rule;
    } catch (com.fasterxml.jackson.core.JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|Ingress any from 0.0.0.0/0",
        "{'ethertype':'IPv6','direction':'egress'}|Egress any to ::/0",
        "{'protocol':'tcp','port_range_min':443,'port_range_max':443,'remote_ip_prefix':'10.1.2.3/8'}|Ingress"
            + " tcp 443 from 10.0.0.0/8",
        "{'protocol':'6','port_range_min':80,'port_range_max':81}|Ingress tcp 80-81 from 0.0.0.0/0",
        "{'protocol':'tcp'}|Ingress tcp from 0.0.0.0/0",
        "{'protocol':'17'}|Ingress udp from 0.0.0.0/0",
        "{'protocol':'UDP','remote_ip_prefix':'192.0.2.7'}|Ingress udp from 192.0.2.7/32",
        "{'protocol':'1'}|Ingress icmp from 0.0.0.0/0",
        "{'protocol':'icmp','ethertype':'IPv6'}|Ingress icmpv6 from ::/0",
        "{'protocol':'58','ethertype':'IPv6'}|Ingress icmpv6 from ::/0"
      })
  void whatNeutronTellsIsReadAsItIsMeant(String json, String rule) {
    assertThat(RuleForm.read(neutron(json))).map(LiveRule::rule).contains(Rule.parse(rule));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'remote_group_id':'g2'}",
        "{'id':null}",
        "{'remote_address_group_id':'a1'}",
        "{'protocol':'icmp','port_range_min':8}",
        "{'protocol':'icmp','port_range_min':8,'port_range_max':0}",
        "{'protocol':'gre'}",
        "{'protocol':'0'}",
        "{'direction':null}",
        "{'direction':'both'}",
        "{'ethertype':null}",
        "{'ethertype':'IPv10'}",
        "{'protocol':'tcp','port_range_min':443}"
      })
  void whatCannotBeSaidExactlyIsLeftOut(String json) {
    assertThat(RuleForm.read(neutron(json))).isEmpty();
  }

  @Test
  void theMarkerIsTheDescription() {
    assertThat(RuleForm.read(neutron("{'description':'process u=1'}")))
        .map(LiveRule::marker)
        .contains("process u=1");
    assertThat(RuleForm.read(neutron("{}"))).map(LiveRule::marker).contains("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ingress tcp 443 from 203.0.113.0/24"
            + "|{'direction':'ingress','ethertype':'IPv4','remote_ip_prefix':'203.0.113.0/24',"
            + "'protocol':'tcp','port_range_min':443,'port_range_max':443}",
        "Egress udp to 2001:db8::/32"
            + "|{'direction':'egress','ethertype':'IPv6','remote_ip_prefix':'2001:db8::/32',"
            + "'protocol':'udp'}",
        "Ingress tcp 1-65535 from 192.0.2.1/32"
            + "|{'direction':'ingress','ethertype':'IPv4','remote_ip_prefix':'192.0.2.1/32',"
            + "'protocol':'tcp'}",
        "Ingress any from 0.0.0.0/0"
            + "|{'direction':'ingress','ethertype':'IPv4','remote_ip_prefix':'0.0.0.0/0'}",
        "Ingress icmpv6 from ::/0"
            + "|{'direction':'ingress','ethertype':'IPv6','remote_ip_prefix':'::/0',"
            + "'protocol':'ipv6-icmp'}"
      })
  void aRuleIsWrittenWithoutWhatMeansAny(String rule, String json) throws Exception {
    JsonNode written = RuleForm.write("g1", Rule.parse(rule), "m").path("security_group_rule");
    ObjectNode expected = (ObjectNode) JSON.readTree(json.replace('\'', '"'));
    expected.put("security_group_id", "g1").put("description", "m");
    assertThat(written).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ingress tcp 0-80 from 10.0.0.0/8",
        "Ingress icmp from ::/0",
        "Ingress icmpv6 from 0.0.0.0/0",
        "Ingress other from 0.0.0.0/0"
      })
  void whatNeutronCannotHoldIsRefused(String rule) {
    assertThatThrownBy(() -> RuleForm.write("g1", Rule.parse(rule), "m"))
        .isInstanceOf(ConnectorFailure.Refused.class);
  }
}
