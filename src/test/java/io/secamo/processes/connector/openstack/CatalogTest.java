package io.secamo.processes.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.http.HttpEndpoint;
import io.secamo.processes.connector.http.Limits;
import io.secamo.processes.connector.http.Sockets;
import io.secamo.processes.connector.http.Throttle;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CatalogTest {
  private static final String NEUTRON = "https://neutron.example.com:9696";

  private static HttpEndpoint endpoint(String address) {
    Clock clock = Clock.systemUTC();
    return new HttpEndpoint(
        "OpenStack Neutron",
        address,
        new Sockets(Limits.DEFAULT).trusting(null),
        Limits.DEFAULT,
        new Throttle(null, "team-a", clock),
        clock);
  }

  private static ArrayNode catalog(ObjectNode... endpoints) {
    ArrayNode catalog = JsonNodeFactory.instance.arrayNode();
    ArrayNode listed = catalog.addObject().put("type", "network").putArray("endpoints");
    for (ObjectNode endpoint : endpoints) {
      listed.add(endpoint);
    }
    return catalog;
  }

  private static ObjectNode in(String region, String url) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("interface", "public")
        .put("region_id", region)
        .put("url", url);
  }

  @ParameterizedTest
  @CsvSource({
    "https://neutron.example.com:9696, https://neutron.example.com:9696",
    "https://neutron.example.com:9696///, https://neutron.example.com:9696",
    "https://neutron.example.com/network/v2.0/, https://neutron.example.com/network",
  })
  void theAddressIsUsedWithoutVersionAndSlashes(String listed, String used) {
    Catalog.Network network =
        new Catalog(null, CatalogTest::endpoint).network(catalog(in("RegionOne", listed)));
    assertThat(network.endpoint().address()).isEqualTo(used);
    assertThat(network.region()).isEqualTo("RegionOne");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RegionOne, region Two",
        "RegionOne) at https://elsewhere.example.com",
        "One\nApproved: yes",
        "https://elsewhere.example.com",
        "a/b",
        "a:b",
        "two words",
        "-dash",
        "Zürich\u202e"
      })
  void aRegionThatCouldBeTakenForOtherWordsOfAnAccountIsRefused(String region) {
    Catalog first = new Catalog(null, CatalogTest::endpoint);
    assertThatThrownBy(() -> first.network(catalog(in(region, NEUTRON))))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("as region of its network service")
        .hasMessageContaining("it must be named with letters, digits, '.', '_' or '-'")
        .hasMessageNotContaining("\n")
        .hasMessageNotContaining("\u202e");
  }

  @Test
  void aRegionThatIsTooLongIsRefusedAndShownInShort() {
    Catalog first = new Catalog(null, CatalogTest::endpoint);
    assertThatThrownBy(() -> first.network(catalog(in("R".repeat(101), NEUTRON))))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("RRR…'");
    assertThat(first.network(catalog(in("R".repeat(100), NEUTRON))).region()).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RegionOne", "eu-de.2", "GRA_7", "1"})
  void usualNamesOfRegionsAreFine(String region) {
    Catalog first = new Catalog(null, CatalogTest::endpoint);
    assertThat(first.network(catalog(in(region, NEUTRON))).region()).isEqualTo(region);
  }

  @Test
  void oddRegionsThatNobodyAsksForAreInNobodysWay() {
    Catalog second = new Catalog("Two", CatalogTest::endpoint);
    ObjectNode odd = in("One (old),\nunused", NEUTRON + "1");
    assertThat(second.network(catalog(odd, in("Two", NEUTRON))).region()).isEqualTo("Two");
    assertThatThrownBy(() -> second.network(catalog(odd)))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageEndingWith("set spec.openStack.region to one of One (old), unused");
  }

  @Test
  void ofManyRegionsTheFirstOnesAreNamed() {
    Catalog none = new Catalog("Mars", CatalogTest::endpoint);
    ObjectNode[] many = new ObjectNode[1000];
    for (int i = 0; i < many.length; i++) {
      many[i] = in("Region" + i, NEUTRON);
    }
    assertThatThrownBy(() -> none.network(catalog(many)))
        .hasMessageContaining("Region0, Region1, ")
        .hasMessageEndingWith(", …");
  }

  @Test
  void anAddressThatIsTooLongIsRefusedAtOnce() {
    String endless = NEUTRON + "/".repeat(900_000) + "a";
    Catalog catalog = new Catalog(null, CatalogTest::endpoint);
    assertThatThrownBy(() -> catalog.network(catalog(in("RegionOne", endless))))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("OpenStack's catalogue")
        .hasMessageContaining("longer than 300 characters");
  }
}
