package io.secamo.processes.kubernetes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.Connector;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.sandbox.SandboxFactory;
import io.secamo.processes.connector.sandbox.SandboxStore.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sandbox's state in ConfigMaps, on a mock of the API server. */
@EnableKubernetesMockClient(crud = true)
class ConfigMapStoreTest {
  private static final String PATH = "/api/v1/namespaces/team-a/configmaps";
  private static final String LIST =
      PATH + "?limit=200&labelSelector=orchestrator.secamo.io%2Fsandbox%3Drule";
  KubernetesClient client;
  KubernetesMockServer server;

  @Test
  void anEntryIsAConfigMapThatKubectlFindsByItsLabel() {
    ConfigMapStore store = store();
    assertThat(store.create("a", "rule", Map.of("rule", "Ingress any from ::/0"))).isTrue();
    ConfigMap shown =
        client
            .configMaps()
            .inNamespace("team-a")
            .withLabel("orchestrator.secamo.io/sandbox", "rule")
            .list()
            .getItems()
            .get(0);
    assertThat(shown.getMetadata().getName()).isEqualTo("a");
    assertThat(shown.getData()).containsEntry("rule", "Ingress any from ::/0");
  }

  @Test
  void aReplacementKeepsTheLabel() {
    ConfigMapStore store = store();
    store.create("a", "rule", Map.of("k", "1"));
    assertThat(store.replace(store.read("a").orElseThrow(), Map.of("k", "2"))).isTrue();
    assertThat(all(store, "rule")).extracting(Entry::data).containsExactly(Map.of("k", "2"));
  }

  @Test
  void whatIsGoneCannotBeReplaced() {
    ConfigMapStore store = store();
    store.create("a", "rule", Map.of("k", "1"));
    Entry read = store.read("a").orElseThrow();
    store.delete("a");
    assertThat(store.replace(read, Map.of("k", "2"))).isFalse();
    store.create("a", "rule", Map.of("k", "3"));
    assertThat(store.replace(read, Map.of("k", "2"))).as("another one of that name").isFalse();
  }

  private static List<Entry> all(ConfigMapStore store, String kind) {
    List<Entry> all = new ArrayList<>();
    store.each(kind, all::add);
    return all;
  }

  @Test
  void whatIsAskedForByNameIsFoundWithoutReadingTheOthersAndOnlyIfItIsOfItsKind() {
    ConfigMapStore store = store();
    store.create("a", "rule", Map.of("k", "1"));
    server.expect().get().withPath(LIST).andReturn(500, "").always();
    assertThat(store.read("rule", "a")).isPresent();
    assertThat(store.read("ticket", "a")).isEmpty();
    assertThat(store.read("rule", "b")).isEmpty();
    client
        .configMaps()
        .inNamespace("team-a")
        .resource(new ConfigMapBuilder().withNewMetadata().withName("c").endMetadata().build())
        .create();
    assertThat(store.read("rule", "c")).as("anybody's").isEmpty();
  }

  /** Whoever may write ConfigMaps ended the operator: all were read into its memory at once. */
  @Test
  void aSandboxWithFarTooMuchInItIsRefusedAndSaysWhereToLook() {
    page("", "2", 10);
    page("&continue=2", "3", 10);
    page("&continue=3", "4", 20);
    AtomicInteger seen = new AtomicInteger();

    assertThatThrownBy(() -> store().each("rule", entry -> seen.incrementAndGet()))
        .isInstanceOf(ConnectorFailure.Refused.class)
        .hasMessage(
            "the sandbox has more than 32 MiB of ConfigMaps: look at kubectl -n team-a get cm -l"
                + " orchestrator.secamo.io/sandbox=rule");
    assertThat(seen).hasValue(32);
  }

  @Test
  void entriesComePageByPage() {
    page("", "2", 1);
    page("&continue=2", "", 2);
    assertThat(all(store(), "rule")).hasSize(3).allMatch(entry -> entry.data().containsKey("k"));
  }

