package io.secamo.processes.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.firewall.FirewallChangeSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request on a mock of the API server, and statuses to write to it. */
public final class Submission {
  private static final String NAMESPACE = "team-a";
  private static final String NAME = "web";

  private Submission() {}

  /** Submitted, kept by us and by somebody else. */
  public static FirewallChangeRequest submit(KubernetesMockServer server, KubernetesClient client) {
    server.expectCustomResource(
        new CustomResourceDefinitionContext.Builder()
            .withGroup("processes.secamo.io")
            .withVersion("v1alpha1")
            .withKind("FirewallChangeRequest")
            .withPlural("firewallchangerequests")
            .withScope("Namespaced")
            .withStatusSubresource(true)
            .build());
    FirewallChangeRequest request = new FirewallChangeRequest();
    request.setMetadata(
        new ObjectMetaBuilder()
            .withName(NAME)
            .withNamespace(NAMESPACE)
            .withFinalizers("other.example.com/keep", Annotations.FINALIZER)
            .withAnnotations(Map.of(Annotations.REQUESTED_BY, "requester"))
            .build());
    request.setSpec(
        new FirewallChangeSpec(
            "cloud",
            new FirewallChangeSpec.Target("web"),
            List.of(),
            null,
            "test",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    return client.resource(request).create();
  }

  /** As the API server has it now. */
  public static FirewallChangeRequest live(KubernetesClient client) {
    return client
        .resources(FirewallChangeRequest.class)
        .inNamespace(NAMESPACE)
        .withName(NAME)
        .get();
  }

  public static ProcessStatus saying(@Nullable String message) {
    return saying(message, null);
  }

  /** As it was read, of a certain write. */
  public static ProcessStatus saying(@Nullable String message, @Nullable String attempt) {
    return saying(message, attempt, null);
  }

  /** What the schema does not take: its formats begin with 1. */
  public static ProcessStatus unfit() {
    return saying("unfit", null, 0);
  }

  private static ProcessStatus saying(
      @Nullable String message, @Nullable String attempt, @Nullable Integer format) {
    return new ProcessStatus(
        1L, null, null, null, message, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null, null, null, null, null, attempt, format);
  }
}
