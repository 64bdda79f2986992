package io.secamo.processes.kubernetes.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.Systems;
import io.secamo.processes.connector.sandbox.InMemoryStore;
import io.secamo.processes.connector.sandbox.SandboxFactory;
import io.secamo.processes.connector.sandbox.SandboxStore;
import io.secamo.processes.firewall.Rule;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Namespaces, each with a Connection "cloud" and its Secret, and one operator that uses them. */
final class Tenants {
  static final String HERE = "https://cloud.example/v3";
  static final String ELSEWHERE = "https://elsewhere.example/v3";
  static final Rule HTTPS = Rule.parse("Ingress tcp 443 from 203.0.113.0/24");

  final PasswordCloud cloud = new PasswordCloud();
  final KubernetesSystems.Factory factory;
  private final KubernetesClient client;
  private final Map<String, SandboxStore> boxes = new HashMap<>();
  private long generation;
  private int limit;

  Tenants(KubernetesClient client) {
    this.client = client;
    this.factory =
        new KubernetesSystems.Factory(
            client,
            Map.of(
                ConnectionSpec.Type.OPEN_STACK,
                cloud,
                ConnectionSpec.Type.SANDBOX,
                new SandboxFactory(at -> boxes.computeIfAbsent(at, it -> new InMemoryStore()))),
            namespace -> Optional.of(Set.of()),
            new ConnectionChecks());
    cloud.letIn.add("good");
  }

  /** With an access that is open from now on, by a Connection that leads here. */
  Systems.Origin openAccess(String namespace, String password) {
    namespace(namespace);
    secret(namespace, password);
    connection(namespace, HERE);
    return add(namespace);
  }

  /** Opens the access, or shares it, with the Connection as it is. */
  Systems.Origin add(String namespace) {
    FirewallProvider firewall = factory.in(namespace).firewall("cloud");
    Object unused = firewall.add("web", HTTPS, "ours");
    String identity = factory.in(namespace).facts("cloud").identity();
    return new Systems.Origin(identity, firewall.account().id());
  }

  Systems toUndo(String namespace, Systems.Origin origin) {
    return factory.in(namespace).toUndo(origin);
  }

  /** As a request does at its end. */
  void putBack(String namespace, Systems.Origin origin) {
    FirewallProvider firewall = toUndo(namespace, origin).firewall("cloud");
    firewall.remove("r1");
    Object unused = firewall.group("web");
    assertThat(firewall.account().id()).isEqualTo(origin.account());
    assertThat(toUndo(namespace, origin).facts("cloud").identity()).endsWith(at(origin));
  }

  private static String at(Systems.Origin origin) {
    return origin.connection().substring(origin.connection().indexOf(')'));
  }

  /** As the check of the Connection does. */
  void use(String namespace) {
    try {
      Object unused = factory.in(namespace).connector("cloud");
    } catch (ConnectorFailure mayBe) {
      // Whether it can be read or not.
    }
  }

  void secret(String namespace, String password) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("cloud")
                .endMetadata()
                .addToData("password", Base64.getEncoder().encodeToString(bytes))
                .build())
        .createOr(editable -> editable.update());
  }

  void noSecret(String namespace) {
    client.secrets().inNamespace(namespace).withName("cloud").delete();
  }

  void connection(String namespace, String endpoint) {
    write(namespace, ConnectionSpec.Type.OPEN_STACK, endpoint, false);
  }

  void sandbox(String namespace) {
    write(namespace, ConnectionSpec.Type.SANDBOX, null, false);
  }

  /** Another limit makes another version of it. */
  private ConnectionSpec.Limits anotherLimit() {
    return new ConnectionSpec.Limits(++limit, null);
  }

  /** As one that is being deleted and that a finalizer keeps. */
  void heldConnection(String namespace, String endpoint) {
    write(namespace, ConnectionSpec.Type.OPEN_STACK, endpoint, true);
  }

  void noConnection(String namespace) {
    client.resources(Connection.class).inNamespace(namespace).withName("cloud").delete();
  }

  /** A namespace that stays for a while when it is deleted. */
  private void namespace(String name) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToFinalizers("example.com/requests-are-there")
                .endMetadata()
                .build())
        .createOr(editable -> editable.update());
  }

  /** From now on it is being deleted. */
  void leaves(String namespace) {
    client.namespaces().withName(namespace).delete();
    assertThat(client.namespaces().withName(namespace).get().isMarkedForDeletion()).isTrue();
  }

  private void write(
      String namespace, ConnectionSpec.Type type, @Nullable String endpoint, boolean held) {
    Connection connection = new Connection();
    connection.getMetadata().setName("cloud");
    connection.getMetadata().setNamespace(namespace);
    connection.getMetadata().setUid("u-" + namespace);
    connection.getMetadata().setGeneration(++generation);
    if (held) {
      connection.getMetadata().setFinalizers(List.of("example.com/kept"));
    }
    ConnectionSpec.SecretRef secret =
        endpoint == null ? null : new ConnectionSpec.SecretRef("cloud");
    connection.setSpec(
        new ConnectionSpec(type, endpoint, secret, null, null, null, anotherLimit(), null));
    client.resource(connection).createOr(editable -> editable.update());
    if (held) {
      noConnection(namespace);
    }
  }
}