  @Test
  void aListThatCannotBeReadIsTriedAgainLater() {
    server.expect().get().withPath(LIST).andReturn(200, "{\"items\": [{").once();
    assertThatThrownBy(() -> all(store(), "rule")).isInstanceOf(ConnectorFailure.Transient.class);
    server.expect().get().withPath(LIST).andReturn(403, "{}").once();
    assertThatThrownBy(() -> all(store(), "rule"))
        .isInstanceOf(ConnectorFailure.Unauthorized.class);
  }

  /** A megabyte each. */
  private void page(String from, String next, int entries) {
    String entry =
        "{\"metadata\": {\"name\": \"a\"}, \"data\": {\"k\": \"%s\"}}"
            .formatted("x".repeat(1 << 20));
    server
        .expect()
        .get()
        .withPath(LIST + from)
        .andReturn(
            200,
            "{\"metadata\": {\"continue\": \"%s\"}, \"items\": [%s]}"
                .formatted(next, String.join(",", Collections.nCopies(entries, entry))))
        .once();
  }

  @Test
  void namespacesAreApart() {
    store().create("a", "rule", Map.of("k", "1"));
    assertThat(all(new ConfigMapStore(client, "team-b"), "rule")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"403, Unauthorized", "503, Transient", "504, Unknown", "409, ", "422, Transient"})
  void whatTheApiServerAnswersToAWriteIsNotMisread(int code, String failure) {
    server
        .expect()
        .post()
        .withPath(PATH)
        .andReturn(code, new StatusBuilder().withCode(code).withMessage("no").build())
        .always();
    if (failure == null) {
      assertThat(store().create("a", "rule", Map.of())).isFalse();
    } else {
      assertThatThrownBy(() -> store().create("a", "rule", Map.of()))
          .isInstanceOf(ConnectorFailure.class)
          .satisfies(f -> assertThat(f.getClass().getSimpleName()).isEqualTo(failure));
    }
  }

  /** It was ready, and the first request that used it stood still. */
  @Test
  void aSandboxThatMayOnlyBeReadIsNotReady() {
    mayDo("get", "list");
    assertThatThrownBy(() -> sandbox().check())
        .isInstanceOf(ConnectorFailure.Unauthorized.class)
        .hasMessage(
            "the operator may not create, update, delete ConfigMaps in namespace team-a: bind"
                + " ClusterRole processes-sandbox to its ServiceAccount there");
  }

  @Test
  void aSandboxThatMayBeWrittenIsReadyAndNothingIsWritten() {
    mayDo("get", "list", "create", "update", "delete");
    assertThat(sandbox().check().description()).isEqualTo("Sandbox team-a/toy");
    assertThat(client.configMaps().inNamespace("team-a").list().getItems()).isEmpty();
  }

  /** Five questions, in the order in which they are asked. */
  private void mayDo(String... verbs) {
    for (String verb : List.of("get", "list", "create", "update", "delete")) {
      server
          .expect()
          .post()
          .withPath("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
          .andReturn(
              201,
              new SelfSubjectAccessReviewBuilder()
                  .withNewStatus()
                  .withAllowed(List.of(verbs).contains(verb))
                  .endStatus()
                  .build())
          .once();
    }
  }

  private Connector sandbox() {
    ConnectionSpec spec =
        new ConnectionSpec(ConnectionSpec.Type.SANDBOX, null, null, null, null, null, null, null);
    return new SandboxFactory(namespace -> store())
        .connect(new ConnectionSettings("team-a", "toy", spec, Map.of()));
  }

  private ConfigMapStore store() {
    // Otherwise the client asks again for a quarter of a minute: how it is answered is what counts.
    client.getConfiguration().setRequestRetryBackoffLimit(0);
    return new ConfigMapStore(client, "team-a");
  }
}
