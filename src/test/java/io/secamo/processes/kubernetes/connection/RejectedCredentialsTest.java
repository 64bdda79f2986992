package io.secamo.processes.kubernetes.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.TicketSystem;
import io.secamo.processes.connector.sandbox.InMemoryStore;
import io.secamo.processes.connector.sandbox.SandboxFactory;
import io.secamo.processes.connector.sandbox.SandboxStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Connection does not stay ready once a request found its credentials rejected. */
@EnableKubernetesMockClient(crud = true)
class RejectedCredentialsTest {
  KubernetesClient client;
  private final ConnectionChecks checks = new ConnectionChecks();
  private final List<String> checked = new ArrayList<>();
  private final Rejecting store = new Rejecting();
  private KubernetesSystems.Factory factory;

  @BeforeEach
  void setTheStage() {
    checks
        .source()
        .setEventHandler(event -> checked.add(event.getRelatedCustomResourceID().getName()));
    checks.source().start();
    factory =
        new KubernetesSystems.Factory(
            client,
            Map.of(ConnectionSpec.Type.SANDBOX, new SandboxFactory(namespace -> store)),
            namespace -> Optional.empty(),
            checks);
    connection("cloud");
    connection("desk");
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("team-a")
                .withName("credentials")
                .endMetadata()
                .build())
        .create();
  }

  @Test
  void theTicketSystemThatRejectedThemIsCheckedAndNotTheFirewall() {
    FirewallProvider cloud = factory.in("team-a").firewall("cloud");
    TicketSystem desk = factory.in("team-a").tickets("desk");
    assertThat(cloud.observe("web").rules()).isEmpty();
    store.rejects = true;
    assertThatThrownBy(() -> desk.comment("CHG-1", "marker", "text"))
        .isInstanceOf(ConnectorFailure.Unauthorized.class)
        .hasMessage("wrong token");
    assertThat(checked).containsExactly("desk");
    assertThatThrownBy(() -> cloud.observe("web")).hasMessage("wrong token");
    assertThat(checked).containsExactly("desk", "cloud");
  }

  @Test
  void otherFailuresSayNothingOfTheCredentials() {
    TicketSystem desk = factory.in("team-a").tickets("desk");
    assertThatThrownBy(() -> desk.comment("CHG-1", "marker", "text"))
        .isInstanceOf(ConnectorFailure.Refused.class);
    assertThat(checked).isEmpty();
  }

  @Test
  void aConnectionWhoseSecretIsGoneIsChecked() {
    assertThat(factory.in("team-a").tickets("desk")).isNotNull();
    client.secrets().inNamespace("team-a").withName("credentials").delete();
    assertThatThrownBy(() -> factory.in("team-a").tickets("desk"))
        .isInstanceOf(ConnectorFailure.Unauthorized.class);
    assertThat(checked).containsExactly("desk");
    assertThat(factory.in("team-a").toUndo().tickets("desk")).as("as it was").isNotNull();
    assertThat(checked).containsExactly("desk", "desk");
  }

  /** Else each check that fails would ask for the next one. */
  @Test
  void aCheckAsksForNoOther() {
    store.rejects = true;
    Connector desk = factory.in("team-a").connector("desk");
    assertThatThrownBy(desk::check).hasMessage("wrong token");
    client.secrets().inNamespace("team-a").withName("credentials").delete();
    assertThatThrownBy(() -> factory.in("team-a").connector("desk"))
        .isInstanceOf(ConnectorFailure.Unauthorized.class);
    assertThat(checked).isEmpty();
  }

  private void connection(String name) {
    Connection connection = new Connection();
    connection.getMetadata().setName(name);
    connection.getMetadata().setNamespace("team-a");
    connection.getMetadata().setUid("uid-" + name);
    connection.getMetadata().setGeneration(1L);
    connection.setSpec(
        new ConnectionSpec(
            ConnectionSpec.Type.SANDBOX,
            null,
            new ConnectionSpec.SecretRef("credentials"),
            null,
            null,
            null,
            null,
            null));
    client.resource(connection).create();
  }

  /** A store that rejects whoever asks, if it is told to. */
  private static final class Rejecting implements SandboxStore {
    private final SandboxStore real = new InMemoryStore();
    private boolean rejects;

    private SandboxStore asked() {
      if (rejects) {
        throw new ConnectorFailure.Unauthorized("wrong token");
      }
      return real;
    }

    @Override
    public void check() {
      asked().check();
    }

    @Override
    public Optional<Entry> read(String name) {
      return asked().read(name);
    }

    @Override
    public boolean create(String name, String kind, Map<String, String> data) {
      return asked().create(name, kind, data);
    }

    @Override
    public boolean replace(Entry read, Map<String, String> data) {
      return asked().replace(read, data);
    }

    @Override
    public void delete(String name) {
      asked().delete(name);
    }

    @Override
    public Optional<Entry> read(String kind, String name) {
      return asked().read(kind, name);
    }

    @Override
    public void each(String kind, Consumer<Entry> look) {
      asked().each(kind, look);
    }
  }
}
