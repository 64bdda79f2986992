package io.secamo.processes.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.systems.LossyProxy;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NeedsRealSystem(RealSystem.OPEN_STACK)
class KeystoneSessionTest {
  private static final String SIGN_IN = "POST /v3/auth/tokens";

  private final DemoCloud cloud = new DemoCloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  private void assertSignIns(int times) {
    assertThat(cloud.keystoneCalls()).filteredOn(SIGN_IN::equals).hasSize(times);
  }

  @Test
  void oneSignInServesManyThreads() {
    FirewallProvider firewall = cloud.connect();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        threads.execute(firewall::account);
      }
    }
    assertSignIns(1);
  }

  @Test
  void theAccountIsKnownFromTheSignIn() {
    try (LossyProxy proxy = cloud.beforeNeutron()) {
      FirewallProvider firewall = cloud.connectThrough(proxy);
      assertThat(firewall.account()).isEqualTo(firewall.account());
      assertThat(proxy.seen()).isEmpty();
      assertSignIns(1);
      assertThat(firewall.check()).isEqualTo(firewall.account());
      assertThat(proxy.seen()).isNotEmpty();
      assertSignIns(2);
    }
  }

  @Test
  void aTokenIsRenewedShortlyBeforeItExpires() {
    FirewallProvider firewall = cloud.connect();
    assertThat(firewall.account()).isNotNull();
    cloud.clock().advance(Duration.ofMinutes(58));
    assertThat(firewall.account()).isNotNull();
    assertSignIns(1);
    cloud.clock().advance(Duration.ofSeconds(90));
    assertThat(firewall.account()).isNotNull();
    assertSignIns(2);
  }

  /** Each check signs in once itself. */
  @Test
  void aTokenThatIsTurnedDownIsRenewedOnce() {
    try (LossyProxy proxy = cloud.beforeNeutron()) {
      FirewallProvider firewall = cloud.connectThrough(proxy);
      firewall.check();
      proxy.spoilHeader(1, "X-Auth-Token");
      firewall.check();
      assertSignIns(3);
      proxy.spoilHeader(2, "X-Auth-Token");
      assertThatThrownBy(firewall::check)
          .isInstanceOf(ConnectorFailure.Unauthorized.class)
          .hasMessageContaining("fresh token");
      assertSignIns(5);
    }
  }

  @Test
  void aWrongPasswordIsToldWithoutThePassword() {
    FirewallProvider firewall = cloud.connect(Map.of("password", "wr0ng-pw-4711"));
    assertThatThrownBy(firewall::check)
        .isInstanceOf(ConnectorFailure.Unauthorized.class)
        .hasMessageContaining("keys username, password")
        .hasMessageContaining("HTTP 401")
        .hasMessageNotContaining("wr0ng-pw-4711");
    assertSignIns(1);
  }

  @Test
  void anEmptyKeyIsToldByItsName() {
    assertThatThrownBy(() -> cloud.connect(Map.of("projectName", "")))
        .isInstanceOf(ConnectorFailure.Unauthorized.class)
        .hasMessageContaining("the key projectName is empty");
  }

  @Test
  void domainsAreNames() {
    assertThat(cloud.connect(Map.of("userDomain", "Default", "projectDomain", "Default")).check())
        .isNotNull();
    FirewallProvider elsewhere = cloud.connect(Map.of("userDomain", "Nowhere"));
    assertThatThrownBy(elsewhere::check).isInstanceOf(ConnectorFailure.Unauthorized.class);
  }

  @Test
  void anUnknownRegionIsToldWithThoseThatAre() {
    FirewallProvider firewall = cloud.connectIn("Mars");
    assertThatThrownBy(firewall::check)
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("'Mars'")
        .hasMessageContaining("RegionOne");
    assertThat(cloud.connectIn("RegionOne").check()).isNotNull();
  }

  @Test
  void aCatalogueCannotSendTheTokenInTheClear() {
    FirewallProvider firewall = cloud.connectWithNeutronAt("http://neutron.example.com:9696");
    assertThatThrownBy(firewall::check)
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("catalogue")
        .hasMessageContaining("in the clear");
  }

  @Test
  void anEndpointWithoutKeystoneIsRefused() {
    FirewallProvider firewall = cloud.connectTo(cloud.neutron());
    assertThatThrownBy(firewall::check)
        .isInstanceOf(ConnectorFailure.class)
        .hasMessageNotContaining("orchestrator");
  }

  @Test
  void theCredentialsDoNotShowThePassword() {
    assertThat(new Credentials("u", "pw-4711", "p", "Default", "Default") + "")
        .doesNotContain("pw-4711");
    assertThat(new Credentials("u", "pw-4711", "p", "Default", "Default").signIn() + "")
        .doesNotContain("pw-4711");
  }
}
