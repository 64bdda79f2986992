package io.secamo.processes.kubernetes.admission;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.secamo.processes.kubernetes.kind.RequestKinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What is installed of our admission policies, their bindings, the kinds that decide, and who
 * answers for them. Asked before every effect, so the API server is asked for versions, and for
 * whole objects only when one of them has another version than those that were read.
 */
final class Installed {
  private static final String ADMISSION = "admissionregistration.k8s.io";
  private static final String LABEL = "app.kubernetes.io/part-of=process-orchestrator";
  private static final Map<String, String> POLICIES =
      Map.of(
          "ValidatingAdmissionPolicy", "validatingadmissionpolicies",
          "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings");

  private final KubernetesClient client;
  private final Versions versions;
  private final RequestKinds requests;
  private final AtomicReference<Snapshot> last;

  /**
   * What was installed at one moment.
   *
   * @param versions of each object; equal texts mean equal objects
   * @param objects policies and bindings by kind and name
   * @param definitions the kinds
   */
  record Snapshot(
      String versions, Map<String, GenericKubernetesResource> objects, Definitions definitions) {}

  Installed(KubernetesClient client, RequestKinds requests) {
    this.client = client;
    this.versions = new Versions(client);
    this.requests = requests;
    this.last =
        new AtomicReference<>(
            new Snapshot("", Map.of(), Definitions.of(requests, Map.of(), Map.of())));
  }

  /**
   * What is installed now. The same object as the last time if nothing was changed.
   *
   * @throws KubernetesClientException if the API server does not tell
   */
  Snapshot now() {
    String found = versions();
    Snapshot kept = last.get();
    if (!found.equals(kept.versions())) {
      // Versions first: what is changed while it is read has another one the next time.
      kept = read(found);
      last.set(kept);
    }
    return kept;
  }

  private String versions() {
    // Lists, because the API server has them in memory; it reads a single object from its store.
    List<String> lists = new ArrayList<>();
    POLICIES.values().forEach(plural -> lists.add(list(ADMISSION, plural)));
    lists.add(list("apiextensions.k8s.io", "customresourcedefinitions"));
    List<String> objects =
        Definitions.SERVED.stream()
            .map(name -> "apis/apiregistration.k8s.io/v1/apiservices/" + name)
            .toList();
    return versions.of(lists, objects);
  }

  private static String list(String group, String plural) {
    String selector = LABEL.replace("/", "%2F").replace("=", "%3D");
    return "apis/" + group + "/v1/" + plural + "?labelSelector=" + selector;
  }

  private Snapshot read(String found) {
    Map<String, GenericKubernetesResource> objects = new HashMap<>();
    POLICIES.forEach(
        (kind, plural) ->
            labelled(ADMISSION, kind, plural)
                .forEach((name, object) -> objects.put(kind + " " + name, object)));
    Map<String, GenericKubernetesResource> kinds =
        labelled("apiextensions.k8s.io", "CustomResourceDefinition", "customresourcedefinitions");
    return new Snapshot(found, Map.copyOf(objects), Definitions.of(requests, kinds, served()));
  }

  private Map<String, GenericKubernetesResource> served() {
    Map<String, GenericKubernetesResource> there = new HashMap<>();
    for (String name : Definitions.SERVED) {
      GenericKubernetesResource object =
          resources("apiregistration.k8s.io", "APIService", "apiservices").withName(name).get();
      if (object != null) {
        there.put(name, object);
      }
    }
    return Map.copyOf(there);
  }

  /** By name. */
  private Map<String, GenericKubernetesResource> labelled(
      String group, String kind, String plural) {
    Map<String, GenericKubernetesResource> there = new HashMap<>();
    resources(group, kind, plural)
        .withLabelSelector(LABEL)
        .list()
        .getItems()
        .forEach(object -> there.put(object.getMetadata().getName(), object));
    return Map.copyOf(there);
  }

  private MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      resources(String group, String kind, String plural) {
    return client.genericKubernetesResources(
        new ResourceDefinitionContext.Builder()
            .withGroup(group)
            .withVersion("v1")
            .withKind(kind)
            .withPlural(plural)
            .withNamespaced(false)
            .build());
  }
}
