package io.secamo.processes.kubernetes.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.Systems;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A namespace that is being deleted takes its Connections and Secrets along, and nobody can make
 * them anew there: what they were edited to before keeps nothing open.
 */
@EnableKubernetesMockClient(crud = true)
class LeavingTenantTest {
  KubernetesClient client;
  private Tenants tenants;
  private Systems.Origin origin;

  @BeforeEach
  void openTheAccess() {
    tenants = new Tenants(client);
    origin = tenants.openAccess("team-a", "good");
  }

  private void goneWithItsNamespace() {
    tenants.leaves("team-a");
    tenants.noConnection("team-a");
    tenants.noSecret("team-a");
  }

  private void assertPutBack() {
    tenants.putBack("team-a", origin);
    assertThat(tenants.cloud.rulesAt(Tenants.HERE)).isEmpty();
  }

  @Test
  void aWrongPasswordBeforeTheNamespaceGoesKeepsNothingOpen() {
    tenants.secret("team-a", "wrong");
    tenants.use("team-a");
    goneWithItsNamespace();
    assertPutBack();
  }

  @Test
  void anotherEndpointBeforeTheNamespaceGoesKeepsNothingOpen() {
    tenants.connection("team-a", Tenants.ELSEWHERE);
    tenants.use("team-a");
    tenants.noConnection("team-a");
    goneWithItsNamespace();
    assertPutBack();
  }

  @Test
  void anotherTypeBeforeTheNamespaceGoesKeepsNothingOpen() {
    tenants.sandbox("team-a");
    tenants.use("team-a");
    goneWithItsNamespace();
    assertPutBack();
  }

  @Test
  void aConnectionThatIsHeldWithoutItsSecretKeepsNothingOpen() {
    tenants.secret("team-a", "wrong");
    tenants.use("team-a");
    tenants.leaves("team-a");
    tenants.noSecret("team-a");
    tenants.heldConnection("team-a", Tenants.HERE);
    assertPutBack();
  }

  @Test
  void aSandboxsRuleIsGoneWithItsNamespaceWhereverItsConnectionLeadsByThen() {
    tenants.openAccess("team-b", "good");
    tenants.sandbox("team-b");
    Systems.Origin box = tenants.add("team-b");
    tenants.secret("team-b", "wrong");
    tenants.connection("team-b", Tenants.ELSEWHERE);
    tenants.use("team-b");
    tenants.leaves("team-b");
    tenants.heldConnection("team-b", Tenants.ELSEWHERE);
    assertThat(tenants.toUndo("team-b", box).firewall("cloud").group("web")).isEmpty();

    tenants.noConnection("team-b");
    tenants.putBack("team-b", box);
    assertThat(tenants.toUndo("team-b", box).firewall("cloud").group("web")).isEmpty();
  }

  /** Where a Connection led for a moment nothing is found, and that is not gone. */
  @Test
  void whatLedElsewhereLastIsNotAskedWhetherItIsGone() {
    Systems.Origin forgotten =
        new Systems.Origin("cloud (u) at https://third.example/v3", "project there");
    goneWithItsNamespace();
    assertThatThrownBy(() -> tenants.toUndo("team-a", forgotten).firewall("cloud"))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessageContaining("remove by hand what status.effects lists");
  }
}
