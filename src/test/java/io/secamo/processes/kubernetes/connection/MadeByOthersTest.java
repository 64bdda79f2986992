package io.secamo.processes.kubernetes.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.firewall.Rule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An access that one request opened and left to another one ends with that one, also if its own
 * Connection could never have opened or removed it.
 */
@EnableKubernetesMockClient(crud = true)
class MadeByOthersTest {
  private static final Rule SSH = Rule.parse("Ingress tcp 22 from 203.0.113.0/24");
  KubernetesClient client;
  private Tenants tenants;
  private Systems.Origin origin;

  @BeforeEach
  void openAndShareTheAccess() {
    tenants = new Tenants(client);
    tenants.cloud.letIn.add("reader");
    tenants.cloud.mayOnlyLook.add("reader");
    tenants.openAccess("team-a", "good");
    origin = tenants.openAccess("team-b", "reader");
    assertThat(tenants.cloud.rulesAt(Tenants.HERE)).containsExactly("r1");
  }

  private void assertPutBack() {
    tenants.putBack("team-b", origin);
    assertThat(tenants.cloud.rulesAt(Tenants.HERE)).isEmpty();
  }

  @Test
  void whoMayOnlyLookKeepsNothingOpenThatWasLeftToThem() {
    assertPutBack();
  }

  @Test
  void aWrongPasswordKeepsNothingOpenThatWasLeftToIt() {
    tenants.secret("team-b", "wrong");
    assertPutBack();
  }

  @Test
  void aSecretOfAnotherProjectKeepsNothingOpenThatWasLeftToIt() {
    tenants.cloud.letIn.add("another");
    tenants.cloud.ofAnotherProject.add("another");
    tenants.secret("team-b", "another");
    assertPutBack();
  }

  @Test
  void aConnectionThatLeadsElsewhereKeepsNothingOpenThatWasLeftToIt() {
    tenants.connection("team-b", Tenants.ELSEWHERE);
    tenants.use("team-b");
    assertPutBack();
  }

  @Test
  void anotherTenantsCredentialsPutBackAndDoNothingElse() {
    FirewallProvider firewall = tenants.toUndo("team-b", origin).firewall("cloud");
    firewall.remove("r1");
    assertThatThrownBy(() -> firewall.add("web", SSH, "ours"))
        .isInstanceOf(ConnectorFailure.Refused.class);
    assertThatThrownBy(() -> firewall.observe("web")).isInstanceOf(ConnectorFailure.Refused.class);
    assertThatThrownBy(() -> tenants.factory.in("team-b").firewall("cloud").add("web", SSH, "x"))
        .hasMessage("reader may only look");
    assertThat(tenants.cloud.rulesAt(Tenants.HERE)).isEmpty();
  }

  @Test
  void anotherTenantsCredentialsAreNotUsedAtAnotherPlace() {
    Systems.Origin there = new Systems.Origin(origin.connection(), "another project");
    FirewallProvider firewall = tenants.toUndo("team-b", there).firewall("cloud");
    assertThatThrownBy(() -> firewall.remove("r1")).hasMessage("reader may only look");
    assertThat(tenants.cloud.rulesAt(Tenants.HERE)).containsExactly("r1");
  }

  /** Each sign-in that fails may lock their user out, and it is not their request. */
  @Test
  void anotherTenantsPasswordThatIsTurnedDownIsNotTriedAgain() {
    tenants.cloud.letIn.remove("good");
    for (int i = 0; i < 3; i++) {
      FirewallProvider firewall = tenants.toUndo("team-b", origin).firewall("cloud");
      assertThatThrownBy(() -> firewall.remove("r1")).hasMessage("reader may only look");
    }
    assertThat(tenants.cloud.turnedDown).containsExactly("good");
  }
}
