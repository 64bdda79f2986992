package io.secamo.processes.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.secamo.processes.api.Groups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who else may rewrite what people submit, before it is validated: mutating webhooks and mutating
 * admission policies that match our groups and that we did not ship. Validation sees what they made
 * of it and not what the person wrote: they can make an approval of a rejection, in that person's
 * name, and another request of the one that was asked for (Kubernetes, "Dynamic Admission
 * Control"). So whoever is one is told.
 */
public final class Rewriters {
  private static final Set<String> OURS = Set.of(Groups.PROCESSES, Groups.ORCHESTRATOR, "*");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;
  private final ShippedPolicies shipped;

  /** Looks at the cluster of the client. */
  public Rewriters(KubernetesClient client, Identity operator) {
    this.client = client;
    this.shipped = ShippedPolicies.stamping(operator.name());
  }

  /**
   * Kind and name of each, in order.
   *
   * @throws KubernetesClientException if it cannot be found out
   */
  public List<String> found() {
    List<String> found = new ArrayList<>();
    for (GenericKubernetesResource one :
        list("MutatingWebhookConfiguration", "mutatingwebhookconfigurations")) {
      if (any(tree(one).path("webhooks"), "rules")) {
        found.add("MutatingWebhookConfiguration " + one.getMetadata().getName());
      }
    }
    Map<String, GenericKubernetesResource> policies = new HashMap<>();
    list("MutatingAdmissionPolicy", "mutatingadmissionpolicies")
        .forEach(
            one -> policies.put("MutatingAdmissionPolicy " + one.getMetadata().getName(), one));
    policies.forEach(
        (name, policy) -> {
          JsonNode constraints = tree(policy).at("/spec/matchConstraints/resourceRules");
          if (matches(constraints) && !shipped.asShipped(name, policy)) {
            found.add(name);
          }
        });
    return found.stream().sorted().toList();
  }

  private static boolean any(JsonNode hooks, String rules) {
    for (JsonNode hook : hooks) {
      if (matches(hook.path(rules))) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(JsonNode rules) {
    for (JsonNode rule : rules) {
      for (JsonNode group : rule.path("apiGroups")) {
        if (OURS.contains(group.asText())) {
          return true;
        }
      }
    }
    return false;
  }

  /** None where the API server does not know the kind. */
  private List<GenericKubernetesResource> list(String kind, String plural) {
    ResourceDefinitionContext context =
        new ResourceDefinitionContext.Builder()
            .withGroup("admissionregistration.k8s.io")
            .withVersion("v1")
            .withKind(kind)
            .withPlural(plural)
            .withNamespaced(false)
            .build();
    try {
      return client.genericKubernetesResources(context).list().getItems();
    } catch (KubernetesClientException e) {
      if (e.getCode() == 404) {
        return List.of();
      }
      throw e;
    }
  }

  private static JsonNode tree(GenericKubernetesResource object) {
    return JSON.valueToTree(object);
  }
}
