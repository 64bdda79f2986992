package io.secamo.processes.kubernetes.admission;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.FirewallChangeRequest;
import io.secamo.processes.api.Groups;
import io.secamo.processes.approval.PlanDigest;
import io.secamo.processes.approval.PlanDigest.Part;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.process.Protection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tries whether a forged vote is refused, and whether the installed policies are those we ship.
 * Only both together say that votes are a proof: a weakened policy may still refuse the one forgery
 * we try, and an intact one may not have come into force.
 */
public final class Canary {
  private static final String GROUP = "admissionregistration.k8s.io";
  private static final String LABEL = "app.kubernetes.io/part-of=process-orchestrator";
  private static final String VOTES = "ValidatingAdmissionPolicy 'votes.processes.secamo.io'";
  private static final String FORGED =
      "{\"metadata\":{\"annotations\":{\""
          + Annotations.APPROVE_PREFIX
          + "canary.canary\":"
          + "\"canary 0000000000000000 forged\"}}}";
  private static final String INSTALL = ": kubectl apply --server-side -k manifests/";

  /** An apply would leave what somebody added. */
  private static final String REPLACE = ": kubectl replace -k manifests/policies";

  private final KubernetesClient client;
  private final ShippedPolicies shipped;
  private final String namespace;

  /** A canary of the operator as which the client is logged in. */
  public Canary(KubernetesClient client, Identity operator) {
    this.client = client;
    this.shipped = ShippedPolicies.of(operator.name());
    this.namespace = operator.namespace();
  }

  /**
   * Whether votes on this very request are a proof now.
   *
   * @throws ConnectorFailure.Transient if it cannot be found out; nothing may happen then either
   */
  public Protection check(String requestNamespace, String name) {
    return protection(
        () ->
            client
                .resources(FirewallChangeRequest.class)
                .inNamespace(requestNamespace)
                .withName(name)
                .dryRun()
                .patch(PatchContext.of(PatchType.JSON_MERGE), FORGED));
  }

  /**
   * Whether votes are a proof now, tried without any request.
   *
   * @throws ConnectorFailure.Transient if it cannot be found out
   */
  public Protection check() {
    GenericKubernetesResource forged =
        client.getKubernetesSerialization().unmarshal(FORGED, GenericKubernetesResource.class);
    forged.setApiVersion(Groups.PROCESSES + "/" + Groups.VERSION);
    forged.setKind("FirewallChangeRequest");
    forged.getMetadata().setGenerateName("canary-");
    forged.setAdditionalProperty(
        "spec",
        Map.of(
            "connection",
            "none",
            "target",
            Map.of("securityGroup", "none"),
            "justification",
            "never stored: tries whether a forged vote is refused",
            "rules",
            List.of(Map.of("name", "none", "protocol", "any", "peers", List.of("192.0.2.1")))));
    return protection(() -> client.resource(forged).inNamespace(namespace).dryRun().create());
  }

  private Protection protection(Runnable forgery) {
    try {
      Map<String, GenericKubernetesResource> installed = installed();
      Optional<String> problem =
          shipped
              .missing(installed)
              .map(p -> p + INSTALL)
              .or(() -> shipped.difference(installed).map(p -> p + REPLACE))
              .or(() -> letIn(forgery).map(p -> p + INSTALL))
              .or(this::statusIsOpen);
      return new Protection(problem, epoch(installed));
    } catch (KubernetesClientException e) {
      throw new ConnectorFailure.Transient("the admission policies could not be checked", e);
    }
  }

  private Map<String, GenericKubernetesResource> installed() {
    Map<String, GenericKubernetesResource> installed = new HashMap<>();
    for (String kind : List.of("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding")) {
      ResourceDefinitionContext context =
          new ResourceDefinitionContext.Builder()
              .withGroup(GROUP)
              .withVersion("v1")
              .withKind(kind)
              .withPlural(plural(kind))
              .withNamespaced(false)
              .build();
      client
          .genericKubernetesResources(context)
          .withLabelSelector(LABEL)
          .list()
          .getItems()
          .forEach(object -> installed.put(kind + " " + object.getMetadata().getName(), object));
    }
    return installed;
  }

  private static String plural(String kind) {
    return kind.endsWith("Policy")
        ? "validatingadmissionpolicies"
        : "validatingadmissionpolicybindings";
  }

  /** Why a forged vote was not refused by our policy; empty if it was. */
  private static Optional<String> letIn(Runnable forgery) {
    try {
      forgery.run();
      return Optional.of("a forged vote was not refused: the vote policy is not in force");
    } catch (KubernetesClientException e) {
      String answer = String.valueOf(e.getMessage());
      if (answer.contains(VOTES) || e.getCode() == 404) {
        return Optional.empty();
      }
      if (e.getCode() == 403 || e.getCode() == 422) {
        return Optional.of("whether a forged vote is refused could not be tried: " + answer);
      }
      throw e;
    }
  }

  /** A status that could be written through the request itself would let anybody forge a plan. */
  private Optional<String> statusIsOpen() {
    String name = HasMetadata.getFullResourceName(FirewallChangeRequest.class);
    var crd = client.apiextensions().v1().customResourceDefinitions().withName(name).get();
    boolean apart =
        crd != null
            && crd.getSpec().getVersions().stream()
                .allMatch(
                    v -> v.getSubresources() != null && v.getSubresources().getStatus() != null);
    return apart
        ? Optional.empty()
        : Optional.of("the kind " + name + " lost its status subresource" + INSTALL);
  }

  /** Another one as soon as a policy or binding was changed, or taken away and put back. */
  private static String epoch(Map<String, GenericKubernetesResource> installed) {
    List<String> lines =
        new TreeMap<>(installed)
            .entrySet().stream()
                .map(
                    e ->
                        e.getKey()
                            + " "
                            + e.getValue().getMetadata().getUid()
                            + "@"
                            + e.getValue().getMetadata().getGeneration())
                .toList();
    return PlanDigest.of(List.of(new Part("admission", lines))).shortForm();
  }
}
