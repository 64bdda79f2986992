package io.secamo.processes.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceConversion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.secamo.processes.api.FirewallChangeRequest;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What is installed of our admission policies, their bindings and the kind they guard. Asked before
 * every effect, so the API server is asked for metadata only, and for whole objects only when one
 * of them has another version than those that were read (PartialObjectMetadata, Kubernetes API
 * concepts: "Resource metadata").
 */
final class Installed {
  private static final String GROUP = "admissionregistration.k8s.io";
  private static final String LABEL = "app.kubernetes.io/part-of=process-orchestrator";
  private static final String KIND = HasMetadata.getFullResourceName(FirewallChangeRequest.class);
  private static final Map<String, String> PLURALS =
      Map.of(
          "ValidatingAdmissionPolicy", "validatingadmissionpolicies",
          "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings");
  private static final String LIST = "PartialObjectMetadataList";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 10;

  private final KubernetesClient client;
  private final AtomicReference<Snapshot> last =
      new AtomicReference<>(new Snapshot("", Map.of(), Guarded.ABSENT));

  /**
   * What was installed at one moment.
   *
   * @param versions of each object; equal texts mean equal objects
   * @param objects by kind and name
   * @param kind the kind they guard
   */
  record Snapshot(String versions, Map<String, GenericKubernetesResource> objects, Guarded kind) {}

  /**
   * What of the definition of the kind matters for votes.
   *
   * @param revision another one whenever the definition was changed
   * @param statusApart whether the status can only be written as such
   * @param converted whether somebody's program may rewrite annotations between store and reader,
   *     after admission and without a person (Kubernetes, "Versions in CustomResourceDefinitions")
   */
  record Guarded(String revision, boolean statusApart, boolean converted) {
    private static final Guarded ABSENT = new Guarded("", false, false);

    private static Guarded of(CustomResourceDefinition crd) {
      CustomResourceConversion conversion = crd.getSpec().getConversion();
      return new Guarded(
          crd.getMetadata().getUid() + "@" + crd.getMetadata().getGeneration(),
          crd.getSpec().getVersions().stream()
              .allMatch(
                  v -> v.getSubresources() != null && v.getSubresources().getStatus() != null),
          conversion != null && !"None".equals(conversion.getStrategy()));
    }
  }

  Installed(KubernetesClient client) {
    this.client = client;
  }

  /**
   * What is installed now. The same object as the last time if nothing was changed.
   *
   * @throws KubernetesClientException if the API server does not tell
   */
  Snapshot now() {
    String versions = versions();
    Snapshot kept = last.get();
    if (!versions.equals(kept.versions())) {
      kept = read();
      last.set(kept);
    }
    return kept;
  }

  /** Asks for everything at once, then waits for the answers. */
  private String versions() {
    Map<String, CompletableFuture<HttpResponse<String>>> lists = new TreeMap<>();
    PLURALS.forEach(
        (kind, plural) -> {
          String path = "apis/" + GROUP + "/v1/" + plural + "?labelSelector=" + encoded(LABEL);
          lists.put(kind, metadata(path, LIST));
        });
    CompletableFuture<HttpResponse<String>> kind =
        metadata(
            "apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + KIND,
            "PartialObjectMetadata");
    TreeMap<String, String> versions = new TreeMap<>();
    lists.forEach(
        (name, list) -> {
          for (JsonNode object : answer(list, name).path("items")) {
            JsonNode meta = object.path("metadata");
            versions.put(name + " " + meta.path("name").asText(), version(meta));
          }
        });
    versions.put(KIND, version(answer(kind, KIND).path("metadata")));
    return versions.toString();
  }

  private static String version(JsonNode meta) {
    return version(meta.path("uid").asText(), meta.path("resourceVersion").asText());
  }

  private static String version(String uid, String version) {
    return uid + "@" + version;
  }

  private static String encoded(String text) {
    return text.replace("/", "%2F").replace("=", "%3D");
  }

  private CompletableFuture<HttpResponse<String>> metadata(String path, String as) {
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(URI.create(client.getMasterUrl() + path))
            .header("Accept", "application/json;as=" + as + ";g=meta.k8s.io;v=v1")
            .build();
    return client.getHttpClient().sendAsync(request, String.class);
  }

  /** Nothing if there is no such object. */
  private static JsonNode answer(CompletableFuture<HttpResponse<String>> call, String what) {
    try {
      HttpResponse<String> answer = call.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer.code() == 404) {
        return JSON.createObjectNode();
      }
      if (!answer.isSuccessful()) {
        throw new KubernetesClientException(what + ": HTTP " + answer.code());
      }
      return JSON.readTree(answer.body());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("stopped while reading " + what, stopped);
    } catch (ExecutionException | TimeoutException | IOException broken) {
      throw new KubernetesClientException("could not read " + what, broken);
    }
  }

  private Snapshot read() {
    TreeMap<String, String> versions = new TreeMap<>();
    Map<String, GenericKubernetesResource> objects = new HashMap<>();
    PLURALS.forEach(
        (kind, plural) -> {
          for (GenericKubernetesResource object : list(kind, plural)) {
            ObjectMeta meta = object.getMetadata();
            objects.put(kind + " " + meta.getName(), object);
            versions.put(
                kind + " " + meta.getName(), version(meta.getUid(), meta.getResourceVersion()));
          }
        });
    CustomResourceDefinition crd =
        client.apiextensions().v1().customResourceDefinitions().withName(KIND).get();
    versions.put(
        KIND,
        crd == null
            ? version("", "")
            : version(crd.getMetadata().getUid(), crd.getMetadata().getResourceVersion()));
    Guarded guarded = crd == null ? Guarded.ABSENT : Guarded.of(crd);
    return new Snapshot(versions.toString(), Map.copyOf(objects), guarded);
  }

  private List<GenericKubernetesResource> list(String kind, String plural) {
    ResourceDefinitionContext context =
        new ResourceDefinitionContext.Builder()
            .withGroup(GROUP)
            .withVersion("v1")
            .withKind(kind)
            .withPlural(plural)
            .withNamespaced(false)
            .build();
    return client.genericKubernetesResources(context).withLabelSelector(LABEL).list().getItems();
  }
}
