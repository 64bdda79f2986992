package io.secamo.processes.kubernetes.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.firewall.Rule;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was changed is put back by the connector that changed it: who edits the Connection or its
 * Secret meanwhile, by mistake or on purpose, keeps nothing open.
 */
@EnableKubernetesMockClient(crud = true)
class MadeByTest {
  private static final String HERE = "https://cloud.example/v3";
  private static final String ELSEWHERE = "https://elsewhere.example/v3";
  private static final Rule HTTPS = Rule.parse("Ingress tcp 443 from 203.0.113.0/24");
  KubernetesClient client;
  KubernetesMockServer server;
  private final PasswordCloud cloud = new PasswordCloud();
  private KubernetesSystems.Factory factory;
  private long generation;
  private Systems.Origin origin;

  @BeforeEach
  void openTheAccess() {
    factory =
        new KubernetesSystems.Factory(
            client,
            Map.of(ConnectionSpec.Type.OPEN_STACK, cloud),
            namespace -> Optional.empty(),
            new ConnectionChecks());
    cloud.letIn.add("good");
    secret("good");
    connection(HERE);
    FirewallProvider firewall = factory.in("team-a").firewall("cloud");
    FirewallProvider.LiveRule made = firewall.add("web", HTTPS, "ours");
    assertThat(made.id()).isEqualTo("r1");
    origin =
        new Systems.Origin(factory.in("team-a").facts("cloud").identity(), firewall.account().id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "of who is shown nothing", "of who may only look"})
  void anotherPasswordInTheSecretKeepsNothingOpen(String password) {
    cloud.letIn.addAll(java.util.Set.of("of who is shown nothing", "of who may only look"));
    cloud.shownNothing.add("of who is shown nothing");
    cloud.mayOnlyLook.add("of who may only look");
    secret(password);
    useIt();
    putBack();
    assertThat(cloud.rulesAt(HERE)).isEmpty();
  }

  @Test
  void anotherEndpointKeepsNothingOpen() {
    connection(ELSEWHERE);
    useIt();
    assertThat(toUndo().facts("cloud").endpoint()).isEqualTo(HERE);
    putBack();
    assertThat(cloud.rulesAt(HERE)).isEmpty();
    assertThat(factory.in("team-a").facts("cloud").endpoint()).isEqualTo(ELSEWHERE);
  }

  @Test
  void aConnectionThatWasDeletedAfterItWasEditedKeepsNothingOpen() {
    connection(ELSEWHERE);
    useIt();
    client.resources(Connection.class).inNamespace("team-a").withName("cloud").delete();
    assertThat(toUndo().facts("cloud").endpoint()).isEqualTo(HERE);
    putBack();
    assertThat(cloud.rulesAt(HERE)).isEmpty();
  }

  /** The operator may have lost the right to, or the API server may fail to convert it. */
  @ParameterizedTest
  @ValueSource(ints = {403, 400})
  void aConnectionThatCannotBeReadKeepsNothingOpen(int status) {
    String path = "/apis/orchestrator.secamo.io/v1alpha1/namespaces/team-a/connections/cloud";
    server.expect().get().withPath(path).andReturn(status, "{}").always();
    assertThat(toUndo().facts("cloud").identity()).isEqualTo(origin.connection());
    putBack();
    assertThat(cloud.rulesAt(HERE)).isEmpty();
  }

  @Test
  void aRuleWhoseAnswerWasLostIsPutBackLikewise() {
    cloud.loseAnswers();
    cloud.letIn.add("better");
    secret("better");
    FirewallProvider firewall = factory.in("team-a").firewall("cloud");
    assertThatThrownBy(() -> firewall.add("web", HTTPS, "ours"))
        .isInstanceOf(ConnectorFailure.Unknown.class);
    cloud.letIn.remove("good");
    secret("wrong");
    useIt();
    putBack();
    assertThat(cloud.rulesAt(HERE)).containsExactly("r2");
  }

  /** Each sign-in that fails may lock a user out. */
  @Test
  void aPasswordThatWasChangedForAnotherIsNotTriedForEver() {
    cloud.letIn.remove("good");
    cloud.letIn.add("better");
    secret("better");
    putBack();
    assertThat(cloud.rulesAt(HERE)).isEmpty();
    putBack();
    assertThat(cloud.turnedDown).containsExactly("good");
  }

  @Test
  void whatNobodyIsLetInWithIsTriedOnceInALook() {
    cloud.letIn.clear();
    secret("wrong");
    FirewallProvider firewall = toUndo().firewall("cloud");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> firewall.remove("r1")).hasMessage("good is not let in");
    }
    assertThat(cloud.turnedDown).containsOnlyOnce("wrong");
    cloud.letIn.add("good");
    putBack();
    assertThat(cloud.rulesAt(HERE)).isEmpty();
  }

  /** What was made there is not looked for here. */
  @Test
  void whatChangedSomethingElsewhereIsNotUsedHere() {
    Systems.Origin there = new Systems.Origin("cloud (u1) at " + ELSEWHERE, "project there");
    Systems systems = factory.in("team-a").toUndo(there);
    assertThat(systems.facts("cloud").endpoint()).isEqualTo(HERE);
    secret("wrong");
    assertThatThrownBy(() -> factory.in("team-a").toUndo(there).firewall("cloud").account())
        .hasMessage("wrong is not let in");
  }

  @Test
  void somethingNewIsMadeWithTheConnectionAsItIs() {
    secret("wrong");
    FirewallProvider firewall = factory.in("team-a").firewall("cloud");
    assertThatThrownBy(() -> firewall.add("web", HTTPS, "ours")).hasMessage("wrong is not let in");
    putBack();
    assertThat(cloud.rulesAt(HERE)).isEmpty();
  }

  /** As other requests and the check of the Connection do. */
  private void useIt() {
    try {
      Object unused = factory.in("team-a").firewall("cloud").observe("web");
    } catch (ConnectorFailure mayBe) {
      // Whether it works or not, it was made.
    }
  }

  private Systems toUndo() {
    return factory.in("team-a").toUndo(origin);
  }

  private void putBack() {
    FirewallProvider firewall = toUndo().firewall("cloud");
    firewall.remove("r1");
    assertThat(firewall.group("web")).isPresent();
  }

  private void secret(String password) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("team-a")
                .withName("cloud")
                .endMetadata()
                .addToData("password", Base64.getEncoder().encodeToString(bytes))
                .build())
        .createOr(editable -> editable.update());
  }

  private void connection(String endpoint) {
    Connection connection = new Connection();
    connection.getMetadata().setName("cloud");
    connection.getMetadata().setNamespace("team-a");
    connection.getMetadata().setUid("u1");
    connection.getMetadata().setGeneration(++generation);
    connection.setSpec(
        new ConnectionSpec(
            ConnectionSpec.Type.OPEN_STACK,
            endpoint,
            new ConnectionSpec.SecretRef("cloud"),
            null,
            null,
            null,
            null,
            null));
    client.resource(connection).createOr(editable -> editable.update());
  }
}
