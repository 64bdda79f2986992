package io.secamo.processes.kubernetes.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.Systems;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What made an access is remembered, whatever else is done with its Connection meanwhile. */
@EnableKubernetesMockClient(crud = true)
class PushedOutTest {
  KubernetesClient client;
  private Tenants tenants;

  @BeforeEach
  void setTheStage() {
    tenants = new Tenants(client);
  }

  private void assertPutBack(Systems.Origin origin) {
    tenants.secret("team-a", "wrong");
    tenants.connection("team-a", Tenants.HERE);
    tenants.use("team-a");
    tenants.putBack("team-a", origin);
    assertThat(tenants.cloud.rulesAt(Tenants.HERE)).isEmpty();
  }

  @Test
  void changesOfASandboxOfTheSameNameKeepNothingOpen() {
    Systems.Origin origin = tenants.openAccess("team-a", "good");
    for (int i = 0; i < 10; i++) {
      tenants.sandbox("team-a");
      Object unused = tenants.add("team-a");
    }
    assertPutBack(origin);
  }

  /** Another pass uses the Connection as it is by now, before this one has opened anything. */
  @Test
  void whatOthersDoBetweenTheFirstLookAndTheChangeKeepsNothingOpen() {
    tenants.secret("team-a", "good");
    tenants.connection("team-a", Tenants.HERE);
    tenants.cloud.meanwhile =
        () -> {
          tenants.secret("team-a", "wrong");
          tenants.use("team-a");
        };
    FirewallProvider firewall = tenants.factory.in("team-a").firewall("cloud");
    FirewallProvider.LiveRule made = firewall.add("web", Tenants.HTTPS, "ours");
    assertThat(made.id()).isEqualTo("r1");
    String identity = tenants.factory.in("team-a").facts("cloud").identity();
    assertPutBack(new Systems.Origin(identity, firewall.account().id()));
  }
}
