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
import io.secamo.processes.connector.Systems;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class KubernetesSystemsTest {
  private static final String HONEST = "https://honest.example/v3";
  private static final String EVIL = "https://evil.example/v3";
  KubernetesClient client;
  KubernetesMockServer server;
  private KubernetesSystems.Factory factory;
  private long generation;

  @BeforeEach
  void setTheStage() {
    factory =
        new KubernetesSystems.Factory(
            client,
            Map.of(
                ConnectionSpec.Type.OPEN_STACK,
                settings -> new At(Objects.requireNonNull(settings.spec().endpoint()))),
            namespace -> Optional.empty(),
            new ConnectionChecks());
    secret("good");
    secret("evil");
    connection(HONEST, "good");
    assertThat(leadsTo(now())).isEqualTo(HONEST);
  }

  @Test
  void aMisspeltConnectionIsToldWithThoseThatThereAre() {
    assertThatThrownBy(() -> now().facts("clodu"))
        .isInstanceOf(ConnectorFailure.Misnamed.class)
        .hasMessage(
            "there is no Connection clodu; namespace team-a has: cloud. If the name is right,"
                + " create it");
    assertThatThrownBy(() -> now().tickets("cloud"))
        .isInstanceOf(ConnectorFailure.Misnamed.class)
        .hasMessage("Connection cloud is not a ticket system: name one in spec.ticket.connection");
  }

  /** What is overdue says why, and the operator that opened it may be gone. */
  @Test
  void anOperatorThatMayNotReadAConnectionSaysWhatToDo() {
    String path = "/apis/orchestrator.secamo.io/v1alpha1/namespaces/team-a/connections/cloud";
    server.expect().get().withPath(path).andReturn(403, "{}").always();

    assertThatThrownBy(() -> leadsTo(toUndo()))
        .isInstanceOf(ConnectorFailure.Transient.class)
        .hasMessage(
            "Connection cloud could not be read: the operator may not. Give it its ClusterRole"
                + " back: kubectl apply --server-side -k manifests/");
  }

  @Test
  void anOperatorThatMayNotReadASecretSaysWhichRightItNeeds() {
    String path = "/api/v1/namespaces/team-a/secrets/good";
    server.expect().get().withPath(path).andReturn(403, "{}").always();

    assertThatThrownBy(() -> leadsTo(now()))
        .isInstanceOf(ConnectorFailure.Unauthorized.class)
        .hasMessage(
            "the operator may not read Secret good in namespace team-a: bind ClusterRole"
                + " processes-connection-secrets to its ServiceAccount there: kubectl apply -n"
                + " team-a -f examples/real/access.yaml");
  }

  @Test
  void whatIsToBePutBackIsPutBackAsBeforeWhenTheSecretIsGone() {
    client.secrets().inNamespace("team-a").withName("good").delete();

    assertThatThrownBy(() -> leadsTo(now())).isInstanceOf(ConnectorFailure.Unauthorized.class);
    assertThat(leadsTo(toUndo())).isEqualTo(HONEST);
  }

  @Test
  void whatIsToBePutBackIsPutBackAsBeforeWhenTheConnectionIsGone() {
    client.resources(Connection.class).inNamespace("team-a").withName("cloud").delete();

    assertThatThrownBy(() -> leadsTo(now())).isInstanceOf(ConnectorFailure.Refused.class);
    assertThat(leadsTo(toUndo())).isEqualTo(HONEST);
    assertThat(toUndo().facts("cloud").endpoint()).isEqualTo(HONEST);
    assertThat(toUndo().facts("cloud").gone()).as("and that is said").isTrue();
  }

  /** There nothing of what was made is found, and that was told as removed. */
  @Test
  void whereAConnectionLedForAMomentNothingIsLookedFor() {
    connection(EVIL, "evil");
    assertThat(leadsTo(now())).isEqualTo(EVIL);
    connection(HONEST, "nothing");

    assertThatThrownBy(() -> leadsTo(toUndo()))
        .isInstanceOf(ConnectorFailure.Unauthorized.class)
        .hasMessageContaining("there is no Secret nothing");
    assertThat(toUndo().facts("cloud").endpoint()).isEqualTo(HONEST);

    client.resources(Connection.class).inNamespace("team-a").withName("cloud").delete();
    assertThat(leadsTo(toUndo()))
        .as("facts and connector belong together")
        .isEqualTo(toUndo().facts("cloud").endpoint());
  }

  private KubernetesSystems now() {
    return factory.in("team-a");
  }

  private Systems toUndo() {
    return now().toUndo();
  }

  private static String leadsTo(Systems systems) {
    return ((KubernetesSystems) systems).connector("cloud").check().id();
  }

  /** A megabyte that nobody asks for was read and kept for each Connection. */
  @Test
  void aSecretThatIsFullOfOtherThingsIsRefusedAndOneWithALongAnnotationIsNot() {
    var good = client.secrets().inNamespace("team-a").withName("good");
    String much = Base64.getEncoder().encodeToString(new byte[400 * 1024]);
    good.edit(
        s -> new SecretBuilder(s).editMetadata().addToAnnotations("a", much).endMetadata().build());
    assertThat(leadsTo(now())).isEqualTo(HONEST);
    good.edit(s -> new SecretBuilder(s).addToData("other", much).build());
    assertThatThrownBy(() -> leadsTo(now()))
        .isInstanceOf(ConnectorFailure.Unauthorized.class)
        .hasMessage(
            "Secret good in namespace team-a holds more than 512 KiB: leave only what Connection"
                + " cloud needs in it");
  }

  private void secret(String name) {
    client
        .secrets()
        .inNamespace("team-a")
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addToData("password", Base64.getEncoder().encodeToString(new byte[] {'p'}))
                .build())
        .create();
  }

  private void connection(String endpoint, String secret) {
    Connection connection = new Connection();
    connection.getMetadata().setName("cloud");
    connection.getMetadata().setNamespace("team-a");
    connection.getMetadata().setUid("u1");
    connection.getMetadata().setGeneration(++generation);
    connection.setSpec(
        new ConnectionSpec(
            ConnectionSpec.Type.OPEN_STACK,
            endpoint,
            new ConnectionSpec.SecretRef(secret),
            null,
            null,
            null,
            null,
            null));
    client.resource(connection).createOr(editable -> editable.update());
  }
}
