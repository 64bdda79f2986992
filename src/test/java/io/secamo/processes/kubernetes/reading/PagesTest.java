package io.secamo.processes.kubernetes.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.secamo.processes.api.orchestrator.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient
class PagesTest {
  private static final String PATH =
      "/apis/orchestrator.secamo.io/v1alpha1/namespaces/team-a/connections?";
  private static final String PAGE =
      """
      {"metadata":{"continue":"%s"},"items":[
        {"apiVersion":"orchestrator.secamo.io/v1alpha1","kind":"Connection",
         "metadata":{"name":"%s","labels":{"stage":"production"},
           "annotations":{"example.org/fill":"x"},"finalizers":["example.org/keep"],
           "ownerReferences":[{"name":"o"}],"managedFields":[{"manager":"m"}]},
         "spec":{"type":"Sandbox"}}]}
      """;
  KubernetesClient client;
  KubernetesMockServer server;

  /** A policy that is not read asks for no vote. */
  @Test
  void whatIsOnTheSecondPageIsNotOverlooked() {
    page(PATH + "limit=10", "next", "one");
    page(PATH + "continue=next&limit=10", "", "two");

    assertThat(Pages.all(client.resources(Connection.class).inNamespace("team-a")))
        .extracting(connection -> connection.getMetadata().getName())
        .containsExactly("one", "two");
  }

  @Test
  void noMoreIsReadThanIsAskedFor() {
    page(PATH + "limit=10", "next", "one");

    assertThat(Pages.first(1, client.resources(Connection.class).inNamespace("team-a"))).hasSize(1);
  }

  @Test
  void whatPeopleFillIsNotKeptButTheirLabelsAre() {
    page(PATH + "limit=10", "", "one");

    List<Connection> read = Pages.all(client.resources(Connection.class).inNamespace("team-a"));
    assertThat(read.get(0).getMetadata().getLabels()).containsEntry("stage", "production");
    assertThat(read.get(0).getMetadata().getAnnotations()).isEmpty();
    assertThat(read.get(0).getMetadata().getFinalizers()).isEmpty();
    assertThat(read.get(0).getMetadata().getOwnerReferences()).isEmpty();
    assertThat(read.get(0).getMetadata().getManagedFields()).isEmpty();
  }

  private void page(String path, String next, String name) {
    server.expect().get().withPath(path).andReturn(200, PAGE.formatted(next, name)).once();
  }
}
